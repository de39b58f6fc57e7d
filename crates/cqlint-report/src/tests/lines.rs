//! What is told in lines: notes, troubles, and everything in the format `concise`.

use super::{PLAIN, finding, findings, report, stripped, trouble};
use crate::{Format, Style, Trouble};

const SCHEMA: &str = "CREATE TABLE a (k int PRIMARY KEY);\n";

#[test]
fn notes_take_a_line_each_and_not_too_many() {
    let text = format!("{}USE shop;\n", SCHEMA.repeat(42));
    assert_eq!(
        report(Format::Full, PLAIN, &text, &findings(&text)),
        "note[schema-change] app.cql:1:1 CREATE TABLE cannot be re-run: the second time
    raises an error
note[schema-change] app.cql:2:1 CREATE TABLE cannot be re-run: the second time…
note[schema-change] app.cql:3:1 CREATE TABLE cannot be re-run: the second time…
note[schema-change] app.cql:4:1 CREATE TABLE cannot be re-run: the second time…
note[schema-change] app.cql:5:1 CREATE TABLE cannot be re-run: the second time…
    … and 37 more of schema-change in this file; --format concise shows all
note[use-keyspace] app.cql:43:1 the session changes to keyspace `shop`
"
    );
}

#[test]
fn notes_stand_behind_the_pictures_of_their_file() {
    let text = format!("{SCHEMA}UPDATE t SET n = n + 1 WHERE k = 1;");
    let out = report(Format::Full, PLAIN, &text, &findings(&text));
    assert!(out.starts_with("  ⚠ warn[counter-update]"), "{out}");
    assert!(out.contains("exact\n\nnote[schema-change] app.cql:1:1 "), "{out}");
}

#[test]
fn concise() {
    let text = "USE shop;\r\nUPDATE t SET a = '日本', n = n + 1 WHERE k = 1;\r\nSELEC * FROM t;";
    assert_eq!(
        report(Format::Concise, PLAIN, text, &findings(text)),
        "app.cql:1:1: note[use-keyspace] the session changes to keyspace `shop`
app.cql:2:24: warn[counter-update] counter `n` is updated: a retry counts twice
app.cql:3:1: error[syntax-error] unexpected `SELEC`: expected a statement
"
    );
    let coloured = report(Format::Concise, Style { color: true, ..PLAIN }, text, &findings(text));
    assert_eq!(stripped(&coloured), report(Format::Concise, PLAIN, text, &findings(text)));
}

#[test]
fn a_concise_line_stays_one_line() {
    let mut finding = finding(0, 0);
    finding.message = format!("{}\n\x1b", "x".repeat(200));
    let out = report(Format::Concise, PLAIN, "", &[finding]);
    assert_eq!(out, format!("app.cql:1:1: warn[counter-update] {}␊␛\n", "x".repeat(200)));
}

#[test]
fn troubles() {
    let fatal = Trouble { path: "my file.cql", place: None, message: "is not UTF-8", help: Some("save it as UTF-8"), fatal: true };
    let out = trouble(Format::Full, &fatal);
    assert!(out.starts_with("error: my file.cql: is not UTF-8\n    help: save it as UTF-8\n\n"), "{out}");
    assert!(trouble(Format::Concise, &fatal).starts_with("my file.cql: error: is not UTF-8\n"));

    let skipped = Trouble { path: "x.cql", place: None, message: "is not CQL", help: None, fatal: false };
    assert!(trouble(Format::Full, &skipped).starts_with("note: x.cql: is not CQL\n\n"));
    assert!(trouble(Format::Concise, &skipped).starts_with("x.cql: note: is not CQL\n"));
}
