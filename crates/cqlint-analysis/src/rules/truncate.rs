//! `truncate`: a table is emptied.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::Span;
use cqlint_syntax::ast::QualifiedName;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, Effect, Hazard, Level, Message, Rule};

/// See `truncate.md`.
pub(crate) static RULE: Rule = Rule {
    name: "truncate",
    summary: "a table is emptied: a late retry removes newer rows, too",
    docs: include_str!("truncate.md"),
    level: Level::Note,
    group: "migration",
    asks: Asks::Hazard(message),
};

/// `TRUNCATE t`.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span, table: QualifiedName) {
    walk.push(&RULE, Effect::Truncate, Certainty::Certain, span, table.span());
}

fn message(hazard: &Hazard, text: &str) -> Message {
    Message {
        message: format!(
            "table `{}` is emptied: a late retry removes rows that were written in between",
            hazard.subject.text(text)
        ),
        label: "removes whatever is there when it arrives".to_string(),
        retry: "no timestamp protects a newer row from it",
        help: "keep it out of what is retried".to_string(),
    }
}
