//! `column-type-change`: the type of a column or field is changed, which servers refuse.

use alloc::format;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Name, Object, TableChange};
use cqlint_syntax::{Dialects, Statement};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `column_type_change.md`.
pub(crate) static RULE: Rule = Rule {
    name: "column-type-change",
    summary: "the type of a column is changed: Cassandra refuses that since 3.10",
    docs: include_str!("column_type_change.md"),
    level: Level::Warn,
    group: "migration",
    asks: Asks::Statement(check),
};

/// `ALTER TABLE t ALTER c TYPE text`, `ALTER TYPE u ALTER f TYPE text`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    let dialects = inspection.options.dialects;
    let Some((what, name)) = changed(inspection).filter(|_| dialects.meets(Dialects::CASSANDRA)) else { return };
    let message = format!("the type of {what} `{}` is changed, which Cassandra refuses", inspection.text_of(name.span));
    let mut finding = Diagnostic::new(&RULE, name.span, message, "keeps the type it has");
    // ScyllaDB takes some of these; whose script it is may not have been said.
    finding.level = if dialects.meets(Dialects::SCYLLA) { Level::Note } else { Level::Warn };
    finding.note = Some("\"Altering column types is no longer supported\": values of the old type would stay in the files".into());
    finding.help = Some("add a column of the new type, copy the values, and take the old one out of use".into());
    findings.push(finding);
}

/// What changes its type.
fn changed(inspection: &Inspection<'_>) -> Option<(&'static str, Name)> {
    if let Statement::AlterTable(table) = inspection.statement
        && let TableChange::Type(column, _) = table.change
    {
        return Some(("column", column));
    }
    let Statement::Definition(definition) = inspection.statement else { return None };
    let fields = inspection.tree.list(definition.columns);
    fields.first().filter(|_| definition.object == Object::AlterTypeChange).map(|field| ("field", field.name))
}
