//! `driver-retries-anyway`: the driver's own retries take no notice of the mark.

use alloc::format;
use alloc::string::ToString;

use crate::rule::Asks;
use crate::usage::{Conduct, Use};
use crate::{Diagnostic, Effect, Level, Rule};

/// See `driver_retries_anyway.md`.
pub(crate) static RULE: Rule = Rule {
    name: "driver-retries-anyway",
    summary: "a statement is not idempotent, and this driver repeats it without asking for the mark",
    docs: include_str!("driver_retries_anyway.md"),
    level: Level::Warn,
    group: "marks",
    asks: Asks::CallSite(check),
};

/// A counter under Python, C#, or gocql 1 with a retry policy.
pub(crate) fn check(at: &Use<'_>) -> Option<Diagnostic> {
    let hazard = at.harm()?;
    if hazard.effect != Effect::State || at.is_marked() == Some(true) || at.conduct(false) != Conduct::Repeats {
        return None;
    }
    let message = format!("not idempotent ({}), and {} repeats it all the same", hazard.rule.name, at.driver());
    let mut finding = at.finding_about(&RULE, at.site.call, message, "marked or not, it may be sent again", hazard);
    finding.help = Some("give this statement a retry policy that does not retry; the mark does not help".to_string());
    Some(finding)
}
