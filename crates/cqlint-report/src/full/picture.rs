//! One finding as a picture, drawn by miette, with what happens on a retry and what to do below it.

use std::fmt;

use cqlint_analysis::{Diagnostic, Level, Safety};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode, ThemeStyles};
use owo_colors::Style as Paint;

use super::{PROSE, Place};
use crate::excerpt::Excerpt;
use crate::highlight::Cql;
use crate::palette::Palette;
use crate::reporter::{fixable, heading};
use crate::wrap::{self, Margins};
use crate::{Style, visible};

/// Cells of `  on a retry: `; the other headings end where it ends.
const MARGIN: usize = 14;

/// Draws findings.
pub(super) struct Painter {
    palette: Palette,
    style: Style,
    /// For each level its own, since the underline has the level's colour.
    error: GraphicalReportHandler,
    warn: GraphicalReportHandler,
    note: GraphicalReportHandler,
}

impl Painter {
    pub(super) fn new(style: Style) -> Self {
        let palette = Palette::new(style);
        let handler = |level| handler(palette.level(level), &palette, style);
        Self { palette, style, error: handler(Level::Error), warn: handler(Level::Warn), note: handler(Level::Note) }
    }

    pub(super) fn paint(&self, out: &mut String, place: &Place<'_>, finding: &Diagnostic) {
        let Place { path, index, fixes } = *place;
        let excerpt = Excerpt::new(path, index, finding.span.range(), &finding.label, self.style.width);
        let handler = match finding.level {
            Level::Error => &self.error,
            Level::Warn => &self.warn,
            Level::Note | Level::Off => &self.note,
        };
        let shown = Shown { finding, title: self.title(finding, fixes), excerpt };
        // Writing to a string cannot fail; should miette have another reason, the finding is told in a line.
        let before = out.len();
        if handler.render_report(out, &shown).is_err() {
            out.truncate(before);
            let place = index.position(finding.span.range().start);
            out.push_str(&format!("{} {}:{}:{}\n", shown.title, visible::text(path), place.line, place.column));
        }
        if let Some(note) = &finding.note {
            self.remark(out, heading(finding), note);
        }
        if let Some(help) = &finding.help {
            self.remark(out, "help:", help);
        }
        for related in &finding.related {
            let place = index.position(related.span.range().start);
            let path = visible::text(path);
            self.remark(out, "see:", &format!("{path}:{}:{} {}", place.line, place.column, related.message));
        }
    }

    /// `warn[rule] message`, or `warn[rule] [*] message` when it can be mended. Each word has its own escape sequences, so that miette can wrap them.
    fn title(&self, finding: &Diagnostic, fixes: Safety) -> String {
        let head = format!("{}[{}]", finding.level.name(), finding.rule.name);
        let mut title = self.palette.level(finding.level).style(head).to_string();
        if let Some(mark) = fixable(finding, fixes) {
            title.push_str(&format!(" {}", self.palette.good.style(mark)));
        }
        for word in wrap::code(&visible::clipped(&finding.message, 400), self.palette.strong, &self.palette) {
            title.push(' ');
            title.push_str(&word.painted());
        }
        title
    }

    fn remark(&self, out: &mut String, heading: &str, text: &str) {
        let heading = format!("{heading:>width$}", width = MARGIN - 1);
        out.push_str(&format!("{} ", self.palette.note.style(heading)));
        let words = wrap::code(&visible::clipped(text, 1000), self.palette.plain, &self.palette);
        wrap::fill(out, &words, Margins { at: MARGIN, hang: MARGIN, width: self.style.width.min(PROSE) });
    }
}

/// miette's renderer in our colours.
fn handler(highlight: Paint, palette: &Palette, style: Style) -> GraphicalReportHandler {
    let mut theme = GraphicalTheme::unicode_nocolor();
    theme.characters.error = "✗".to_string();
    theme.styles = ThemeStyles {
        error: palette.bad,
        warning: palette.unsure,
        advice: palette.note,
        help: palette.note,
        link: palette.place,
        linum: palette.faint,
        highlights: vec![highlight],
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(style.width).with_links(false);
    if style.color { handler.with_syntax_highlighting(Cql(*palette)) } else { handler.without_syntax_highlighting() }
}

/// A finding as miette asks for it.
#[derive(Debug)]
struct Shown<'a> {
    finding: &'a Diagnostic,
    title: String,
    excerpt: Excerpt,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(match self.finding.level {
            Level::Error => Severity::Error,
            Level::Warn => Severity::Warning,
            Level::Note | Level::Off => Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.excerpt.span.clone();
        let label = LabeledSpan::new(self.excerpt.label.clone(), span.start, span.len());
        Some(Box::new(std::iter::once(label)))
    }
}
