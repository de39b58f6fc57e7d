//! Which names each statement has, and what they mean.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};

use cqlint_syntax::Span;

use super::{Mention, Sense, What, mentions};
use crate::Options;

/// `column t.c`, with what the statement does behind it, unless it only uses the name.
fn show(mention: &Mention) -> String {
    let owner = mention.owner.as_deref().map(|owner| format!("{owner}.")).unwrap_or_default();
    let sign = match mention.sense {
        Sense::Creates => " created",
        Sense::Adds => " added",
        Sense::Alters => " altered",
        Sense::Drops => " dropped",
        Sense::Uses => "",
    };
    format!("{} {owner}{}{sign}", mention.what.name(), mention.name)
}

fn shown(text: &str) -> Vec<String> {
    mentions(text, &Options::default()).iter().map(show).collect()
}

#[test]
fn statements_that_read_and_write_rows() {
    let cases = [
        ("SELECT * FROM shop.t", "keyspace shop, table t"),
        (
            "SELECT a AS x, b.f, c['k'], writetime(d) FROM t",
            "column t.a, column t.b, field f, column t.c, function writetime, column t.d, table t",
        ),
        ("SELECT JSON DISTINCT a FROM t", "column t.a, table t"),
        (
            "SELECT count(*), ks.f(a, 1), CAST(b AS text) FROM t",
            "function count, keyspace ks, function f, column t.a, column t.b, table t",
        ),
        (
            "SELECT a FROM t WHERE k = ? AND (b, c) > (1, 2) AND token(k) > token(3)",
            "column t.a, table t, column t.k, column t.b, column t.c, function token, column t.k, function token",
        ),
        (
            "SELECT a FROM t WHERE m['x'] = 1 GROUP BY k, b ORDER BY c DESC, d",
            "column t.a, table t, column t.m, column t.k, column t.b, column t.c, column t.d",
        ),
        ("SELECT a FROM t ORDER BY v ANN OF [1.0] LIMIT 3", "column t.a, table t, column t.v"),
        ("SELECT a FROM t WHERE expr(idx, 'query')", "column t.a, table t, index t.idx"),
        (
            "INSERT INTO t (a, \"B\") VALUES (1, {street: 'x', zip: now()}) USING TTL 1",
            "table t, column t.a, column t.B, field street, field zip, function now",
        ),
        ("INSERT INTO t JSON '{\"a\": 1}'", "table t"),
        (
            "UPDATE t USING TTL ? SET a = 1, b['k'] = 2, c.f = 3 WHERE k = 1 IF d = 1 AND e.g = 2",
            "table t, column t.a, column t.b, column t.c, field f, column t.k, column t.d, column t.e, field g",
        ),
        (
            "UPDATE t SET a = a + 1, b = [1] + b, c += 1, d = d -1 WHERE k = 1",
            "table t, column t.a, column t.a, column t.b, column t.b, column t.c, column t.d, column t.d, column t.k",
        ),
        ("UPDATE t SET a = (frozen<address>) {city: 'x'} WHERE k = 1", "table t, column t.a, type address, field city, column t.k"),
        ("DELETE a, b['k'], c.f FROM t WHERE k = 1 IF EXISTS", "column t.a, column t.b, column t.c, field f, table t, column t.k"),
        (
            "BEGIN BATCH INSERT INTO t (a) VALUES (1); DELETE b FROM u WHERE k = 1; APPLY BATCH",
            "table t, column t.a, column u.b, table u, column u.k",
        ),
        ("TRUNCATE TABLE t", "table t"),
        ("PRUNE MATERIALIZED VIEW v WHERE k = 1 AND token(a, b) > 3", "materialized view v, column v.k, column v.a, column v.b"),
        (
            "BEGIN TRANSACTION LET row = (SELECT a FROM t WHERE k = 1); SELECT row.a; IF row.a > 1 AND row IS NOT NULL THEN UPDATE u SET b = row.a WHERE k = 1; END IF COMMIT TRANSACTION",
            "column t.a, table t, column t.k, column t.a, column t.a, table u, column u.b, column t.a, column u.k",
        ),
        (
            "SELECT a FROM t WHERE a > 1 WITH included_indexes = {i, ks.j} AND excluded_indexes = {k}",
            "column t.a, table t, column t.a, index i, keyspace ks, index j, index k",
        ),
        ("USE shop", "keyspace shop"),
        ("no CQL at all", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text).join(", "), expected, "{text}");
    }
}

#[test]
fn definitions_of_tables_and_views() {
    let cases = [
        (
            "CREATE TABLE t (a int, b frozen<list<address>>, c int STATIC, PRIMARY KEY ((a, b), c)) WITH CLUSTERING ORDER BY (c DESC) AND comment = 'a'",
            "table t created, column t.a created, column t.b created, type address, column t.c created, column t.a, column t.b, column t.c, column t.c",
        ),
        (
            "CREATE TABLE t (a int PRIMARY KEY, b map<text, ks.u>)",
            "table t created, column t.a created, column t.b created, keyspace ks, type u",
        ),
        (
            "CREATE TABLE t (a int PRIMARY KEY, b int CHECK b > 0 AND b < 9, c text MASKED WITH f(1)) WITH comment = 'x' AND b = 1",
            "table t created, column t.a created, column t.b created, column t.b, column t.b, column t.c created, function f",
        ),
        ("CREATE TABLE t LIKE ks.s", "table s.t created, keyspace ks, table s"),
        ("ALTER TABLE t ADD (a int, b address)", "table t altered, column t.a added, column t.b added, type address"),
        ("ALTER TABLE t DROP a", "table t altered, column t.a altered"),
        (
            "ALTER TABLE t RENAME a TO b AND c TO d",
            "table t altered, column t.a altered, column t.b added, column t.c altered, column t.d added",
        ),
        ("ALTER TABLE t ALTER a TYPE int", "table t altered, column t.a altered"),
        ("ALTER TABLE t WITH comment = 'a'", "table t altered"),
        ("ALTER TABLE t ALTER a CHECK a > 1 AND LENGTH() < 3", "table t altered, column t.a altered, column t.a"),
        ("ALTER SEARCH INDEX SCHEMA ON t ADD FIELD a", "table t, column t.a"),
        ("ALTER TABLE t TTL a", "table t altered, column t.a altered"),
        ("DROP TABLE IF EXISTS ks.t", "keyspace ks, table t dropped"),
        (
            "CREATE MATERIALIZED VIEW v AS SELECT a, b FROM t WHERE a IS NOT NULL AND k IS NOT NULL PRIMARY KEY ((a), k) WITH CLUSTERING ORDER BY (k ASC)",
            "materialized view t.v created, column t.a, column t.b, table t, column t.a, column t.k, column t.a, column t.k, column t.k",
        ),
        ("ALTER MATERIALIZED VIEW v WITH comment = ''", "materialized view v altered"),
        ("DROP MATERIALIZED VIEW v", "materialized view v dropped"),
        ("CREATE INDEX i ON t (KEYS(m))", "index t.i created, table t, column t.m"),
        ("CREATE CUSTOM INDEX ON ks.t (a) USING 'SAI'", "keyspace ks, table t, column t.a"),
        ("DROP INDEX ks.i", "keyspace ks, index i dropped"),
        ("CREATE TRIGGER x ON t USING 'y'", "table t"),
        ("CREATE SEARCH INDEX ON t WITH COLUMNS a, b { docValues: true } AND OPTIONS { x: 1 }", "table t, column t.a, column t.b"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text).join(", "), expected, "{text}");
    }
}

#[test]
fn other_definitions_and_permissions() {
    let cases = [
        ("CREATE KEYSPACE k WITH replication = {'class': 'x'}", "keyspace k created"),
        ("DROP KEYSPACE k", "keyspace k dropped"),
        ("CREATE TYPE ks.u (a int, b frozen<v>)", "keyspace ks, type u created, field u.a created, field u.b created, type v"),
        ("ALTER TYPE u ADD c int", "type u altered, field u.c added"),
        ("ALTER TYPE u RENAME a TO b", "type u altered, field u.a altered, field u.b added"),
        ("DROP TYPE u", "type u dropped"),
        (
            "CREATE FUNCTION f (a int, b frozen<map<text, u>>, c ks.v) CALLED ON NULL INPUT RETURNS list<w> LANGUAGE java AS 'x'",
            "function f created, type u, keyspace ks, type v, type w",
        ),
        ("DROP FUNCTION f (int, u)", "function f dropped, type u"),
        (
            "CREATE AGGREGATE a (int, u) SFUNC s STYPE tuple<int, v> FINALFUNC g INITCOND (0, null)",
            "aggregate a created, type u, function s, type v, function g",
        ),
        ("DROP AGGREGATE a", "aggregate a dropped"),
        ("GRANT SELECT ON ks.t TO r", "keyspace ks, table t, role r"),
        ("GRANT ALL PERMISSIONS ON KEYSPACE k TO 'r'", "keyspace k, role r"),
        ("GRANT MODIFY ON TABLE t TO r", "table t, role r"),
        ("GRANT SELECT ON ALL TABLES IN KEYSPACE k TO r", "keyspace k, role r"),
        ("GRANT EXECUTE ON FUNCTION f(int, u) TO r", "function f, type u, role r"),
        ("REVOKE r FROM s", "role r, role s"),
        ("LIST ALL PERMISSIONS ON t OF r", "table t, role r"),
        ("CREATE ROLE r WITH LOGIN = true", "role r created"),
        ("DROP USER r", "role r dropped"),
        ("DESCRIBE TABLE ks.t", "keyspace ks, table t"),
        ("DESCRIBE KEYSPACE k", "keyspace k"),
        ("DESCRIBE TABLES", ""),
        ("DESCRIBE ks.t", "keyspace ks, table t"),
        ("DESCRIBE x", ""),
        ("COMMENT ON COLUMN ks.t.c IS 'x'", "keyspace ks, table t, column t.c"),
        ("COMMENT ON COLUMN t.c IS 'x'", "table t, column t.c"),
        ("COMMENT ON FIELD u.f IS 'x'", "type u, field u.f"),
        ("SECURITY LABEL ON TYPE u IS 'x'", "type u"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text).join(", "), expected, "{text}");
    }
}

#[test]
fn places_are_those_of_the_text() {
    let text =
        "-- é\r\nSELECT \"Ab\", c FROM T;\r\nCREATE MATERIALIZED VIEW v AS SELECT c FROM t WHERE c IS NOT NULL PRIMARY KEY (c);";
    for mention in mentions(text, &Options::default()) {
        let written = mention.span.text(text).trim_matches('"');
        assert!(written == mention.name || written.to_ascii_lowercase() == mention.name, "{mention:?}");
    }
}

#[test]
fn a_use_holds_for_what_follows() {
    let text = "SELECT a FROM t; USE k; SELECT a FROM t; SELECT a FROM l.t";
    let keyspaces: Vec<_> = mentions(text, &Options { keyspace: Some("j"), ..Options::default() })
        .into_iter()
        .filter(|mention| mention.what == What::Column)
        .collect();
    let keyspaces: Vec<_> = keyspaces.iter().map(|mention| mention.keyspace.as_deref()).collect();
    assert_eq!(keyspaces, [Some("j"), Some("k"), Some("l")]);
}

#[test]
fn what_the_program_puts_in_is_no_name() {
    // Whole and by half.
    let text = "SELECT a FROM {ks}.t; SELECT a FROM t{x}; SELECT a, tab FROM u";
    let half = text.find("ab FROM u").map_or(0, |at| at as u32);
    let holes = [Span::new(half, half + 2)];
    let found: Vec<_> = mentions(text, &Options { holes: &holes, ..Options::default() }).iter().map(show).collect();
    let written: Vec<String> = vec!["column u.a".to_string(), "table u".to_string()];
    assert_eq!(found, written);
    let text = "SELECT a FROM \"{ks}\".t";
    let found = mentions(text, &Options::default());
    assert_eq!(found.iter().map(show).collect::<Vec<_>>(), ["column t.a", "table t"]);
    assert_eq!(found.first().map(|mention| mention.keyspace.clone()), Some(None));
}

#[test]
fn what_is_not_said_meets_everything() {
    let text = "SELECT v FROM a.t; SELECT v FROM t; SELECT v FROM b.t; CREATE MATERIALIZED VIEW w AS SELECT v FROM t WHERE v IS NOT NULL PRIMARY KEY (v); SELECT v FROM w";
    let found = mentions(text, &Options::default());
    let of =
        |what: What, name: &'static str| found.iter().filter(move |mention| mention.what.family() == what && mention.name == name);
    let tables: Vec<_> = of(What::Table, "t").collect();
    let [a, any, b, ..] = tables.as_slice() else { unreachable!("three tables") };
    assert!(a.meets(any) && any.meets(b) && !a.meets(b));
    let views: Vec<_> = of(What::Table, "w").collect();
    assert!(views.iter().all(|one| views.iter().all(|other| one.meets(other))) && views.len() == 2);
}
