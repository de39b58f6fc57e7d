//! The suppressions of a file of a program, whatever its language: a line at a time, without parsing it.

use alloc::vec::Vec;
use core::ops::Range;

use super::SIGN;
use super::note::{Beside, Comment, Note, Where, behind, has_code, is_blank, line, span, words};

/// `is_document` when CQL is only shown in it: what is shown of programs is no comment then.
pub(super) fn read(text: &str, is_document: bool) -> Vec<(Note, Where)> {
    let mut notes: Vec<Note> = Vec::new();
    for (at, _) in text.match_indices(SIGN) {
        // A reason may have the sign in it, too.
        if notes.last().is_none_or(|last| last.words.range().end <= at) {
            notes.extend(note(text, at, is_document));
        }
    }
    // From the last to the first, so that one above another need not be followed further than to that one.
    let mut known = None;
    let with_place = |note: Note| {
        let (place, is_above) = match note.beside {
            Beside::Code(at) => (Some(line(text, at)), false),
            Beside::Nothing(at) => (code_behind(text, at, is_document, known.as_ref()), true),
        };
        if is_above {
            known = Some((line(text, note.words.range().start), place.clone()));
        }
        (note, Where { span: place.as_ref().map(span), is_above })
    };
    notes.into_iter().rev().map(with_place).collect()
}

/// Whether the comment is one of Markdown itself.
pub(super) fn is_markup(text: &str, note: &Note) -> bool {
    text.get(..note.words.range().start).unwrap_or_default().trim_end().ends_with("<!--")
}

/// What opens a comment, right before the words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// `//`, `#`: up to the end of the line.
    Line,
    /// `--`: the same, also in a string.
    Cql,
    /// Up to this sign.
    Block(&'static str),
    /// `*`, in a comment that began on a line before.
    Inside,
}

/// The opening that a text ends with, and where it begins.
fn opening(before: &str) -> Option<(Opening, usize)> {
    let before = before.trim_end_matches([' ', '\t']);
    let cut = |signs: &[char]| before.trim_end_matches(signs);
    if let Some(rest) = before.strip_suffix("<!--") {
        return Some((Opening::Block("-->"), rest.len()));
    }
    if before.ends_with("--") {
        return Some((Opening::Cql, cut(&['-']).len()));
    }
    if before.ends_with('*') {
        let rest = cut(&['*']);
        return match rest.strip_suffix('/') {
            Some(rest) => Some((Opening::Block("*/"), rest.len())),
            None => is_blank(rest).then_some((Opening::Inside, rest.len())),
        };
    }
    let line = before.trim_end_matches('!');
    if line.ends_with("//") {
        return Some((Opening::Line, line.trim_end_matches('/').len()));
    }
    before.ends_with('#').then(|| (Opening::Line, cut(&['#']).len()))
}

fn note(text: &str, at: usize, is_document: bool) -> Option<Note> {
    let line = line(text, at);
    let before = text.get(line.start..at)?;
    let (opening, length) = opening(before)?;
    let counts = !is_document || matches!(opening, Opening::Cql | Opening::Block("-->"));
    let code = before.get(..length)?;
    let string = open_string(code);
    if !counts || (matches!(string, Some('"' | '`')) && opening != Opening::Cql) {
        return None;
    }
    let start = line.start + length;
    let range = match opening {
        Opening::Line | Opening::Cql => start..line.end,
        Opening::Block(close) => start..end_of_block(text, at, close).unwrap_or(line.end),
        // It says more on the line before.
        Opening::Inside => line.start.saturating_sub(1)..end_of_block(text, at, "*/").unwrap_or(line.end),
    };
    let words = words(text, at..line.end.min(range.end))?;
    // `{# … #}` and `{/* … */}` are comments of templates and of JSX.
    let around = ['{', '<', '%', ' ', '\t'];
    let rest = text.get(range.end..self::line(text, range.end).end).unwrap_or_default();
    let has_code_before = opening != Opening::Inside && has_code(code.trim_start_matches(around));
    let has_code_behind = has_code(rest.trim_start_matches(['}', '>', '%']));
    let is_clean = has_code_before || !has_code(code);
    let said = text.get(range.clone()).unwrap_or_default();
    let comment = Comment { range, words, has_code_before, has_code_behind };
    let mut note = comment.note(text);
    // A string may end on the line, or a template's comment: what is taken out could be more than the comment.
    if !is_clean || rest.starts_with(['}', '%']) || is_near_string(said, opening, string) {
        note.removal = None;
    }
    Some(note)
}

/// Behind the sign that closes a comment.
fn end_of_block(text: &str, at: usize, close: &str) -> Option<usize> {
    Some(at + text.get(at..)?.find(close)? + close.len())
}

/// The quote of a string that begins in a part of a line and does not end in it. An apostrophe without a second one may be a
/// lifetime. Three quotes begin or end a string of several lines: nobody knows which.
fn open_string(code: &str) -> Option<char> {
    let mut apostrophe = None;
    let mut at = 0;
    while let Some(length) = code.get(at..)?.find(['"', '\'', '`']) {
        at += length;
        let rest = code.get(at..)?;
        let quote = rest.chars().next()?;
        if rest.starts_with(r#"""""#) || rest.starts_with("'''") {
            at += 3;
            continue;
        }
        at += 1;
        match closing(code.get(at..)?, quote) {
            Some(length) => at += length,
            None if quote == '\'' => apostrophe = Some(quote),
            None => return Some(quote),
        }
    }
    apostrophe
}

/// Behind the quote that ends a string.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => _ = letters.next(),
            _ if letter == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Whether a string may end in what a comment says.
fn is_near_string(said: &str, opening: Opening, string: Option<char>) -> bool {
    let is_cql = opening == Opening::Cql;
    said.contains(['"', '`'])
        || said.contains("'''")
        || (said.contains('\'') && (is_cql || string.is_some()))
        || (said.contains('\\') && (is_cql || string.is_some()))
}

/// The first line behind a comment that is neither blank nor a comment; of one line it may be known already what that is.
fn code_behind(
    text: &str,
    at: usize,
    is_document: bool,
    known: Option<&(Range<usize>, Option<Range<usize>>)>,
) -> Option<Range<usize>> {
    // The rest of the line on which the comment ends is no code.
    let mut line = next_line(text, &line(text, at))?;
    loop {
        if let Some((_, place)) = known.filter(|(known, _)| *known == line) {
            return place.clone();
        }
        let code = text.get(line.clone())?.trim();
        let block = [("/*", "*/"), ("{/*", "*/"), ("<!--", "-->"), ("{#", "#}"), ("{{/*", "*/")];
        let close = block.iter().find(|(open, _)| code.starts_with(open)).map(|(_, close)| *close);
        if let Some(end) = close.and_then(|close| end_of_block(text, line.start, close)) {
            line = self::line(text, end);
            if !is_blank(text.get(end..line.end)?.trim_start_matches('}')) {
                return Some(line);
            }
        } else if !(code.is_empty() || is_comment(code) || (is_document && is_fence(code))) {
            return Some(line);
        }
        line = next_line(text, &line)?;
    }
}

fn next_line(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let start = behind(text, line.end);
    (start > line.end && start < text.len()).then(|| self::line(text, start))
}

/// Whether a line is only a comment. `*count` and `--count` are code, and so are `#[test]` and `#define`.
fn is_comment(code: &str) -> bool {
    let is_sign = |sign: &str| {
        code.strip_prefix(sign).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '/', '-', '*', '#']))
    };
    code.starts_with("//") || is_sign("*") || is_sign("--") || is_sign("#")
}

fn is_fence(code: &str) -> bool {
    code.starts_with("```") || code.starts_with("~~~")
}
