//! The comments of a text: what stands between its tokens and is no blank.

use crate::{Lexer, Span, TokenKind};

/// The comments of a text, in order, with the signs that open and close them.
///
/// What stands in a string is no comment. Behind a string or a comment that never ends, the search goes on in the next line.
///
/// ```
/// use cqlint_syntax::comments;
///
/// let text = "SELECT '-- a' /* b */ FROM t; // c";
/// let found: Vec<_> = comments(text).map(|comment| comment.text(text)).collect();
/// assert_eq!(found, ["/* b */", "// c"]);
/// ```
pub fn comments(text: &str) -> impl Iterator<Item = Span> {
    Comments { text, lexer: Lexer::new(text), at: 0, end: 0, is_over: false }
}

struct Comments<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    /// What is still to be looked at before the next token.
    at: usize,
    end: usize,
    is_over: bool,
}

impl Comments<'_> {
    /// The next comment before the next token. Between tokens nothing but comments and blanks stands.
    fn within_gap(&mut self) -> Option<Span> {
        let gap = self.text.get(self.at..self.end)?;
        let start = gap.find(['-', '/'])?;
        let comment = gap.get(start..)?;
        let length = if comment.starts_with("/*") {
            comment.get(2..).and_then(|inside| inside.find("*/")).map(|length| length + 4)
        } else {
            comment.find(['\n', '\r'])
        };
        let start = self.at + start;
        self.at = length.map_or(self.end, |length| start + length);
        Some(Span::new(start as u32, self.at as u32))
    }

    /// Goes on behind the next token.
    fn next_gap(&mut self) {
        // The first gap begins where the text does, every other one behind a token.
        let token = self.lexer.token();
        let range = token.span.range();
        self.end = range.start;
        self.is_over = token.kind == TokenKind::End;
        if matches!(token.kind, TokenKind::UnterminatedString | TokenKind::UnterminatedName | TokenKind::UnterminatedComment) {
            let line = token.span.text(self.text).find('\n').map_or(range.end, |length| range.start + length);
            self.lexer.resume(line as u32);
        }
    }
}

impl Iterator for Comments<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        loop {
            if let Some(comment) = self.within_gap() {
                return Some(comment);
            }
            if self.is_over {
                return None;
            }
            // Behind the token that ended this gap.
            self.at = self.lexer.at();
            self.next_gap();
        }
    }
}
