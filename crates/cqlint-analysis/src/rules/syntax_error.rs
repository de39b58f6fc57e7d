//! `syntax-error`: a text that does not parse.

use cqlint_syntax::SyntaxError;

use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `syntax_error.md`.
pub(crate) static RULE: Rule = Rule {
    name: "syntax-error",
    summary: "the text does not parse: it is never idempotent",
    docs: include_str!("syntax_error.md"),
    level: Level::Error,
    group: "syntax",
    asks: Asks::Text,
};

/// A text that does not parse has no hazards, only this.
pub(crate) fn diagnostic(error: &SyntaxError) -> Diagnostic {
    let never_closed = error.message.ends_with("never closed");
    let label = match error.expected.first() {
        _ if never_closed => "opened here",
        Some(_) => "unexpected",
        None => "",
    };
    Diagnostic { help: error.help.clone(), ..Diagnostic::new(&RULE, error.span, error.message.clone(), label) }
}
