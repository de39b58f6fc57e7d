//! `unknown-column`: a column that its table does not have.

use alloc::format;
use alloc::vec::Vec;

use cqlint_syntax::Statement;
use cqlint_syntax::ast::{Name, Target};

use crate::inspection::Inspection;
use crate::near::nearest;
use crate::rule::Asks;
use crate::schema::Table;
use crate::{DataType, Diagnostic, Level, Rule};

/// See `unknown_column.md`.
pub(crate) static RULE: Rule = Rule {
    name: "unknown-column",
    summary: "a column that its table does not have",
    docs: include_str!("unknown_column.md"),
    level: Level::Error,
    group: "schema",
    asks: Asks::Statement(check),
};

/// DSE Search adds it to every table that it indexes.
const SEARCH: &str = "solr_query";

fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    if inspection.schema().is_none_or(|schema| schema.beyond().columns) {
        return;
    }
    for statement in inspection.of_rows() {
        let Some(table) = inspection.whole_table_of(statement) else { continue };
        inspection.columns(statement, &mut |column| {
            let Some(name) = inspection.known_name(column) else { return };
            // What was there once may be meant by a statement from then.
            if table.column(&name).is_some() || table.had(&name) || name == SEARCH {
                return;
            }
            let of = inspection.table_of(statement).map(|of| of.name.value(inspection.text)).unwrap_or_default();
            let message = format!("table `{of}` has no column `{name}`");
            let mut finding = Diagnostic::new(&RULE, column.span, message, "is no column of the table");
            finding.note = Some("the server refuses the statement: undefined column name".into());
            finding.help = Some(match nearest(&name, table.columns().map(|(name, _)| name)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name a column that CREATE TABLE or ALTER TABLE defines; unquoted names are lower case".into(),
            });
            findings.push(finding);
        });
        fields(inspection, statement, table, findings);
    }
}

/// `SET c.field = …` and `DELETE c.field`.
fn fields(inspection: &Inspection<'_>, statement: &Statement, table: &Table, findings: &mut Vec<Diagnostic>) {
    let mut check = |column: Name, target: Target| findings.extend(field(inspection, table, column, target));
    if let Statement::Update(update) = statement {
        inspection.tree.list(update.assignments).iter().for_each(|assignment| check(assignment.column, assignment.target));
    }
    if let Statement::Delete(delete) = statement {
        inspection.tree.list(delete.selection).iter().for_each(|deletion| check(deletion.column, deletion.target));
    }
}

fn field(inspection: &Inspection<'_>, table: &Table, column: Name, target: Target) -> Option<Diagnostic> {
    let Target::Field(field) = target else { return None };
    let of = table.column(&inspection.known_name(column)?)?.data_type.as_ref()?;
    let DataType::User(keyspace, name) = of.thawed() else { return None };
    let fields = inspection.fields(keyspace.as_deref(), name, table)?;
    let written = inspection.known_name(field)?;
    if fields.contains_key(written.as_ref()) {
        return None;
    }
    let mut finding =
        Diagnostic::new(&RULE, field.span, format!("type `{name}` has no field `{written}`"), "is no field of the type");
    finding.note = Some("the server refuses the statement".into());
    finding.help =
        nearest(&written, fields.keys().map(alloc::string::String::as_str)).map(|meant| format!("did you mean `{meant}`?"));
    Some(finding)
}
