//! The suppressions of a text of CQL: in its comments, as the lexer knows them.

use alloc::vec::Vec;
use core::ops::Range;

use cqlint_syntax::{Dialects, Lexer, Parser, Piece, Span, TokenKind, comments};

use super::note::{Beside, Comment, Note, Where, has_code, is_blank, line, span, words};

pub(super) fn read(text: &str, dialects: Dialects) -> Vec<(Note, Where)> {
    let notes = notes(text);
    let is_above = |note: &Note| matches!(note.beside, Beside::Nothing(_));
    let statements = if notes.iter().any(is_above) { statements(text, dialects) } else { Vec::new() };
    let place = |note: &Note| match note.beside {
        Beside::Code(at) => Some(span(&line(text, at))),
        Beside::Nothing(at) => below(text, &statements, at as u32),
    };
    let with_place = |note: Note| {
        let place = Where { span: place(&note), is_above: is_above(&note) };
        (note, place)
    };
    notes.into_iter().map(with_place).collect()
}

fn notes(text: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    // Where the last comment ends, and whether there is code before it on that line.
    let mut last = (0, false);
    for comment in comments(text) {
        let range = comment.range();
        let start = line(text, range.start).start;
        let is_code = |part: Range<usize>| !is_blank(text.get(part).unwrap_or_default());
        let follows = last.0 > start;
        let has_code_before = is_code(start.max(last.0)..range.start) || (follows && last.1);
        let is_long = line(text, range.end).start > range.start;
        last = (range.end, has_code_before && !is_long);
        let mut from = range.start;
        while from < range.end {
            let end = line(text, from).end.min(range.end);
            if let Some(words) = words(text, from..end) {
                let has_code_behind = has_code(text.get(range.end..line(text, range.end).end).unwrap_or_default());
                notes.push(Comment { range: range.clone(), words, has_code_before, has_code_behind }.note(text));
            }
            from = super::note::behind(text, end).max(from + 1);
        }
    }
    notes
}

/// From its first token to its last, without what cqlsh reads itself.
fn statements(text: &str, dialects: Dialects) -> Vec<Span> {
    let mut parser = Parser::new(dialects);
    let parsed = parser.script(text).filter(|parsed| !matches!(parsed.piece, Piece::ShellCommand));
    parsed.map(|parsed| parsed.span).collect()
}

/// What a comment at `at` is about: the next statement, or, within one, what stands up to the next `;`, as a member of a batch does.
fn below(text: &str, statements: &[Span], at: u32) -> Option<Span> {
    let next = statements.partition_point(|statement| statement.start < at);
    let outer = next.checked_sub(1).and_then(|last| statements.get(last)).filter(|statement| at < statement.end);
    if let Some(outer) = outer {
        let rest = Span::new(at, outer.end);
        let semicolon = Lexer::new(rest.text(text)).find(|token| token.kind == TokenKind::Semicolon);
        return Some(semicolon.map_or(rest, |semicolon| Span::new(at, at + semicolon.span.start)));
    }
    let statement = statements.get(next)?;
    // What is missing in a statement is found missing where the next one begins.
    let end = statements.get(next + 1).map_or(text.len() as u32, |next| next.start.saturating_sub(1));
    Some(Span::new(statement.start, end))
}
