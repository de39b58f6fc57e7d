//! `counter-write`: a write that counters do not take.

use alloc::vec::Vec;

use cqlint_syntax::ast::{AssignmentKind, Condition, Using};
use cqlint_syntax::{Span, Statement, Tree};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `counter_write.md`.
pub(crate) static RULE: Rule = Rule {
    name: "counter-write",
    summary: "a write that counters do not take: INSERT, a value that is set, a TTL, a condition",
    docs: include_str!("counter_write.md"),
    level: Level::Error,
    group: "schema",
    asks: Asks::Statement(check),
};

fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for statement in inspection.of_rows() {
        if !inspection.whole_table_of(statement).is_some_and(crate::Table::has_counters) {
            continue;
        }
        let mut report = |at: Span, message: &str, help: &str| {
            let mut finding = Diagnostic::new(&RULE, at, message.into(), "counters do not take it");
            finding.note = Some("the server refuses the statement".into());
            finding.help = Some(help.into());
            findings.push(finding);
        };
        if let Statement::Insert(insert) = statement {
            report(insert.table.span(), "an INSERT into a table of counters", "use UPDATE with `c = c + 1`: it makes the row, too");
        }
        if let Statement::Update(update) = statement {
            using(inspection.tree, update.using, &mut report);
            condition(update.condition, &mut report);
            for assignment in inspection.tree.list(update.assignments) {
                let is_set = matches!(assignment.kind, AssignmentKind::Set | AssignmentKind::Prepend);
                if is_set && inspection.is_counter(statement, assignment.column) {
                    report(assignment.span, "a counter is set", "add to it: `c = c + 1`");
                }
            }
        }
        if let Statement::Delete(delete) = statement {
            using(inspection.tree, delete.using, &mut report);
            condition(delete.condition, &mut report);
        }
    }
}

fn using(tree: &Tree, using: Using, report: &mut impl FnMut(Span, &str, &str)) {
    for value in [using.ttl, using.timestamp].into_iter().flatten() {
        if let Some(value) = tree.get(value) {
            report(value.span, "a write of counters with its own TTL or timestamp", "leave USING out");
        }
    }
}

fn condition(condition: Condition, report: &mut impl FnMut(Span, &str, &str)) {
    if let Some(at) = condition.span() {
        report(at, "a condition on a write of counters", "leave IF out, or keep the number in a column of the type bigint");
    }
}
