//! What fixes leave, to the byte, also of texts with other ends of lines and with a mark of their encoding.

use cqlint_analysis::{Options, Profile, Safety, Schema};
use cqlint_project::Mended;

use super::{Known, levels};

const SCHEMA: &str =
    "CREATE TABLE shop.users (id uuid PRIMARY KEY, at timestamp, day date, tags set<timestamp>, log list<text>, name text);
    CREATE TABLE shop.hits (page text PRIMARY KEY, n counter);";

/// The text when all fixes of a kind are made that can be made at once.
fn mended(text: &str, safety: Safety, options: &Options<'_>) -> String {
    let (schema, levels) = (Schema::from_text(SCHEMA), levels());
    let options = Options { schema: Some(&schema), keyspace: Some("shop"), levels: Some(&levels), ..*options };
    Mended::new(text, &Known::of(text, &options).findings, safety).map_or_else(|| text.to_owned(), |mended| mended.text)
}

fn check(safety: Safety, options: &Options<'_>, pairs: &[(&str, &str)]) {
    for (before, after) in pairs {
        assert_eq!(mended(before, safety, options), *after);
        let crlf = |text: &str| text.replace('\n', "\r\n");
        // A text of one line does not say how lines end.
        if before.contains('\n') {
            assert_eq!(mended(&crlf(before), safety, options), crlf(after));
        }
        assert_eq!(mended(&format!("\u{feff}{before}"), safety, options), format!("\u{feff}{after}"));
    }
}

#[test]
fn definitions_get_their_guards() {
    let pairs = [
        ("CREATE TABLE t (k int PRIMARY KEY);", "CREATE TABLE IF NOT EXISTS t (k int PRIMARY KEY);"),
        ("create columnfamily\"T\" (k int primary key)", "create columnfamily if not exists\"T\" (k int primary key)"),
        ("CREATE /* the */ TYPE /* address */ a (b int)", "CREATE /* the */ TYPE IF NOT EXISTS /* address */ a (b int)"),
        ("CREATE CUSTOM INDEX i ON t (c) USING 'x'", "CREATE CUSTOM INDEX IF NOT EXISTS i ON t (c) USING 'x'"),
        ("CREATE INDEX ON t (c)", "CREATE INDEX IF NOT EXISTS ON t (c)"),
        ("CREATE USER u WITH PASSWORD 'x'", "CREATE USER IF NOT EXISTS u WITH PASSWORD 'x'"),
        ("DROP MATERIALIZED VIEW v; DROP ROLE r", "DROP MATERIALIZED VIEW IF EXISTS v; DROP ROLE IF EXISTS r"),
        ("DROP FUNCTION f (int)", "DROP FUNCTION IF EXISTS f (int)"),
        // These have a guard, or none helps.
        ("CREATE OR REPLACE AGGREGATE a (int) SFUNC f STYPE int", "CREATE OR REPLACE AGGREGATE a (int) SFUNC f STYPE int"),
        ("ALTER TABLE t RENAME a TO b; GRANT r TO s", "ALTER TABLE t RENAME a TO b; GRANT r TO s"),
        ("CREATE ROLE r WITH GENERATED PASSWORD", "CREATE ROLE r WITH GENERATED PASSWORD"),
        // Not every database that this may be for has them.
        ("ALTER TABLE t ADD c int", "ALTER TABLE t ADD c int"),
    ];
    check(Safety::Safe, &Options::default(), &pairs);
}

#[test]
fn changes_get_their_guards_where_the_dialect_has_them() {
    let pairs = [
        ("ALTER TABLE t ADD c int", "ALTER TABLE t ADD IF NOT EXISTS c int"),
        ("ALTER TABLE \"add\" DROP (a, b)", "ALTER TABLE \"add\" DROP IF EXISTS (a, b)"),
        ("ALTER TYPE t ADD c int", "ALTER TYPE t ADD IF NOT EXISTS c int"),
    ];
    for name in ["cassandra-4.1", "cassandra-5.0", "cassandra-trunk"] {
        check(Safety::Safe, &Options { dialects: name.parse().expect("a dialect"), ..Options::default() }, &pairs);
    }
    for name in ["cassandra-4.0", "scylla", "dse", "cassandra"] {
        let options = Options { dialects: name.parse().expect("a dialect"), ..Options::default() };
        check(Safety::Unsafe, &options, &pairs.map(|(before, _)| (before, before)));
    }
}

#[test]
fn what_the_server_makes_is_bound() {
    let pairs = [
        ("INSERT INTO users (id, name) VALUES (uuid(), 'ann')", "INSERT INTO users (id, name) VALUES (?, 'ann')"),
        ("UPDATE users SET at = toTimestamp(now()) WHERE id = ?", "UPDATE users SET at = ? WHERE id = ?"),
        ("UPDATE users SET at = 'now' - 1d WHERE id = :id", "UPDATE users SET at = :at WHERE id = :id"),
        ("UPDATE users SET tags = tags + {'now'} WHERE id = ?", "UPDATE users SET tags = tags + ? WHERE id = ?"),
        ("DELETE FROM t WHERE k = {a: ?} AND c < now()", "DELETE FROM t WHERE k = {a: ?} AND c < ?"),
        ("UPDATE t SET v = 1 WHERE (a, b) IN ((now(), ?), (1, 2))", "UPDATE t SET v = 1 WHERE (a, b) IN ((?, ?), (1, 2))"),
        // A name that is there already, both kinds of markers, a marker inside, a text, a type that nobody knows.
        ("UPDATE users SET at = 'now' WHERE id = :at", "UPDATE users SET at = 'now' WHERE id = :at"),
        ("UPDATE users SET at = 'now' WHERE id = :a AND b = ?", "UPDATE users SET at = 'now' WHERE id = :a AND b = ?"),
        ("UPDATE users SET tags = {'now', ?} WHERE id = 1", "UPDATE users SET tags = {'now', ?} WHERE id = 1"),
        ("INSERT INTO users JSON '{\"at\": \"now\"}'", "INSERT INTO users JSON '{\"at\": \"now\"}'"),
        ("UPDATE u SET x = 'now' WHERE id = 1", "UPDATE u SET x = 'now' WHERE id = 1"),
    ];
    check(Safety::Unsafe, &Options::default(), &pairs);
    check(Safety::Safe, &Options::default(), &pairs.map(|(before, _)| (before, before)));
}

#[test]
fn the_fix_says_what_the_client_binds() {
    let said = |text: &str| {
        let (schema, levels) = (Schema::from_text(SCHEMA), levels());
        let options = Options { schema: Some(&schema), keyspace: Some("shop"), levels: Some(&levels), ..Options::default() };
        let known = Known::of(text, &options);
        let messages = known.fixes(Safety::Unsafe).into_iter().map(|fix| fix.message.clone());
        messages.collect::<Vec<_>>().join("; ")
    };
    let message = |what: &str, how: &str| format!("bind {what}, which the client makes, as {how}");
    assert_eq!(said("INSERT INTO users (name, id) VALUES (?, now())"), message("the `uuid`", "value 2"));
    assert_eq!(said("INSERT INTO t (name, id) VALUES (:name, now())"), message("the `timeuuid`", "`id`"));
    assert_eq!(said("UPDATE users SET day = toDate(now()) WHERE id = ?"), message("the `date`", "value 1"));
    assert_eq!(said("UPDATE users SET tags = {'now'} WHERE id = ?"), message("the value", "value 1"));
    assert_eq!(said("UPDATE t SET d = toDate(now()) WHERE id = ?"), message("the value", "value 1"));
}

#[test]
fn writes_get_a_timestamp_where_they_take_one() {
    let pairs = [
        ("INSERT INTO users (id) VALUES (?)", "INSERT INTO users (id) VALUES (?) USING TIMESTAMP ?"),
        (
            "INSERT INTO users (id) VALUES (:id) USING TTL 5",
            "INSERT INTO users (id) VALUES (:id) USING TTL 5 AND TIMESTAMP :written_at",
        ),
        (
            "UPDATE users USING TTL ? SET name = ? WHERE id = ?",
            "UPDATE users USING TTL ? AND TIMESTAMP ? SET name = ? WHERE id = ?",
        ),
        ("UPDATE users -- one\nSET name = ? WHERE id = ?", "UPDATE users USING TIMESTAMP ? -- one\nSET name = ? WHERE id = ?"),
        ("DELETE name FROM users WHERE id = ?", "DELETE name FROM users USING TIMESTAMP ? WHERE id = ?"),
        (
            "BEGIN UNLOGGED BATCH UPDATE users SET name = ? WHERE id = ? APPLY BATCH",
            "BEGIN UNLOGGED BATCH USING TIMESTAMP ? UPDATE users SET name = ? WHERE id = ? APPLY BATCH",
        ),
        // A list that is assigned as a whole has its elements twice under one timestamp.
        ("UPDATE users SET log = ? WHERE id = ?", "UPDATE users SET log = ? WHERE id = ?"),
        // Counters and conditions take none; nor does a batch whose statements have their own.
        ("UPDATE hits SET n = n + 1 WHERE page = ?", "UPDATE hits SET n = n + 1 WHERE page = ?"),
        ("UPDATE unknown SET n = n + 1 WHERE page = ?", "UPDATE unknown SET n = n + 1 WHERE page = ?"),
        ("DELETE FROM unknown WHERE page = ?", "DELETE FROM unknown WHERE page = ?"),
        ("UPDATE users SET name = ? WHERE id = ? IF EXISTS", "UPDATE users SET name = ? WHERE id = ? IF EXISTS"),
        (
            "BEGIN BATCH INSERT INTO users (id) VALUES (?) USING TIMESTAMP 1; INSERT INTO users (id) VALUES (?); APPLY BATCH",
            "BEGIN BATCH INSERT INTO users (id) VALUES (?) USING TIMESTAMP 1; INSERT INTO users (id) VALUES (?); APPLY BATCH",
        ),
    ];
    check(Safety::Unsafe, &Options { profile: Profile::STRICT, ..Options::default() }, &pairs);
}

#[test]
fn batches_are_split() {
    let pairs = [
        (
            "BEGIN BATCH\n    UPDATE users SET name = ? WHERE id = ?;\n    -- each visit\n    -- once\n    UPDATE users SET log = log + ?\n        WHERE id = ?;\n    DELETE at FROM users WHERE id = ?; -- gone\nAPPLY BATCH;\n",
            "BEGIN BATCH\n    UPDATE users SET name = ? WHERE id = ?;\n    DELETE at FROM users WHERE id = ?; -- gone\nAPPLY BATCH;\n-- each visit\n-- once\nUPDATE users SET log = log + ?\n        WHERE id = ?;\n",
        ),
        (
            "BEGIN BATCH UPDATE users SET log = log + ? WHERE id = ? UPDATE users SET name = ? WHERE id = ? APPLY BATCH",
            "BEGIN BATCH UPDATE users SET name = ? WHERE id = ? APPLY BATCH;\nUPDATE users SET log = log + ? WHERE id = ?",
        ),
        (
            "BEGIN BATCH\n  UPDATE users SET log = log + ? WHERE id = ?; -- twice\n  UPDATE users SET name = ? WHERE id = ?;\nAPPLY BATCH",
            "BEGIN BATCH\n  -- twice\n  UPDATE users SET name = ? WHERE id = ?;\nAPPLY BATCH;\nUPDATE users SET log = log + ? WHERE id = ?",
        ),
        (
            "BEGIN BATCH -- all\n  UPDATE users SET log = log + ? WHERE id = ?;\n  UPDATE users SET log = ? + log WHERE id = ?;\n  UPDATE users SET name = ? WHERE id = ?;\n  DELETE FROM users WHERE id = ?;\nAPPLY BATCH",
            "BEGIN BATCH -- all\n  UPDATE users SET name = ? WHERE id = ?;\n  DELETE FROM users WHERE id = ?;\nAPPLY BATCH;\nUPDATE users SET log = log + ? WHERE id = ?;\nUPDATE users SET log = ? + log WHERE id = ?",
        ),
        // What the batch says of all its statements would be lost.
        (
            "BEGIN BATCH USING TIMESTAMP 1 UPDATE users SET log = log + ? WHERE id = ? UPDATE users SET name = ? WHERE id = ? APPLY BATCH",
            "BEGIN BATCH USING TIMESTAMP 1 UPDATE users SET log = log + ? WHERE id = ? UPDATE users SET name = ? WHERE id = ? APPLY BATCH",
        ),
    ];
    check(Safety::Unsafe, &Options::default(), &pairs);
}
