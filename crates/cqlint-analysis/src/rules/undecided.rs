//! `undecided`: a form that nobody has measured.

use alloc::string::ToString;

use cqlint_syntax::Span;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, DependsOn, Effect, Hazard, Level, Message, Rule};

/// See `undecided.md`.
pub(crate) static RULE: Rule = Rule {
    name: "undecided",
    summary: "nobody has measured what a second execution does",
    docs: include_str!("undecided.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// ScyllaDB's PRUNE MATERIALIZED VIEW, SCYLLA_TIMEUUID_LIST_INDEX and SCYLLA_COUNTER_SHARD_LIST, references of a
/// transaction to rows that it has read, JSON that is none: never idempotent until somebody measures.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span, subject: Span) {
    walk.push(&RULE, Effect::State, Certainty::Depends(DependsOn::Measurement), span, subject);
}

fn message(_: &Hazard, _: &str) -> Message {
    Message {
        message: "nobody has measured what a second execution of this does".to_string(),
        label: "undecided, so not idempotent".to_string(),
        retry: "unknown",
        help: "execute it once and twice on a copy and compare the rows, then mark it by hand with the reason".to_string(),
    }
}
