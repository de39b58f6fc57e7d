//! `ttl-restart`: a write with a time to live.

use alloc::string::ToString;

use cqlint_syntax::ast::{QualifiedName, Using};

use crate::rule::Asks;
use crate::walk::{Operand, Walk};
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `ttl_restart.md`.
pub(crate) static RULE: Rule = Rule {
    name: "ttl-restart",
    summary: "a write has a time to live: a retry starts it again",
    docs: include_str!("ttl_restart.md"),
    level: Level::Warn,
    group: "model",
    asks: Asks::Hazard(message),
};

/// USING TTL, or the table's default, in the profile `strict`. Not for a write that is not applied again.
pub(crate) fn check(walk: &mut Walk<'_>, using: Using, table: QualifiedName) {
    if walk.write().protected {
        return;
    }
    let own = using.ttl.and_then(|ttl| walk.term(ttl)).copied();
    let default = walk.write().table.is_some_and(|view| view.default_ttl());
    let span = match own {
        // Zero turns even the default off.
        Some(ttl) if walk.operand(&ttl) == Operand::Zero => return,
        Some(ttl) => ttl.span,
        None if default => table.span(),
        None => return,
    };
    walk.push(&RULE, Effect::Ttl, Certainty::Certain, span, span);
}

fn message(_: &Hazard, _: &str) -> Message {
    Message {
        message: "the time to live starts again with a retry".to_string(),
        label: "counted from each execution".to_string(),
        retry: "the row lives longer, also under the same timestamp; after it has expired, a late retry brings it back",
        help: "where the instant matters, store it in a column and compare".to_string(),
    }
}
