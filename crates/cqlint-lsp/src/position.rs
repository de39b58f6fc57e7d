//! Places of the protocol, and back: only here does anybody count in UTF-16.

use std::borrow::Cow;

use cqlint_analysis::syntax::Span;
use lsp_types::{Position, PositionEncodingKind, Range};

/// In what the columns of a client are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16: what holds when a client says nothing.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The best of those that a client offers: bytes need no counting.
    ///
    /// ```
    /// use cqlint_lsp::Encoding;
    /// use lsp_types::PositionEncodingKind;
    ///
    /// assert_eq!(Encoding::negotiate(None), Encoding::Utf16);
    /// let offered = [PositionEncodingKind::UTF32, PositionEncodingKind::UTF8];
    /// assert_eq!(Encoding::negotiate(Some(&offered)), Encoding::Utf8);
    /// ```
    #[must_use]
    pub fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offers = |kind: &PositionEncodingKind| offered.is_some_and(|offered| offered.contains(kind));
        if offers(&PositionEncodingKind::UTF8) {
            Encoding::Utf8
        } else if offers(&PositionEncodingKind::UTF32) {
            Encoding::Utf32
        } else {
            Encoding::Utf16
        }
    }

    /// Its name in the protocol.
    #[must_use]
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// How many units a character takes.
    fn width(self, character: char) -> u32 {
        match self {
            Encoding::Utf8 => character.len_utf8() as u32,
            Encoding::Utf16 => character.len_utf16() as u32,
            Encoding::Utf32 => 1,
        }
    }
}

/// Where the lines of a text begin. A line ends with `\n`, `\r\n` or `\r`, as the protocol says.
///
/// ```
/// use cqlint_lsp::{Encoding, LineIndex};
/// use lsp_types::Position;
///
/// let text = "-- é\nSELECT 'é' FROM t";
/// let index = LineIndex::new(text);
/// let from = text.find("FROM").unwrap();
/// assert_eq!(index.position(text, from, Encoding::Utf16), Position::new(1, 11));
/// assert_eq!(index.position(text, from, Encoding::Utf8), Position::new(1, 12));
/// assert_eq!(index.offset(text, Position::new(1, 11), Encoding::Utf16), from);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// The lines of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends_line = |(at, byte): (usize, &u8)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let ends = bytes.iter().enumerate().filter(|found| ends_line(*found)).map(|(at, _)| at as u32 + 1);
        Self { starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The byte at a position. What lies behind the end of a line is its end, and behind the last line the end of the text: so
    /// the protocol wants it.
    #[must_use]
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let Some(start) = self.starts.get(position.line as usize).map(|start| *start as usize) else { return text.len() };
        let line = self.line(text, position.line as usize);
        let mut column = 0;
        for (at, character) in line.char_indices() {
            // A place inside a character is its beginning.
            if column + encoding.width(character) > position.character {
                return start + at;
            }
            column += encoding.width(character);
        }
        start + line.len()
    }

    /// The position of a byte.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let line = self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1);
        let start = self.starts.get(line).map_or(0, |start| *start as usize);
        let before = self.line(text, line);
        let column = before.char_indices().take_while(|(at, _)| start + at < offset).map(|(_, found)| encoding.width(found)).sum();
        Position { line: line as u32, character: column }
    }

    /// The range of some bytes.
    #[must_use]
    pub fn range(&self, text: &str, bytes: std::ops::Range<usize>, encoding: Encoding) -> Range {
        Range { start: self.position(text, bytes.start, encoding), end: self.position(text, bytes.end, encoding) }
    }

    /// A line without its end.
    fn line<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let start = self.starts.get(line).map_or(text.len(), |start| *start as usize);
        let end = self.starts.get(line + 1).map_or(text.len(), |start| *start as usize);
        let line = text.get(start..end).unwrap_or_default();
        line.strip_suffix("\r\n").or_else(|| line.strip_suffix(['\n', '\r'])).unwrap_or(line)
    }
}

/// A text with its lines, for a client that counts in its way.
#[derive(Clone, Debug)]
pub(crate) struct Lines<'t> {
    text: &'t str,
    index: Cow<'t, LineIndex>,
    encoding: Encoding,
}

impl<'t> Lines<'t> {
    /// Those of a text that is not open.
    pub(crate) fn new(text: &'t str, encoding: Encoding) -> Self {
        Self { text, index: Cow::Owned(LineIndex::new(text)), encoding }
    }

    /// Those of a text whose lines are known.
    pub(crate) fn known(text: &'t str, index: &'t LineIndex, encoding: Encoding) -> Self {
        Self { text, index: Cow::Borrowed(index), encoding }
    }

    /// The position of a byte.
    pub(crate) fn position(&self, at: u32) -> Position {
        self.index.position(self.text, at as usize, self.encoding)
    }

    /// The range of some bytes.
    pub(crate) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end.max(span.start)) }
    }

    /// The byte at a position.
    pub(crate) fn offset(&self, position: Position) -> u32 {
        self.index.offset(self.text, position, self.encoding) as u32
    }

    /// The bytes of a range.
    pub(crate) fn span(&self, range: Range) -> Span {
        let start = self.offset(range.start);
        Span::new(start, self.offset(range.end).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn each_encoding_counts_its_own() {
        let text = "a😀é'b\r\nx\ry\n";
        let index = LineIndex::new(text);
        let quote = text.find('\'').unwrap_or_default();
        for (encoding, column) in [(Encoding::Utf8, 7), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            assert_eq!(index.position(text, quote, encoding), at(0, column), "{encoding:?}");
            assert_eq!(index.offset(text, at(0, column), encoding), quote, "{encoding:?}");
        }
        let y = text.find('y').unwrap_or_default();
        assert_eq!(index.position(text, y, Encoding::Utf16), at(2, 0));
        assert_eq!(index.position(text, text.len(), Encoding::Utf16), at(3, 0));
    }

    #[test]
    fn what_lies_outside_is_the_end() {
        let text = "ab\r\n😀d";
        let index = LineIndex::new(text);
        assert_eq!(index.offset(text, at(0, 99), Encoding::Utf16), 2);
        assert_eq!(index.offset(text, at(1, 1), Encoding::Utf16), 4, "the middle of a pair is its beginning");
        assert_eq!(index.offset(text, at(1, 2), Encoding::Utf16), 8);
        assert_eq!(index.offset(text, at(7, 0), Encoding::Utf16), text.len());
    }
}
