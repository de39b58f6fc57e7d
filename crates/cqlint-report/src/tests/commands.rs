//! The commands to GitHub: exact, and no text ends one or begins another.

use super::{PLAIN, end, findings, report, trouble};
use crate::{Format, Summary, Trouble};

#[test]
fn a_finding_is_a_command() {
    let text = "USE shop;\nUPDATE t SET a = '日本', n = n + 1 WHERE k = 1;";
    assert_eq!(
        report(Format::Github, PLAIN, text, &findings(text)),
        "::notice title=cqlint%3A use-keyspace,file=app.cql,line=1,endLine=1,col=1,endColumn=9::app.cql:1:1: the session \
         changes to keyspace `shop`%0Aon a retry: drivers send it on every connection themselves%0Ahelp: name the keyspace when the session is made, or write `keyspace.table`
::warning title=cqlint%3A counter-update,file=app.cql,line=2,endLine=2,col=24,endColumn=33::app.cql:2:24: counter `n` is \
         updated: a retry counts twice%0Aon a retry: when the answer is lost, nobody knows whether the first attempt has \
         counted, and a second one counts again%0Ahelp: never mark it idempotent; count by rows with ids that the client \
         makes, when the number must be exact
"
    );
}

#[test]
fn no_text_ends_a_command() {
    let fatal = Trouble { path: "a,b:c%\n::x", place: None, message: "100% odd\r\n::error::y", help: Some("a\nb"), fatal: true };
    assert_eq!(
        trouble(Format::Github, &fatal).lines().next(),
        Some("::error title=cqlint,file=a%2Cb%3Ac%25␊%3A%3Ax::a,b:c%25␊::x: 100%25 odd␍␊::error::y%0Ahelp: a␊b")
    );
}

#[test]
fn several_lines_have_no_columns() {
    let mut finding = super::finding(0, 12);
    finding.note = None;
    let out = report(Format::Github, PLAIN, "TRUNCATE\n  t;", &[finding]);
    assert!(out.contains(",line=1,endLine=2::app.cql:1:1: the message"), "{out}");
}

#[test]
fn the_sums_are_for_people() {
    let summary = Summary { files: 2, warnings: 1, profiles: vec!["driver"], ..Summary::default() };
    assert_eq!(end(Format::Github, PLAIN, &summary, false), "1 warning in 2 files\n");
    assert_eq!(end(Format::Summary, PLAIN, &summary, false), "no statements · profile driver\n1 warning in 2 files\n");
}
