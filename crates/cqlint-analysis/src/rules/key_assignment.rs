//! `key-assignment`: a column of the primary key that is set or deleted.

use alloc::format;
use alloc::vec::Vec;

use cqlint_syntax::Statement;
use cqlint_syntax::ast::Name;

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::schema::{Role, Table};
use crate::{Diagnostic, Level, Rule};

/// See `key_assignment.md`.
pub(crate) static RULE: Rule = Rule {
    name: "key-assignment",
    summary: "a column of the primary key is set or deleted, which makes no other key",
    docs: include_str!("key_assignment.md"),
    level: Level::Error,
    group: "schema",
    asks: Asks::Statement(check),
};

fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for statement in inspection.of_rows() {
        let Some(table) = inspection.whole_table_of(statement) else { continue };
        // An INSERT names its key.
        if !matches!(statement, Statement::Insert(_)) {
            inspection.written_columns(statement, &mut |column| findings.extend(finding(inspection, table, column)));
        }
    }
}

fn finding(inspection: &Inspection<'_>, table: &Table, column: Name) -> Option<Diagnostic> {
    let name = inspection.known_name(column)?;
    if !table.column(&name)?.role.is_some_and(Role::is_key) {
        return None;
    }
    let message = format!("`{name}` belongs to the primary key, which cannot be changed");
    let mut finding = Diagnostic::new(&RULE, column.span, message, "is a part of the key");
    finding.note = Some("the server refuses the statement: a row keeps its key".into());
    finding.help = Some("insert the row with its new key, and delete the old one".into());
    Some(finding)
}
