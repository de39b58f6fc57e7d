//! `clock-literal`: `'now'` where a timestamp is wanted.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::Span;

use crate::fix::marker;
use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, DependsOn, Effect, Hazard, Level, Message, Rule};

/// See `clock_literal.md`.
pub(crate) static RULE: Rule = Rule {
    name: "clock-literal",
    summary: "the string 'now' is the server's clock: a retry writes another time",
    docs: include_str!("clock_literal.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Mendable(message, marker::bind),
};

/// `'now'` in any case where a timestamp is wanted: also inside collections, WHERE, JSON texts and from_json.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span, subject: Span, certainty: Certainty) {
    walk.push(&RULE, Effect::State, certainty, span, subject);
}

fn message(hazard: &Hazard, text: &str) -> Message {
    let (span, subject) = (hazard.span.text(text), hazard.subject.text(text));
    let message = match hazard.certainty {
        Certainty::Certain => "'now' is the server's clock: a retry writes another time".to_string(),
        Certainty::Depends(DependsOn::BoundValue) => {
            format!("JSON bound to `{subject}` may ask for 'now', the server's clock: a retry then writes another time")
        }
        Certainty::Depends(_) => {
            format!("{span} is the server's clock if `{subject}` wants a timestamp: a retry then writes another time")
        }
    };
    Message {
        message,
        label: "read at each execution".to_string(),
        retry: "the second attempt writes its own time; a prepared statement keeps the time at which it was prepared instead",
        help: "bind the time as a value; give the schema with `--schema` where the type is unknown".to_string(),
    }
}
