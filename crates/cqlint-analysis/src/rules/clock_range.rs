//! `clock-range`: a range that is deleted ends at the clock.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::Span;

use crate::fix::marker;
use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `clock_range.md`.
pub(crate) static RULE: Rule = Rule {
    name: "clock-range",
    summary: "a deleted range ends at the clock: a retry deletes more",
    docs: include_str!("clock_range.md"),
    level: Level::Warn,
    group: "model",
    asks: Asks::Mendable(message, marker::bind),
};

/// `DELETE … WHERE ck < now()`: the range grows with the time. As a lower bound it only shrinks.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span, certainty: Certainty, subject: Span) {
    walk.push(&RULE, Effect::State, certainty, span, subject);
}

fn message(hazard: &Hazard, text: &str) -> Message {
    Message {
        message: format!("the deleted range ends at the clock, `{}`: a retry deletes more", hazard.span.text(text)),
        label: "later at each execution".to_string(),
        retry: "rows that were written between the two attempts go with the second",
        help: "bind the time as a value".to_string(),
    }
}
