//! `missing-mark`: an idempotent statement is not marked, and so is not repeated.

use alloc::format;
use alloc::string::ToString;

use cqlint_drivers::Retries;

use crate::rule::Asks;
use crate::usage::Use;
use crate::{Diagnostic, Fix, Level, Mark, Rule, Safety};

/// See `missing_mark.md`.
pub(crate) static RULE: Rule = Rule {
    name: "missing-mark",
    summary: "a statement is idempotent and not marked: the driver does not repeat it",
    docs: include_str!("missing_mark.md"),
    level: Level::Note,
    group: "marks",
    asks: Asks::CallSite(check),
};

/// `session.execute("SELECT …")`, when a mark would change what the driver does.
pub(crate) fn check(at: &Use<'_>) -> Option<Diagnostic> {
    let Mark::Absent { fix } = &at.site.mark else { return None };
    let facts = at.facts()?;
    let how = facts.mark?;
    let settings = &at.site.settings;
    let lost = match facts.retries {
        Retries::Marked => "does not repeat it after a failure",
        Retries::MarkedWithPolicy if settings.retry_policy == Some(true) => "does not repeat it, whatever the retry policy says",
        Retries::MarkedWithPolicy | Retries::Always | Retries::AlwaysWithPolicy if settings.speculation == Some(true) => {
            "does not execute it speculatively"
        }
        Retries::MarkedWithPolicy | Retries::Always | Retries::AlwaysWithPolicy => return None,
    };
    if !at.is_idempotent() || at.site.in_batch || at.is_marked() != Some(false) {
        return None;
    }
    let message = format!("idempotent and not marked: {} {lost}", facts.name);
    let mut finding = Diagnostic::new(&RULE, at.site.call, message, "may be executed twice");
    finding.help = Some(format!("mark it: `{how}`"));
    if !fix.is_empty() {
        finding.fix = Some(Fix { message: "mark it idempotent".to_string(), edits: fix.clone(), safety: Safety::Safe });
    }
    Some(finding)
}
