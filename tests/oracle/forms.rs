//! The table of forms, executed: what a second execution of each did is its last column.

use std::collections::BTreeSet;

use cqlint_analysis::{Schema, Verdict};
use scylla::statement::prepared::PreparedStatement;

use super::examination::breaks;
use super::observation::{Outcome, Reader, Seen, observe, timestamp};
use super::promise::promises_in;
use super::{block_on, stage, values};
use crate::cassandra::{Client, Request, Rows, Value, required, say, server};
use crate::grammar::Random;
use crate::semantics::{Form, forms};

const KEYSPACES: [&str; 2] = ["shop", "hidden"];
const SCHEMA: &str = include_str!("../semantics/schema.cql");
const ROWS: &str = include_str!("../semantics/rows.cql");
const TABLES: [&str; 7] = ["shop.t", "shop.plain", "shop.events", "shop.days", "shop.counts", "shop.short", "hidden.t"];
/// These are executed one behind the other, each on the schema that the one before has left.
const STORY: &str = "The schema, roles and the session";
/// In the last column: what happens is not the same each time.
const BY_CHANCE: &str = "by chance";
/// What a bind marker inside JSON may hold.
const JSON: [&str; 7] = [
    r#"{"k": 1, "c": 2, "at": "now", "l": ["a"]}"#,
    r#"{"k": 1, "c": 2, "v": "x"}"#,
    r#"{"k": 1, "v": "x"}"#,
    r#"{"k": 1, "tid": "13814000-1dd2-11b2-8080-808080808080", "at": "now"}"#,
    r#""now""#,
    r#"["a"]"#,
    "null",
];

/// The whole of the tables that a statement names.
struct Tables<'t> {
    client: &'t Client,
    names: Vec<&'t str>,
}

impl Reader for Tables<'_> {
    async fn rows(&self) -> Rows {
        let mut all = Rows::default();
        for name in &self.names {
            all = all.and(self.client.text(&format!("SELECT * FROM {name}")).await.expect("a readable table"));
        }
        all
    }

    async fn expiry(&self) -> Option<Rows> {
        None
    }
}

impl<'t> Tables<'t> {
    fn of(client: &'t Client, statement: &str) -> Self {
        let words: BTreeSet<_> = statement.split(|letter: char| !letter.is_alphanumeric() && letter != '.').collect();
        let is_named = |name: &&str| words.contains(name) || words.contains(name.trim_start_matches("shop."));
        Self { client, names: TABLES.into_iter().filter(is_named).collect() }
    }

    async fn empty(&self) {
        self.client.script(self.names.iter().map(|name| format!("TRUNCATE {name}"))).await;
    }

    async fn fill(&self) {
        let of_these = |statement: &&str| self.names.iter().any(|name| statement.contains(&format!(" {name} ")));
        self.client.script(stage::statements(ROWS).into_iter().filter(of_these)).await;
    }
}

#[test]
fn each_form_does_what_the_table_says() {
    let Some(server) = required("the forms on a real server", server()) else { return };
    let forms = forms();
    let measured = block_on(async {
        let client = Client::connect(server).await.expect("a connection");
        let mut measured = Vec::new();
        define(&client).await;
        for form in forms.iter().filter(|form| form.section != STORY) {
            measured.push((form, measure(&client, form).await));
        }
        define(&client).await;
        client.script(["DROP ROLE IF EXISTS r", "DROP ROLE IF EXISTS s", "DROP ROLE IF EXISTS u", "CREATE ROLE s"]).await;
        for form in forms.iter().filter(|form| form.section == STORY) {
            let tables = Tables { client: &client, names: Vec::new() };
            let seen = observe(&client, &Request::Text(form.statement.clone()), None, &tables).await;
            measured.push((form, [vec![seen], Vec::new()]));
        }
        measured
    });
    say(&format!("the forms on a real server: {} forms", measured.len()));
    let told: Vec<_> = measured.iter().map(|(form, seen)| (*form, tell(seen))).collect();
    if std::env::var_os("CQLINT_BLESS").is_some() {
        bless(&told);
    }
    let differing = told.iter().filter(|(form, told)| form.twice != BY_CHANCE && form.twice != *told);
    let differing: Vec<_> =
        differing.map(|(form, told)| format!("line {}: {told}, not {}: {}", form.line, form.twice, form.statement)).collect();
    let broken = broken_promises(&measured);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(differing.is_empty(), "{} of {} forms:\n{}", differing.len(), told.len(), differing.join("\n"));
}

async fn define(client: &Client) {
    // Which functions are deterministic can only be said to other servers.
    stage::define(client, &KEYSPACES, &SCHEMA.replace(" DETERMINISTIC", "")).await;
    client.script(["USE shop"]).await;
}

/// What was seen with server timestamps, and with one timestamp of the client.
async fn measure(client: &Client, form: &Form) -> [Vec<Seen>; 2] {
    let tables = Tables::of(client, &form.statement);
    let mut seen = [Vec::new(), Vec::new()];
    let requests = requests(client, &form.statement).await;
    for (one_timestamp, seen) in [false, true].into_iter().zip(&mut seen) {
        for is_filled in [false, true] {
            for request in &requests {
                tables.empty().await;
                if is_filled {
                    tables.fill().await;
                }
                seen.push(observe(client, request, one_timestamp.then(timestamp), &tables).await);
            }
        }
    }
    seen
}

/// The statement as text, or prepared with several values for its markers.
async fn requests(client: &Client, statement: &str) -> Vec<Request> {
    let prepared = match client.prepare(statement).await {
        Ok(prepared) if prepared.get_variable_col_specs().len() > 0 => prepared,
        // Of two random values under one timestamp the larger wins: in one of two cases nothing changes.
        _ => return vec![Request::Text(statement.to_owned()); if statement.contains("uuid()") { 8 } else { 1 }],
    };
    if statement.to_ascii_lowercase().contains("json") {
        let json = JSON.map(|json| vec![Value::Bytes(json.into())]);
        return json.map(|values| Request::Prepared(prepared.clone(), values)).into();
    }
    let mut random = Random::new(1);
    let requests = (0..5).map(|number| Request::Prepared(prepared.clone(), bound(&prepared, number, &mut random)));
    requests.collect()
}

/// The first ones are plain, so that something happens.
fn bound(prepared: &PreparedStatement, number: usize, random: &mut Random) -> Vec<Value> {
    let specs = prepared.get_variable_col_specs();
    let value = |name: &str, typ, random: &mut Random| match name {
        "k" => Value::Bytes(1_i32.to_be_bytes().into()),
        // Nothing may expire between the two executions.
        "[ttl]" => Value::Bytes(1_000_i32.to_be_bytes().into()),
        // The condition `IF n = ?` holds.
        "n" if number == 0 => Value::Bytes(5_i32.to_be_bytes().into()),
        "c" => Value::Bytes(2_i32.to_be_bytes().into()),
        _ if number < 3 => Value::Bytes(values::bytes(typ, random)),
        _ => values::bound(typ, random),
    };
    specs.iter().map(|spec| value(spec.name(), spec.typ(), random)).collect()
}

/// The last column of the table.
fn tell([server, client]: &[Vec<Seen>; 2]) -> String {
    let words = |seen: &[Seen]| {
        let mut words = BTreeSet::new();
        for seen in seen {
            match seen.outcome {
                Outcome::Changed { .. } => words.insert("rows"),
                Outcome::Raised { .. } => words.insert("error"),
                Outcome::Same | Outcome::Refused => seen.other_answer && words.insert("answer"),
            };
        }
        let is_refused = |seen: &Seen| matches!(seen.outcome, Outcome::Refused);
        match (words.is_empty(), seen.iter().all(is_refused)) {
            (true, true) => "refused".to_owned(),
            (true, false) => "same".to_owned(),
            (false, _) => words.into_iter().collect::<Vec<_>>().join(", "),
        }
    };
    let (server, client) = (words(server), if client.is_empty() { words(server) } else { words(client) });
    if server == client { server } else { format!("{server} · {client}") }
}

/// Verdicts that the server contradicts.
fn broken_promises(measured: &[(&Form, [Vec<Seen>; 2])]) -> Vec<String> {
    let schema = Schema::from_text(SCHEMA);
    let mut broken = Vec::new();
    for (form, [server, client]) in measured {
        for promise in promises_in(&form.statement, &schema, Some("shop")) {
            let seen = if promise.is_per_attempt() { server } else { client };
            if promise.verdict == Verdict::Idempotent && seen.iter().any(|seen| breaks(promise.profile, seen)) {
                broken.push(format!("line {}: not idempotent ({}): {}", form.line, promise.setting(), form.statement));
            }
        }
    }
    broken
}

/// Writes what was measured into the table.
fn bless(told: &[(&Form, String)]) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/semantics/forms.md");
    let text = std::fs::read_to_string(path).expect("the table");
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    for (form, told) in told.iter().filter(|(form, _)| form.twice != BY_CHANCE) {
        let line = &mut lines[form.line - 1];
        let kept = line.trim_end_matches('|').trim_end().rfind('|').map_or(0, |end| end + 1);
        let head = if form.twice.is_empty() { line.trim_end().trim_end_matches('|').to_owned() } else { line[..kept].to_owned() };
        *line = format!("{} {told} |", head.trim_end());
    }
    std::fs::write(path, lines.join("\n") + "\n").expect("a table that can be written");
}
