//! `lightweight-transaction`: a write with a condition.

use alloc::string::ToString;

use cqlint_syntax::Span;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `lightweight_transaction.md`.
pub(crate) static RULE: Rule = Rule {
    name: "lightweight-transaction",
    summary: "a write has a condition: the retry answers not applied although the first attempt was",
    docs: include_str!("lightweight_transaction.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// IF NOT EXISTS, IF EXISTS, IF …, and transactions.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span) {
    walk.push(&RULE, Effect::Result, Certainty::Certain, span, span);
}

fn message(_: &Hazard, _: &str) -> Message {
    Message {
        message: "a lightweight transaction: a retry may answer `[applied] = false` although the first attempt was applied"
            .to_string(),
        label: "decided again at each execution".to_string(),
        retry: "the first attempt makes the condition false, so the second says that nothing was applied; or another client's change in between is undone",
        help: "never mark it idempotent; after a timeout read back at SERIAL, best with an id of the attempt in the row"
            .to_string(),
    }
}
