//! Whether a statement is idempotent, and why not.

use cqlint_analysis::{Hazard, Options, StatementAnalysis, Verdict};

use super::Prose;

/// So many reasons are told.
const REASONS: usize = 6;

pub(super) fn describe(statement: &StatementAnalysis, text: &str, options: &Options<'_>, prose: &mut Prose) {
    let profile = options.profile;
    let said = match statement.verdict {
        Verdict::Idempotent => "**Idempotent**: executed twice, it leaves what it leaves when it is executed once",
        Verdict::Depends => "**May be idempotent**: that depends on what is not known here",
        Verdict::NotIdempotent => "**Not idempotent**: a second execution can make a difference",
    };
    prose.paragraph(format!("{said} (profile `{}`)", profile.name));
    let told = statement.diagnostics(text, options);
    let mut reasons: Vec<String> = Vec::new();
    for hazard in statement.hazards.iter().filter(|hazard| profile.blocks.contains(hazard.effect)) {
        let message = told.iter().find(|finding| finding.rule == hazard.rule && finding.span == hazard.span);
        let message = message.map_or(hazard.rule.summary, |finding| finding.message.as_str());
        let reason = format!("`{}`: {message}{}", hazard.rule.name, on(hazard, text));
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    if let Some(others) = reasons.len().checked_sub(REASONS).filter(|others| *others > 0) {
        reasons.truncate(REASONS);
        reasons.push(format!("and {others} more"));
    }
    prose.list(reasons);
}

fn on(hazard: &Hazard, text: &str) -> String {
    hazard.depends_on(text).map(|on| format!("; depends on {on}")).unwrap_or_default()
}
