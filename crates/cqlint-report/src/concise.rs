//! One line for each finding: for editors, `grep`, and runs with many findings.

use std::io;

use crate::index::LineIndex;
use crate::palette::Palette;
use crate::reporter::{Layout, Statistics, fixable, shown};
use crate::{File, Style, Summary, Trouble, summary, visible};

/// `path:line:column: level[rule] message`.
pub(crate) struct Concise {
    palette: Palette,
    style: Style,
}

impl Concise {
    pub(crate) fn new(style: Style) -> Self {
        Self { palette: Palette::new(style), style }
    }
}

impl Layout for Concise {
    fn file(&mut self, out: &mut dyn io::Write, file: &File<'_>) -> io::Result<()> {
        if file.findings.is_empty() {
            return Ok(());
        }
        let index = LineIndex::new(file.text);
        let path = visible::text(file.path);
        for finding in shown(file) {
            let position = index.position(finding.span.range().start);
            let place = format!("{path}:{}:{}:", position.line, position.column);
            let level =
                self.palette.level(finding.level).style(format!("{}[{}]", finding.level.name(), finding.rule.name)).to_string();
            let mark = fixable(finding, file.fixes).map_or(String::new(), |mark| format!(" {}", self.palette.good.style(mark)));
            writeln!(out, "{} {level}{mark} {}", self.palette.place.style(place), visible::text(&finding.message))?;
        }
        Ok(())
    }

    fn trouble(&mut self, out: &mut dyn io::Write, trouble: &Trouble<'_>) -> io::Result<()> {
        self::trouble(out, trouble, &self.palette)
    }

    fn finish(&mut self, out: &mut dyn io::Write, summary: &Summary, statistics: Statistics) -> io::Result<()> {
        let mut text = String::new();
        if statistics == Statistics::Shown {
            summary::table(&mut text, summary, &self.palette, self.style);
        }
        summary::counts(&mut text, summary, &self.palette, self.style);
        out.write_all(text.as_bytes())
    }
}

/// `path: level: message`.
pub(crate) fn trouble(out: &mut dyn io::Write, trouble: &Trouble<'_>, palette: &Palette) -> io::Result<()> {
    let place = format!("{}:", visible::text(&trouble.shown()));
    let level = palette.level(trouble.level()).style(trouble.level().name());
    writeln!(out, "{} {level}: {}", palette.place.style(place), visible::text(trouble.message))
}
