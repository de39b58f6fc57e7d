//! `lwt-result-ignored`: a statement has a condition, and nobody asks whether it was applied.

use alloc::format;
use alloc::string::ToString;

use crate::rule::Asks;
use crate::usage::Use;
use crate::{Answer, Diagnostic, Level, Rule};

/// See `lwt_result_ignored.md`.
pub(crate) static RULE: Rule = Rule {
    name: "lwt-result-ignored",
    summary: "a lightweight transaction is executed and nobody asks whether it was applied",
    docs: include_str!("lwt_result_ignored.md"),
    level: Level::Warn,
    group: "marks",
    asks: Asks::CallSite(check),
};

/// `session.execute("UPDATE … IF version = ?")` as a statement of its own. "Make it unless it is there" and "remove it if it
/// is still mine" may well be meant: that is worth a note.
pub(crate) fn check(at: &Use<'_>) -> Option<Diagnostic> {
    let Answer::Ignored(span) = at.site.answer else { return None };
    let condition = at.condition()?;
    let words = condition.span.text(at.fragment.text()).to_ascii_uppercase();
    let only_exists = words.split_ascii_whitespace().next_back() == Some("EXISTS");
    let message = "a lightweight transaction is not always applied, and nobody asks whether this one was".to_string();
    let mut finding = Diagnostic::new(&RULE, span, message, "the answer is dropped");
    finding.note = Some(format!("{} raises no error when the condition does not hold: the write is lost silently", at.driver()));
    finding.help = Some("read `[applied]`, or drop the condition when the answer does not matter".to_string());
    if only_exists || at.statement.kind == "delete" {
        finding.level = Level::Note;
    }
    Some(finding)
}
