//! `list-append`: elements are appended to a list.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::ast::Assignment;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `list_append.md`.
pub(crate) static RULE: Rule = Rule {
    name: "list-append",
    summary: "elements are appended to a list: a retry adds them twice",
    docs: include_str!("list_append.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// `l = l + [..]`, `l += [..]`.
pub(crate) fn check(walk: &mut Walk<'_>, assignment: &Assignment) {
    if !walk.write().protected {
        walk.push(&RULE, Effect::State, Certainty::Certain, assignment.span, assignment.column.span);
    }
}

fn message(hazard: &Hazard, text: &str) -> Message {
    Message {
        message: format!("elements are appended to list `{}`: a retry adds them twice", hazard.subject.text(text)),
        label: "adds again each time it is executed".to_string(),
        retry: "each execution makes new cells at the end of the list, also with the same timestamp",
        help: "use a set, or a map whose keys the client makes, where the order allows it; otherwise never mark it idempotent"
            .to_string(),
    }
}
