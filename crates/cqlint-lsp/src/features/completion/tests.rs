//! What is offered where: for each place of a statement, and wherever something stands in the corpus.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cqlint_analysis::syntax::ast::NativeType;
use cqlint_analysis::syntax::{Dialects, Keyword, Lexer, Meaning, Span, TokenKind, read};
use cqlint_analysis::{Options, Schema};

use super::*;
use crate::features::fixture::{corpus, with_page};
use crate::features::statements::{Written, is_verb, statements};

const SCHEMA: &str = "
CREATE TABLE shop.orders (id uuid, at timestamp, total int, note text, address frozen<address>, PRIMARY KEY (id, at));
CREATE TABLE shop.\"Stock\" (item text PRIMARY KEY, \"Left\" counter);
CREATE TABLE depot.boxes (id int PRIMARY KEY);
CREATE TYPE shop.address (street text, number int);
CREATE FUNCTION shop.half(v int) RETURNS NULL ON NULL INPUT RETURNS int LANGUAGE java AS 'return v / 2;';
";

fn labels(name: &str, text: &str) -> Vec<String> {
    with_page(name, text, SCHEMA, |page, at| complete(page, at).into_iter().map(|found| found.label).collect())
}

#[test]
fn what_fits_is_offered() {
    let mut failed = Vec::new();
    for (text, first, others, never) in [
        (
            "$0",
            "",
            &["SELECT", "INSERT INTO", "BEGIN BATCH … APPLY BATCH", "INSERT INTO shop.orders (id, at, total, note, address)"][..],
            &["FROM"][..],
        ),
        ("sel$0", "select", &["select … from"], &["insert into"]),
        ("SELECT $0 FROM shop.orders", "id", &["at", "total", "DISTINCT", "JSON", "now", "writetime"], &["WHERE"]),
        ("SELECT id $0", "", &["AS", "FROM"], &["SELECT", "id"]),
        ("USE shop; SELECT t$0 FROM orders WHERE id = ?", "total", &["to_date"], &["id"]),
        ("SELECT * FROM $0", "depot.boxes", &["shop.orders", "depot", "shop.\"Stock\"", "orders"], &["id"]),
        ("SELECT * FROM shop.$0", "\"Stock\"", &["orders"], &["boxes", "depot", "WHERE"]),
        ("USE depot; SELECT * FROM $0", "boxes", &["shop.orders"], &["orders", "depot.boxes"]),
        (
            "SELECT * FROM shop.orders $0",
            "",
            &["WHERE", "ALLOW FILTERING", "ORDER BY", "GROUP BY", "PER PARTITION LIMIT", "LIMIT"],
            &["FROM"],
        ),
        ("SELECT * FROM shop.orders WHERE $0", "id", &["at", "total"], &["WHERE", "SELECT"]),
        ("SELECT * FROM shop.orders WHERE id $0", "", &["IN", "CONTAINS", "LIKE"], &["AND", "id"]),
        ("SELECT * FROM shop.orders WHERE id = $0", "?", &[":id", "uuid", "now", "NULL", "TRUE"], &["total", "AND"]),
        ("UPDATE shop.orders SET $0", "address", &["note", "total", "id"], &["WHERE"]),
        ("UPDATE shop.orders SET total = $0", "?", &["total", "NULL", "half"], &["note"]),
        ("UPDATE shop.orders SET address.$0", "number", &["street"], &["total", "SET"]),
        ("UPDATE shop.orders $0", "", &["SET", "USING"], &["WHERE"]),
        ("INSERT INTO shop.orders (id, $0", "at", &["total", "note"], &["id"]),
        ("INSERT INTO shop.orders (id, total) VALUES (?, $0", "?", &[":total", "now"], &[":id"]),
        ("INSERT INTO $0", "depot.boxes", &["shop.orders (id, at, total, note, address)"], &["INTO"]),
        ("INSERT INTO t (a) VALUES (1) $0", "", &["IF NOT EXISTS", "USING"], &["WHERE"]),
        ("DELETE $0 FROM shop.orders", "address", &["FROM", "total"], &["WHERE"]),
        ("BEGIN BATCH INSERT INTO t (a) VALUES (1); $0", "", &["APPLY BATCH", "INSERT INTO", "UPDATE", "DELETE"], &["SELECT"]),
        ("BEGIN BATCH UPDATE a SET b = 1 WHERE c = 2; DELETE FROM shop.orders WHERE $0", "id", &["at"], &["c"]),
        ("CREATE $0", "", &["TABLE", "TYPE", "MATERIALIZED VIEW", "OR REPLACE"], &["SELECT"]),
        ("CREATE TABLE $0", "", &["IF NOT EXISTS", "shop"], &["shop.orders", "orders"]),
        ("CREATE TABLE t (a $0", "ascii", &["text", "list", "address", "frozen"], &["PRIMARY KEY", "a"]),
        ("CREATE TABLE t (a int, b text, $0", "PRIMARY KEY", &[], &["a", "b"]),
        ("CREATE TABLE t (a int, b text, PRIMARY KEY ($0", "a", &["b"], &["id"]),
        (
            "CREATE TABLE t (a int PRIMARY KEY) WITH $0",
            "additional_write_policy",
            &["compaction", "CLUSTERING ORDER BY", "gc_grace_seconds"],
            &["replication"],
        ),
        (
            "CREATE TABLE t (a int PRIMARY KEY) WITH compaction = $0",
            "{'class': 'IncrementalCompactionStrategy'}",
            &[],
            &["caching"],
        ),
        ("ALTER TABLE t WITH compaction = {$0", "'class'", &["'enabled'"], &[]),
        ("ALTER TABLE t WITH compaction = {'class': $0", "'IncrementalCompactionStrategy'", &["'LeveledCompactionStrategy'"], &[]),
        (
            "ALTER TABLE t WITH compaction = {'class': 'Lev$0'}",
            "'LeveledCompactionStrategy'",
            &[],
            &["'UnifiedCompactionStrategy'"],
        ),
        ("CREATE KEYSPACE k WITH $0", "durable_writes", &["replication"], &["caching"]),
        ("ALTER TABLE shop.orders DROP $0", "address", &["note", "COMPACT STORAGE"], &["ADD"]),
        ("ALTER TABLE shop.orders ADD $0", "", &["IF NOT EXISTS"], &["note"]),
        ("DROP TABLE $0", "", &["IF EXISTS", "shop.orders"], &[]),
        ("USE $0", "depot", &["shop"], &["orders"]),
        ("select id from shop.orders w$0", "where", &["with"], &["WHERE"]),
        ("-- cqlint: $0", "allow", &["allow-file"], &["SELECT"]),
        ("-- cqlint: allow $0", "allow-filtering", &["counter-update", "marks"], &["allow"]),
        ("-- cqlint: allow counter-update, list$0", "list-append", &["list-column"], &["counter-update"]),
        ("-- cql$0", "cqlint: allow", &[], &[]),
        ("SELECT 1$0", "", &[], &["FROM"]),
        ("SELECT 'a$0'", "", &[], &["FROM"]),
        ("-- a $0", "", &[], &["allow"]),
        ("CONSISTENCY $0", "", &[], &["SELECT"]),
    ] {
        let found = labels("a.cql", text);
        let has = |label: &str| found.iter().any(|found| found == label);
        let is_first = first.is_empty() || found.first().is_some_and(|found| found == first);
        let missing: Vec<_> = others.iter().filter(|other| !has(other)).collect();
        let wrong: Vec<_> = never.iter().filter(|never| has(never)).collect();
        if !is_first || !missing.is_empty() || !wrong.is_empty() {
            let shown: Vec<_> = found.iter().take(8).collect();
            failed.push(format!("{text}: missing {missing:?}, wrong {wrong:?}, first {shown:?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_dialect_has_its_own_words() {
    let offered = |dialects: Dialects| {
        let text = "SELECT * FROM t ";
        let options = Options { dialects, ..Options::default() };
        let page = Page { path: Path::new("a.cql"), text, fragments: None, options: &options };
        complete(&page, text.len() as u32).into_iter().map(|found| found.label).collect::<Vec<_>>()
    };
    let has = |dialects| offered(dialects).iter().any(|label| label == "BYPASS CACHE");
    assert!(has(Dialects::SCYLLA));
    assert!(!has(Dialects::CASSANDRA_5_0));
}

/// The text with the completion of this label made; in it `|` stands where the word was.
fn completed(name: &str, text: &str, label: &str) -> String {
    with_page(name, text, SCHEMA, |page, at| {
        let found = complete(page, at).into_iter().find(|found| found.label == label);
        let found = found.unwrap_or_else(|| unreachable!("{label} is offered"));
        let range = found.replaces.range();
        format!("{}|{}|{}", &page.text[..range.start], found.insert, &page.text[range.end..])
    })
}

#[test]
fn the_word_at_the_cursor_is_replaced() {
    for (name, text, label, expected) in [
        ("a.cql", "SELECT to$0tal FROM shop.orders", "total", "SELECT |total| FROM shop.orders"),
        ("a.cql", "SELECT $0total FROM shop.orders", "note", "SELECT |note|total FROM shop.orders"),
        ("a.cql", "/* é😀 */ SELECT * FROM shop.\"S$0", "\"Stock\"", "/* é😀 */ SELECT * FROM shop.|\"Stock\"|"),
        ("a.cql", "SELECT 1;\r\n\r\nins$0\r\n", "INSERT INTO", "SELECT 1;\r\n\r\n|INSERT INTO|\r\n"),
        (
            "A.java",
            "class A { void a(CqlSession s) { s.execute(\"SELECT $0 FROM shop.orders\"); } }",
            "total",
            "class A { void a(CqlSession s) { s.execute(\"SELECT |total| FROM shop.orders\"); } }",
        ),
        (
            "a.go",
            "package a\nvar q = `DELETE FROM shop.orders WHERE i$0 = ?`\n",
            "id",
            "package a\nvar q = `DELETE FROM shop.orders WHERE |id| = ?`\n",
        ),
        (
            "a.py",
            "import cassandra\nq = \"SELECT to$0 FROM shop.orders WHERE id = %s\"\n",
            "total",
            "import cassandra\nq = \"SELECT |total| FROM shop.orders WHERE id = %s\"\n",
        ),
        (
            "A.java",
            "// cqlint: allow coun$0: x\nclass A { String a = \"SELECT a FROM b\"; }",
            "counter-update",
            "// cqlint: allow |counter-update|: x\nclass A { String a = \"SELECT a FROM b\"; }",
        ),
    ] {
        assert_eq!(completed(name, text, label), expected);
    }
}

#[test]
fn strings_of_programs_are_not_ended() {
    let found = labels("A.java", "import com.datastax.A; class A { String a = \"SELECT * FROM shop.$0 WHERE id = ?\"; }");
    assert!(found.contains(&"orders".to_owned()) && !found.contains(&"\"Stock\"".to_owned()), "{found:?}");
    assert_eq!(labels("A.java", "class A { $0 String a = \"SELECT * FROM shop.orders\"; }"), Vec::<String>::new());
}

fn is_type(word: &str) -> bool {
    let collections = ["list", "set", "map", "tuple", "frozen", "vector"];
    let natives = NativeType::ALL.iter().map(|native| native.text());
    natives.chain(collections).any(|known| known.eq_ignore_ascii_case(word))
}

/// What stands in a statement of the corpus is among what is offered when its first letter is typed.
#[test]
fn what_stands_there_is_offered() {
    let mut asked: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for text in corpus() {
        let schema = Schema::from_text(&text);
        let options = Options { schema: Some(&schema), ..Options::default() };
        for statement in statements(&text, &options, Span::new(0, text.len() as u32)) {
            // Only this one: what stands before it is another test's.
            let own = statement.span.text(&text);
            let keyspace = statement.keyspace.clone();
            let options = Options { keyspace: keyspace.as_deref(), ..options };
            let page = Page { path: Path::new("a.cql"), text: own, fragments: None, options: &options };
            let is_column = |at: usize, name: &str| {
                let table = statement.table(at).and_then(|table| table.view(&options));
                table.is_some_and(|table| table.column(name).is_some())
            };
            for (at, token) in statement.tokens.iter().enumerate() {
                let written = token.span.text(&text);
                let name = crate::features::statements::value(&text, *token);
                let is_definition = matches!(statement.keyword(0), Keyword::Create | Keyword::Alter);
                let kind = match (statement.meaning(at), token.kind) {
                    (Meaning::Nothing, TokenKind::Word) => "keyword",
                    (Meaning::Table, TokenKind::Word)
                        if !is_definition && schema.table(statement.qualifier(at).as_deref(), &name).is_some() =>
                    {
                        "table"
                    }
                    (Meaning::Column, TokenKind::Word) if !is_definition && is_column(at, &name) => "column",
                    (Meaning::Type, TokenKind::Word) if is_type(written) => "type",
                    (Meaning::Function, TokenKind::Word) if crate::features::functions::native(&name).is_some() => "function",
                    _ => continue,
                };
                let cursor = token.span.start - statement.span.start + written.chars().next().map_or(0, char::len_utf8) as u32;
                let found = complete(&page, cursor);
                let first = |label: &str| label.split([' ', '.']).next_back().unwrap_or_default().to_owned();
                let is_there = found.iter().any(|found| {
                    found.label.eq_ignore_ascii_case(written)
                        || found.label.split(' ').next().is_some_and(|word| word.eq_ignore_ascii_case(written))
                        || kind == "table" && first(&found.label).eq_ignore_ascii_case(written)
                });
                let (hits, all) = asked.entry(kind).or_default();
                *all += 1;
                *hits += usize::from(is_there);
                if !is_there {
                    missed.push(format!("{kind}: {} → {written}", &own[..(token.span.start - statement.span.start) as usize]));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{asked:?}\n{}", missed.join("\n"));
    assert!(asked.get("keyword").is_some_and(|(_, all)| *all > 3000), "{asked:?}");
    assert!(["table", "column", "type", "function"].iter().all(|kind| asked.contains_key(kind)), "{asked:?}");
}

/// The tables of a statement, with all columns that it names.
fn tables_of(statement: &Written<'_>) -> String {
    let parts = (0..statement.tokens.len()).filter(|at| is_verb(statement.keyword(*at))).map(|at| statement.part(at));
    let table = |part: std::ops::Range<usize>| {
        let text = |at: usize| statement.tokens.get(at).map(|token| token.span.text(statement.text)).unwrap_or_default();
        let at = part.clone().find(|at| statement.meaning(*at) == Meaning::Table)?;
        let keyspace = statement.qualifier(at).map(|keyspace| format!("{}.", super::names::written(&keyspace)));
        let columns: BTreeSet<_> = part.filter(|at| statement.meaning(*at) == Meaning::Column).map(text).collect();
        let columns: Vec<_> = columns.iter().map(|column| format!("{column} int")).collect();
        Some(format!(
            "CREATE TABLE {}{} (own_key int PRIMARY KEY, {});",
            keyspace.unwrap_or_default(),
            text(at),
            columns.join(", ")
        ))
    };
    parts.filter_map(table).collect()
}

/// When its table is known, each column of a statement is offered where it stands.
#[test]
fn columns_are_offered_wherever_they_stand() {
    let (mut asked, mut missed) = (0, Vec::new());
    for text in corpus() {
        for statement in statements(&text, &Options::default(), Span::new(0, text.len() as u32)) {
            // Its rows have columns, too.
            if statement.keyword(1) == Keyword::Transaction || matches!(statement.keyword(0), Keyword::Create | Keyword::Let) {
                continue;
            }
            let schema = Schema::from_text(&tables_of(&statement));
            let options = Options { schema: Some(&schema), ..Options::default() };
            let own = statement.span.text(&text);
            let page = Page { path: Path::new("a.cql"), text: own, fragments: None, options: &options };
            for (at, token) in statement.tokens.iter().enumerate() {
                let has_table = statement.table(at).is_some_and(|table| table.view(&options).is_some());
                if statement.meaning(at) != Meaning::Column || token.kind != TokenKind::Word || !has_table {
                    continue;
                }
                asked += 1;
                let cursor = token.span.start - statement.span.start;
                let name = super::names::written(&crate::features::statements::value(&text, *token));
                if !complete(&page, cursor + 1).iter().any(|found| found.label == name && found.kind == super::Kind::Column) {
                    missed.push(format!("{} → {name}", &own[..cursor as usize]));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{} of {asked}:\n{}", missed.len(), missed.join("\n"));
    assert!(asked > 500, "{asked}");
}

/// Whoever takes a keyword has made no mistake.
#[test]
fn no_keyword_is_wrong() {
    let options = Options::default();
    let mut taken = 0;
    for text in corpus() {
        for statement in statements(&text, &options, Span::new(0, text.len() as u32)) {
            let own = statement.span.text(&text);
            let page = Page { path: Path::new("a.cql"), text: own, fragments: None, options: &options };
            // Each place of all statements would take a minute.
            for token in statement.tokens.iter().skip(statement.span.start as usize % 23).step_by(23) {
                let cursor = token.span.start - statement.span.start;
                for keyword in complete(&page, cursor).iter().filter(|found| found.kind == Kind::Keyword) {
                    let written = format!("{} {} ", &own[..keyword.replaces.start as usize], keyword.insert.trim_end_matches(')'));
                    let count = Lexer::new(&written).count();
                    let understood = |text: &str| {
                        let tokens: Vec<_> = Lexer::new(text).collect();
                        read(text, &tokens, options.dialects).understood
                    };
                    // Some must not be the last.
                    let is_right = understood(&written) >= count || understood(&format!("{written} x")) >= count;
                    assert!(is_right, "{written}");
                    taken += 1;
                }
            }
        }
    }
    assert!(taken > 500, "{taken}");
}
