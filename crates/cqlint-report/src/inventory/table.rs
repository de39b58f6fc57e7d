//! The table for people: aligned columns, cut to the width of the terminal.

use std::io;

use cqlint_analysis::Verdict;
use owo_colors::Style as Paint;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Census, Layout, Listed, Row, Sums};
use crate::index::LineIndex;
use crate::palette::Palette;
use crate::summary::{self, Sentence, counted};
use crate::{Style, Summary, visible};

/// Cells between two columns.
const GAP: usize = 2;
/// A statement is shown where it gets as many cells as this.
const STATEMENT: usize = 32;
/// Characters of a statement that are kept: no terminal shows more.
const LONGEST: usize = 400;

const HEADS: [&str; 6] = ["PLACE", "KIND", "VERDICT", "MARK", "DRIVER", "STATEMENT"];

/// Which column is cut down to how many cells, in turns, until there is room for statements, too.
const CUTS_FOR_STATEMENT: [(usize, usize); 3] = [(2, 28), (0, 44), (4, 16)];

/// The same where they have no room: until the line fits.
const CUTS: [(usize, usize); 11] =
    [(2, 40), (0, 44), (4, 16), (2, 28), (0, 32), (4, 10), (1, 10), (0, 20), (2, 16), (0, 14), (4, 6)];

/// Rows and sums. The widths are known when all rows are, so nothing is written before.
pub(super) struct Table {
    palette: Palette,
    style: Style,
    lines: Vec<Line>,
}

/// One row: its cells, and the looks of those whose look differs.
struct Line {
    cells: [String; 6],
    verdict: Paint,
    mark: Paint,
}

impl Table {
    pub(super) fn new(style: Style) -> Self {
        Self { palette: Palette::new(style), style, lines: Vec::new() }
    }

    fn line(&self, path: &str, index: &LineIndex<'_>, row: &Row<'_>) -> Line {
        let place = index.position(row.span.range().start);
        let verdict = match (row.verdict, row.reasons.first()) {
            (Verdict::Idempotent, _) => "✓ idempotent".to_owned(),
            (Verdict::NotIdempotent, Some(reason)) => format!("✗ {}", reason.rule),
            (Verdict::NotIdempotent, None) => "✗ not idempotent".to_owned(),
            (Verdict::Depends, None) => "? depends".to_owned(),
            (Verdict::Depends, Some(reason)) => match reason.depends_on {
                Some(on) => format!("? depends on {}", on.replace('`', "")),
                None => format!("? {}", reason.rule),
            },
        };
        let mark = match row.mark {
            None => "",
            Some("none") => "-",
            Some("unknown") => "?",
            Some(mark) => mark,
        };
        let is_marked = matches!(row.mark, Some("yes" | "default"));
        let cells = [
            format!("{}:{}:{}", visible::text(path), place.line, place.column),
            row.kind.replace('_', " "),
            visible::clipped(&verdict, 100).into_owned(),
            mark.to_owned(),
            row.driver.to_owned(),
            visible::text(&row.statement.chars().take(LONGEST).collect::<String>()).into_owned(),
        ];
        // A mark on what is idempotent is as it should be; on others it is a danger.
        let mark = if is_marked { self.palette.verdict(row.verdict) } else { self.palette.plain };
        Line { cells, verdict: self.palette.verdict(row.verdict), mark }
    }

    /// How many cells each column gets; none for a column that is left out.
    fn widths(&self) -> [usize; 6] {
        let mut widths = [0; 6];
        for line in &self.lines {
            for (width, cell) in widths.iter_mut().zip(&line.cells) {
                *width = cell.width().max(*width);
            }
        }
        for (width, head) in widths.iter_mut().zip(HEADS) {
            // A column without anything in it says nothing.
            if *width > 0 {
                *width = head.width().max(*width);
            }
        }
        let [columns @ .., statement] = widths;
        let room = self.style.width.saturating_sub(STATEMENT.min(statement) + GAP);
        let beside = shrunk(columns, &CUTS_FOR_STATEMENT, room);
        let (columns, statement) = match self.style.width.saturating_sub(taken(&beside) + GAP) {
            left if left >= STATEMENT.min(statement) => (beside, left.min(statement)),
            _ => (shrunk(columns, &CUTS, self.style.width), 0),
        };
        let [place, kind, verdict, mark, driver] = columns;
        [place, kind, verdict, mark, driver, statement]
    }

    fn draw(&self, cells: &[String; 6], widths: &[usize; 6], paints: [Paint; 6]) -> String {
        let mut text = String::new();
        let mut blanks = 0;
        for (column, ((cell, width), paint)) in cells.iter().zip(widths).zip(paints).enumerate() {
            if *width == 0 {
                continue;
            }
            let cell = if column == 0 { place(cell, *width) } else { cut(cell, *width) };
            if !cell.is_empty() {
                text.extend(std::iter::repeat_n(' ', blanks));
                text.push_str(&paint.style(&cell).to_string());
                blanks = 0;
            }
            blanks += (*width + GAP).saturating_sub(cell.width());
        }
        text.push('\n');
        text
    }
}

impl Layout for Table {
    fn file(&mut self, _: &mut dyn io::Write, file: &Listed<'_>) -> io::Result<()> {
        let index = LineIndex::new(file.text);
        for row in file.rows {
            let line = self.line(file.path, &index, row);
            self.lines.push(line);
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn io::Write, summary: &Summary, census: &Census, sums: Sums) -> io::Result<()> {
        let Palette { plain, faint, place, .. } = self.palette;
        if !self.lines.is_empty() {
            let widths = self.widths();
            out.write_all(self.draw(&HEADS.map(str::to_owned), &widths, [faint; 6]).as_bytes())?;
            for line in &self.lines {
                let paints = [place, plain, line.verdict, line.mark, plain, faint];
                out.write_all(self.draw(&line.cells, &widths, paints).as_bytes())?;
            }
        }
        if sums == Sums::LeftOut {
            return Ok(());
        }
        let mut text = String::new();
        if !self.lines.is_empty() {
            text.push('\n');
        }
        summary::verdicts(&mut text, summary, &self.palette, self.style);
        marks(&mut text, summary, census, &self.palette, self.style);
        out.write_all(text.as_bytes())
    }
}

/// `marks: 20 yes, 3 no, 7 none, 90 out of sight · in 14 files · 5 query-builder calls carry no text`.
fn marks(out: &mut String, summary: &Summary, census: &Census, palette: &Palette, style: Style) {
    let names = ["yes", "no", "inert", "default", "none", "mixed", "unknown"];
    let item = |name: &str| {
        let count = census.marks.get(name).copied().unwrap_or_default();
        let read = match name {
            "default" => "by default",
            "unknown" => "out of sight",
            name => name,
        };
        (count, format!("{count} {read}"), palette.plain, String::new())
    };
    let mut line = Sentence::new(palette);
    if census.marks.is_empty() {
        line.say(&format!("in {}", counted(summary.files, "file")));
    } else {
        line.say("marks:");
        line.list(&names.map(item));
        line.faint(&format!("· in {}", counted(summary.files, "file")));
    }
    if summary.troubles > 0 {
        line.faint(&format!("· {} not checked", counted(summary.troubles, "file")));
    }
    match census.builder_calls {
        0 => {}
        1 => line.faint("· 1 query-builder call carries no text"),
        calls => line.faint(&format!("· {calls} query-builder calls carry no text")),
    }
    line.end(out, style);
}

/// Cells of columns and the gaps between them.
fn taken(columns: &[usize; 5]) -> usize {
    let shown = columns.iter().filter(|width| **width > 0);
    shown.map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
}

/// The columns, cut until they fit or there is nothing left to cut.
fn shrunk(mut columns: [usize; 5], cuts: &[(usize, usize)], room: usize) -> [usize; 5] {
    for (column, least) in cuts {
        let over = taken(&columns).saturating_sub(room);
        if let Some(width) = columns.get_mut(*column) {
            *width = (*width).min(width.saturating_sub(over).max(*least));
        }
    }
    columns
}

/// The text, or as much of its beginning as fits.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let fitting = fitting(text.chars(), width.saturating_sub(1));
    text.chars().take(fitting).chain(['…']).collect()
}

/// A place, or as many of its last folders as fit; at least the end of the file's name.
fn place(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1);
    let ends = text.match_indices(['/', '\\']).filter_map(|(at, _)| text.get(at..));
    if let Some(end) = ends.into_iter().find(|end| end.width() <= room) {
        return format!("…{end}");
    }
    let left_out = text.chars().count() - fitting(text.chars().rev(), room);
    std::iter::once('…').chain(text.chars().skip(left_out)).collect()
}

/// How many of the characters fit.
fn fitting(characters: impl Iterator<Item = char>, width: usize) -> usize {
    let mut taken = 0;
    let fits = |character: &char| {
        taken += character.width().unwrap_or_default();
        taken <= width
    };
    characters.take_while(fits).count()
}
