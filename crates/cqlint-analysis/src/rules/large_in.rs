//! `large-in`: IN names many partitions.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use cqlint_syntax::ast::{QualifiedName, Relation, RelationKind, TermKind};
use cqlint_syntax::{Span, Statement};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Role, Rule};

/// See `large_in.md`.
pub(crate) static RULE: Rule = Rule {
    name: "large-in",
    summary: "IN names many partitions: one node has to ask for all of them",
    docs: include_str!("large_in.md"),
    level: Level::Warn,
    group: "performance",
    asks: Asks::Statement(check),
};

/// The most partitions that a statement should name. Cassandra's guardrail `partition_keys_in_select_warn_threshold` is off by
/// default; DataStax's databases as a service refuse more than this.
const PARTITIONS: usize = 20;

/// `… WHERE k IN (1, 2, 3, …)`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for statement in inspection.writes() {
        let clause = if let Statement::Select(select) = statement {
            select.table.map(|table| (table, inspection.tree.list(select.relations)))
        } else {
            inspection.written(statement)
        };
        if let Some((table, relations)) = clause {
            findings.extend(of_clause(inspection, table, relations));
        }
    }
}

/// What one WHERE clause names: each value of one column with each of another.
fn of_clause(inspection: &Inspection<'_>, table: QualifiedName, relations: &[Relation]) -> Option<Diagnostic> {
    let mut partitions = 1_usize;
    let mut longest: Option<(usize, Span)> = None;
    let mut doubt: Option<(usize, Span)> = None;
    for relation in relations {
        let Some((values, role)) = named(inspection, table, relation) else { continue };
        match role {
            Some(Role::PartitionKey) => {
                partitions = partitions.saturating_mul(values);
                longest = longest.max(Some((values, relation.span)));
            }
            None => doubt = doubt.max(Some((values, relation.span))),
            Some(Role::ClusteringKey | Role::Static | Role::Regular) => {}
        }
    }
    if let Some((_, span)) = longest.filter(|_| partitions > PARTITIONS) {
        return Some(finding(span, format!("IN names {partitions} partitions"), "one node asks for each of them", Level::Warn));
    }
    let (values, span) = doubt.filter(|(values, _)| *values > PARTITIONS)?;
    let message = format!("IN has {values} values");
    Some(finding(span, message, "each a partition, if this is the partition key", Level::Note))
}

/// How many values an IN gives to a column, and what the column is for.
fn named(inspection: &Inspection<'_>, table: QualifiedName, relation: &Relation) -> Option<(usize, Option<Role>)> {
    let (RelationKind::In, TermKind::Column(column)) = (relation.kind, relation.left.kind) else { return None };
    let [list] = inspection.tree.list(relation.right) else { return None };
    let TermKind::Tuple(values) = list.kind else { return None };
    let known = || inspection.table(table)?.column(&column.value(inspection.text))?.role;
    Some((values.len(), known()))
}

fn finding(span: Span, message: alloc::string::String, label: &str, level: Level) -> Diagnostic {
    let mut finding = Diagnostic::new(&RULE, span, message, label);
    finding.level = level;
    finding.note =
        Some("that node keeps all answers until the last has come: one slow partition makes the whole query late".into());
    finding.help = Some("execute a statement for each partition, several at a time: the driver sends each to its node".to_string());
    finding
}
