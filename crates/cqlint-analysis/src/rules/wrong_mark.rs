//! `wrong-mark`: a statement is marked idempotent and is not.

use alloc::format;
use alloc::string::ToString;

use cqlint_drivers::Retries;

use crate::rule::Asks;
use crate::usage::Use;
use crate::{Diagnostic, Level, Mark, Rule};

/// See `wrong_mark.md`.
pub(crate) static RULE: Rule = Rule {
    name: "wrong-mark",
    summary: "a statement is marked idempotent and is not: the driver executes it twice",
    docs: include_str!("wrong_mark.md"),
    level: Level::Error,
    group: "marks",
    asks: Asks::CallSite(check),
};

/// `statement.setIdempotent(true)` on what counts, appends, or asks for a condition.
pub(crate) fn check(at: &Use<'_>) -> Option<Diagnostic> {
    let Mark::Set { value: true, span } = at.site.mark else { return None };
    let hazard = at.harm()?;
    let (driver, reason) = (at.driver(), hazard.rule.name);
    let what = match at.facts().map(|facts| facts.retries) {
        Some(Retries::Always | Retries::AlwaysWithPolicy) => "executes it speculatively",
        Some(Retries::Marked | Retries::MarkedWithPolicy) | None => "repeats it after a failure, and executes it speculatively",
    };
    let message = format!("marked idempotent, and is not ({reason}): {driver} {what}");
    let mut finding = at.finding_about(&RULE, span, message, "this is not true", hazard);
    finding.help = Some("take the mark away, or mark it as not idempotent".to_string());
    Some(finding)
}
