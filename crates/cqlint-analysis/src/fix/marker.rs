//! Bind markers: for a value that the server makes, and what a new one is called.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;

use cqlint_syntax::ast::{AssignmentKind, Condition, InsertSource, Name, QualifiedName, Relation, Target, Term, TermKind, Write};
use cqlint_syntax::{List, Span, Statement};

use super::{Edit, Fix, Safety};
use crate::inspection::Inspection;
use crate::{Certainty, DataType, Hazard};

/// A value of a write.
#[derive(Clone, Copy)]
struct Value<'a> {
    term: &'a Term,
    table: QualifiedName,
    /// The column that it is for.
    column: Option<Name>,
    /// Whether the column has its type.
    is_whole: bool,
}

/// Binds the value that the hazard is in. The client has to supply it: so this is unsafe.
pub(crate) fn bind(inspection: &Inspection<'_>, hazard: &Hazard) -> Option<Fix> {
    if hazard.certainty != Certainty::Certain || inspection.is_open() {
        return None;
    }
    let value = inspection.writes().iter().find_map(|write| find(inspection, write, hazard.span))?;
    let place = value.term.span;
    // What is bound inside it would have to be put together by the client.
    if inspection.markers().iter().any(|marker| holds(place, *marker)) {
        return None;
    }
    let name = value.column.map_or("value", |column| inspection.text_of(column.span));
    let (marker, bound) = new(inspection, place.start, name)?;
    let message = format!("bind {}, which the client makes, as {bound}", described(inspection, value));
    Some(Fix { message, edits: vec![Edit { span: place, text: marker }], safety: Safety::Unsafe })
}

/// A marker for this place, with a name or without as the statement has them; and what it is bound as. Nothing when the statement
/// has both kinds, or this name already.
pub(super) fn new(inspection: &Inspection<'_>, at: u32, name: &str) -> Option<(String, String)> {
    let markers = inspection.markers();
    let is_named = |marker: &&Span| inspection.text_of(**marker).starts_with(':');
    match markers.iter().filter(is_named).count() {
        0 => {
            let number = markers.iter().filter(|marker| marker.start < at).count() + 1;
            Some(("?".to_string(), format!("value {number}")))
        }
        all if all == markers.len() => {
            let marker = format!(":{name}");
            let is_taken = markers.iter().any(|own| inspection.text_of(*own).eq_ignore_ascii_case(&marker));
            let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            (is_plain && !is_taken).then(|| (marker, format!("`{name}`")))
        }
        _ => None,
    }
}

/// The value of a write that this place is in, as far as a marker may stand for it.
fn find<'a>(inspection: &Inspection<'a>, write: &'a Statement, at: Span) -> Option<Value<'a>> {
    let tree = inspection.tree;
    let is_it = |term: &&Term| holds(term.span, at);
    match write.write() {
        Some(Write::Insert(insert)) => {
            // The text of a JSON is no value of a column.
            let InsertSource::Values(values) = insert.source else { return None };
            let mut columns = tree.list(insert.columns).iter().zip(tree.list(values));
            let (column, term) = columns.find(|(_, term)| is_it(term))?;
            Some(Value { term, table: insert.table, column: Some(*column), is_whole: true })
        }
        Some(Write::Update(update)) => {
            let value = |term, column, is_whole| Value { term, table: update.table, column: Some(column), is_whole };
            let mut assignments = tree.list(update.assignments).iter();
            let assigned = assignments.find_map(|assignment| {
                if holds(assignment.value.span, at) {
                    let is_whole = assignment.kind == AssignmentKind::Set && matches!(assignment.target, Target::Column);
                    return Some(value(&assignment.value, assignment.column, is_whole));
                }
                let index = element(inspection, assignment.target).filter(is_it)?;
                Some(value(index, assignment.column, false))
            });
            assigned
                .or_else(|| restricted(inspection, update.relations, update.table, at))
                .or_else(|| asked(inspection, update.condition, update.table, at))
        }
        Some(Write::Delete(delete)) => {
            let mut deleted = tree.list(delete.selection).iter();
            let index = deleted.find_map(|deletion| Some((element(inspection, deletion.target).filter(is_it)?, deletion.column)));
            index
                .map(|(term, column)| Value { term, table: delete.table, column: Some(column), is_whole: false })
                .or_else(|| restricted(inspection, delete.relations, delete.table, at))
                .or_else(|| asked(inspection, delete.condition, delete.table, at))
        }
        None => None,
    }
}

fn element<'a>(inspection: &Inspection<'a>, target: Target) -> Option<&'a Term> {
    match target {
        Target::Element(index) | Target::TimeuuidIndex(index) => inspection.tree.get(index),
        Target::Column | Target::Field(_) => None,
    }
}

fn asked<'a>(inspection: &Inspection<'a>, condition: Condition, table: QualifiedName, at: Span) -> Option<Value<'a>> {
    match condition {
        Condition::None | Condition::Exists(_) => None,
        Condition::If(_, relations) => restricted(inspection, relations, table, at),
    }
}

/// The value on the right side of a relation; one of several where there are several.
fn restricted<'a>(inspection: &Inspection<'a>, relations: List<Relation>, table: QualifiedName, at: Span) -> Option<Value<'a>> {
    let mut relations = inspection.tree.list(relations).iter();
    relations.find_map(|relation| {
        let mut term = inspection.tree.list(relation.right).iter().find(|term| holds(term.span, at))?;
        while let TermKind::Tuple(elements) = term.kind {
            term = inspection.tree.list(elements).iter().find(|term| holds(term.span, at))?;
        }
        let column = if let TermKind::Column(column) = relation.left.kind { Some(column) } else { None };
        Some(Value { term, table, column, is_whole: column.is_some() })
    })
}

/// What the client makes: "the `timeuuid`", when that is known.
fn described(inspection: &Inspection<'_>, value: Value<'_>) -> Cow<'static, str> {
    let column = value.column.filter(|_| value.is_whole);
    let known = column.and_then(|column| inspection.table(value.table)?.column(&column.value(inspection.text))?.data_type);
    let of = match (known.map(DataType::thawed), value.term.kind) {
        (Some(DataType::Native(native)), _) => native.text(),
        (_, TermKind::Call(call)) => {
            match inspection.tree.get(call).map(|call| call.function.name.value(inspection.text)).as_deref() {
                Some("now" | "current_timeuuid" | "currenttimeuuid") => "timeuuid",
                Some("uuid") => "uuid",
                Some("current_timestamp" | "currenttimestamp") => "timestamp",
                Some("current_date" | "currentdate") => "date",
                Some("current_time" | "currenttime") => "time",
                Some(_) | None => return "the value".into(),
            }
        }
        (_, TermKind::Literal(_)) => "timestamp",
        _ => return "the value".into(),
    };
    format!("the `{of}`").into()
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
