//! The documents for programs, read back by readers that are not ours; whatever is in them, they stay well formed.

use std::path::Path;

use cqlint_analysis::Safety;
use roxmltree::Document;
use serde_json::{Value, json};

use super::robustness::{Numbers, PIECES};
use super::{PLAIN, finding, findings};
use crate::{File, Format, Reporter, Summary, Trouble};

const TEXT: &str = "USE shop;\nUPDATE t SET /* 🙂 */ n = n + 1 WHERE k = 'a\"b';";

/// A whole report of one file, in the folder `/x`.
fn document(format: Format, file: &File<'_>, troubles: &[Trouble<'_>]) -> String {
    let mut reporter = Reporter::new(format, PLAIN, Vec::new()).in_folder(Path::new("/x"));
    reporter.file(file).unwrap();
    for trouble in troubles {
        reporter.trouble(trouble).unwrap();
    }
    let summary = Summary { profiles: vec!["driver"], ..Summary::default() };
    String::from_utf8(reporter.finish(&summary, false).unwrap()).unwrap()
}

fn of(format: Format, path: &str, troubles: &[Trouble<'_>]) -> String {
    document(format, &File { path, text: TEXT, findings: &findings(TEXT), fixes: Safety::Safe }, troubles)
}

fn nothing(format: Format) -> String {
    document(format, &File { path: "a.cql", text: "", findings: &[], fixes: Safety::Safe }, &[])
}

const TROUBLES: [Trouble<'_>; 2] = [
    Trouble { path: "b\u{1}.cql", place: None, message: "is \"odd\" ]]>", help: Some("mend it"), fatal: true },
    Trouble { path: "c.cql", place: None, message: "is passed over", help: None, fatal: false },
];

#[test]
fn gitlab() {
    let issues: Value = serde_json::from_str(&of(Format::Gitlab, "my app.cql", &TROUBLES)).unwrap();
    let places = |index: usize| issues.pointer(&format!("/{index}/location/positions/begin")).cloned().unwrap();
    assert_eq!(issues.as_array().unwrap().len(), 4);
    assert_eq!(places(1), json!({"line": 2, "column": 22}));
    let text = |pointer: &str| issues.pointer(pointer).and_then(Value::as_str).unwrap();
    assert_eq!((text("/1/check_name"), text("/1/severity")), ("counter-update", "major"));
    assert_eq!((text("/1/location/path"), text("/0/severity")), ("my app.cql", "info"));
    assert_eq!((text("/2/check_name"), text("/2/severity")), ("not-checked", "critical"));
    let fingerprints: Vec<_> = (0..4).map(|index| text(&format!("/{index}/fingerprint")).to_owned()).collect();
    let mut different = fingerprints.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 4, "{fingerprints:?}");
    assert_eq!(nothing(Format::Gitlab), "[]\n");
}

#[test]
fn sarif() {
    let log: Value = serde_json::from_str(&of(Format::Sarif, "../my app.cql", &TROUBLES)).unwrap();
    let run = log.pointer("/runs/0").unwrap();
    let at = |pointer: &str| run.pointer(pointer).cloned().unwrap();
    assert_eq!(at("/columnKind"), "utf16CodeUnits");
    // One character, and two code units.
    let region = json!({"startLine": 2, "startColumn": 23, "endLine": 2, "endColumn": 32});
    assert_eq!(at("/results/1/locations/0/physicalLocation/region"), region);
    let artifact = json!({"uri": "file:///my%20app.cql"});
    assert_eq!(at("/results/1/locations/0/physicalLocation/artifactLocation"), artifact);
    let index = at("/results/1/ruleIndex");
    assert_eq!(at(&format!("/tool/driver/rules/{index}/id")), at("/results/1/ruleId"));
    assert!(at(&format!("/tool/driver/rules/{index}/help/markdown")).as_str().unwrap().starts_with("# counter-update"));
    assert_eq!(at("/invocations/0/executionSuccessful"), false);
    let notifications = at("/invocations/0/toolExecutionNotifications");
    assert_eq!(notifications.pointer("/0/locations/0/physicalLocation/artifactLocation/uri").unwrap(), "b%01.cql");
    assert_eq!(notifications.pointer("/1/level").unwrap(), "note");
    assert_eq!(at("/originalUriBaseIds/%SRCROOT%/uri"), "file:///x/");

    let log: Value = serde_json::from_str(&nothing(Format::Sarif)).unwrap();
    assert_eq!(log.pointer("/runs/0/results"), Some(&json!([])));
    assert_eq!(log.pointer("/runs/0/invocations/0"), Some(&json!({"executionSuccessful": true, "toolExecutionNotifications": []})));
}

#[test]
fn junit() {
    let report = junit_parser::from_reader(of(Format::Junit, "my app.cql", &TROUBLES).as_bytes()).unwrap();
    assert_eq!((report.tests, report.failures, report.errors, report.skipped), (4, 1, 1, 1));
    let suite = report.suites.first().unwrap();
    assert_eq!((suite.name.as_str(), suite.tests, suite.failures), ("my app.cql", 2, 1));
    let (note, warning) = (suite.cases.first().unwrap(), suite.cases.last().unwrap());
    assert_eq!((note.name.as_str(), note.status.is_success()), ("my app.cql::use-keyspace 1:1", true));
    assert!(note.system_out.as_ref().unwrap().contains("note[use-keyspace]"));
    let failure = warning.status.failure_as_ref();
    assert_eq!((failure.failure_type.as_str(), warning.line), ("counter-update", Some(2)));
    assert!(failure.text.contains("\non a retry: "), "{}", failure.text);
    let trouble = report.suites.get(1).unwrap();
    assert_eq!((trouble.name.as_str(), trouble.errors), ("b␁.cql", 1));
    assert_eq!(junit_parser::from_reader(nothing(Format::Junit).as_bytes()).unwrap().tests, 1);
}

#[test]
fn checkstyle() {
    let text = of(Format::Checkstyle, "a & <b>.cql", &TROUBLES);
    let document = Document::parse(&text).unwrap();
    let names = document.descendants().filter_map(|node| node.attribute("name"));
    assert_eq!(names.collect::<Vec<_>>(), ["a & <b>.cql", "b␁.cql", "c.cql"]);
    let error = document.descendants().filter(|node| node.has_tag_name("error")).nth(1).unwrap();
    let attributes: Vec<_> = error.attributes().map(|attribute| (attribute.name(), attribute.value())).collect();
    assert_eq!(
        attributes,
        [
            ("line", "2"),
            ("column", "22"),
            ("severity", "warning"),
            ("message", "counter `n` is updated: a retry counts twice"),
            ("source", "cqlint.counter-update"),
        ]
    );
    assert_eq!(Document::parse(&nothing(Format::Checkstyle)).unwrap().descendants().count(), 3);
}

#[test]
fn whatever_is_in_them_they_are_well_formed() {
    let mut numbers = Numbers(7);
    for _ in 0..200 {
        let mut text = || -> String { (0..numbers.below(30)).map(|_| *PIECES.get(numbers.below(PIECES.len())).unwrap()).collect() };
        let (path, text, words) = (text(), text(), text());
        let mut finding = finding(numbers.below(text.len() + 2), numbers.below(text.len() + 2));
        (finding.message, finding.label) = (words.clone(), words.clone());
        (finding.note, finding.help) = (Some(words.clone()), Some(words.clone()));
        let trouble = Trouble { path: &path, place: None, message: &words, help: Some(&words), fatal: true };
        let file = File { path: &path, text: &text, findings: &[finding], fixes: Safety::Safe };
        for format in [Format::Junit, Format::Checkstyle] {
            let document = document(format, &file, &[trouble]);
            assert_eq!(Document::parse(&document).err(), None, "{format}: {document:?}");
        }
        for format in [Format::Json, Format::Gitlab, Format::Sarif] {
            let document = document(format, &file, &[trouble]);
            assert!(serde_json::from_str::<Value>(&document).is_ok(), "{format}: {document:?}");
        }
        let commands = document(Format::Github, &file, &[trouble]);
        assert_eq!(commands.lines().filter(|line| line.starts_with("::warning ")).count(), 1, "{commands}");
        assert_eq!(commands.lines().count(), 3, "{commands}");
    }
}

#[test]
fn long_texts_stay_whole() {
    let mut finding = finding(0, 1);
    finding.message = "x]]>\u{8}".repeat(10_000);
    let file = File { path: "a.cql", text: TEXT, findings: &[finding], fixes: Safety::Safe };
    for format in [Format::Junit, Format::Checkstyle] {
        let document = document(format, &file, &[]);
        let read = Document::parse(&document).unwrap();
        let message = read.descendants().find_map(|node| node.attribute("message")).unwrap();
        assert_eq!(message, "x]]>␈".repeat(10_000));
    }
}
