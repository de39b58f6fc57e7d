//! One JSON document, written as the findings come; one finding on each line.
//!
//! The profile is known only at the end, so it stands behind the findings.

use std::io;

use serde::Serialize;

use crate::array::Items;
use crate::index::LineIndex;
use crate::record::{Finding, NotChecked, SCHEMA_VERSION, Sums};
use crate::reporter::{Layout, Statistics, shown};
use crate::{File, Summary, Trouble};

/// `{"schema_version":1,"findings":[…],"troubles":[…],"profile":…,"summary":{…}}`.
#[derive(Default)]
pub(crate) struct Json {
    findings: Items,
    /// Written when the findings are.
    troubles: Vec<String>,
}

impl Json {
    /// Opens the document before the first finding.
    fn open(&self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.findings.is_empty() {
            write!(out, "{{\"schema_version\":{SCHEMA_VERSION},\"findings\":[")?;
        }
        Ok(())
    }
}

impl Layout for Json {
    fn file(&mut self, out: &mut dyn io::Write, file: &File<'_>) -> io::Result<()> {
        if file.findings.is_empty() {
            return Ok(());
        }
        let index = LineIndex::new(file.text);
        for finding in shown(file) {
            self.open(out)?;
            self.findings.write(out, &Finding::new(file.path, &index, finding))?;
        }
        Ok(())
    }

    fn trouble(&mut self, _: &mut dyn io::Write, trouble: &Trouble<'_>) -> io::Result<()> {
        self.troubles.push(line(&NotChecked::new(trouble))?);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn io::Write, summary: &Summary, _: Statistics) -> io::Result<()> {
        self.open(out)?;
        let end = self.findings.end();
        let troubles = match self.troubles.as_slice() {
            [] => String::new(),
            troubles => format!("\n{}\n", troubles.join(",\n")),
        };
        let (profile, sums) = (line(&summary.profile())?, line(&Sums::new(summary))?);
        writeln!(out, "{end}],\"troubles\":[{troubles}],\"profile\":{profile},\"summary\":{sums}}}")
    }
}

/// A value on one line.
pub(crate) fn line(value: &(impl Serialize + ?Sized)) -> io::Result<String> {
    Ok(serde_json::to_string(value)?)
}
