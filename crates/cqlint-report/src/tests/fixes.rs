//! Findings that can be mended, in each format.

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Diagnostic, Edit, Fix, Level};

use super::{PLAIN, end, finding, report, stripped};
use crate::{Format, Style, Summary};

const TEXT: &str = "session.execute(q)\n";

fn fixable(level: Level) -> Diagnostic {
    let edits = vec![Edit { span: Span::new(18, 18), text: ".mark(\"it\")".to_string() }];
    Diagnostic { level, fix: Some(Fix { message: "mark it idempotent".to_string(), edits }), ..finding(8, 18) }
}

#[test]
fn a_finding_that_can_be_mended_says_so() {
    let concise = report(Format::Concise, PLAIN, TEXT, &[fixable(Level::Warn), finding(0, 1)]);
    assert_eq!(concise, "app.cql:1:1: warn[counter-update] the message\napp.cql:1:9: warn[counter-update] [*] the message\n");
    let picture = report(Format::Full, PLAIN, TEXT, &[fixable(Level::Warn)]);
    assert!(picture.starts_with("  ⚠ warn[counter-update] [*] the message\n"), "{picture}");
    let note = report(Format::Full, PLAIN, TEXT, &[fixable(Level::Note)]);
    assert_eq!(note, "note[counter-update] [*] app.cql:1:9 the message\n");
    for format in [Format::Full, Format::Concise] {
        let coloured = report(format, Style { color: true, ..PLAIN }, TEXT, &[fixable(Level::Note)]);
        assert_eq!(stripped(&coloured), report(format, PLAIN, TEXT, &[fixable(Level::Note)]));
    }
}

#[test]
fn json_has_the_fix() {
    let fix = r#","fix":{"message":"mark it idempotent","edits":[{"start":18,"end":18,"text":".mark(\"it\")"}]}}"#;
    let lines = report(Format::JsonLines, PLAIN, TEXT, &[finding(0, 1), fixable(Level::Warn)]);
    let ends: Vec<_> = lines.lines().map(|line| line.ends_with(fix)).collect();
    assert_eq!(ends, [false, true], "{lines}");
    assert_eq!(lines.matches("\"fix\"").count(), 1);
}

#[test]
fn the_end_says_what_was_mended_and_what_can_be() {
    let summary = Summary { files: 3, warnings: 2, fixable: 1, fixed: 4, ..Summary::default() };
    assert_eq!(end(Format::Concise, PLAIN, &summary, false), "2 warnings in 3 files · 4 fixed\n[*] 1 can be mended with --fix\n");
    let hidden = Summary { files: 3, hidden: 5, ..Summary::default() };
    assert_eq!(end(Format::Concise, PLAIN, &hidden, false), "✓ nothing to report in 3 files · 5 hidden by comments\n");
    let clean = Summary { files: 3, fixed: 4, ..Summary::default() };
    assert_eq!(end(Format::Concise, PLAIN, &clean, false), "✓ nothing to report in 3 files · 4 fixed\n");
    assert!(end(Format::JsonLines, PLAIN, &summary, false).contains(r#""fixable":1,"fixed":4,"hidden":0,"#));
}
