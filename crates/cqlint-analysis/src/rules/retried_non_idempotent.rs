//! `retried-non-idempotent`: the code around a statement repeats it, and it is not idempotent.

use alloc::format;
use alloc::string::ToString;

use crate::rule::Asks;
use crate::usage::Use;
use crate::{Diagnostic, Level, Rule};

/// See `retried_non_idempotent.md`.
pub(crate) static RULE: Rule = Rule {
    name: "retried-non-idempotent",
    summary: "a statement that is not idempotent is repeated by the code around it",
    docs: include_str!("retried_non_idempotent.md"),
    level: Level::Error,
    group: "marks",
    asks: Asks::CallSite(check),
};

/// `@Retryable` on a method that counts. Lightweight transactions have a rule of their own.
pub(crate) fn check(at: &Use<'_>) -> Option<Diagnostic> {
    let retry = at.site.retry.as_ref()?;
    let hazard = at.harm()?;
    if at.condition().is_some() {
        return None;
    }
    let message = format!("not idempotent ({}), and repeated by {}", hazard.rule.name, retry.by);
    let mut finding = at.finding_about(
        &RULE,
        at.site.call,
        message,
        "executed again after a failure that leaves open whether it was applied",
        hazard,
    );
    finding.related.push(crate::Related { span: retry.span, message: "repeats it".to_string() });
    finding.help = Some("repeat only what was certainly not applied, or make the write idempotent".to_string());
    Some(finding)
}
