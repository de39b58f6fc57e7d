//! `list-column`: a column is a list.

use alloc::format;
use alloc::vec::Vec;

use cqlint_syntax::ast::{ColumnDefinition, TableChange, TypeKind};
use cqlint_syntax::{List, Statement};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `list_column.md`.
pub(crate) static RULE: Rule = Rule {
    name: "list-column",
    summary: "a column is a list: appending to it, and writing by position, cannot be repeated",
    docs: include_str!("list_column.md"),
    level: Level::Off,
    group: "model",
    asks: Asks::Statement(check),
};

/// `CREATE TABLE t (…, l list<text>)`, `ALTER TABLE t ADD l list<text>`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    if let Statement::CreateTable(table) = inspection.statement {
        columns(inspection, table.columns, findings);
    }
    if let Statement::AlterTable(table) = inspection.statement
        && let TableChange::Add(_, added) = table.change
    {
        columns(inspection, added, findings);
    }
}

fn columns(inspection: &Inspection<'_>, columns: List<ColumnDefinition>, findings: &mut Vec<Diagnostic>) {
    for column in inspection.tree.list(columns) {
        let TypeKind::List(_) = column.of.kind else { continue };
        let message = format!("column `{}` is a list", inspection.text_of(column.name.span));
        let mut finding =
            Diagnostic::new(&RULE, column.of.span, message, "each element is stored by itself, under the time it was written");
        finding.note =
            Some("a retry appends again, a position may have moved since, and a repeated timestamp doubles the list".into());
        finding.help = Some("take a set, a map, or clustering rows; frozen<list<…>> when it is only written as a whole".into());
        findings.push(finding);
    }
}
