//! One JSON object on each line: findings and troubles as they come, the summary last.

use std::io;

use serde::Serialize;

use crate::index::LineIndex;
use crate::json::line;
use crate::record::{Finding, NotChecked, SCHEMA_VERSION, Sums};
use crate::reporter::{Layout, Statistics, shown};
use crate::{File, Summary, Trouble};

/// `{"type":"finding",…}`, `{"type":"trouble",…}`, `{"type":"summary",…}`.
pub(crate) struct JsonLines;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Record<'a> {
    Finding(Finding<'a>),
    Trouble(NotChecked<'a>),
    Summary(Closing<'a>),
}

#[derive(Serialize)]
struct Closing<'a> {
    schema_version: u32,
    profile: &'a str,
    #[serde(flatten)]
    sums: Sums<'a>,
}

impl Layout for JsonLines {
    fn file(&mut self, out: &mut dyn io::Write, file: &File<'_>) -> io::Result<()> {
        if file.findings.is_empty() {
            return Ok(());
        }
        let index = LineIndex::new(file.text);
        for finding in shown(file) {
            writeln!(out, "{}", line(&Record::Finding(Finding::new(file.path, &index, finding)))?)?;
        }
        Ok(())
    }

    fn trouble(&mut self, out: &mut dyn io::Write, trouble: &Trouble<'_>) -> io::Result<()> {
        writeln!(out, "{}", line(&Record::Trouble(NotChecked::new(trouble)))?)
    }

    fn finish(&mut self, out: &mut dyn io::Write, summary: &Summary, _: Statistics) -> io::Result<()> {
        let closing = Closing { schema_version: SCHEMA_VERSION, profile: &summary.profile(), sums: Sums::new(summary) };
        writeln!(out, "{}", line(&Record::Summary(closing))?)
    }
}
