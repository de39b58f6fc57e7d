//! `default-mark`: everything counts as idempotent, and this statement is not.

use alloc::format;
use alloc::string::ToString;

use crate::rule::Asks;
use crate::usage::Use;
use crate::{Diagnostic, Level, Mark, Rule};

/// See `default_mark.md`.
pub(crate) static RULE: Rule = Rule {
    name: "default-mark",
    summary: "all statements are marked idempotent by a setting, and this one is not",
    docs: include_str!("default_mark.md"),
    level: Level::Error,
    group: "marks",
    asks: Asks::CallSite(check),
};

/// `DefaultIdempotence = true` somewhere, and a counter here.
pub(crate) fn check(at: &Use<'_>) -> Option<Diagnostic> {
    let Mark::Absent { .. } = at.site.mark else { return None };
    let place = at.site.settings.default_mark.as_deref()?;
    let hazard = at.harm()?;
    let (driver, reason) = (at.driver(), hazard.rule.name);
    let message = format!("idempotent by default ({place}), and is not ({reason}): {driver} may execute it twice");
    let mut finding = at.finding_about(&RULE, at.site.call, message, "nothing says that this one is different", hazard);
    finding.help = Some("mark this statement as not idempotent".to_string());
    Some(finding)
}
