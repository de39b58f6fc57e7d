//! `counter-update`: a counter is incremented or decremented.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::ast::Assignment;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `counter_update.md`.
pub(crate) static RULE: Rule = Rule {
    name: "counter-update",
    summary: "a counter is incremented or decremented: a retry counts twice",
    docs: include_str!("counter_update.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// `c = c + n`, `c += n`, `c = c - n`, `c -= n`. Client timestamps do not help: a counter ignores them.
pub(crate) fn check(walk: &mut Walk<'_>, assignment: &Assignment) {
    if !walk.write().protected {
        walk.push(&RULE, Effect::State, Certainty::Certain, assignment.span, assignment.column.span);
    }
}

fn message(hazard: &Hazard, text: &str) -> Message {
    Message {
        message: format!("counter `{}` is updated: a retry counts twice", hazard.subject.text(text)),
        label: "adds again each time it is executed".to_string(),
        retry: "when the answer is lost, nobody knows whether the first attempt has counted, and a second one counts again",
        help: "never mark it idempotent; count by rows with ids that the client makes, when the number must be exact".to_string(),
    }
}
