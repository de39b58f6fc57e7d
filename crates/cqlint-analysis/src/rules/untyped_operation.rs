//! `untyped-operation`: `c = c + ?` on a column whose type is unknown.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::ast::Assignment;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, DependsOn, Effect, Hazard, Level, Message, Rule};

/// See `untyped_operation.md`.
pub(crate) static RULE: Rule = Rule {
    name: "untyped-operation",
    summary: "an addition to a column of unknown type: a counter or a list would take it twice",
    docs: include_str!("untyped_operation.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// `c = c + ?`, `c = c - ?`, `c += ?`: a set or a map is safe, a list only with `-`, a counter never.
pub(crate) fn check(walk: &mut Walk<'_>, assignment: &Assignment) {
    if !walk.write().protected {
        let depends = Certainty::Depends(DependsOn::ColumnType);
        walk.push(&RULE, Effect::State, depends, assignment.span, assignment.column.span);
    }
}

fn message(hazard: &Hazard, text: &str) -> Message {
    Message {
        message: format!("whether a retry adds twice depends on the type of `{}`, which is unknown", hazard.subject.text(text)),
        label: "a counter, a list, a set or a map?".to_string(),
        retry: "a set or a map takes the same elements once; a counter counts twice, and a list gets its elements twice",
        help: "give the schema: `--schema PATH`, or its .cql files among the checked ones".to_string(),
    }
}
