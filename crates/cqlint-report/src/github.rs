//! Commands to GitHub's workflows: each becomes an annotation beside the line.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::io;

use cqlint_analysis::Level;

use crate::index::LineIndex;
use crate::palette::Palette;
use crate::reporter::{Layout, Statistics, advice, shown};
use crate::{File, Style, Summary, Trouble, summary, visible};

/// `::warning title=…,file=…,line=…::message`.
pub(crate) struct Github;

/// The log of a run is no terminal.
const LOG: Style = Style { color: false, width: 100 };

impl Layout for Github {
    fn file(&mut self, out: &mut dyn io::Write, file: &File<'_>) -> io::Result<()> {
        if file.findings.is_empty() {
            return Ok(());
        }
        let index = LineIndex::new(file.text);
        for finding in shown(file) {
            let range = finding.span.range();
            let (start, end) = (index.position(range.start), index.position(range.end));
            let mut place = format!("file={},line={},endLine={}", property(file.path), start.line, end.line);
            // Columns are refused where there are several lines.
            if start.line == end.line {
                place.push_str(&format!(",col={},endColumn={}", start.column, end.column));
            }
            // The log shows the message without its place.
            let first = format!("{}:{}:{}: {}", file.path, start.line, start.column, finding.message);
            let lines: Vec<_> = std::iter::once(first).chain(advice(finding)).map(|line| data(&line)).collect();
            let (command, title) = (command(finding.level), property(&format!("cqlint: {}", finding.rule.name)));
            writeln!(out, "::{command} title={title},{place}::{}", lines.join(LINE_END))?;
        }
        Ok(())
    }

    fn trouble(&mut self, out: &mut dyn io::Write, trouble: &Trouble<'_>) -> io::Result<()> {
        let help = trouble.help.map(|help| format!("{LINE_END}help: {}", data(help))).unwrap_or_default();
        let message = data(&format!("{}: {}", trouble.shown(), trouble.message));
        let place = trouble.place.map(|(line, column)| format!(",line={line},col={column}")).unwrap_or_default();
        writeln!(out, "::{} title=cqlint,file={}{place}::{message}{help}", command(trouble.level()), property(trouble.path))
    }

    fn finish(&mut self, out: &mut dyn io::Write, summary: &Summary, statistics: Statistics) -> io::Result<()> {
        let (mut text, palette) = (String::new(), Palette::new(LOG));
        if statistics == Statistics::Shown {
            summary::table(&mut text, summary, &palette, LOG);
        }
        summary::counts(&mut text, summary, &palette, LOG);
        out.write_all(text.as_bytes())
    }
}

const LINE_END: &str = "%0A";

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Note | Level::Off => "notice",
    }
}

/// A message. Line ends would end the command; [`visible::text`] has none.
fn data(text: &str) -> String {
    visible::text(text).replace('%', "%25")
}

/// The value of a property, which a comma ends, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
