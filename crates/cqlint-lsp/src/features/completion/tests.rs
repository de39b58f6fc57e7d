//! What is offered where, in CQL and in programs.

use std::path::Path;

use cqlint_analysis::Options;
use cqlint_analysis::syntax::Dialects;

use super::complete;
use crate::features::fixture::with_page;
use crate::page::Page;

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
