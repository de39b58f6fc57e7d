//! JUnit's report on tests: each file is a suite, and each finding a test that fails. Notes never fail a run, so they pass.
//!
//! The sums stand at the head of the document, so it is written when all is known.

use std::io;
use std::iter;

use cqlint_analysis::{Diagnostic, Level};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::index::LineIndex;
use crate::reporter::{Layout, Statistics, advice, shown};
use crate::{File, Summary, Trouble, visible};

/// `<testsuites><testsuite name="…"><testcase …><failure …>`.
pub(crate) struct Junit {
    report: Report,
}

impl Default for Junit {
    fn default() -> Self {
        Self { report: Report::new("cqlint") }
    }
}

impl Layout for Junit {
    fn file(&mut self, _: &mut dyn io::Write, file: &File<'_>) -> io::Result<()> {
        let findings = shown(file);
        if findings.is_empty() {
            return Ok(());
        }
        let index = LineIndex::new(file.text);
        let path = visible::text(file.path);
        let mut suite = TestSuite::new(&path);
        suite.add_test_cases(findings.into_iter().map(|finding| case(&path, &index, finding)));
        self.report.add_test_suite(suite);
        Ok(())
    }

    fn trouble(&mut self, _: &mut dyn io::Write, trouble: &Trouble<'_>) -> io::Result<()> {
        let shown = trouble.shown();
        let path = visible::text(&shown);
        let mut status = if trouble.fatal { TestCaseStatus::non_success(NonSuccessKind::Error) } else { TestCaseStatus::skipped() };
        status.set_message(visible::text(trouble.message));
        status.set_type("not-checked");
        if let Some(help) = trouble.help {
            status.set_description(visible::text(&format!("help: {help}")));
        }
        let mut suite = TestSuite::new(&path);
        suite.add_test_case(named("not-checked", &path, status));
        self.report.add_test_suite(suite);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn io::Write, _: &Summary, _: Statistics) -> io::Result<()> {
        // A report without a single test is taken for a mistake.
        if self.report.test_suites.is_empty() {
            let mut suite = TestSuite::new("cqlint");
            suite.add_test_case(named("nothing to report", "cqlint", TestCaseStatus::success()));
            self.report.add_test_suite(suite);
        }
        // In two steps, for the errors of the writer are to come out as they are.
        let document = self.report.to_string().map_err(io::Error::other)?;
        out.write_all(document.as_bytes())
    }
}

fn named(name: &str, path: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(path);
    case
}

fn case(path: &str, index: &LineIndex<'_>, finding: &Diagnostic) -> TestCase {
    let place = index.position(finding.span.range().start);
    let rule = finding.rule.name;
    let name = format!("{rule} {}:{}", place.line, place.column);
    let message = visible::text(&finding.message);
    let first = format!("{path}:{}:{}: {}[{rule}] {}", place.line, place.column, finding.level.name(), finding.message);
    let lines: Vec<_> = iter::once(first).chain(advice(finding)).map(|line| visible::text(&line).into_owned()).collect();
    let mut case = match finding.level {
        Level::Error | Level::Warn => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(message).set_type(rule).set_description(lines.join("\n"));
            named(&name, path, status)
        }
        Level::Note | Level::Off => {
            let mut case = named(&name, path, TestCaseStatus::success());
            case.set_system_out(lines.join("\n"));
            case
        }
    };
    case.extra.insert("file".into(), path.into());
    case.extra.insert("line".into(), place.line.to_string().into());
    case
}
