//! `conditional-increment`: a number or a text is added to under a condition.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::ast::Assignment;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `conditional_increment.md`.
pub(crate) static RULE: Rule = Rule {
    name: "conditional-increment",
    summary: "a value is added to under a condition: while the condition holds, a retry adds twice",
    docs: include_str!("conditional_increment.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// `n += 1 … IF …` on a plain number, `t += 'x' … IF …` on a text, which Cassandra 5.0 accepts.
pub(crate) fn check(walk: &mut Walk<'_>, assignment: &Assignment) {
    if !walk.write().protected {
        walk.push(&RULE, Effect::State, Certainty::Certain, assignment.span, assignment.column.span);
    }
}

fn message(hazard: &Hazard, text: &str) -> Message {
    Message {
        message: format!("`{}` is added to under a condition: while it holds, a retry adds twice", hazard.subject.text(text)),
        label: "adds again each time it is applied".to_string(),
        retry: "the second attempt is applied again, unless the first has made the condition false",
        help: "put the value that was read into the condition, and write the sum: `SET n = 6 … IF n = 5`".to_string(),
    }
}
