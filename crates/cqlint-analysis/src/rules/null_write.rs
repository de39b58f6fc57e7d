//! `null-write`: null is written, which makes a tombstone.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::ast::{AssignmentKind, Insert, InsertSource, Literal, Name, Target, Term, TermKind, Update};
use cqlint_syntax::{Keyword, Span, Statement, Token};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `null_write.md`.
pub(crate) static RULE: Rule = Rule {
    name: "null-write",
    summary: "null is written: the server stores a tombstone, also where there was nothing",
    docs: include_str!("null_write.md"),
    level: Level::Off,
    group: "performance",
    asks: Asks::Statement(check),
};

const NOTE: &str =
    "a tombstone is stored and read like a value until it may be forgotten (gc_grace_seconds), also where there was nothing before";

/// `INSERT … VALUES (1, null)`, `UPDATE … SET c = null`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for statement in inspection.writes() {
        if let Statement::Insert(insert) = statement {
            inserted(inspection, insert, findings);
        }
        if let Statement::Update(update) = statement {
            assigned(inspection, update, findings);
        }
    }
    let is_json = |statement: &Statement| matches!(statement, Statement::Insert(Insert { source: InsertSource::Json(_), .. }));
    if inspection.writes().iter().any(is_json) {
        findings.extend(inspection.tokens.windows(2).filter_map(by_default));
    }
}

fn inserted(inspection: &Inspection<'_>, insert: &Insert, findings: &mut Vec<Diagnostic>) {
    let InsertSource::Values(values) = insert.source else { return };
    let columns = inspection.tree.list(insert.columns).iter();
    for (column, value) in columns.zip(inspection.tree.list(values)) {
        if is_null(value) {
            findings.push(finding(inspection, value.span, *column, String::from("leave the column out")));
        }
    }
}

/// `INSERT INTO t JSON '…' DEFAULT NULL`: to all columns that the text does not name.
fn by_default(tokens: &[Token]) -> Option<Diagnostic> {
    let [default, null] = tokens else { return None };
    if default.keyword != Keyword::Default || null.keyword != Keyword::Null {
        return None;
    }
    let message = String::from("null is written to every column that the JSON does not name");
    let mut finding = Diagnostic::new(&RULE, default.span.to(null.span), message, "tombstones");
    finding.note = Some(String::from(NOTE));
    finding.help = Some(String::from("say DEFAULT UNSET, which leaves the other columns as they are"));
    Some(finding)
}

fn assigned(inspection: &Inspection<'_>, update: &Update, findings: &mut Vec<Diagnostic>) {
    for assignment in inspection.tree.list(update.assignments) {
        // An element or a field has no other way out than null, or the same tombstone.
        let is_whole = matches!(assignment.target, Target::Column) && assignment.kind == AssignmentKind::Set;
        if is_whole && is_null(&assignment.value) {
            let (column, table) = (inspection.text_of(assignment.column.span), inspection.text_of(update.table.span()));
            let help =
                format!("if the value is to go, say so: `DELETE {column} FROM {table}`; if it is not known, leave the column out");
            findings.push(finding(inspection, assignment.span, assignment.column, help));
        }
    }
}

fn is_null(value: &Term) -> bool {
    matches!(value.kind, TermKind::Literal(Literal::Null))
}

fn finding(inspection: &Inspection<'_>, span: Span, column: Name, help: String) -> Diagnostic {
    let message = format!("null is written to `{}`", inspection.text_of(column.span));
    let mut finding = Diagnostic::new(&RULE, span, message, "a tombstone");
    finding.note = Some(String::from(NOTE));
    finding.help = Some(help);
    finding
}
