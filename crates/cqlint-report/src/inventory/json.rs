//! One JSON document, written as the files come; one statement on each line.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::{Because, Census, Layout, Listed, Row, Sums};
use crate::index::LineIndex;
use crate::json::line;
use crate::record::{NotChecked, SCHEMA_VERSION};
use crate::{Summary, Trouble};

/// `{"schema_version":1,"statements":[…],"troubles":[…],"profile":…,"summary":{…}}`.
#[derive(Default)]
pub(super) struct Json {
    statements: usize,
    /// Written when the statements are.
    troubles: Vec<String>,
}

/// A statement. Lines and columns count from 1, columns in characters; the end is the place behind the last character.
#[derive(Serialize)]
struct Statement<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    kind: &'a str,
    statement: &'a str,
    verdict: &'a str,
    reasons: Vec<Reason<'a>>,
    mark: Option<&'a str>,
    driver: Option<&'a str>,
    retried: Option<&'a str>,
}

#[derive(Serialize)]
struct Reason<'a> {
    rule: &'a str,
    depends_on: Option<&'a str>,
}

#[derive(Serialize)]
struct Totals<'a> {
    files: usize,
    statements: usize,
    idempotent: usize,
    not_idempotent: usize,
    depends: usize,
    depends_on: &'a BTreeMap<&'static str, usize>,
    marks: &'a BTreeMap<String, usize>,
    builder_calls: usize,
    troubles: usize,
}

impl<'a> Statement<'a> {
    fn new(path: &'a str, index: &LineIndex<'_>, row: &'a Row<'a>) -> Self {
        let (start, end) = (index.position(row.span.range().start), index.position(row.span.range().end));
        let reason = |because: &Because<'a>| Reason { rule: because.rule, depends_on: because.depends_on };
        Self {
            path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            kind: row.kind,
            statement: row.statement,
            verdict: row.verdict.name(),
            reasons: row.reasons.iter().map(reason).collect(),
            mark: row.mark,
            driver: Some(row.driver).filter(|driver| !driver.is_empty()),
            retried: row.retried,
        }
    }
}

impl Json {
    /// Opens the document before the first statement.
    fn open(&self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.statements == 0 {
            write!(out, "{{\"schema_version\":{SCHEMA_VERSION},\"statements\":[")?;
        }
        Ok(())
    }
}

impl Layout for Json {
    fn file(&mut self, out: &mut dyn io::Write, file: &Listed<'_>) -> io::Result<()> {
        let index = LineIndex::new(file.text);
        for row in file.rows {
            self.open(out)?;
            let comma = if self.statements == 0 { "" } else { "," };
            writeln!(out, "{comma}")?;
            self.statements += 1;
            out.write_all(line(&Statement::new(file.path, &index, row))?.as_bytes())?;
        }
        Ok(())
    }

    fn trouble(&mut self, trouble: &Trouble<'_>) -> io::Result<bool> {
        self.troubles.push(line(&NotChecked::new(trouble))?);
        Ok(true)
    }

    fn finish(&mut self, out: &mut dyn io::Write, summary: &Summary, census: &Census, _: Sums) -> io::Result<()> {
        self.open(out)?;
        let end = if self.statements == 0 { "" } else { "\n" };
        let troubles = match self.troubles.as_slice() {
            [] => String::new(),
            troubles => format!("\n{}\n", troubles.join(",\n")),
        };
        let totals = Totals {
            files: summary.files,
            statements: summary.statements,
            idempotent: summary.idempotent,
            not_idempotent: summary.not_idempotent,
            depends: summary.depends,
            depends_on: &summary.depends_on,
            marks: &census.marks,
            builder_calls: census.builder_calls,
            troubles: summary.troubles,
        };
        let (profile, totals) = (line(&summary.profile())?, line(&totals)?);
        writeln!(out, "{end}],\"troubles\":[{troubles}],\"profile\":{profile},\"summary\":{totals}}}")
    }
}
