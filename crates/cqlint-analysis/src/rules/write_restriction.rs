//! `write-restriction`: a WHERE clause of a write that does not name rows.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::Statement;
use cqlint_syntax::ast::{RelationKind, Write};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::schema::Role;
use crate::{Diagnostic, Level, Rule};

/// See `write_restriction.md`.
pub(crate) static RULE: Rule = Rule {
    name: "write-restriction",
    summary: "a WHERE clause that a write cannot have: a range in the key, or a column that is no key",
    docs: include_str!("write_restriction.md"),
    level: Level::Error,
    group: "schema",
    asks: Asks::Statement(check),
};

/// The writes with a WHERE clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Update,
    Delete,
}

fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for statement in inspection.of_rows() {
        let Some(table) = inspection.whole_table_of(statement) else { continue };
        let write = if matches!(statement, Statement::Update(_)) { Verb::Update } else { Verb::Delete };
        let Some(relations) = statement.write().and_then(Write::relations) else { continue };
        inspection.restrictions(relations, &mut |restriction| {
            let column = restriction.column.value(inspection.text);
            let Some(role) = table.column(&column).and_then(|known| known.role) else { return };
            let Some(message) = refused(&column, role, restriction.kind, write) else { return };
            let mut finding = Diagnostic::new(&RULE, restriction.span, message, "cannot stand in this write");
            finding.note = Some("the server refuses the statement: a write names its rows by their keys".into());
            finding.help = Some("read the keys first, and write them by `=` or IN; what else must hold goes behind IF".into());
            findings.push(finding);
        });
    }
}

/// What is wrong with a restriction of a column with this role.
fn refused(column: &str, role: Role, kind: RelationKind, write: Verb) -> Option<String> {
    let is_range = matches!(
        kind,
        RelationKind::Less | RelationKind::LessEqual | RelationKind::Greater | RelationKind::GreaterEqual | RelationKind::Between
    );
    match (role, write) {
        (Role::Regular | Role::Static, _) => Some(format!("`{column}` is no column of the primary key")),
        (Role::PartitionKey, _) if is_range => Some(format!("a range of the partition key `{column}`")),
        (Role::ClusteringKey, Verb::Update) if is_range => {
            Some(format!("a range of the clustering column `{column}` in an UPDATE"))
        }
        (Role::PartitionKey, _) | (Role::ClusteringKey, Verb::Update | Verb::Delete) => None,
    }
}
