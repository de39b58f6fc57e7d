//! The few lines of a file that a picture shows, each clipped to the width of the terminal.
//!
//! miette finds the lines of a span by reading the source from its start, for each label. This is the source that it
//! gets instead: no more than the excerpt, cut out by the line index.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::index::{LineIndex, Position};
use crate::visible;
use crate::wrap;

/// Lines of the same statement that are shown before a span, and as many after it.
const CONTEXT: usize = 2;
/// A span of more lines shows only its first.
const TALL: usize = 6;
/// Cells from one tab stop to the next.
const TAB: usize = 4;
/// Cells of a label that must fit beside its arrow; the rest of it is wrapped.
const LABEL: usize = 24;
/// Cells of the arrow `╰── `.
const ARROW: usize = 4;
/// Cells that are kept before a span, if there are as many.
const LEAD: usize = 12;

/// A piece of a file as it is drawn.
#[derive(Debug)]
pub(crate) struct Excerpt {
    path: String,
    text: String,
    /// The line of the file that the text begins with, from 0.
    first_line: usize,
    position: Position,
    /// Which bytes of `text` are underlined.
    pub(crate) span: Range<usize>,
    /// What stands below them, wrapped.
    pub(crate) label: Option<String>,
}

impl Excerpt {
    /// The lines around a span, for a terminal of this width.
    pub(crate) fn new(path: &str, index: &LineIndex<'_>, span: Range<usize>, label: &str, width: usize) -> Self {
        let start = index.floor(span.start);
        let end = index.floor(span.end).max(start);
        let first = index.line_of(start);
        let last = index.line_of(end.saturating_sub(1).max(start));
        let hidden = if last - first < TALL { 0 } else { last - first };
        let last = last - hidden;
        let mut label = visible::clipped(label, 200).into_owned();
        if hidden > 0 {
            let more = format!("goes on for {hidden} more lines");
            label = if label.is_empty() { more } else { format!("{label} ({more})") };
        }

        let (top, bottom) = (first_shown(index, first), last_shown(index, last));
        let digits = (bottom + 1).to_string().len();
        // ` 12 │ `, and the bracket around several lines.
        let taken = digits + 4 + if first == last { 0 } else { 4 };
        let budget = width.saturating_sub(taken).max(LABEL);

        let mut text = String::new();
        let mut marks = 0..0;
        let mut middle = 0;
        for number in top..=bottom {
            let line = index.line(number);
            let offset = index.start_of(number);
            let begin = start.saturating_sub(offset).min(line.len());
            let finish = end.saturating_sub(offset).min(line.len()).max(begin);
            let from = if number == first {
                let room = if first == last { ARROW + label.width().min(LABEL) } else { 0 };
                window(line, begin..finish, room, budget)
            } else {
                0
            };
            let mut cut = Cut::new(line, from, begin..finish, budget);
            if number == first {
                cut.point_somewhere();
                marks.start = text.len() + cut.marks.start;
                middle = cut.middle();
            }
            if number == last {
                marks.end = text.len() + cut.marks.end;
            }
            text.push_str(&cut.text);
            text.push('\n');
        }
        let room = if first == last { budget.saturating_sub(middle + ARROW) } else { budget.saturating_sub(ARROW) };
        let label = wrapped(&label, room.max(LABEL / 3));
        let position = index.position(start);
        Self { path: visible::text(path).into_owned(), text, first_line: top, position, span: marks, label }
    }
}

impl SourceCode for Excerpt {
    /// The whole excerpt, whatever the span; without context lines, the place that the picture's title names.
    fn read_span<'a>(&'a self, _: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (line, column) = match (before, after) {
            (0, 0) => (self.position.line - 1, self.position.column - 1),
            _ => (self.first_line, 0),
        };
        let lines = self.text.lines().count();
        let span = SourceSpan::from(0..self.text.len());
        Ok(Box::new(MietteSpanContents::new_named(self.path.clone(), self.text.as_bytes(), span, line, column, lines)))
    }
}

/// Up from the span: lines that seem to belong to the same statement.
fn first_shown(index: &LineIndex<'_>, mut line: usize) -> usize {
    for _ in 0..CONTEXT {
        let Some(above) = line.checked_sub(1) else { break };
        let text = index.line(above);
        if is_blank(text) || ends_statement(text) {
            break;
        }
        line = above;
    }
    line
}

/// Down from the span, likewise.
fn last_shown(index: &LineIndex<'_>, mut line: usize) -> usize {
    for _ in 0..CONTEXT {
        if ends_statement(index.line(line)) || line + 1 >= index.lines() || is_blank(index.line(line + 1)) {
            break;
        }
        line += 1;
    }
    line
}

fn is_blank(line: &str) -> bool {
    line.chars().take(1024).all(char::is_whitespace)
}

/// Whether a `;` is the last thing on the line but for a comment.
fn ends_statement(line: &str) -> bool {
    let mut from = line.len().saturating_sub(1024);
    while !line.is_char_boundary(from) {
        from -= 1;
    }
    let Some((_, rest)) = line.get(from..).and_then(|tail| tail.rsplit_once(';')) else { return false };
    let rest = rest.trim();
    rest.is_empty() || rest.starts_with("--") || rest.starts_with("//") || rest.starts_with("/*")
}

fn cells(c: char) -> usize {
    match c {
        '\t' => TAB,
        c => visible::character(c).and_then(UnicodeWidthChar::width).unwrap_or(0),
    }
}

/// Where to begin a line so that the marked bytes, and `room` cells from their middle on, fit into the budget.
fn window(line: &str, marked: Range<usize>, room: usize, budget: usize) -> usize {
    let head = line.get(..marked.start).unwrap_or_default();
    let body = line.get(marked).unwrap_or_default();
    // Never more than a screen of a line is looked at, however long it is.
    let most = 8 * budget;
    let before: usize = head.chars().rev().take(most).map(cells).sum();
    let within: usize = body.chars().take(most).map(cells).sum::<usize>().min(budget);
    let needed = before + (within / 2 + room).max(within + 2);
    if needed <= budget {
        return 0;
    }
    let mut keep = before.saturating_sub(needed - budget).max(LEAD.min(before));
    if keep == before {
        return 0;
    }
    // The `…` takes a cell, too.
    keep = keep.saturating_sub(1).min(budget / 2);
    let mut from = head.len();
    for (at, c) in head.char_indices().rev().take(most) {
        if cells(c) > keep {
            break;
        }
        keep -= cells(c);
        from = at;
    }
    // Better between two words than inside one.
    let shown = head.get(from..).unwrap_or_default();
    match shown.find(char::is_whitespace) {
        Some(blank) if blank <= LEAD => from + blank,
        _ => from,
    }
}

/// A label in lines; nothing for an empty one.
fn wrapped(label: &str, width: usize) -> Option<String> {
    let words = wrap::plain(label, owo_colors::Style::new());
    if words.is_empty() {
        return None;
    }
    let mut text = String::new();
    wrap::fill(&mut text, &words, wrap::Margins { at: 0, hang: 0, width });
    Some(text.trim_end().to_string())
}

/// One line as it is drawn.
struct Cut {
    text: String,
    /// Which bytes of `text` come from the marked ones.
    marks: Range<usize>,
}

impl Cut {
    /// The line from a byte on, as far as the budget goes.
    fn new(line: &str, from: usize, marked: Range<usize>, budget: usize) -> Self {
        let mut text = String::new();
        let mut column = 0;
        if from > 0 {
            text.push('…');
            column += 1;
        }
        let (mut start, mut end) = (None, None);
        // The length of what leaves a cell for the `…`.
        let mut fits = text.len();
        let mut clipped = false;
        for (count, (at, c)) in line.get(from..).unwrap_or_default().char_indices().enumerate() {
            let at = from + at;
            if at >= marked.start && start.is_none() {
                start = Some(text.len());
            }
            if at >= marked.end && end.is_none() {
                end = Some(text.len());
            }
            if column < budget {
                fits = text.len();
            }
            let width = if c == '\t' { TAB - column % TAB } else { cells(c) };
            if column + width > budget || count > 8 * budget {
                clipped = true;
                break;
            }
            match c {
                '\t' => text.extend(std::iter::repeat_n(' ', width)),
                c => text.extend(visible::character(c)),
            }
            column += width;
        }
        if clipped {
            text.truncate(fits);
            text.push('…');
        }
        let start = start.unwrap_or(text.len()).min(text.len());
        let end = end.unwrap_or(text.len()).clamp(start, text.len());
        Self { text, marks: start..end }
    }

    /// Marks behind the end of the line need a cell to point at.
    fn point_somewhere(&mut self) {
        if self.marks.start == self.text.len() {
            self.text.push(' ');
        }
    }

    /// The cell that the arrow comes from.
    fn middle(&self) -> usize {
        let before = self.text.get(..self.marks.start).map_or(0, UnicodeWidthStr::width);
        let within = self.text.get(self.marks.clone()).map_or(0, UnicodeWidthStr::width);
        before + within / 2
    }
}
