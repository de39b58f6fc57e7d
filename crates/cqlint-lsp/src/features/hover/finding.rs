//! What was found at a place, and what its rule has to say.

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Analyzer, Diagnostic, Level, Reasons, Suppressions};

use super::{Prose, rule};
use crate::page::Page;

/// What is told of the characters at a place, the narrowest first. What a comment hides is not.
pub(super) fn at(page: &Page<'_>, at: u32) -> Vec<Diagnostic> {
    let mut analyzer = Analyzer::new(page.options.dialects);
    let mut found = Vec::new();
    let mut suppressions = match page.fragments {
        None => Suppressions::of_cql(page.text, page.options.dialects, Reasons::Needed),
        Some(fragments) => Suppressions::of_program(page.text, fragments, Reasons::Needed),
    };
    match page.fragments {
        None => {
            for statement in analyzer.statements(page.text, page.options) {
                found.extend(suppressions.statement(&statement, page.text, page.options));
            }
        }
        Some(fragments) => {
            for fragment in fragments {
                let mut analysis = analyzer.fragment(fragment, page.options);
                found.extend(suppressions.fragment(fragment, &mut analysis, page.options));
            }
        }
    }
    found.extend(suppressions.findings(page.options));
    found.retain(|finding| finding.level != Level::Off && finding.span.touches(at));
    let length = |span: Span| span.end - span.start;
    found.sort_by_key(|finding| length(finding.span));
    // One constant may be found in several statements.
    found.dedup_by(|one, other| one.span == other.span && one.rule == other.rule);
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
