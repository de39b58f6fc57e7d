//! CQL in light colours, line by line: keywords, strings, numbers, comments.

use cqlint_analysis::syntax::{Keyword, Lexer, TokenKind};
use miette::SpanContents;
use miette::highlighters::{Highlighter, HighlighterState};
use owo_colors::{Style as Paint, Styled};

use crate::palette::Palette;

/// A line in pieces, each with its look.
///
/// A line is read by itself: what begins on an earlier line (a comment, a string) is not known, and a picture may begin
/// anywhere.
pub(crate) fn line<'s>(line: &'s str, palette: &Palette) -> Vec<(&'s str, Paint)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for token in Lexer::new(line) {
        let range = token.span.range();
        let text = token.span.text(line);
        pieces.push((line.get(at..range.start).unwrap_or_default(), palette.faint));
        let paint = match token.kind {
            TokenKind::Word if is_keyword(token.keyword, text) => palette.keyword,
            TokenKind::String => palette.string,
            TokenKind::Integer | TokenKind::Float | TokenKind::Duration | TokenKind::Uuid | TokenKind::Blob => palette.number,
            TokenKind::UnterminatedComment => palette.faint,
            _ => palette.plain,
        };
        pieces.push((text, paint));
        at = range.end;
    }
    // What no token covers is white space and comments.
    pieces.push((line.get(at..).unwrap_or_default(), palette.faint));
    pieces.retain(|(text, _)| !text.is_empty());
    for (text, paint) in &mut pieces {
        if text.trim().is_empty() {
            *paint = palette.plain;
        }
    }
    pieces
}

/// A word that no dialect takes as a name, or that is written as a keyword: `KEY`, but not the column `key`.
fn is_keyword(keyword: Keyword, text: &str) -> bool {
    keyword.is_reserved() || keyword != Keyword::None && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// The same for miette's pictures.
#[derive(Clone, Copy)]
pub(crate) struct Cql(pub(crate) Palette);

impl Highlighter for Cql {
    fn start_highlighter_state<'h>(&'h self, _: &dyn SpanContents<'_>) -> Box<dyn HighlighterState + 'h> {
        Box::new(*self)
    }
}

impl HighlighterState for Cql {
    fn highlight_line<'s>(&mut self, line: &'s str) -> Vec<Styled<&'s str>> {
        self::line(line, &self.0).into_iter().map(|(text, paint)| paint.style(text)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::line;
    use crate::Style;
    use crate::palette::Palette;

    #[test]
    fn nothing_is_lost() {
        let palette = Palette::new(Style { color: true, width: 80 });
        for text in ["", "  SELECT 'a' -- don't", "x = 'open", "…tail of a line; /* open", "日本 🙂 \u{fffd}", "\u{feff}SELECT"]
        {
            let joined: String = line(text, &palette).iter().map(|(piece, _)| *piece).collect();
            assert_eq!(joined, text);
        }
    }
}
