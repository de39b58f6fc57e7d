//! `mixed-counter`: counters and other columns in one table, or in one batch.

use alloc::vec::Vec;

use cqlint_syntax::ast::{Batch, BatchKind, CreateTable, NativeType, Type, TypeKind};
use cqlint_syntax::{Id, Span, Statement};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule, Table};

/// See `mixed_counter.md`.
pub(crate) static RULE: Rule = Rule {
    name: "mixed-counter",
    summary: "counters and other things in one table or one batch",
    docs: include_str!("mixed_counter.md"),
    level: Level::Error,
    group: "schema",
    asks: Asks::Statement(check),
};

fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    if let Statement::CreateTable(table) = inspection.statement {
        definition(inspection, table, findings);
    }
    if let Statement::Batch(batch) = inspection.statement {
        members(inspection, batch, findings);
    }
}

/// A table has counters and a key, or no counters.
fn definition(inspection: &Inspection<'_>, table: &CreateTable, findings: &mut Vec<Diagnostic>) {
    let columns = inspection.tree.list(table.columns);
    let keys = [table.partition_key, table.clustering_key];
    let mut counter = None;
    let mut other = None;
    for column in columns {
        if is_inside(inspection, &column.of) {
            findings.push(finding(column.of.span, "a counter inside another type", "give each counter a column of its own"));
        }
        let is_key = keys.iter().any(|key| inspection.tree.list(*key).iter().any(|name| name.same(column.name, inspection.text)));
        let is_counter = matches!(column.of.kind, TypeKind::Native(NativeType::Counter));
        match (is_counter, is_key || column.is_key) {
            (true, true) => {
                findings.push(finding(column.name.span, "a counter in the primary key", "use the type bigint for the key"))
            }
            (true, false) => counter = counter.or(Some(column.name.span)),
            (false, true) => {}
            // A name that the program puts in may stand for a column of the key, or for several.
            (false, false) if inspection.has_hole(column.name.span) => {}
            (false, false) => other = other.or(Some(column.name.span)),
        }
    }
    // A key with such a name may be any of the columns.
    let is_known = keys.iter().all(|key| inspection.tree.list(*key).iter().all(|name| inspection.known_name(*name).is_some()));
    if let (Some(counter), Some(_), true, false) = (counter, other, is_known, inspection.is_open()) {
        let message = "counters and other columns in one table";
        findings.push(finding(counter, message, "put the counters into a table of their own, with the same key"));
    }
}

/// `list<counter>` and the like.
fn is_inside(inspection: &Inspection<'_>, of: &Type) -> bool {
    let is_counter = |id: Id<Type>| {
        let inner = inspection.tree.get(id);
        inner.is_some_and(|inner| matches!(inner.kind, TypeKind::Native(NativeType::Counter)) || is_inside(inspection, inner))
    };
    match of.kind {
        TypeKind::List(of) | TypeKind::Set(of) => is_counter(of),
        TypeKind::Frozen(of) => inspection.tree.get(of).is_some_and(|of| is_inside(inspection, of)),
        TypeKind::Map(_, value) => is_counter(value),
        TypeKind::Native(_) | TypeKind::Tuple(_) | TypeKind::Vector(_) | TypeKind::User(_) | TypeKind::Custom => false,
    }
}

/// A batch has counters in it, or other things.
fn members(inspection: &Inspection<'_>, batch: &Batch, findings: &mut Vec<Diagnostic>) {
    let mut counter = None;
    for member in inspection.tree.list(batch.members) {
        let Some(table) = inspection.whole_table_of(member) else { continue };
        let at = inspection.table_of(member).map_or(inspection.span, |table| table.span());
        let has_counters = Table::has_counters(table);
        match (has_counters, batch.kind) {
            (true, BatchKind::Logged) => {
                findings.push(finding(at, "a write of counters in a logged batch", "use BEGIN COUNTER BATCH for the counters"));
            }
            (false, BatchKind::Counter) => {
                findings.push(finding(at, "a write of something else in a batch of counters", "use a batch of its own for it"));
            }
            (_, BatchKind::Unlogged) => match counter {
                Some(before) if before != has_counters => {
                    findings.push(finding(
                        at,
                        "counters and other columns in one batch",
                        "use BEGIN COUNTER BATCH for the counters",
                    ));
                    return;
                }
                _ => counter = Some(has_counters),
            },
            (true, BatchKind::Counter) | (false, BatchKind::Logged) => {}
        }
    }
}

fn finding(at: Span, message: &str, help: &str) -> Diagnostic {
    let mut finding = Diagnostic::new(&RULE, at, message.into(), "counters stand alone");
    finding.note = Some("the server refuses it: a counter is written in another way than all other columns".into());
    finding.help = Some(help.into());
    finding
}
