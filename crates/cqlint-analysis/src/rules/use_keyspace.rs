//! `use-keyspace`: the session changes its keyspace.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::Span;
use cqlint_syntax::ast::Name;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `use_keyspace.md`.
pub(crate) static RULE: Rule = Rule {
    name: "use-keyspace",
    summary: "USE changes the session, not data",
    docs: include_str!("use_keyspace.md"),
    level: Level::Note,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// `USE keyspace`.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span, keyspace: Name) {
    walk.push(&RULE, Effect::Session, Certainty::Certain, span, keyspace.span);
}

fn message(hazard: &Hazard, text: &str) -> Message {
    Message {
        message: format!("the session changes to keyspace `{}`", hazard.subject.text(text)),
        label: "changes the session".to_string(),
        retry: "drivers send it on every connection themselves",
        help: "name the keyspace when the session is made, or write `keyspace.table`".to_string(),
    }
}
