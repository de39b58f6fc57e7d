//! What was found at a place, and what its rule has to say.

use cqlint_analysis::Diagnostic;

use super::{Prose, rule};

/// Those that are about the characters at a place, the narrowest first.
pub(super) fn at(findings: &[Diagnostic], at: u32) -> Vec<&Diagnostic> {
    let mut found: Vec<_> = findings.iter().filter(|finding| finding.span.touches(at)).collect();
    found.sort_by_key(|finding| finding.span.end - finding.span.start);
    found
}

/// The message, what happens on a retry, what to do, and the beginning of the rule's page.
pub(super) fn describe(finding: &Diagnostic, prose: &mut Prose) {
    prose.paragraph(format!("**{}** `{}`: {}", finding.level.name(), finding.rule.name, finding.message));
    let mut said = Vec::new();
    if !finding.label.is_empty() {
        said.push(format!("here: {}", finding.label));
    }
    if let Some(note) = &finding.note {
        let head = if finding.rule.is_about_retries() { "on a retry" } else { "why" };
        said.push(format!("{head}: {note}"));
    }
    if let Some(help) = &finding.help {
        said.push(format!("help: {help}"));
    }
    prose.list(said);
    prose.page(rule::short(finding.rule));
}
