//! `late-retry`: a write without a timestamp from the client.

use alloc::string::ToString;

use cqlint_syntax::Span;
use cqlint_syntax::ast::{Statement, Using, Write};

use crate::fix::timestamp;
use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `late_retry.md`.
pub(crate) static RULE: Rule = Rule {
    name: "late-retry",
    summary: "a write has no client timestamp: a late retry overwrites another client's write",
    docs: include_str!("late_retry.md"),
    level: Level::Note,
    group: "model",
    asks: Asks::Mendable(message, timestamp::bind),
};

/// An unconditional write without USING TIMESTAMP, in the profile `strict`; a batch says it once.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span, writes: &[Statement], outer: Using) {
    let open = |statement: &Statement| match statement.write() {
        Some(Write::Insert(insert)) => insert.using.timestamp.is_none() && insert.if_not_exists.is_none(),
        Some(Write::Update(update)) => update.using.timestamp.is_none() && update.condition.span().is_none(),
        Some(Write::Delete(delete)) => delete.using.timestamp.is_none() && delete.condition.span().is_none(),
        None => false,
    };
    if outer.timestamp.is_none() && writes.iter().any(open) {
        walk.push(&RULE, Effect::Remark, Certainty::Certain, span, span);
    }
}

fn message(_: &Hazard, _: &str) -> Message {
    Message {
        message: "no client timestamp: a retry that arrives late overwrites what another client wrote in between".to_string(),
        label: "newer than whatever came before it".to_string(),
        retry: "each attempt carries a new timestamp, so the retry wins over a write that was made after the first attempt",
        help: "give it a timestamp from the client: `USING TIMESTAMP ?`".to_string(),
    }
}
