//! `unknown-clause`: a part of the statement is put in by the program, and may be more than a name or a value.

use alloc::string::ToString;

use cqlint_syntax::Span;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, DependsOn, Effect, Hazard, Level, Message, Rule};

/// See `unknown_clause.md`.
pub(crate) static RULE: Rule = Rule {
    name: "unknown-clause",
    summary: "a part of the statement that may hold clauses is known only at run time",
    docs: include_str!("unknown_clause.md"),
    level: Level::Note,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// `"UPDATE t SET " + changes`: the changes may count, append or ask for a condition.
pub(crate) fn check(walk: &mut Walk<'_>, place: Span) {
    walk.push(&RULE, Effect::State, Certainty::Depends(DependsOn::Clauses), place, place);
}

fn message(_: &Hazard, _: &str) -> Message {
    Message {
        message: "what is put in here may hold clauses: whether the statement is idempotent depends on them".to_string(),
        label: "known only at run time".to_string(),
        retry: "unknown",
        help: "write out the statements that this can become, or decide at run time about the finished text".to_string(),
    }
}
