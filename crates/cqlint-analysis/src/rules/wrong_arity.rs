//! `wrong-arity`: more or fewer values than there is room for.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Insert, InsertSource, Relation, RelationKind, Term, TermKind};
use cqlint_syntax::{Span, Statement};

use crate::functions::arguments;
use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `wrong_arity.md`.
pub(crate) static RULE: Rule = Rule {
    name: "wrong-arity",
    summary: "more or fewer values, elements or arguments than are wanted",
    docs: include_str!("wrong_arity.md"),
    level: Level::Error,
    group: "schema",
    asks: Asks::Statement(check),
};

fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for statement in inspection.of_rows() {
        if let Statement::Insert(insert) = statement {
            findings.extend(insertion(inspection, insert));
        }
        inspection.relations(statement, &mut |relation| row(inspection, relation, findings));
        inspection.terms(statement, &mut |term| findings.extend(call(inspection, term)));
    }
}

/// Columns and values of an INSERT.
fn insertion(inspection: &Inspection<'_>, insert: &Insert) -> Option<Diagnostic> {
    let InsertSource::Values(values) = insert.source else { return None };
    let (columns, values) = (inspection.tree.list(insert.columns), inspection.tree.list(values));
    // The program may put in several at once.
    if columns.len() == values.len() || inspection.is_open() || inspection.has_hole(inspection.span) {
        return None;
    }
    let last = values.last()?;
    let at = values.first()?.span.to(last.span);
    Some(finding(at, "as many values as columns", columns.len(), values.len()))
}

/// `(a, b) = (1, 2)`, `(a, b) IN ((1, 2), (3, 4))`.
fn row(inspection: &Inspection<'_>, relation: &Relation, findings: &mut Vec<Diagnostic>) {
    let TermKind::Tuple(columns) = relation.left.kind else { return };
    let mut row = |row: &Term| {
        let TermKind::Tuple(values) = row.kind else { return };
        if values.len() != columns.len() && !inspection.has_hole(relation.span) {
            findings.push(finding(row.span, "a value for each column of the tuple", columns.len(), values.len()));
        }
    };
    for right in inspection.tree.list(relation.right) {
        match (right.kind, relation.kind) {
            (TermKind::Tuple(all), RelationKind::In | RelationKind::NotIn) => {
                inspection.tree.list(all).iter().for_each(&mut row);
            }
            _ => row(right),
        }
    }
}

/// The arguments of a native function.
fn call(inspection: &Inspection<'_>, term: &Term) -> Option<Diagnostic> {
    let TermKind::Call(call) = term.kind else { return None };
    let call = inspection.tree.get(call)?;
    let schema = inspection.options.schema?;
    let wanted = arguments(call.function.name, inspection.text)?;
    let count = call.arguments.len();
    if wanted.contains(&count) || call.function.keyspace.is_some() || inspection.has_hole(term.span) {
        return None;
    }
    // A function of the same name may take others.
    let name = call.function.name.value(inspection.text);
    if schema.beyond().functions || schema.function_names().any(|known| known == name) {
        return None;
    }
    let what = format!("arguments for `{name}`");
    let number = if count < *wanted.start() { *wanted.start() } else { *wanted.end() };
    Some(finding(term.span, &what, number, count))
}

fn finding(at: Span, what: &str, wanted: usize, found: usize) -> Diagnostic {
    let message = format!("{what}: {wanted} wanted, {found} found");
    let mut finding = Diagnostic::new(&RULE, at, message, if found < wanted { "too few" } else { "too many" });
    finding.note = Some("the server refuses the statement".into());
    finding.help = Some(String::from("count both sides"));
    finding
}
