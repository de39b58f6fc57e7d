//! `unused-suppression`: a comment that hides no finding.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use cqlint_syntax::Span;

use crate::rule::Asks;
use crate::{Diagnostic, Edit, Fix, Level, Rule, Safety};

/// See `unused_suppression.md`.
pub(crate) static RULE: Rule = Rule {
    name: "unused-suppression",
    summary: "a comment hides findings that are none: it would hide the next one, too",
    docs: include_str!("unused_suppression.md"),
    level: Level::Warn,
    group: "suppressions",
    asks: Asks::Text,
};

/// None of its names hides anything: `place` is "here" or "in this file". Without a removal, people take it out.
pub(crate) fn whole(names: &[&str], place: &str, span: Span, removal: Option<Edit>) -> Diagnostic {
    let fix =
        removal.map(|edit| Fix { message: "take the comment out".to_string(), edits: alloc::vec![edit], safety: Safety::Safe });
    let help = "take the comment out, or move it to what it is about: to the end of its line, or right above it";
    finding(names, place, span, help.to_string(), fix)
}

/// Some of its names hide nothing.
pub(crate) fn names(names: &[&str], place: &str, span: Span, edit: Edit) -> Option<Diagnostic> {
    let fix = Fix { message: format!("take {} out", listed(names, "and")), edits: alloc::vec![edit], safety: Safety::Safe };
    let help = format!("take {} out of the comment", listed(names, "and"));
    (!names.is_empty()).then(|| finding(names, place, span, help, Some(fix)))
}

/// Fixes that touch each other become one, as for comments on lines that follow each other: of two that touch, only one would
/// be made.
pub(crate) fn join(findings: &mut [Diagnostic]) {
    findings.sort_by_key(|finding| finding.span);
    findings.chunk_by_mut(touch).for_each(|together| {
        let edits = together.iter().filter_map(|finding| finding.fix.as_ref()?.edits.first());
        let Some(span) = edits.map(|edit| edit.span).reduce(Span::to) else { return };
        let edits = together.iter_mut().filter_map(|finding| finding.fix.as_mut()?.edits.first_mut());
        edits.for_each(|edit| edit.span = span);
    });
}

/// Whether what is taken out for one ends where what is taken out for the next begins.
fn touch(one: &Diagnostic, next: &Diagnostic) -> bool {
    let removal =
        |finding: &Diagnostic| finding.fix.as_ref()?.edits.first().filter(|edit| edit.text.is_empty()).map(|edit| edit.span);
    removal(one).zip(removal(next)).is_some_and(|(one, next)| one.end == next.start)
}

fn finding(names: &[&str], place: &str, span: Span, help: String, fix: Option<Fix>) -> Diagnostic {
    let message = format!("no finding of {} is hidden {place}", listed(names, "or"));
    Diagnostic { help: Some(help), fix, ..Diagnostic::new(&RULE, span, message, "hides nothing") }
}

/// `a`, `b` and `c`.
fn listed(names: &[&str], word: &str) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
        None => String::new(),
    }
}
