//! `format-injection`: a value is written into the text of a statement instead of being bound.

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::rule::Asks;
use crate::{Diagnostic, Fragment, Level, Rule, StatementAnalysis};

/// See `format_injection.md`.
pub(crate) static RULE: Rule = Rule {
    name: "format-injection",
    summary: "a value is written into the text of a statement instead of being bound",
    docs: include_str!("format_injection.md"),
    level: Level::Warn,
    group: "marks",
    asks: Asks::Text,
};

/// `"… WHERE name = '" + name + "'"`. What stands without quotes may be a number: that is worth a note.
pub(crate) fn check(statement: &StatementAnalysis, fragment: &Fragment) -> Vec<Diagnostic> {
    let binds = matches!(statement.kind, "select" | "insert" | "update" | "delete" | "batch");
    let own = fragment
        .formatted()
        .iter()
        .filter(|value| statement.span.start <= value.span.start && value.span.end <= statement.span.end);
    let finding = |value: &crate::Formatted| {
        let message =
            "a value is written into the statement: what is in it becomes CQL, and each value is another statement to prepare";
        Diagnostic {
            level: if value.quoted { RULE.level } else { Level::Note },
            help: Some("put a bind marker here and pass the value beside the statement".to_string()),
            ..Diagnostic::new(&RULE, fragment.host(value.span), message.to_string(), "not bound")
        }
    };
    own.filter(|_| binds).map(finding).collect()
}
