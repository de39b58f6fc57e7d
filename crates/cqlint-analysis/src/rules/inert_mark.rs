//! `inert-mark`: a statement is marked, and the mark does nothing.

use alloc::format;
use alloc::string::{String, ToString};

use cqlint_drivers::Retries;
use cqlint_syntax::Span;

use crate::rule::Asks;
use crate::usage::Use;
use crate::{Diagnostic, Inert, Level, Mark, Rule};

/// See `inert_mark.md`.
pub(crate) static RULE: Rule = Rule {
    name: "inert-mark",
    summary: "a statement is marked idempotent where the driver takes no notice of it",
    docs: include_str!("inert_mark.md"),
    level: Level::Warn,
    group: "marks",
    asks: Asks::CallSite(check),
};

/// `statement.setIdempotent(true);` with the result dropped, a marked member of a batch, a mark without any retry policy.
pub(crate) fn check(at: &Use<'_>) -> Option<Diagnostic> {
    let driver = at.driver();
    let (span, message, help) = match at.site.inert {
        Some(Inert::Dropped(span)) => (
            span,
            format!("the mark is lost: statements of {driver} are immutable, and nobody takes the new one"),
            "assign the result".to_string(),
        ),
        Some(Inert::InBatch(span)) => (
            span,
            format!("the mark does nothing: {driver} looks at the batch's own mark and at none of its members'"),
            "mark the batch, when all of its members are idempotent".to_string(),
        ),
        None => without_policy(at)?,
    };
    let mut finding = Diagnostic::new(&RULE, span, message, "has no effect");
    finding.help = Some(help);
    if at.site.inert.is_none() {
        finding.level = Level::Note;
    }
    Some(finding)
}

/// Nothing is repeated, marked or not.
fn without_policy(at: &Use<'_>) -> Option<(Span, String, String)> {
    let Mark::Set { value: true, span } = at.site.mark else { return None };
    let facts = at.facts()?;
    let settings = &at.site.settings;
    // A mark that is wrong, too, has a finding already.
    if settings.speculation != Some(false) || !at.is_idempotent() {
        return None;
    }
    let name = facts.name;
    match facts.retries {
        Retries::MarkedWithPolicy | Retries::AlwaysWithPolicy if settings.retry_policy == Some(false) => Some((
            span,
            format!("the mark does nothing: {name} repeats nothing without a retry policy, and none is set"),
            "set a retry policy where the cluster is configured".to_string(),
        )),
        Retries::Always | Retries::AlwaysWithPolicy => Some((
            span,
            format!("the mark does nothing: {name} asks for it only before speculative executions, and none are configured"),
            "configure a speculative execution policy".to_string(),
        )),
        Retries::Marked | Retries::MarkedWithPolicy => None,
    }
}
