//! `server-value`: the server makes a value.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::Span;

use crate::fix::marker;
use crate::rule::Asks;
use crate::walk::{Position, Target, Walk};
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `server_value.md`.
pub(crate) static RULE: Rule = Rule {
    name: "server-value",
    summary: "the server makes a value: a retry makes another one",
    docs: include_str!("server_value.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Mendable(message, marker::bind),
};

/// now(), uuid(), current_timestamp() and the like in a value; in a key it is `server-key`.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span, target: &Target<'_>, position: Position) {
    match position {
        Position::Key => super::server_key::check(walk, span, target),
        Position::Value | Position::Unknown | Position::Removal | Position::Bound | Position::Condition => {
            walk.push(&RULE, Effect::State, Certainty::Certain, span, target.column);
        }
    }
}

fn message(hazard: &Hazard, text: &str) -> Message {
    Message {
        message: format!("the server makes the value of `{}`: a retry makes another one", hazard.span.text(text)),
        label: "another value each time".to_string(),
        retry: "the second attempt overwrites the value of the first; where it is a key, both rows stay",
        help: "make the value on the client and bind it".to_string(),
    }
}
