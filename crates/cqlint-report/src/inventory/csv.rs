//! Comma-separated values for spreadsheets and databases, as RFC 4180 says: CRLF, and quotes where they are needed.

use std::io;

use csv::{Terminator, WriterBuilder};

use super::{Census, Layout, Listed, Sums};
use crate::Summary;
use crate::index::LineIndex;

const HEAD: [&str; 12] =
    ["path", "line", "column", "end_line", "end_column", "kind", "statement", "verdict", "reasons", "mark", "driver", "retried"];

/// A line of names, and a line for each statement.
#[derive(Default)]
pub(super) struct Csv {
    has_head: bool,
}

impl Csv {
    fn write(&mut self, out: &mut dyn io::Write, file: Option<&Listed<'_>>) -> io::Result<()> {
        let mut lines = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        if !self.has_head {
            lines.write_record(HEAD)?;
            self.has_head = true;
        }
        if let Some(file) = file {
            let index = LineIndex::new(file.text);
            for row in file.rows {
                let (start, end) = (index.position(row.span.range().start), index.position(row.span.range().end));
                let reasons: Vec<_> = row.reasons.iter().map(|reason| reason.rule).collect();
                lines.write_record([
                    file.path,
                    &start.line.to_string(),
                    &start.column.to_string(),
                    &end.line.to_string(),
                    &end.column.to_string(),
                    row.kind,
                    row.statement,
                    row.verdict.name(),
                    &reasons.join(" "),
                    row.mark.unwrap_or_default(),
                    row.driver,
                    row.retried.unwrap_or_default(),
                ])?;
            }
        }
        // Written at once, so that an error of the writer stays what it is.
        out.write_all(&lines.into_inner().map_err(|error| error.into_error())?)
    }
}

impl Layout for Csv {
    fn file(&mut self, out: &mut dyn io::Write, file: &Listed<'_>) -> io::Result<()> {
        self.write(out, Some(file))
    }

    fn finish(&mut self, out: &mut dyn io::Write, _: &Summary, _: &Census, _: Sums) -> io::Result<()> {
        if self.has_head { Ok(()) } else { self.write(out, None) }
    }
}
