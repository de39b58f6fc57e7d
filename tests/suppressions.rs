//! Comments that hide findings: which ones they hide, what is told about the comments themselves, and how `--fix` takes them out.

use std::path::Path;

use cqlint_analysis::{Analyzer, Diagnostic, Options, Reasons, Safety, Schema, Suppressions};
use cqlint_embed::{Source, read};
use cqlint_project::Mended;

mod cql;
mod laws;
mod programs;

/// What is told about a file, and how many findings are hidden.
struct Told {
    findings: Vec<Diagnostic>,
    hidden: usize,
}

fn told(path: &str, text: &str, options: &Options<'_>) -> Told {
    let mut analyzer = Analyzer::new(options.dialects);
    let mut findings = Vec::new();
    let mut suppressions = if path.ends_with(".cql") {
        let mut suppressions = Suppressions::of_cql(text, options.dialects, Reasons::Needed);
        for statement in analyzer.statements(text, options) {
            findings.extend(suppressions.statement(&statement, text, options));
        }
        let conflicts = Schema::from_text(text).conflicts().iter().map(cqlint_analysis::Conflict::diagnostic).collect::<Vec<_>>();
        findings.extend(conflicts.into_iter().filter(|finding| !suppressions.hides(finding)));
        suppressions
    } else {
        let fragments = read(&[Source { path: Path::new(path), text, trusted: true }]).pop().expect("the fragments of the file");
        let mut suppressions = Suppressions::of_program(text, &fragments, Reasons::Needed);
        for fragment in &fragments {
            let mut analysis = analyzer.fragment(fragment, options);
            findings.extend(suppressions.fragment(fragment, &mut analysis, options));
        }
        suppressions
    };
    findings.extend(suppressions.findings(options));
    findings.sort_by_key(|finding| finding.span);
    Told { findings, hidden: suppressions.hidden() }
}

/// `2 counter-update, 3 unused-suppression; 1 hidden`: the lines and rules of what is told.
fn said(path: &str, text: &str) -> String {
    let Told { findings, hidden } = told(path, text, &Options::default());
    let line = |finding: &Diagnostic| text[..finding.span.start as usize].matches('\n').count() + 1;
    let mut rules: Vec<_> = findings.iter().map(|finding| format!("{} {}", line(finding), finding.rule.name)).collect();
    rules.dedup();
    format!("{}; {hidden} hidden", rules.join(", "))
}

/// Each case: what it shows, the text, and what is said of it; the text begins behind its first line.
fn check(path: &str, cases: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (name, text, expected) in cases {
        let text = text.strip_prefix('\n').unwrap_or(text);
        for (kind, text) in [("", text.to_owned()), (" (CRLF)", text.replace('\n', "\r\n")), (" (BOM)", format!("\u{feff}{text}"))]
        {
            let found = said(path, &text);
            if found != *expected {
                wrong.push(format!("{path}: {name}{kind}\n    found    {found}\n    expected {expected}\n{text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The text when all that can be mended about suppressions is.
fn mended(path: &str, text: &str) -> String {
    let mut findings = told(path, text, &Options::default()).findings;
    findings.retain(|finding| finding.rule.group == "suppressions");
    Mended::new(text, &findings, Safety::Safe).map_or_else(|| text.to_owned(), |mended| mended.text)
}

/// Each case: the text before and after.
fn check_mended(path: &str, cases: &[(&str, &str)]) {
    for (before, after) in cases {
        assert_eq!(mended(path, before), *after, "{path}: {before}");
        let crlf = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(mended(path, &crlf(before)), crlf(after), "{path} with CRLF: {before}");
        assert_eq!(mended(path, &format!("\u{feff}{before}")), format!("\u{feff}{after}"), "{path} with BOM: {before}");
    }
}
