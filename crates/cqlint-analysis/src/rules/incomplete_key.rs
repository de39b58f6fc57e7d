//! `incomplete-key`: a write that does not say all of the primary key that it needs.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Insert, InsertSource, Name, QualifiedName, Write};
use cqlint_syntax::{Span, Statement};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::schema::{Role, Table};
use crate::{Diagnostic, Level, Rule};

/// See `incomplete_key.md`.
pub(crate) static RULE: Rule = Rule {
    name: "incomplete-key",
    summary: "a write that lacks columns of the primary key",
    docs: include_str!("incomplete_key.md"),
    level: Level::Error,
    group: "schema",
    asks: Asks::Statement(check),
};

fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for statement in inspection.of_rows() {
        let Some(table) = inspection.whole_table_of(statement) else { continue };
        let Some(relations) = statement.write().and_then(Write::relations) else {
            if let Statement::Insert(insert) = statement {
                insertion(inspection, insert, table, findings);
            }
            continue;
        };
        // Of static columns there is one for the whole partition.
        let is_regular = |column: Name| is(inspection, table, column, Role::Regular);
        let mut of_row = false;
        inspection.written_columns(statement, &mut |column| of_row |= is_regular(column));
        let at = inspection.table_of(statement).map_or(inspection.span, QualifiedName::span);
        missing(table, of_row, at, |name| inspection.may_restrict(relations, name), findings);
    }
}

/// An INSERT of nothing but static columns, beside the partition key, writes no row.
fn insertion(inspection: &Inspection<'_>, insert: &Insert, table: &Table, findings: &mut Vec<Diagnostic>) {
    if matches!(insert.source, InsertSource::Json(_)) || inspection.is_open() {
        return;
    }
    let columns = inspection.tree.list(insert.columns);
    if columns.iter().any(|column| inspection.known_name(*column).is_none()) {
        return;
    }
    let names = |name: &str| columns.iter().any(|column| column.value(inspection.text) == name);
    let with = |role: Role| columns.iter().any(|column| is(inspection, table, *column, role));
    let only_static = with(Role::Static) && !with(Role::Regular) && !with(Role::ClusteringKey);
    missing(table, !only_static, insert.table.span(), names, findings);
}

fn is(inspection: &Inspection<'_>, table: &Table, column: Name, role: Role) -> bool {
    let name = inspection.known_name(column);
    name.and_then(|name| table.column(&name)?.role) == Some(role)
}

/// Reports the columns of the key that are not named. `of_row` when one row is meant, not a whole partition.
fn missing(table: &Table, of_row: bool, at: Span, is_named: impl Fn(&str) -> bool, findings: &mut Vec<Diagnostic>) {
    let partition = table.with_role(Role::PartitionKey);
    let clustering = table.with_role(Role::ClusteringKey).filter(|_| of_row);
    let mut missing = String::new();
    for name in partition.chain(clustering).filter(|name| !is_named(name)) {
        let comma = if missing.is_empty() { "" } else { ", " };
        missing.push_str(&format!("{comma}`{name}`"));
    }
    if missing.is_empty() {
        return;
    }
    let message = format!("the primary key is not complete: {missing} is missing");
    let mut finding = Diagnostic::new(&RULE, at, message, "which row is not said");
    finding.note = Some("the server refuses the statement: it writes rows by their whole key".into());
    finding.help = Some(format!("say which {missing}"));
    findings.push(finding);
}
