//! What a comment says on one of its lines, what it stands beside, and how it is taken out.

use alloc::string::String;
use core::ops::Range;

use cqlint_syntax::Span;

use crate::Edit;

/// Words in a comment that begin with the sign.
#[derive(Clone, Debug)]
pub(super) struct Note {
    /// From the sign up to the last word.
    pub(super) words: Span,
    /// Takes the comment out; nothing where that might change more.
    pub(super) removal: Option<Edit>,
    /// What it is written beside.
    pub(super) beside: Beside,
}

/// What a comment is written beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// Code on the line of this byte.
    Code(usize),
    /// Nothing: what comes behind this byte is meant.
    Nothing(usize),
}

/// Where a note holds, unless it is about the whole file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where {
    /// From the first place up to the last; nothing when nothing follows.
    pub(super) span: Option<Span>,
    /// Whether it stands above what it is about.
    pub(super) is_above: bool,
}

/// A comment with such words, and what stands beside it on its lines.
pub(super) struct Comment {
    /// With the signs that open and close it.
    pub(super) range: Range<usize>,
    pub(super) words: Range<usize>,
    pub(super) has_code_before: bool,
    pub(super) has_code_behind: bool,
}

impl Comment {
    pub(super) fn note(self, text: &str) -> Note {
        let Self { range, words, has_code_before, has_code_behind } = &self;
        let beside = match (has_code_before, has_code_behind) {
            (true, _) => Beside::Code(range.start),
            (false, true) => Beside::Code(range.end),
            (false, false) => Beside::Nothing(range.end),
        };
        let (taken, left) = self.removal(text);
        let removal = Edit { span: span(&taken), text: String::from(left) };
        Note { words: span(words), removal: Some(removal), beside }
    }

    /// What is taken out, and what is left in its place.
    fn removal(&self, text: &str) -> (Range<usize>, &'static str) {
        let Self { range, words, has_code_before, has_code_behind } = self;
        let line = line(text, words.start);
        if range.start < line.start || line.end < range.end {
            // The comment says more. Its signs stay.
            let is_between = range.start < line.start && line.end < range.end;
            return if is_between { (whole(text, &line), "") } else { (words.clone(), "") };
        }
        let before = text.get(line.start..range.start).unwrap_or_default();
        let behind = text.get(range.end..line.end).unwrap_or_default();
        let blanks = |text: &str| text.len() - text.trim_start().len();
        match (has_code_before, has_code_behind) {
            (false, false) if is_blank(before) && is_blank(behind) => (whole(text, &line), ""),
            (_, false) => (line.start + before.trim_end().len()..range.end, ""),
            (_, true) if before.is_empty() || before.ends_with([' ', '\t']) => (range.start..range.end + blanks(behind), ""),
            (_, true) if blanks(behind) > 0 => (range.clone(), ""),
            (_, true) => (range.clone(), " "),
        }
    }
}

/// The words that begin with the sign, within one line of a comment: without the signs of the comment and blanks.
pub(super) fn words(text: &str, part: Range<usize>) -> Option<Range<usize>> {
    let inside = text.get(part.clone())?;
    let said = inside.trim_start_matches(['-', '/', '!', '*', ' ', '\t', '#', '<']);
    let start = part.start + inside.len() - said.len();
    let said = said.trim_end();
    let said = said.strip_suffix("*/").or_else(|| said.strip_suffix("-->")).unwrap_or(said).trim_end();
    said.starts_with(super::SIGN).then(|| start..start + said.len())
}

pub(super) fn span(range: &Range<usize>) -> Span {
    Span::new(range.start as u32, range.end as u32)
}

/// So far the ends of a line are looked for: a text may be one line, with many comments on it.
const LONGEST_LINE: usize = 1 << 12;

/// The line with this byte, without its end.
pub(crate) fn line(text: &str, at: usize) -> Range<usize> {
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let far = (at.saturating_sub(LONGEST_LINE)..=at).find(|from| text.is_char_boundary(*from)).unwrap_or(at);
    let from = far.max(first(text).min(at));
    let before = text.as_bytes().get(from..at).unwrap_or_default();
    let start = before.iter().rposition(is_end).map_or(from, |end| from + end + 1);
    let far = (at + LONGEST_LINE).min(text.len());
    let until = (far..=text.len()).find(|until| text.is_char_boundary(*until)).unwrap_or(text.len());
    let behind = text.as_bytes().get(at..until).unwrap_or_default();
    start..behind.iter().position(is_end).map_or(until, |length| at + length)
}

/// The line with what ends it.
fn whole(text: &str, line: &Range<usize>) -> Range<usize> {
    line.start..behind(text, line.end)
}

/// Behind the end of a line.
pub(super) fn behind(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    end + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
}

/// Behind a byte order mark.
fn first(text: &str) -> usize {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}

/// Whether there is more than comments in a part of a line. One that opens in it and does not close ends it.
pub(super) fn has_code(part: &str) -> bool {
    let mut rest = part.trim_start_matches('\u{feff}').trim_start();
    loop {
        let close = match rest {
            _ if rest.starts_with("/*") => "*/",
            _ if rest.starts_with("<!--") => "-->",
            _ => return !(rest.is_empty() || rest.starts_with("--") || rest.starts_with("//")),
        };
        let Some((_, behind)) = rest.split_once(close) else { return false };
        rest = behind.trim_start();
    }
}

pub(super) fn is_blank(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim().is_empty()
}
