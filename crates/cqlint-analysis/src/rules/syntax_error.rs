//! `syntax-error`: a text that does not parse.

use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::SyntaxError;

use crate::{Diagnostic, Hazard, Level, Message, Rule};

/// See `syntax_error.md`.
pub(crate) static RULE: Rule = Rule {
    name: "syntax-error",
    summary: "the text does not parse: it is never idempotent",
    docs: include_str!("syntax_error.md"),
    level: Level::Error,
    group: "syntax",
    message,
};

/// A text that does not parse has no hazards, only this.
pub(crate) fn diagnostic(error: &SyntaxError) -> Diagnostic {
    let never_closed = error.message.ends_with("never closed");
    let label = match error.expected.first() {
        _ if never_closed => "opened here",
        Some(_) => "unexpected",
        None => "",
    };
    Diagnostic {
        rule: &RULE,
        level: RULE.level,
        message: error.message.clone(),
        span: error.span,
        label: String::from(label),
        related: Vec::new(),
        note: None,
        help: error.help.clone(),
        fix: None,
    }
}

fn message(_: &Hazard, _: &str) -> Message {
    Message::summary(&RULE)
}
