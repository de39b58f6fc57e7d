//! Whole statements, with places to fill in.

use super::draft::Draft;
use super::names::written;
use super::{Kind, Offer};

/// So many tables are offered with all their columns.
const TABLES: usize = 100;

/// What a statement is called in the list, and the statement.
const STATEMENTS: &[(&str, &str)] = &[
    ("SELECT … FROM", "SELECT ${1:*} FROM ${2:table} WHERE ${3:key} = ?"),
    ("INSERT INTO … VALUES", "INSERT INTO ${1:table} (${2:columns}) VALUES (${3:?})"),
    ("UPDATE … SET", "UPDATE ${1:table} SET ${2:column} = ? WHERE ${3:key} = ?"),
    ("DELETE FROM … WHERE", "DELETE FROM ${1:table} WHERE ${2:key} = ?"),
    ("BEGIN BATCH … APPLY BATCH", "BEGIN BATCH\n  $1\nAPPLY BATCH"),
    ("BEGIN UNLOGGED BATCH … APPLY BATCH", "BEGIN UNLOGGED BATCH\n  $1\nAPPLY BATCH"),
    (
        "CREATE TABLE … PRIMARY KEY",
        "CREATE TABLE IF NOT EXISTS ${1:table} (\n  ${2:key} ${3:uuid},\n  ${4:column} ${5:text},\n  PRIMARY KEY (${2:key})\n)",
    ),
    ("CREATE TYPE", "CREATE TYPE IF NOT EXISTS ${1:type} (\n  ${2:field} ${3:text}\n)"),
    (
        "CREATE KEYSPACE",
        "CREATE KEYSPACE IF NOT EXISTS ${1:keyspace}\nWITH replication = {'class': 'NetworkTopologyStrategy', '${2:datacenter1}': ${3:3}}",
    ),
    (
        "CREATE MATERIALIZED VIEW",
        "CREATE MATERIALIZED VIEW IF NOT EXISTS ${1:view} AS\n  SELECT * FROM ${2:table}\n  WHERE ${3:column} IS NOT NULL AND ${4:key} IS \
         NOT NULL\n  PRIMARY KEY (${3:column}, ${4:key})",
    ),
    ("CREATE INDEX", "CREATE INDEX IF NOT EXISTS ${1:name} ON ${2:table} (${3:column})"),
];

pub(super) fn offer(draft: &Draft<'_>, offers: &mut Vec<Offer>) {
    let is_small = draft.is_small();
    let cased = |text: &str| if is_small { small(text) } else { text.to_owned() };
    if draft.expects(&["a statement"]) && draft.len() == 0 {
        for (label, statement) in STATEMENTS {
            offers.push(Offer::new(Kind::Template, 60, cased(label)).with_snippet(cased(statement)));
        }
        for insert in inserts(draft) {
            let statement = format!("{} {insert}", cased("INSERT INTO"));
            offers.push(Offer { insert: statement, ..Offer::new(Kind::Template, 61, label(&cased("INSERT INTO "), &insert)) });
        }
    } else if draft.qualifier.is_none() && draft.len() == 2 && draft.clause() == cqlint_analysis::syntax::Keyword::Into {
        for insert in inserts(draft) {
            offers.push(Offer { insert: cased_values(&insert, is_small), ..Offer::new(Kind::Template, 20, label("", &insert)) });
        }
    }
}

/// What is to be written, without its snippet's signs: `${1:table}` is `table`.
pub(super) fn plain(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    while let Some((before, behind)) = rest.split_once('$') {
        text.push_str(before);
        rest = match behind.strip_prefix('{').and_then(|place| place.split_once('}')) {
            Some((place, behind)) => {
                text.push_str(place.split_once(':').map_or("", |(_, word)| word));
                behind
            }
            None => behind.trim_start_matches(|letter: char| letter.is_ascii_digit()),
        };
    }
    text + rest
}

/// In small letters, but for what stands in quotes.
fn small(text: &str) -> String {
    let part = |(at, part): (usize, &str)| if at % 2 == 0 { part.to_ascii_lowercase() } else { part.to_owned() };
    text.split('\'').enumerate().map(part).collect::<Vec<_>>().join("'")
}

/// `orders (id, total) VALUES (?, ?)` of each table.
fn inserts(draft: &Draft<'_>) -> Vec<String> {
    let Some(schema) = draft.page.options.schema else { return Vec::new() };
    let own = draft.statement.keyspace.as_deref();
    let mut found = Vec::new();
    for (keyspace, name) in schema.tables().take(TABLES) {
        let Some(table) = schema.table(keyspace, name) else { continue };
        let columns: Vec<_> = table.named_columns().into_iter().map(|(name, _)| written(name)).collect();
        let marks = vec!["?"; columns.len()].join(", ");
        let qualifier = keyspace.filter(|keyspace| Some(*keyspace) != own).map(|keyspace| format!("{}.", written(keyspace)));
        if !columns.is_empty() {
            let table = format!("{}{}", qualifier.unwrap_or_default(), written(name));
            found.push(format!("{table} ({}) VALUES ({marks})", columns.join(", ")));
        }
    }
    found
}

/// What the list shows of it: no more than the columns.
fn label(before: &str, insert: &str) -> String {
    format!("{before}{}", insert.split(" VALUES").next().unwrap_or_default())
}

fn cased_values(insert: &str, is_small: bool) -> String {
    if is_small { insert.replacen(" VALUES ", " values ", 1) } else { insert.to_owned() }
}
