//! The formats as a user sees them: whole outputs, at a width of 80 and without colour unless a test is about these.

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Diagnostic, Level, Options, Safety, analyze, rule};

use crate::{File, Format, Reporter, Style, Summary, Trouble};

mod commands;
mod documents;
mod fixes;
mod inventories;
mod lines;
mod objects;
mod pages;
mod pictures;
mod robustness;
mod sums;

const PLAIN: Style = Style { color: false, width: 80 };

/// What the analysis finds in a text.
pub(crate) fn findings(text: &str) -> Vec<Diagnostic> {
    let options = Options::default();
    analyze(text, &options).statements.iter().flat_map(|statement| statement.diagnostics(text, &options)).collect()
}

/// A finding at a place of the test's choice.
fn finding(start: usize, end: usize) -> Diagnostic {
    Diagnostic {
        rule: rule("counter-update").unwrap(),
        level: Level::Warn,
        message: "the message".to_string(),
        span: Span::new(start.try_into().unwrap(), end.try_into().unwrap()),
        subject: None,
        label: "the label".to_string(),
        related: Vec::new(),
        note: None,
        help: None,
        fix: None,
    }
}

/// A report of one file, up to the sums.
fn report(format: Format, style: Style, text: &str, findings: &[Diagnostic]) -> String {
    report_with(Safety::Safe, format, style, text, findings)
}

/// The same, when fixes are made that are as safe as this.
fn report_with(fixes: Safety, format: Format, style: Style, text: &str, findings: &[Diagnostic]) -> String {
    let mut out = Vec::new();
    let mut reporter = Reporter::new(format, style, &mut out);
    reporter.file(&File { path: "app.cql", text, findings, fixes }).unwrap();
    drop(reporter);
    String::from_utf8(out).unwrap()
}

/// The pictures of what the analysis finds.
fn picture(text: &str) -> String {
    report(Format::Full, PLAIN, text, &findings(text))
}

/// The picture of one place.
fn picture_of(text: &str, start: usize, end: usize) -> String {
    report(Format::Full, PLAIN, text, &[finding(start, end)])
}

/// The end of a report.
fn end(format: Format, style: Style, summary: &Summary, statistics: bool) -> String {
    let reporter = Reporter::new(format, style, Vec::new());
    String::from_utf8(reporter.finish(summary, statistics).unwrap()).unwrap()
}

fn trouble(format: Format, trouble: &Trouble<'_>) -> String {
    let mut reporter = Reporter::new(format, PLAIN, Vec::new());
    reporter.trouble(trouble).unwrap();
    String::from_utf8(reporter.finish(&Summary::default(), false).unwrap()).unwrap()
}

/// A text without its escape sequences.
fn stripped(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |mut out, part| {
        out.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
        out
    })
}
