//! `lwt-retried`: a lightweight transaction is repeated blindly.

use alloc::format;
use alloc::string::ToString;

use crate::rule::Asks;
use crate::usage::Use;
use crate::{Diagnostic, Level, Rule};

/// See `lwt_retried.md`.
pub(crate) static RULE: Rule = Rule {
    name: "lwt-retried",
    summary: "a lightweight transaction is repeated by the code around it: the second answer is not the first one's",
    docs: include_str!("lwt_retried.md"),
    level: Level::Error,
    group: "marks",
    asks: Asks::CallSite(check),
};

/// `INSERT … IF NOT EXISTS` in a loop that catches the timeout and tries again.
pub(crate) fn check(at: &Use<'_>) -> Option<Diagnostic> {
    let retry = at.site.retry.as_ref()?;
    let condition = at.condition()?;
    let message = format!(
        "a lightweight transaction is repeated by {}: after a timeout the second answer may be the first one's doing",
        retry.by
    );
    let mut finding = at.finding_about(&RULE, at.site.call, message, "executed again", condition);
    finding.related.push(crate::Related { span: retry.span, message: "repeats it".to_string() });
    finding.help = Some(
        "after a timeout read the row at SERIAL and decide by an id of the attempt; repeat only what was certainly not applied"
            .to_string(),
    );
    Some(finding)
}
