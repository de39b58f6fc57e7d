//! Where the lines of a text begin: built once for a file, then every place is found without reading the file again.

use std::cell::OnceCell;

/// Characters are counted in advance up to each multiple of this many bytes.
const CHUNK: usize = 1024;

const BOM: char = '\u{feff}';

/// The lines of a text.
pub(crate) struct LineIndex<'a> {
    text: &'a str,
    /// The byte where each line begins; never empty.
    starts: Vec<usize>,
    characters: Counts,
    /// The characters that UTF-16 has two code units for. Few formats ask.
    wide: OnceCell<Counts>,
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// From 1.
    pub(crate) line: usize,
    /// From 1, in characters unless it is said otherwise.
    pub(crate) column: usize,
}

impl<'a> LineIndex<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts, characters: Counts::new(text, characters), wide: OnceCell::new() }
    }

    /// The line of a byte, from 0.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Where a line begins; the end of the text for a line behind the last.
    pub(crate) fn start_of(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// How many lines there are, the one behind a last newline counted too.
    pub(crate) fn lines(&self) -> usize {
        self.starts.len()
    }

    /// A line without its end; empty when there is no such line.
    pub(crate) fn line(&self, line: usize) -> &'a str {
        let text = self.text.get(self.start_of(line)..self.start_of(line + 1)).unwrap_or_default();
        let text = text.strip_suffix('\n').unwrap_or(text);
        text.strip_suffix('\r').unwrap_or(text)
    }

    /// The place of a byte; of the character that it belongs to, or of the end of the text.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let line = self.line_of(offset);
        let start = self.start_of(line);
        // Editors do not count the byte order mark.
        let bom = usize::from(line == 0 && offset > 0 && self.text.starts_with(BOM));
        let column = self.characters.between(self.text, start, offset).saturating_sub(bom);
        Position { line: line + 1, column: column + 1 }
    }

    /// The same, with the column in code units of UTF-16.
    pub(crate) fn position_in_utf16(&self, offset: usize) -> Position {
        let Position { line, column } = self.position(offset);
        let wide = self.wide.get_or_init(|| Counts::new(self.text, wide_characters));
        let start = self.start_of(line.saturating_sub(1));
        Position { line, column: column + wide.between(self.text, start, self.floor(offset)) }
    }

    /// The start of the character that the byte belongs to.
    pub(crate) fn floor(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

/// How many of something there are in a text before each multiple of [`CHUNK`]. A column then costs one chunk, also in a
/// text of ten megabytes on one line.
struct Counts {
    sums: Vec<usize>,
    count: fn(&[u8]) -> usize,
}

impl Counts {
    fn new(text: &str, count: fn(&[u8]) -> usize) -> Self {
        let sums = text.as_bytes().chunks(CHUNK).scan(0, |sum, chunk| {
            *sum += count(chunk);
            Some(*sum)
        });
        Self { sums: std::iter::once(0).chain(sums).collect(), count }
    }

    /// How many there are from one byte of the text up to another.
    fn between(&self, text: &str, start: usize, end: usize) -> usize {
        match end.saturating_sub(start) {
            0..CHUNK => (self.count)(text.as_bytes().get(start..end).unwrap_or_default()),
            _ => self.before(text, end).saturating_sub(self.before(text, start)),
        }
    }

    fn before(&self, text: &str, offset: usize) -> usize {
        let chunk = offset / CHUNK;
        let rest = text.as_bytes().get(chunk * CHUNK..offset).unwrap_or_default();
        self.sums.get(chunk).copied().unwrap_or_default() + (self.count)(rest)
    }
}

/// How many characters begin in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// How many of them have four bytes in UTF-8, and so two code units in UTF-16.
fn wide_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte >= 0b1111_0000).count()
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, LineIndex};

    fn place(text: &str, offset: usize) -> (usize, usize) {
        let position = LineIndex::new(text).position(offset);
        (position.line, position.column)
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(place("", 0), (1, 1));
        assert_eq!(place("ab\ncd", 4), (2, 2));
        assert_eq!(place("ab\r\ncd", 4), (2, 1));
        assert_eq!(place("'日本' = x", "'日本' = ".len()), (1, 8));
        assert_eq!(place("'🙂' x", "'🙂' ".len()), (1, 5));
        assert_eq!(place("\tx", 1), (1, 2));
    }

    #[test]
    fn the_byte_order_mark_is_no_character() {
        assert_eq!(place("\u{feff}ab", 3), (1, 1));
        assert_eq!(place("\u{feff}ab", 4), (1, 2));
        assert_eq!(place("\u{feff}a\nb", 5), (2, 1));
    }

    #[test]
    fn no_offset_is_out_of_range() {
        assert_eq!(place("ab\n", 3), (2, 1));
        assert_eq!(place("ab", 99), (1, 3));
        assert_eq!(place("日", 1), (1, 1), "inside a character");
    }

    #[test]
    fn chunks_agree_with_counting() {
        let text = "日a\n🙂".repeat(CHUNK);
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices().step_by(7) {
            let before = text.get(..offset).unwrap();
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            assert_eq!(index.position(offset).column, column, "at {offset}");
        }
    }

    #[test]
    fn utf16_has_two_units_for_some_characters() {
        let utf16 = |text: &str, offset: usize| LineIndex::new(text).position_in_utf16(offset).column;
        assert_eq!(utf16("'日本' = x", "'日本' = ".len()), 8);
        assert_eq!(utf16("'🙂' x", "'🙂' ".len()), 6);
        assert_eq!(utf16("🙂\n🙂x", "🙂\n🙂".len()), 3);
        assert_eq!(utf16("\u{feff}🙂x", "\u{feff}🙂".len()), 3);
        let text = "日🙂".repeat(CHUNK);
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices().step_by(7) {
            let column = text.get(..offset).unwrap().encode_utf16().count() + 1;
            assert_eq!(index.position_in_utf16(offset).column, column, "at {offset}");
        }
    }

    #[test]
    fn lines_come_without_their_ends() {
        let index = LineIndex::new("ab\r\n\ncd");
        assert_eq!((index.line(0), index.line(1), index.line(2), index.line(3)), ("ab", "", "cd", ""));
    }
}
