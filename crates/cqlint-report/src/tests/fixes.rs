//! Findings that can be mended, in each format.

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Diagnostic, Edit, Fix, Level, Safety};

use super::{PLAIN, end, finding, report, report_with, stripped};
use crate::{Format, Style, Summary};

const TEXT: &str = "session.execute(q)\n";

fn fixable(level: Level) -> Diagnostic {
    mended_by(Safety::Safe, level)
}

fn mended_by(safety: Safety, level: Level) -> Diagnostic {
    let edits = vec![Edit { span: Span::new(18, 18), text: ".mark(\"it\")".to_string() }];
    Diagnostic { level, fix: Some(Fix { message: "mark it idempotent".to_string(), edits, safety }), ..finding(8, 18) }
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
    let fix = r#","fix":{"message":"mark it idempotent","safe":true,"edits":[{"start":18,"end":18,"text":".mark(\"it\")"}]}}"#;
    let lines = report(Format::JsonLines, PLAIN, TEXT, &[finding(0, 1), fixable(Level::Warn)]);
    let ends: Vec<_> = lines.lines().map(|line| line.ends_with(fix)).collect();
    assert_eq!(ends, [false, true], "{lines}");
    assert_eq!(lines.matches("\"fix\"").count(), 1);
}

#[test]
fn the_end_says_what_was_mended_and_what_can_be() {
    let summary = Summary { files: 3, warnings: 2, fixable: 1, fixed: 4, ..Summary::default() };
    assert_eq!(end(Format::Concise, PLAIN, &summary, false), "2 warnings in 3 files · 4 fixed\n[*] 1 fixable with --fix\n");
    let hidden = Summary { files: 3, hidden: 5, ..Summary::default() };
    assert_eq!(end(Format::Concise, PLAIN, &hidden, false), "✓ nothing to report in 3 files · 5 hidden by comments\n");
    let clean = Summary { files: 3, fixed: 4, ..Summary::default() };
    assert_eq!(end(Format::Concise, PLAIN, &clean, false), "✓ nothing to report in 3 files · 4 fixed\n");
    assert!(end(Format::JsonLines, PLAIN, &summary, false).contains(r#""fixable":1,"unsafe_fixable":0,"fixed":4,"hidden":0,"#));
}

#[test]
fn what_is_unsafe_is_marked_when_it_is_asked_for() {
    let findings = [mended_by(Safety::Unsafe, Level::Warn)];
    for format in [Format::Full, Format::Concise] {
        let marked = |fixes| report_with(fixes, format, PLAIN, TEXT, &findings).contains("warn[counter-update] [*] the message");
        assert_eq!((marked(Safety::Safe), marked(Safety::Unsafe)), (false, true));
    }
    assert!(report(Format::JsonLines, PLAIN, TEXT, &findings).contains(r#""fix":{"message":"mark it idempotent","safe":false,"#));
}

#[test]
fn the_end_says_what_unsafe_fixes_would_mend() {
    let said = |fixes, fixable, unsafe_fixable| {
        let summary = Summary { files: 1, notes: 5, fixes, fixable, unsafe_fixable, ..Summary::default() };
        end(Format::Concise, PLAIN, &summary, false).lines().nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(said(Safety::Safe, 0, 0), "");
    assert_eq!(said(Safety::Safe, 3, 0), "[*] 3 fixable with --fix");
    assert_eq!(said(Safety::Safe, 3, 2), "[*] 3 fixable with --fix (2 more with --unsafe-fixes)");
    assert_eq!(said(Safety::Safe, 0, 2), "2 fixable with --fix --unsafe-fixes");
    assert_eq!(said(Safety::Unsafe, 3, 0), "[*] 3 fixable with --fix");
    assert_eq!(said(Safety::Unsafe, 3, 2), "[*] 5 fixable with --fix --unsafe-fixes");
}
