//! The XML of Checkstyle, which many services of continuous integration read; written as the findings come.

use std::io;

use cqlint_analysis::Level;
use quick_xml::escape::escape;

use crate::index::LineIndex;
use crate::reporter::{Layout, Statistics, shown};
use crate::{File, Summary, Trouble, visible};

/// `<checkstyle><file name="…"><error line="…" …/></file></checkstyle>`.
#[derive(Default)]
pub(crate) struct Checkstyle {
    document: Document,
}

/// Whether the document is open.
#[derive(Default, PartialEq, Eq)]
enum Document {
    #[default]
    Unopened,
    Open,
}

impl Checkstyle {
    /// Opens the document before the first file.
    fn open(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.document == Document::Unopened {
            self.document = Document::Open;
            writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
        }
        Ok(())
    }
}

impl Layout for Checkstyle {
    fn file(&mut self, out: &mut dyn io::Write, file: &File<'_>) -> io::Result<()> {
        let findings = shown(file);
        if findings.is_empty() {
            return Ok(());
        }
        self.open(out)?;
        let index = LineIndex::new(file.text);
        writeln!(out, "  <file name=\"{}\">", attribute(file.path))?;
        for finding in findings {
            let place = index.position(finding.span.range().start);
            let (severity, message) = (severity(finding.level), attribute(&finding.message));
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{message}\" source=\"cqlint.{}\"/>",
                place.line, place.column, finding.rule.name,
            )?;
        }
        writeln!(out, "  </file>")
    }

    fn trouble(&mut self, out: &mut dyn io::Write, trouble: &Trouble<'_>) -> io::Result<()> {
        self.open(out)?;
        let (severity, message) = (severity(trouble.level()), attribute(trouble.message));
        writeln!(out, "  <file name=\"{}\">", attribute(trouble.path))?;
        let (line, column) = match trouble.place {
            Some((line, column)) => (line, format!(" column=\"{column}\"")),
            None => (1, String::new()),
        };
        writeln!(out, "    <error line=\"{line}\"{column} severity=\"{severity}\" message=\"{message}\" source=\"cqlint\"/>")?;
        writeln!(out, "  </file>")
    }

    fn finish(&mut self, out: &mut dyn io::Write, _: &Summary, _: Statistics) -> io::Result<()> {
        self.open(out)?;
        writeln!(out, "</checkstyle>")
    }
}

/// The value of an attribute. XML has no way to write most control characters; their pictures stand for them.
fn attribute(text: &str) -> String {
    escape(visible::text(text)).into_owned()
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Note | Level::Off => "info",
    }
}
