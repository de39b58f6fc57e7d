//! `duplicate-key`: a map literal that may name one key twice.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::Span;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `duplicate_key.md`.
pub(crate) static RULE: Rule = Rule {
    name: "duplicate-key",
    summary: "a map names one key twice: each execution stores either of the values",
    docs: include_str!("duplicate_key.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// `{'a': 1, 'a': 2}`: the server keeps the entries of a literal in no order. Measured: one or the other, by chance.
pub(crate) fn check(walk: &mut Walk<'_>, key: Span, certainty: Certainty) {
    walk.push(&RULE, Effect::State, certainty, key, key);
}

fn message(hazard: &Hazard, text: &str) -> Message {
    let key = hazard.subject.text(text);
    let message = match hazard.certainty {
        Certainty::Certain => format!("the map names the key `{key}` twice: each execution stores either of its values"),
        Certainty::Depends(_) => format!("the map may name the key `{key}` twice: each execution would store either of its values"),
    };
    Message {
        message,
        label: "this key again".to_string(),
        retry: "the server keeps the entries in no order, so the second execution may store the value that the first did not",
        help: "name each key once; give the schema with `--schema` where it depends on the type of the keys".to_string(),
    }
}
