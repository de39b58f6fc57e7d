//! `destructive-change`: a change of the schema takes data along.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Definition, Object, TableChange};
use cqlint_syntax::{Span, Statement};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `destructive_change.md`.
pub(crate) static RULE: Rule = Rule {
    name: "destructive-change",
    summary: "a change of the schema takes data along that no script brings back",
    docs: include_str!("destructive_change.md"),
    level: Level::Note,
    group: "migration",
    asks: Asks::Statement(check),
};

/// `DROP TABLE t`, `ALTER TABLE t DROP c`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    if let Statement::AlterTable(table) = inspection.statement
        && let TableChange::Drop(_, columns) = table.change
    {
        let name = inspection.text_of(table.name.span());
        for column in inspection.tree.list(columns) {
            let what = format!("column `{}` of `{name}` is dropped with its values", inspection.text_of(column.span));
            findings.push(finding(column.span, what, "gone from every row"));
        }
    }
    if let Statement::Definition(definition) = inspection.statement
        && let Some((kind, loss)) = lost(definition)
        && let Some(name) = definition.name
    {
        let what = format!("{kind} `{}` is dropped {loss}", inspection.text_of(name.span()));
        findings.push(finding(name.span(), what, "gone from every node"));
    }
}

/// What a definition drops, and what goes with it.
fn lost(definition: &Definition) -> Option<(&'static str, &'static str)> {
    match definition.object {
        Object::DropKeyspace => Some(("keyspace", "with all its tables")),
        Object::DropTable => Some(("table", "with its rows")),
        Object::DropView => Some(("view", "with its rows: it takes a read of the whole table to make it again")),
        Object::DropIndex | Object::DropSearchIndex => {
            Some(("index", "with its entries: it takes a read of the whole table to make it again"))
        }
        Object::DropType => Some(("type", "with its fields")),
        Object::DropRole | Object::DropUser => Some(("role", "with its permissions")),
        // A script that makes it makes it again.
        Object::DropTrigger | Object::DropFunction | Object::DropAggregate | Object::DropIdentity | Object::DropServiceLevel => {
            None
        }
        Object::CreateKeyspace
        | Object::AlterKeyspace
        | Object::CopyTable
        | Object::AlterTypeAdd
        | Object::AlterTypeRename
        | Object::AlterTypeChange
        | Object::CreateIndex
        | Object::CreateView
        | Object::AlterView
        | Object::CreateTrigger
        | Object::CreateAggregate
        | Object::CreateRole
        | Object::AlterRole
        | Object::CreateUser
        | Object::AlterUser
        | Object::AddIdentity
        | Object::CreateServiceLevel
        | Object::AlterServiceLevel
        | Object::AttachServiceLevel
        | Object::DetachServiceLevel
        | Object::Comment
        | Object::SecurityLabel
        | Object::Restrict
        | Object::CreateSearchIndex
        | Object::AlterSearchIndex
        | Object::ManageSearchIndex => None,
    }
}

fn finding(span: Span, message: String, label: &str) -> Diagnostic {
    let mut finding = Diagnostic::new(&RULE, span, message, label);
    finding.note = Some("what runs at the time fails, and a retry that comes late drops what somebody has made again since".into());
    finding.help = Some("take it out of what reads and writes it first, look for a snapshot, and run it by hand".into());
    finding
}
