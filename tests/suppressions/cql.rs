//! Suppressions in files of CQL.

use cqlint_analysis::{Options, Profile};

use super::{check, check_mended, said, told};

#[test]
fn what_a_person_says_of_a_statement_hides_its_hazards() {
    check(
        "a.cql",
        &[
            ("above", "-- cqlint: not-idempotent: ok\nUPDATE t SET n = n + 1, l = l + [1] WHERE k = 1;", "; 2 hidden"),
            ("the same line", "UPDATE t SET n = n + 1 WHERE k = 1; -- cqlint: idempotent: ok", "; 1 hidden"),
            ("the last line", "UPDATE t SET n = n + 1\nWHERE k = 1; -- cqlint: idempotent: ok", "; 1 hidden"),
            ("no hazard", "-- cqlint: not-idempotent: the trigger counts\nUPDATE t SET v = 1 WHERE k = 1;", "; 0 hidden"),
            (
                "a whole batch",
                "-- cqlint:idempotent:ok\nBEGIN BATCH UPDATE t SET n = n + 1 WHERE k = 1; APPLY BATCH;",
                "; 1 hidden",
            ),
            ("the next", "-- cqlint: idempotent: ok\nTRUNCATE t;\nTRUNCATE t;", "3 truncate; 1 hidden"),
            ("no reason", "-- cqlint: idempotent\nTRUNCATE t;", "1 bad-suppression, 2 truncate; 0 hidden"),
            ("no words", "-- cqlint: idempotent: --\nTRUNCATE t;", "1 bad-suppression, 2 truncate; 0 hidden"),
            ("nothing below", "SELECT * FROM t;\n-- cqlint: idempotent: ok\n", "2 bad-suppression; 0 hidden"),
            (
                "in a batch",
                "BEGIN BATCH\n-- cqlint: idempotent: ok\nDELETE FROM t WHERE k = 1; APPLY BATCH;",
                "2 bad-suppression; 0 hidden",
            ),
            ("does not parse", "-- cqlint: idempotent: ok\nSELCT 1;", "2 syntax-error; 0 hidden"),
            ("a remark", "-- cqlint: idempotently: ok\nTRUNCATE t;", "2 truncate; 0 hidden"),
            ("allowed, too", "-- cqlint: idempotent: ok\nTRUNCATE t; -- cqlint: allow truncate: ok", "; 1 hidden"),
        ],
    );
}

#[test]
fn they_hide_what_they_are_about() {
    check(
        "a.cql",
        &[
            ("the same line", "UPDATE t SET n = n + 1 WHERE k = 1; -- cqlint: allow counter-update: ok", "; 1 hidden"),
            ("with slashes", "UPDATE t SET n = n + 1 WHERE k = 1; // cqlint: allow counter-update: ok", "; 1 hidden"),
            ("a block", "UPDATE t SET n = n + 1 /* cqlint: allow counter-update: ok */ WHERE k = 1;", "; 1 hidden"),
            ("a block before", "/* cqlint: allow counter-update: ok */ UPDATE t SET n = n + 1 WHERE k = 1;", "; 1 hidden"),
            ("no blanks", "TRUNCATE t--cqlint:allow truncate:ok", "; 1 hidden"),
            (
                "another line",
                "
TRUNCATE t; -- cqlint: allow truncate: ok
TRUNCATE t;",
                "2 truncate; 1 hidden",
            ),
            (
                "the line of the finding",
                "
UPDATE t
SET n = n + 1 -- cqlint: allow counter-update: ok
WHERE k = 1;",
                "; 1 hidden",
            ),
            (
                "another line of the statement",
                "
UPDATE t
SET n = n + 1
WHERE k = 1; -- cqlint: allow counter-update: too late",
                "2 counter-update, 3 unused-suppression; 0 hidden",
            ),
            (
                "above",
                "
-- cqlint: allow counter-update: ok
UPDATE t SET n = n + 1 WHERE k = 1;
UPDATE t SET n = n + 1 WHERE k = 2;",
                "3 counter-update; 1 hidden",
            ),
            (
                "above several lines",
                "
-- cqlint: allow counter-update: ok

/* something else */
UPDATE t
  SET n = n + 1, m = m - 1
WHERE k = 1;",
                "; 2 hidden",
            ),
            (
                "above each other",
                "
-- cqlint: allow list-append: one
-- cqlint: allow list-prepend: two
UPDATE t SET l = l + ['a'], m = ['a'] + m WHERE k = 1;",
                "; 2 hidden",
            ),
            (
                "a comment of several lines",
                "
/*
 * cqlint: allow list-append: one
 * and some words
 * cqlint: allow list-prepend: two
 */
UPDATE t SET l = l + ['a'], m = ['a'] + m WHERE k = 1;",
                "; 2 hidden",
            ),
            (
                "above a batch",
                "
-- cqlint: allow counter-update: ok
BEGIN COUNTER BATCH
  UPDATE t SET n = n + 1 WHERE k = 1;
  UPDATE t SET n = n + 1 WHERE k = 2;
APPLY BATCH;
UPDATE t SET n = n + 1 WHERE k = 3;",
                "6 counter-update; 2 hidden",
            ),
            (
                "above a member of a batch",
                "
BEGIN COUNTER BATCH
  UPDATE t SET n = n + 1 WHERE k = 1;
  -- cqlint: allow counter-update: ok
  UPDATE t SET
    n = n + 1 WHERE k = 2;
  UPDATE t SET n = n + 1 WHERE k = 3;
APPLY BATCH;",
                "2 counter-update, 6 counter-update; 1 hidden",
            ),
            (
                "within a statement",
                "
UPDATE t SET
  -- cqlint: allow counter-update: ok
  n = n + 1
WHERE k = 1;",
                "; 1 hidden",
            ),
            (
                "the whole file",
                "
TRUNCATE a;
TRUNCATE b;
UPDATE t SET n = n + 1 WHERE k = 1;
-- cqlint: allow-file truncate: all of it is made again",
                "3 counter-update; 2 hidden",
            ),
            (
                "several rules",
                "
-- cqlint: allow list-append , list-prepend: ok
UPDATE t SET l = l + ['a'], m = ['a'] + m, n = n + 1 WHERE k = 1;",
                "2 counter-update; 2 hidden",
            ),
            (
                "a group",
                "
-- cqlint: allow-file idempotence, migration: tests
TRUNCATE a;
UPDATE t SET n = n + 1 WHERE k = 1;
SELCT 1;",
                "4 syntax-error; 2 hidden",
            ),
            (
                "behind what is for cqlsh",
                "
-- cqlint: allow truncate: ok
CONSISTENCY QUORUM
TRUNCATE t;",
                "; 1 hidden",
            ),
            (
                "a syntax error",
                "
SELCT 1; -- cqlint: allow syntax-error: a test
-- cqlint: allow syntax-error: a test
SELECT * FROM ;
-- cqlint: allow syntax-error: a test
SELECT * FROM",
                "; 3 hidden",
            ),
            (
                "definitions that disagree",
                "
CREATE TABLE IF NOT EXISTS t (k int PRIMARY KEY, v text);
-- cqlint: allow ambiguous-schema, schema-change: both are used
CREATE TABLE IF NOT EXISTS t (k int PRIMARY KEY, v list<text>);",
                "1 schema-change; 2 hidden",
            ),
        ],
    );
}

#[test]
fn what_is_no_suppression() {
    check(
        "a.cql",
        &[
            ("a string", "INSERT INTO t (k, v) VALUES (uuid(), '-- cqlint: allow server-value: no');", "1 server-value; 0 hidden"),
            (
                "a string of several lines",
                "
INSERT INTO t (k, v) VALUES (uuid(), '
-- cqlint: allow-file server-value: no
');",
                "1 server-value; 0 hidden",
            ),
            (
                "a function's body",
                "
CREATE FUNCTION f (a int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS $$
// cqlint: allow-file schema-change: no
$$;",
                "1 schema-change; 0 hidden",
            ),
            ("a remark", "TRUNCATE t; -- cqlint: what does it say of this?", "1 truncate; 0 hidden"),
            ("words before it", "TRUNCATE t; -- see cqlint: allow truncate: no", "1 truncate; 0 hidden"),
            ("no colon", "TRUNCATE t; -- cqlint allow truncate: no", "1 truncate; 0 hidden"),
            (
                "behind a quote that stays open",
                "
SELECT 'a FROM t;
TRUNCATE t; -- cqlint: allow truncate: ok",
                "1 syntax-error; 1 hidden",
            ),
        ],
    );
}

#[test]
fn what_is_wrong_with_them_is_told() {
    check(
        "a.cql",
        &[
            ("no reason", "TRUNCATE t; -- cqlint: allow truncate", "1 truncate, 1 bad-suppression; 0 hidden"),
            ("an empty reason", "TRUNCATE t; -- cqlint: allow truncate: ...", "1 truncate, 1 bad-suppression; 0 hidden"),
            ("no colon", "TRUNCATE t; -- cqlint: allow truncate because, well", "1 truncate, 1 bad-suppression; 0 hidden"),
            ("no rule", "TRUNCATE t; -- cqlint: allow: ok", "1 truncate, 1 bad-suppression; 0 hidden"),
            ("no rule at all", "TRUNCATE t; -- cqlint: allow", "1 truncate, 1 bad-suppression; 0 hidden"),
            ("another word", "TRUNCATE t; -- cqlint: disable truncate", "1 truncate, 1 bad-suppression; 0 hidden"),
            ("nearly the word", "TRUNCATE t; -- cqlint: allow-line truncate: ok", "1 truncate, 1 bad-suppression; 0 hidden"),
            ("an unknown rule beside others", "TRUNCATE t; -- cqlint: allow trncate, truncate: ok", "1 bad-suppression; 1 hidden"),
            ("unused", "SELECT a FROM t; -- cqlint: allow truncate: ok", "1 unused-suppression; 0 hidden"),
            ("unused above nothing", "-- cqlint: allow truncate: ok", "1 unused-suppression; 0 hidden"),
            ("unused in the file", "SELECT a FROM t; -- cqlint: allow-file marks: ok", "1 unused-suppression; 0 hidden"),
            ("unused beside another", "TRUNCATE t; -- cqlint: allow truncate, list-append: ok", "1 unused-suppression; 1 hidden"),
            ("twice the same", "TRUNCATE t; -- cqlint: allow truncate, truncate: ok", "1 unused-suppression; 1 hidden"),
            (
                "the line and the file",
                "
-- cqlint: allow-file truncate: ok
TRUNCATE t; -- cqlint: allow truncate: ok",
                "1 unused-suppression; 1 hidden",
            ),
            (
                "hidden themselves",
                "
-- cqlint: allow-file unused-suppression, bad-suppression: made by a machine
SELECT a FROM t; -- cqlint: allow truncate: ok
SELECT a FROM t; -- cqlint: allow truncate",
                "; 2 hidden",
            ),
            ("hidden, and nothing to hide", "-- cqlint: allow-file suppressions: ok", "1 unused-suppression; 0 hidden"),
        ],
    );
}

#[test]
fn what_is_said_helps() {
    let help = |text: &str| {
        let findings = told("a.cql", text, &Options::default()).findings;
        let about = findings.into_iter().find(|finding| finding.rule.group == "suppressions").expect("a finding");
        (about.message, about.help.unwrap_or_default(), about.span.text(text).to_owned())
    };
    let (message, help_of_unknown, place) = help("TRUNCATE t; -- cqlint: allow conter-update: ok");
    assert_eq!(message, "there is no rule `conter-update` whose findings could be hidden");
    assert_eq!(help_of_unknown, "did you mean `counter-update`? `cqlint rules` lists all of them");
    assert_eq!(place, "conter-update");
    let (message, help_of_reason, place) = help("TRUNCATE t; /* cqlint: allow truncate, undecided */");
    assert_eq!(message, "a suppression without a reason hides nothing");
    assert_eq!(help_of_reason, "say why it may stay, behind a colon: `cqlint: allow truncate, undecided: REASON`");
    assert_eq!(place, "cqlint: allow truncate, undecided");
    let (message, _, place) = help("TRUNCATE t; -- cqlint: allow truncate, undecided, list-append: ok");
    assert_eq!((message.as_str(), place.as_str()), ("no finding of `undecided` or `list-append` is hidden here", "undecided"));
}

/// Nobody should take out what another run needs.
#[test]
fn what_another_profile_would_hide_is_of_use() {
    let text = "-- cqlint: allow late-retry, ttl-restart: one writer\nUPDATE t USING TTL 5 SET v = 1 WHERE k = 1;\n\
                -- cqlint: allow lightweight-transaction: asked again\nUPDATE t SET v = 1 WHERE k = 1 IF v = 2;\n";
    for profile in Profile::ALL {
        let found = told("a.cql", text, &Options { profile: *profile, ..Options::default() });
        assert!(found.findings.is_empty(), "{}: {:?}", profile.name, found.findings);
    }
    assert_eq!(said("a.cql", text), "; 1 hidden");
}

#[test]
fn unused_ones_are_taken_out() {
    check_mended(
        "a.cql",
        &[
            ("SELECT a FROM t; -- cqlint: allow truncate: ok\nSELECT b FROM t;\n", "SELECT a FROM t;\nSELECT b FROM t;\n"),
            ("SELECT a FROM t;   // cqlint: allow truncate: ok", "SELECT a FROM t;"),
            ("  -- cqlint: allow truncate: ok\nSELECT a FROM t;\n", "SELECT a FROM t;\n"),
            ("SELECT a FROM t;\n-- cqlint: allow truncate: ok", "SELECT a FROM t;\n"),
            ("-- cqlint: allow truncate: ok\n  -- cqlint: allow undecided: ok\nSELECT a FROM t;\n", "SELECT a FROM t;\n"),
            ("SELECT /* cqlint: allow truncate: ok */ a FROM t;", "SELECT a FROM t;"),
            ("SELECT a/* cqlint: allow truncate: ok */ FROM t;", "SELECT a FROM t;"),
            ("SELECT/* cqlint: allow truncate: ok */a FROM t;", "SELECT a FROM t;"),
            ("/* cqlint: allow truncate: ok */ SELECT a FROM t;", "SELECT a FROM t;"),
            ("/*\n * cqlint: allow truncate: ok\n * a remark\n */\nSELECT a FROM t;", "/*\n * a remark\n */\nSELECT a FROM t;"),
            ("/* cqlint: allow truncate: ok\n a remark */\nSELECT a FROM t;", "/* \n a remark */\nSELECT a FROM t;"),
            ("TRUNCATE t; -- cqlint: allow truncate, undecided: ok", "TRUNCATE t; -- cqlint: allow truncate: ok"),
            ("TRUNCATE t; -- cqlint: allow undecided,  truncate, marks : ok", "TRUNCATE t; -- cqlint: allow truncate : ok"),
            ("TRUNCATE t; -- cqlint: allow truncate", "TRUNCATE t; -- cqlint: allow truncate"),
        ],
    );
}
