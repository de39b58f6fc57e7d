//! For people: a picture of each error and warning, one line for each note, and the sums.

use std::io;

use cqlint_analysis::{Diagnostic, Level, Safety};

use crate::index::LineIndex;
use crate::palette::Palette;
use crate::reporter::{Layout, Statistics, fixable, shown};
use crate::wrap::{self, Margins};
use crate::{File, Style, Summary, Trouble, summary, visible};

mod picture;

use picture::Painter;

/// Notes of one rule that are shown for a file.
const NOTES: usize = 5;

/// Prose is wrapped at this width also where there is more room: longer lines are hard to read.
const PROSE: usize = 100;

/// Pictures, notes, sums.
pub(crate) struct Full {
    palette: Palette,
    style: Style,
    painter: Painter,
    last: Last,
    /// A rule to look up, for the last line.
    example: Option<&'static str>,
}

/// What stands above: it says where an empty line belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Picture,
    Line,
}

impl Full {
    pub(crate) fn new(style: Style) -> Self {
        let palette = Palette::new(style);
        Self { palette, style, painter: Painter::new(style), last: Last::Nothing, example: None }
    }

    /// An empty line around pictures; none between lines.
    fn next(&mut self, next: Last) -> &'static str {
        let gap = self.last != Last::Nothing && (self.last == Last::Picture || next == Last::Picture);
        self.last = next;
        if gap { "\n" } else { "" }
    }

    /// A note. The first of a rule is told in full; of the others, whose words are much the same, a line is enough.
    fn note(&mut self, out: &mut dyn io::Write, place: &Place<'_>, note: &Diagnostic, at: usize) -> io::Result<()> {
        let mut text = self.next(Last::Line).to_string();
        let position = place.index.position(note.span.range().start);
        let head = format!("{}[{}]", note.level.name(), note.rule.name);
        let mut words = wrap::plain(&head, self.palette.level(note.level));
        words.extend(fixable(note, place.fixes).map(|mark| wrap::whole(mark, self.palette.good)));
        let name = format!("{}:{}:{}", visible::text(place.path), position.line, position.column);
        words.push(wrap::whole(&name, self.palette.place));
        words.extend(wrap::code(&visible::clipped(&note.message, 400), self.palette.plain, &self.palette));
        // A long path leaves no room for the message on its line: then the note wraps.
        if at > 0 && head.len() + name.len() + 24 < self.style.width {
            wrap::clip(&mut words, self.style.width, self.palette.faint);
        }
        wrap::fill(&mut text, &words, Margins { at: 0, hang: 4, width: self.style.width });
        out.write_all(text.as_bytes())
    }

    /// The notes of a file, rule by rule.
    fn notes(&mut self, out: &mut dyn io::Write, place: &Place<'_>, notes: &[&Diagnostic]) -> io::Result<()> {
        let mut groups: Vec<(&'static str, Vec<&Diagnostic>)> = Vec::new();
        for note in notes {
            match groups.iter_mut().find(|(rule, _)| *rule == note.rule.name) {
                Some((_, group)) => group.push(note),
                None => groups.push((note.rule.name, vec![note])),
            }
        }
        for (rule, group) in groups {
            for (at, note) in group.iter().take(NOTES).enumerate() {
                self.note(out, place, note, at)?;
            }
            if let more @ 1.. = group.len().saturating_sub(NOTES) {
                let hint = format!("… and {more} more of {rule} in this file; --format concise shows all");
                let mut text = " ".repeat(4);
                let margins = Margins { at: 4, hang: 4, width: self.style.width };
                wrap::fill(&mut text, &wrap::plain(&hint, self.palette.faint), margins);
                out.write_all(text.as_bytes())?;
            }
        }
        Ok(())
    }
}

/// A file and its lines.
struct Place<'a> {
    path: &'a str,
    index: &'a LineIndex<'a>,
    fixes: Safety,
}

impl Layout for Full {
    fn file(&mut self, out: &mut dyn io::Write, file: &File<'_>) -> io::Result<()> {
        if file.findings.is_empty() {
            return Ok(());
        }
        let index = LineIndex::new(file.text);
        let place = Place { path: file.path, index: &index, fixes: file.fixes };
        let (notes, pictures): (Vec<_>, Vec<_>) = shown(file).into_iter().partition(|finding| finding.level == Level::Note);
        for finding in pictures {
            let mut text = self.next(Last::Picture).to_string();
            self.painter.paint(&mut text, &place, finding);
            self.example = self.example.or(Some(finding.rule.name));
            out.write_all(text.as_bytes())?;
        }
        self.notes(out, &place, &notes)
    }

    fn trouble(&mut self, out: &mut dyn io::Write, trouble: &Trouble<'_>) -> io::Result<()> {
        let mut text = self.next(Last::Line).to_string();
        let level = trouble.level();
        let mut words = wrap::plain(&format!("{}:", level.name()), self.palette.level(level));
        words.push(wrap::whole(&format!("{}:", visible::text(&trouble.shown())), self.palette.place));
        words.extend(wrap::code(&visible::clipped(trouble.message, 400), self.palette.plain, &self.palette));
        wrap::fill(&mut text, &words, Margins { at: 0, hang: 4, width: self.style.width });
        if let Some(help) = trouble.help {
            text.push_str(&format!("    {} ", self.palette.note.style("help:")));
            let words = wrap::code(&visible::clipped(help, 1000), self.palette.plain, &self.palette);
            wrap::fill(&mut text, &words, Margins { at: 10, hang: 10, width: self.style.width.min(PROSE) });
        }
        out.write_all(text.as_bytes())
    }

    fn finish(&mut self, out: &mut dyn io::Write, summary: &Summary, statistics: Statistics) -> io::Result<()> {
        let mut text = String::new();
        if self.last != Last::Nothing {
            text.push('\n');
        }
        if statistics == Statistics::Shown {
            summary::table(&mut text, summary, &self.palette, self.style);
        }
        summary::verdicts(&mut text, summary, &self.palette, self.style);
        summary::counts(&mut text, summary, &self.palette, self.style);
        if let Some(rule) = self.example {
            let hint = format!("more about a rule: cqlint explain {rule}");
            text.push_str(&format!("{}\n", self.palette.faint.style(hint)));
        }
        out.write_all(text.as_bytes())
    }
}
