//! From "this token fits nothing" to a sentence that says what was expected and how to mend it.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::input::Farthest;
use crate::keyword::KEYWORDS;
use crate::{Keyword, Span, SyntaxError, Token, TokenKind};

/// Most of what could stand somewhere is no help: a reader takes in this many.
const SHOWN: usize = 6;

/// The error at the farthest token of a statement that did not parse.
pub(crate) fn explain(text: &str, tokens: &[Token], farthest: Farthest) -> SyntaxError {
    let at = farthest.at as usize;
    let behind = tokens.last().map_or(0, |token| token.span.end);
    let end = Token { span: Span::new(behind, behind), kind: TokenKind::End, keyword: Keyword::None };
    let token = |at: usize| tokens.get(at).copied().unwrap_or(end);
    let found = token(at);
    let expected = farthest.expected;
    let before = at.checked_sub(1).map(token);
    let (message, help) = special(text, found, before, token(at + 1), &expected);
    let message = message.unwrap_or_else(|| {
        let what = match found.kind {
            TokenKind::End | TokenKind::Semicolon => "the statement ends too early".to_owned(),
            _ => format!("unexpected {}", quoted(text, found)),
        };
        match list(&expected) {
            Some(list) => format!("{what}: expected {list}"),
            None => what,
        }
    });
    let help = help.or_else(|| spelling(text, found, &expected));
    SyntaxError { span: place(text, tokens, found), message, expected, help }
}

/// Where the error is shown: an end has no width, so the last token stands in for it.
fn place(text: &str, tokens: &[Token], found: Token) -> Span {
    match found.kind {
        TokenKind::End | TokenKind::Semicolon if found.span.is_empty() => {
            tokens.last().map_or(found.span, |last| Span::new(last.span.start, last.span.end))
        }
        // The opening mark says enough; what follows may be the rest of the file.
        TokenKind::UnterminatedString | TokenKind::UnterminatedName | TokenKind::UnterminatedComment => {
            let width = if found.span.text(text).starts_with(['$', '/']) { 2 } else { 1 };
            Span::new(found.span.start, found.span.start + width)
        }
        _ => found.span,
    }
}

fn quoted(text: &str, token: Token) -> String {
    let raw = token.span.text(text);
    let short: String = raw.chars().take(24).collect();
    let dots = if short.len() < raw.len() { "…" } else { "" };
    format!("`{short}{dots}`")
}

/// `a`, `a or b`, `a, b or c`.
fn list(expected: &[&'static str]) -> Option<String> {
    let shown = expected.get(..expected.len().min(SHOWN))?;
    let (last, rest) = shown.split_last()?;
    let mark = |word: &str| if is_keyword(word) { format!("`{word}`") } else { word.to_owned() };
    if rest.is_empty() {
        return Some(mark(last));
    }
    let rest: Vec<_> = rest.iter().map(|word| mark(word)).collect();
    Some(format!("{} or {}", rest.join(", "), mark(last)))
}

fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|(_, text)| text.split(' ').eq(word.split(' ')))
}

/// Mistakes that are common enough to have a sentence of their own.
fn special(
    text: &str,
    found: Token,
    before: Option<Token>,
    after: Token,
    expected: &[&'static str],
) -> (Option<String>, Option<String>) {
    let raw = found.span.text(text);
    let wants = |word: &str| expected.contains(&word);
    let names = ["a name", "a column", "a table", "a selector"];
    let adjacent_number = before
        .is_some_and(|token| matches!(token.kind, TokenKind::Integer | TokenKind::Float) && token.span.end == found.span.start);
    let help = |text: &str| Some(text.to_owned());
    match found.kind {
        TokenKind::UnterminatedString => {
            (help("this string is never closed"), help("close it; a quote inside a string is written twice: `''`"))
        }
        TokenKind::UnterminatedName => (help("this quoted name is never closed"), help("close it with `\"`")),
        TokenKind::UnterminatedComment => (help("this comment is never closed"), help("close it with `*/`")),
        TokenKind::Unknown if raw.starts_with('`') => (None, help("names are quoted with double quotes in CQL: \"name\"")),
        TokenKind::Unknown if raw.starts_with(['“', '”', '‘', '’']) => {
            (None, help("typographic quotes: use ' for strings, \" for names"))
        }
        TokenKind::Equal if before.is_some_and(|token| token.kind == TokenKind::Equal) => {
            (None, help("equality is a single `=` in CQL"))
        }
        TokenKind::Greater if before.is_some_and(|token| token.kind == TokenKind::Less) => {
            (None, help("\"not equal\" is `!=` in CQL"))
        }
        TokenKind::Dot | TokenKind::Colon if adjacent_number => (None, help("dates, times and addresses stand in single quotes")),
        TokenKind::Integer if adjacent_number && after.kind == TokenKind::Integer && after.span.start == found.span.end => {
            (None, help("dates, times and addresses stand in single quotes"))
        }
        TokenKind::Star if wants("a column") && wants("FROM") => {
            (None, help("a DELETE without columns removes whole rows: leave out the `*`"))
        }
        TokenKind::Integer | TokenKind::Float | TokenKind::Duration if raw.starts_with('-') && before.is_some() => {
            (None, help("a minus right before a digit belongs to the number: write a space behind it, `a - 1`"))
        }
        TokenKind::QuotedName if wants("a value") => (None, help("double quotes make a name; a string stands in single quotes")),
        TokenKind::Word if before.is_some_and(|token| token.kind == TokenKind::String && token.span.end == found.span.start) => {
            (None, help("the string has ended; a quote inside a string is written twice: `''`"))
        }
        // Where a name is meant, what follows a name follows: `SELECT limit FROM t`, not `SELECT FROM t`.
        TokenKind::Word if found.keyword.is_reserved() && names.iter().any(|name| wants(name)) && follows_name(after) => {
            let quoted = raw.to_ascii_lowercase();
            (None, Some(format!("`{raw}` is reserved: as a name it needs double quotes, \"{quoted}\"")))
        }
        TokenKind::Word if wants("a value") && found.keyword == Keyword::None => {
            (None, help("a column is no value here; a string stands in single quotes"))
        }
        TokenKind::Word if raw.eq_ignore_ascii_case("join") => {
            (None, help("CQL has no joins: read from each table, or keep one table per query"))
        }
        TokenKind::Word if found.keyword == Keyword::Or && wants("AND") => {
            (None, help("CQL has no OR: use IN, or one statement for each case"))
        }
        TokenKind::Word if raw.eq_ignore_ascii_case("offset") => {
            (None, help("CQL has no OFFSET: page with the driver's paging state"))
        }
        TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace
            if before.is_some_and(|token| token.kind == TokenKind::Comma) =>
        {
            (None, help("remove the comma before it"))
        }
        TokenKind::End | TokenKind::Semicolon if wants("WHERE") && !wants("LIMIT") => {
            (None, help("UPDATE and DELETE name their rows: add `WHERE` with the primary key"))
        }
        _ => (None, None),
    }
}

/// Whether the token can stand behind a name.
fn follows_name(token: Token) -> bool {
    match token.kind {
        TokenKind::End
        | TokenKind::Semicolon
        | TokenKind::Comma
        | TokenKind::CloseParen
        | TokenKind::OpenParen
        | TokenKind::Equal
        | TokenKind::Dot => true,
        TokenKind::Word => matches!(token.keyword, Keyword::From | Keyword::Where | Keyword::And | Keyword::As | Keyword::Set),
        _ => false,
    }
}

/// "Did you mean", when a word is one or two letters away from a keyword that fits.
fn spelling(text: &str, found: Token, expected: &[&'static str]) -> Option<String> {
    if found.kind != TokenKind::Word {
        return None;
    }
    let word = found.span.text(text).to_ascii_uppercase();
    let statement = expected.contains(&"a statement");
    let verbs = ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "BEGIN", "TRUNCATE", "GRANT", "REVOKE", "USE"];
    let candidates = expected.iter().copied().flat_map(|text| text.split(' ')).filter(|word| is_keyword(word));
    let verbs = verbs.iter().copied().filter(|_| statement);
    let best = candidates.chain(verbs).map(|candidate| (distance(&word, candidate), candidate)).min()?;
    let allowed = if word.len() <= 4 { 1 } else { 2 };
    (best.0 > 0 && best.0 <= allowed).then(|| format!("did you mean `{}`?", best.1))
}

/// Edits between two short words; neighbours that changed places count once.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = Vec::with_capacity(a.len() + 1);
    rows.push((0..=b.len()).collect());
    let cell = |rows: &[Vec<usize>], i: usize, j: usize| rows.get(i).and_then(|row| row.get(j)).copied().unwrap_or(usize::MAX / 2);
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let substituted = cell(&rows, i, j) + usize::from(x != y);
            let removed = cell(&rows, i, j + 1) + 1;
            let added = row.last().copied().unwrap_or(0) + 1;
            let mut best = substituted.min(removed).min(added);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(cell(&rows, i - 1, j - 1) + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    cell(&rows, a.len(), b.len())
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn swapped_neighbours_are_one_edit() {
        assert_eq!(distance("FORM", "FROM"), 1);
        assert_eq!(distance("SELCT", "SELECT"), 1);
        assert_eq!(distance("UDPATE", "UPDATE"), 1);
        assert_eq!(distance("VALUE", "VALUES"), 1);
    }
}
