//! `server-key`: the server makes a part of the primary key.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::Span;

use crate::fix::marker;
use crate::rule::Asks;
use crate::walk::{Target, Walk};
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `server_key.md`.
pub(crate) static RULE: Rule = Rule {
    name: "server-key",
    summary: "the server makes a part of the primary key: each retry makes another row",
    docs: include_str!("server_key.md"),
    level: Level::Error,
    group: "model",
    asks: Asks::Mendable(message, marker::bind),
};

/// now(), uuid() and the like in a primary-key column, as the schema tells: also with IF NOT EXISTS.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span, target: &Target<'_>) {
    walk.push(&RULE, Effect::State, Certainty::Certain, span, target.column);
}

fn message(hazard: &Hazard, text: &str) -> Message {
    Message {
        message: format!("the server makes the key column `{}`: each retry makes another row", hazard.subject.text(text)),
        label: "another row each time".to_string(),
        retry: "the first attempt's row stays beside the second's, and nothing tells that they are one",
        help: "make the id on the client and bind it: then a retry writes the same row".to_string(),
    }
}
