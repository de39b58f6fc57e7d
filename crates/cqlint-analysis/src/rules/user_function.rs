//! `user-function`: a function that somebody wrote, or that nobody knows.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::Span;
use cqlint_syntax::ast::QualifiedName;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, DependsOn, Effect, Hazard, Level, Message, Rule};

/// See `user_function.md`.
pub(crate) static RULE: Rule = Rule {
    name: "user-function",
    summary: "a value comes from a user function: it may differ at each call",
    docs: include_str!("user_function.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// A user function or an unknown one. Not even the sandbox keeps a function from the clock and from random numbers.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span, function: QualifiedName) {
    walk.push(&RULE, Effect::State, Certainty::Depends(DependsOn::Function), span, function.span());
}

fn message(hazard: &Hazard, text: &str) -> Message {
    Message {
        message: format!("function `{}` may answer differently at each call", hazard.subject.text(text)),
        label: "not known to be deterministic".to_string(),
        retry: "the second attempt writes what the second call answers",
        help: "compute the value on the client and bind it, or declare the function deterministic: `--deterministic NAME`"
            .to_string(),
    }
}
