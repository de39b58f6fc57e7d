//! The bind markers of a text: what each goes by, and its type.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::ast::{InsertSource, Name, Relation, Term, TermKind, Using, Write};
use cqlint_syntax::{Span, Statement};

use crate::inspection::Inspection;
use crate::{DataType, Options, slots};

/// A bind marker.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// Where it stands.
    pub span: Span,
    /// Its own name, or that of the column that its value is put into or compared with, or `limit`, `ttl`, `timestamp`; nothing
    /// for the argument of a function.
    pub name: Option<String>,
    /// Its type; nothing when nobody knows.
    pub data_type: Option<DataType>,
}

/// The bind markers of a text, in the order of their places.
///
/// ```
/// use cqlint_analysis::{markers, Options, Schema};
///
/// let schema = Schema::from_text("CREATE TABLE users (id uuid PRIMARY KEY, tags set<text>)");
/// let options = Options { schema: Some(&schema), ..Options::default() };
/// let found = markers("UPDATE users USING TTL ? SET tags = tags + ? WHERE id = :user", &options);
/// let names: Vec<_> = found.iter().filter_map(|marker| marker.name.as_deref()).collect();
/// let types: Vec<_> = found.iter().filter_map(|marker| marker.data_type.as_ref()).map(ToString::to_string).collect();
/// assert_eq!((names.as_slice(), types.as_slice()), (&["ttl", "tags", "user"][..], &["int", "set<text>", "uuid"].map(String::from)[..]));
/// ```
#[must_use]
pub fn markers(text: &str, options: &Options<'_>) -> Vec<Marker> {
    let typed = slots(text, options);
    let mut found = Vec::new();
    Inspection::each(text, options, |inspection| {
        let owners = inspection.owners();
        found.extend(inspection.markers().into_iter().map(|span| {
            let slot = typed.iter().find(|slot| slot.is_marker && slot.span == span);
            let name = own_name(span.text(text)).or_else(|| owner(&owners, span));
            Marker { span, name, data_type: slot.and_then(|slot| slot.data_type.clone()) }
        }));
    });
    found
}

/// `:name`, `:"Name"`: as the server tells it.
fn own_name(marker: &str) -> Option<String> {
    let name = marker.strip_prefix(':')?.trim_start();
    let quoted = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    Some(quoted.map_or_else(|| name.to_ascii_lowercase(), |name| name.replace("\"\"", "\"")))
}

/// A place, and what the values in it belong to.
type Owner = (Span, String);

/// What the marker belongs to: the smallest place that holds it.
fn owner(owners: &[Owner], marker: Span) -> Option<String> {
    let around = owners.iter().filter(|(place, _)| place.start <= marker.start && marker.end <= place.end);
    around.min_by_key(|(place, _)| place.end - place.start).map(|(_, name)| name.clone())
}

impl Inspection<'_> {
    fn owners(&self) -> Vec<Owner> {
        let mut owners = Vec::new();
        if let Statement::Batch(batch) = self.statement {
            self.using(batch.using, &mut owners);
        }
        self.writes().iter().for_each(|member| self.owners_in(member, &mut owners));
        owners
    }

    fn owners_in(&self, statement: &Statement, owners: &mut Vec<Owner>) {
        if let Statement::Select(select) = statement {
            for (limit, name) in [(select.limit, "limit"), (select.per_partition_limit, "per_partition_limit")] {
                owners.extend(limit.and_then(|limit| self.tree.get(limit)).map(|limit| (limit.span, name.to_owned())));
            }
        }
        match statement.write() {
            Some(Write::Insert(insert)) => {
                self.using(insert.using, owners);
                match insert.source {
                    InsertSource::Values(values) => {
                        let columns = self.tree.list(insert.columns).iter();
                        let values = self.tree.list(values).iter();
                        owners.extend(columns.zip(values).map(|(column, value)| self.owned(value.span, *column)));
                    }
                    InsertSource::Json(json) => owners.extend(self.tree.get(json).map(|json| (json.span, "json".to_owned()))),
                }
            }
            Some(Write::Update(update)) => {
                self.using(update.using, owners);
                let assignments = self.tree.list(update.assignments).iter();
                owners.extend(assignments.map(|assignment| self.owned(assignment.span, assignment.column)));
            }
            Some(Write::Delete(delete)) => {
                self.using(delete.using, owners);
                let selection = self.tree.list(delete.selection).iter();
                owners.extend(selection.map(|deletion| self.owned(deletion.span, deletion.column)));
            }
            None => {}
        }
        self.relations(statement, &mut |relation| self.compared_column(relation, owners));
    }

    fn owned(&self, span: Span, column: Name) -> Owner {
        (span, column.value(self.text).into_owned())
    }

    fn using(&self, using: Using, owners: &mut Vec<Owner>) {
        for (value, name) in [(using.timestamp, "timestamp"), (using.ttl, "ttl")] {
            owners.extend(value.and_then(|value| self.tree.get(value)).map(|value| (value.span, name.to_owned())));
        }
    }

    fn compared_column(&self, relation: &Relation, owners: &mut Vec<Owner>) {
        // `token(k) > ?` belongs to no single column.
        if let TermKind::Tuple(columns) = relation.left.kind {
            let columns = self.tree.list(columns);
            self.tree.list(relation.right).iter().for_each(|row| self.named_row(columns, row, owners));
        } else if let Some(column) = self.column_of(&relation.left) {
            owners.push(self.owned(relation.span, column));
        }
    }

    /// `c`, and also `c[1]` and `c.field`.
    fn column_of(&self, left: &Term) -> Option<Name> {
        let inner = if let TermKind::Access(access) = left.kind { self.tree.get(access)?.of } else { *left };
        if let TermKind::Column(column) = inner.kind { Some(column) } else { None }
    }

    /// `(a, b) = (?, ?)`, and the rows of `(a, b) IN ((?, ?), (?, ?))`.
    fn named_row(&self, columns: &[Term], row: &Term, owners: &mut Vec<Owner>) {
        let TermKind::Tuple(values) = row.kind else { return };
        let values = self.tree.list(values);
        values.iter().for_each(|value| self.named_row(columns, value, owners));
        for (column, value) in columns.iter().zip(values) {
            if let (TermKind::Column(column), false) = (column.kind, matches!(value.kind, TermKind::Tuple(_))) {
                owners.push(self.owned(value.span, column));
            }
        }
    }
}
