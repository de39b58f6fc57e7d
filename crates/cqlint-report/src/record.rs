//! What the JSON formats write: the fields and their order. Adding a field is no new version; changing one is.

use std::collections::BTreeMap;

use cqlint_analysis::{Diagnostic, Safety};
use serde::Serialize;

use crate::index::LineIndex;
use crate::{Summary, Trouble};

/// The version of these records.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// A finding. Lines and columns count from 1, columns in characters; `start` and `end` are bytes from 0. The end is
/// the place behind the last character.
#[derive(Serialize)]
pub(crate) struct Finding<'a> {
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: u32,
    end: u32,
    label: &'a str,
    note: Option<&'a str>,
    help: Option<&'a str>,
    /// Left out when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    /// Left out when it cannot be mended.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
}

/// How a finding is mended.
#[derive(Serialize)]
struct Fix<'a> {
    message: &'a str,
    /// Whether it may be made without asking.
    safe: bool,
    edits: Vec<Edit<'a>>,
}

/// What stands from one byte up to another, and what comes there.
#[derive(Serialize)]
struct Edit<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

/// A place that explains a finding.
#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    line: usize,
    column: usize,
    start: u32,
    end: u32,
}

impl<'a> Finding<'a> {
    pub(crate) fn new(path: &'a str, index: &LineIndex<'_>, finding: &'a Diagnostic) -> Self {
        let range = finding.span.range();
        let start = index.position(range.start);
        let end = index.position(range.end);
        let related = finding.related.iter().map(|related| {
            let place = index.position(related.span.range().start);
            let span = related.span;
            Related { message: &related.message, line: place.line, column: place.column, start: span.start, end: span.end }
        });
        let edit = |edit: &'a cqlint_analysis::Edit| Edit { start: edit.span.start, end: edit.span.end, text: &edit.text };
        let fix = |fix: &'a cqlint_analysis::Fix| Fix {
            message: &fix.message,
            safe: fix.safety == Safety::Safe,
            edits: fix.edits.iter().map(edit).collect(),
        };
        Self {
            rule: finding.rule.name,
            level: finding.level.name(),
            message: &finding.message,
            path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            start: finding.span.start,
            end: finding.span.end,
            label: &finding.label,
            note: finding.note.as_deref(),
            help: finding.help.as_deref(),
            related: related.collect(),
            fix: finding.fix.as_ref().map(fix),
        }
    }
}

/// A file that was not checked.
#[derive(Serialize)]
pub(crate) struct NotChecked<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    level: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}

impl<'a> NotChecked<'a> {
    pub(crate) fn new(trouble: &Trouble<'a>) -> Self {
        let (line, column) = trouble.place.unzip();
        Self { path: trouble.path, line, column, level: trouble.level().name(), message: trouble.message, help: trouble.help }
    }
}

/// The sums.
#[derive(Serialize)]
pub(crate) struct Sums<'a> {
    files: usize,
    statements: usize,
    idempotent: usize,
    not_idempotent: usize,
    depends: usize,
    depends_on: &'a BTreeMap<&'static str, usize>,
    errors: usize,
    warnings: usize,
    notes: usize,
    /// What `--fix` mends.
    fixable: usize,
    /// What it mends besides with `--unsafe-fixes`.
    unsafe_fixable: usize,
    fixed: usize,
    hidden: usize,
    baselined: usize,
    unchanged: usize,
    by_rule: &'a BTreeMap<&'static str, usize>,
    troubles: usize,
}

impl<'a> Sums<'a> {
    pub(crate) fn new(summary: &'a Summary) -> Self {
        Self {
            files: summary.files,
            statements: summary.statements,
            idempotent: summary.idempotent,
            not_idempotent: summary.not_idempotent,
            depends: summary.depends,
            depends_on: &summary.depends_on,
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            fixable: summary.fixable,
            unsafe_fixable: summary.unsafe_fixable,
            fixed: summary.fixed,
            hidden: summary.hidden,
            baselined: summary.baselined,
            unchanged: summary.unchanged,
            by_rule: &summary.by_rule,
            troubles: summary.troubles,
        }
    }
}
