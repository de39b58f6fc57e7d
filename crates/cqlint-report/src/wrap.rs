//! Words to lines.

use owo_colors::Style as Paint;
use unicode_width::UnicodeWidthStr;

use crate::palette::Palette;

/// What stays together on a line: pieces, each with its look.
#[derive(Default)]
pub(crate) struct Word(Vec<(String, Paint)>);

impl Word {
    fn width(&self) -> usize {
        self.0.iter().map(|(text, _)| text.width()).sum()
    }

    /// The word with its own escape sequences.
    pub(crate) fn painted(&self) -> String {
        self.0.iter().map(|(text, paint)| paint.style(text).to_string()).collect()
    }
}

/// Where words may stand.
#[derive(Clone, Copy)]
pub(crate) struct Margins {
    /// The cells of the first line that are taken already.
    pub(crate) at: usize,
    /// The cells that further lines are indented by.
    pub(crate) hang: usize,
    /// The cells of a line.
    pub(crate) width: usize,
}

/// Appends words and the end of the line. Words longer than a line stay whole: paths and names are for copying.
pub(crate) fn fill(out: &mut String, words: &[Word], margins: Margins) {
    let Margins { mut at, hang, width } = margins;
    let mut first = true;
    for word in words {
        let needed = word.width();
        if !first && at + 1 + needed > width {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', hang));
            at = hang;
        } else if !first {
            out.push(' ');
            at += 1;
        }
        first = false;
        at += needed;
        out.push_str(&word.painted());
    }
    out.push('\n');
}

/// Leaves out words from the end until the rest and a `…` fit on one line.
pub(crate) fn clip(words: &mut Vec<Word>, width: usize, paint: Paint) {
    let mut at = 0;
    let mut fits = 0;
    for (count, word) in words.iter().enumerate() {
        if at < width {
            fits = count;
        }
        at += word.width() + usize::from(count > 0);
    }
    if at > width {
        words.truncate(fits);
        match words.last_mut() {
            Some(last) => last.0.push(("…".to_string(), paint)),
            None => words.push(whole("…", paint)),
        }
    }
}

/// The words of a text in one look.
pub(crate) fn plain(text: &str, paint: Paint) -> Vec<Word> {
    text.split_whitespace().map(|word| Word(vec![(word.to_string(), paint)])).collect()
}

/// A text that is not to be broken, although it may have blanks: a path.
pub(crate) fn whole(text: &str, paint: Paint) -> Word {
    Word(vec![(text.to_string(), paint)])
}

/// The words of a text with `` `code` `` in it.
pub(crate) fn code(text: &str, paint: Paint, palette: &Palette) -> Vec<Word> {
    let mut line = Line::default();
    for (part, is_code) in parts(text) {
        if is_code {
            line.push_code(part, palette);
        } else {
            line.push(part, paint);
        }
    }
    line.words()
}

/// The words of a text in Markdown: code, `**strong**`, `*stressed*`, `[text](address)`.
pub(crate) fn markdown(text: &str, palette: &Palette) -> Vec<Word> {
    let mut line = Line::default();
    let mut stressed = false;
    for (part, is_code) in parts(text) {
        if is_code {
            line.push_code(part, palette);
            continue;
        }
        let mut rest = part;
        while let Some(at) = rest.find(['*', '[']) {
            let paint = if stressed { palette.strong } else { palette.plain };
            let (before, tail) = rest.split_at(at);
            line.push(before, paint);
            let word = tail.trim_start_matches('*');
            if let Some((label, address, tail)) = link(tail) {
                line.push(label, palette.code);
                line.push(&format!(" ({address})"), palette.faint);
                rest = tail;
            } else if word.len() < tail.len() && (stressed || opens(before, word)) {
                stressed = !stressed;
                rest = word;
            } else {
                let (mark, tail) = tail.split_at(1);
                line.push(mark, paint);
                rest = tail;
            }
        }
        line.push(rest, if stressed { palette.strong } else { palette.plain });
    }
    line.words()
}

/// The parts of a text, and whether each is code. A quote without its partner is a character like others.
fn parts(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let pairs = text.matches('`').count() / 2 * 2;
    text.splitn(pairs + 1, '`').enumerate().map(|(index, part)| (part, index % 2 == 1))
}

/// Whether stars between these begin stressed words.
fn opens(before: &str, after: &str) -> bool {
    let starts = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    starts && after.starts_with(char::is_alphanumeric) && after.contains('*')
}

/// `[label](address)` at the start, and what follows.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (address, rest) = rest.split_once(')')?;
    (!label.contains(['[', ']'])).then_some((label, address, rest))
}

/// Words in the making: pieces without white space between them belong to one word.
#[derive(Default)]
struct Line {
    words: Vec<Word>,
    open: Word,
}

impl Line {
    fn push(&mut self, text: &str, paint: Paint) {
        for (index, part) in text.split(char::is_whitespace).enumerate() {
            if index > 0 {
                self.close();
            }
            if !part.is_empty() {
                self.open.0.push((part.to_string(), paint));
            }
        }
    }

    /// Without colour the code keeps its quotes.
    fn push_code(&mut self, text: &str, palette: &Palette) {
        if palette.code == palette.plain {
            self.push(&format!("`{text}`"), palette.code);
        } else {
            self.push(text, palette.code);
        }
    }

    fn close(&mut self) {
        if !self.open.0.is_empty() {
            self.words.push(std::mem::take(&mut self.open));
        }
    }

    fn words(mut self) -> Vec<Word> {
        self.close();
        self.words
    }
}

#[cfg(test)]
mod tests {
    use super::{Margins, clip, code, fill, markdown, plain};
    use crate::Style;
    use crate::palette::Palette;

    fn palette() -> Palette {
        Palette::new(Style { color: false, width: 80 })
    }

    fn filled(words: &[super::Word], width: usize, hang: usize) -> String {
        let mut out = String::new();
        fill(&mut out, words, Margins { at: 0, hang, width });
        out
    }

    #[test]
    fn lines_hang_and_long_words_stay_whole() {
        let words = plain("one two three seventeen-letters x", palette().plain);
        assert_eq!(filled(&words, 9, 2), "one two\n  three\n  seventeen-letters\n  x\n");
    }

    #[test]
    fn a_clipped_line_says_so() {
        let clipped = |width| {
            let mut words = plain("one two three", palette().plain);
            clip(&mut words, width, palette().plain);
            filled(&words, width, 0)
        };
        assert_eq!(clipped(13), "one two three\n");
        assert_eq!(clipped(12), "one two…\n");
        assert_eq!(clipped(8), "one two…\n");
        assert_eq!(clipped(7), "one…\n");
    }

    #[test]
    fn wide_characters_take_two_cells() {
        assert_eq!(filled(&plain("日本 日本", palette().plain), 8, 0), "日本\n日本\n");
    }

    #[test]
    fn markdown_without_colour_is_readable() {
        let text = "it *is* **so**: `SELECT * FROM t` (a * b), [here](https://x.y), `a`/`b`, [0]";
        let expected = "it is so: `SELECT * FROM t` (a * b), here (https://x.y), `a`/`b`, [0]\n";
        assert_eq!(filled(&markdown(text, &palette()), 100, 0), expected);
        assert_eq!(filled(&code("`a b`, 2 * 3 * 4", palette().plain, &palette()), 100, 0), "`a b`, 2 * 3 * 4\n");
        assert_eq!(filled(&code("`a b` and ` alone", palette().plain, &palette()), 100, 0), "`a b` and ` alone\n");
    }
}
