//! GitLab's report on code quality, written as the findings come.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::io;

use cqlint_analysis::{Fingerprint, Level};
use serde::Serialize;

use crate::array::Items;
use crate::fingerprint::Fingerprints;
use crate::index::{LineIndex, Position};
use crate::reporter::{Layout, Statistics, shown};
use crate::{File, Summary, Trouble};

/// `[{"description":…,"check_name":…,"fingerprint":…,"severity":…,"location":…},…]`.
#[derive(Default)]
pub(crate) struct Gitlab {
    issues: Items,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

impl From<Position> for Place {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column }
    }
}

impl Gitlab {
    fn issue(&mut self, out: &mut dyn io::Write, issue: &Issue<'_>) -> io::Result<()> {
        if self.issues.is_empty() {
            write!(out, "[")?;
        }
        self.issues.write(out, issue)
    }
}

impl Layout for Gitlab {
    fn file(&mut self, out: &mut dyn io::Write, file: &File<'_>) -> io::Result<()> {
        if file.findings.is_empty() {
            return Ok(());
        }
        let index = LineIndex::new(file.text);
        let mut fingerprints = Fingerprints::new(file);
        for finding in shown(file) {
            let range = finding.span.range();
            let positions = Positions { begin: index.position(range.start).into(), end: index.position(range.end).into() };
            let issue = Issue {
                description: &finding.message,
                check_name: finding.rule.name,
                fingerprint: fingerprints.next(finding),
                severity: severity(finding.level),
                location: Location { path: file.path, positions },
            };
            self.issue(out, &issue)?;
        }
        Ok(())
    }

    /// The format knows nothing but issues, and a file that was not checked must not go under.
    fn trouble(&mut self, out: &mut dyn io::Write, trouble: &Trouble<'_>) -> io::Result<()> {
        let (line, column) = trouble.place.unwrap_or((1, 1));
        let start = || Place { line, column };
        let issue = Issue {
            description: trouble.message,
            check_name: NOT_CHECKED,
            fingerprint: Fingerprint::named(NOT_CHECKED, trouble.message).in_file(trouble.path, 1).to_string(),
            severity: severity(trouble.level()),
            location: Location { path: trouble.path, positions: Positions { begin: start(), end: start() } },
        };
        self.issue(out, &issue)
    }

    fn finish(&mut self, out: &mut dyn io::Write, _: &Summary, _: Statistics) -> io::Result<()> {
        let open = if self.issues.is_empty() { "[" } else { "" };
        writeln!(out, "{open}{}]", self.issues.end())
    }
}

/// What a trouble is called where rules have their names.
const NOT_CHECKED: &str = "not-checked";

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "critical",
        Level::Warn => "major",
        Level::Note | Level::Off => "info",
    }
}
