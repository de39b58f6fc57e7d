//! `schema-change`: the schema or a role changes.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use cqlint_syntax::Span;

use crate::fix::guard;
use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `schema_change.md`.
pub(crate) static RULE: Rule = Rule {
    name: "schema-change",
    summary: "the schema changes: a retry raises, or makes again what another client has changed since",
    docs: include_str!("schema_change.md"),
    level: Level::Note,
    group: "migration",
    asks: Asks::Mendable(message, guard::add),
};

/// CREATE, ALTER, DROP, GRANT, REVOKE and the like. `effect` says what a second run does.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span, effect: Effect) {
    walk.push(&RULE, effect, Certainty::Certain, span, span);
}

fn message(hazard: &Hazard, text: &str) -> Message {
    let head = hazard.span.text(text).split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_uppercase();
    let (message, help) = match hazard.effect {
        Effect::State => (format!("{head} makes another password each time"), "set the password yourself"),
        Effect::Schema => (
            format!("{head} can be run again, but changes the schema"),
            "run schema changes from one place, one after the other; not through a retry policy",
        ),
        Effect::Error | Effect::Result | Effect::Truncate | Effect::Session | Effect::Late | Effect::Ttl | Effect::Remark => (
            format!("{head} cannot be re-run: the second time raises an error"),
            "add IF [NOT] EXISTS where the statement takes it, so that a migration can be repeated",
        ),
    };
    Message {
        message,
        label: "a schema change".to_string(),
        retry: "the second attempt fails on what the first has done, or makes again what another client has changed since",
        help: help.to_string(),
    }
}
