//! `bad-suppression`: a comment that is meant to hide findings and cannot.

use alloc::format;
use alloc::string::{String, ToString};

use cqlint_syntax::Span;

use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule, suggestion};

/// See `bad_suppression.md`.
pub(crate) static RULE: Rule = Rule {
    name: "bad-suppression",
    summary: "a comment that is to hide findings names no known rule, or no reason",
    docs: include_str!("bad_suppression.md"),
    level: Level::Warn,
    group: "suppressions",
    asks: Asks::Text,
};

const FORM: &str = "write `cqlint: allow RULE: REASON`, or `cqlint: allow-file RULE: REASON` for the whole file";

/// `cqlint: ignore counter-update`.
pub(crate) fn unknown_word(word: &str, span: Span) -> Diagnostic {
    finding(span, format!("`cqlint: {word}` hides nothing"), "not known", FORM.to_string())
}

/// `cqlint: allow: it is fine`.
pub(crate) fn no_rule(span: Span) -> Diagnostic {
    finding(span, "a suppression that names no rule hides nothing".to_string(), "which rule?", FORM.to_string())
}

/// `cqlint: allow conter-update: it is fine`.
pub(crate) fn unknown_rule(name: &str, span: Span) -> Diagnostic {
    let help = match suggestion(&name.to_ascii_lowercase()) {
        Some(known) => format!("did you mean `{known}`? `cqlint rules` lists all of them"),
        None => "`cqlint rules` lists all of them".to_string(),
    };
    finding(span, format!("there is no rule `{name}` whose findings could be hidden"), "no such rule", help)
}

/// `cqlint: allow counter-update`.
pub(crate) fn no_reason(word: &str, names: &str, span: Span) -> Diagnostic {
    let help = format!("say why it may stay, behind a colon: `cqlint: {word} {names}: REASON`");
    finding(span, "a suppression without a reason hides nothing".to_string(), "why?", help)
}

/// `cqlint: idempotent`.
pub(crate) fn claim_without_reason(word: &str, span: Span) -> Diagnostic {
    let help = format!("say why, behind a colon: `cqlint: {word}: REASON`");
    finding(span, format!("`cqlint: {word}` without a reason says nothing"), "why?", help)
}

/// `cqlint: idempotent: each attempt writes the same`, where no statement is.
pub(crate) fn claim_of_nothing(span: Span) -> Diagnostic {
    let help = "put it right above the statement, or on its line".to_string();
    finding(span, "what is said here is said of no statement".to_string(), "of which?", help)
}

fn finding(span: Span, message: String, label: &str, help: String) -> Diagnostic {
    Diagnostic { help: Some(help), ..Diagnostic::new(&RULE, span, message, label) }
}
