//! The places of a statement that values are bound to or written in, and the types that they have there.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::ast::{InsertSource, NativeType, RelationKind, Term, TermKind, Using};
use cqlint_syntax::{Id, Span, Statement};

use crate::inspection::{Inspection, Wanted};
use crate::{DataType, Options};

/// A bind marker, or a value that an INSERT puts into a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Where it stands.
    pub span: Span,
    /// Its type; nothing when nobody knows.
    pub data_type: Option<DataType>,
    /// The column that an INSERT puts it into.
    pub column: Option<String>,
    /// Whether it is a bind marker.
    pub is_marker: bool,
}

/// The slots of a text, in the order of their places: what the schema tells of them, and of those that have one type always, as
/// that of LIMIT.
///
/// ```
/// use cqlint_analysis::{slots, Options, Schema};
///
/// let schema = Schema::from_text("CREATE TABLE users (id uuid PRIMARY KEY, tags set<text>)");
/// let options = Options { schema: Some(&schema), ..Options::default() };
/// let found = slots("SELECT id FROM users WHERE id = ? AND tags CONTAINS ? LIMIT ?", &options);
/// let types: Vec<_> = found.iter().filter_map(|slot| slot.data_type.as_ref()).map(ToString::to_string).collect();
/// assert_eq!(types, ["uuid", "text", "int"]);
/// ```
#[must_use]
pub fn slots(text: &str, options: &Options<'_>) -> Vec<Slot> {
    let mut found = Vec::new();
    Inspection::each(text, options, |inspection| {
        if let Statement::Batch(batch) = inspection.statement {
            inspection.using_slots(batch.using, &mut found);
        }
        inspection.of_rows().iter().for_each(|member| inspection.slots(member, &mut found));
    });
    found.sort_by_key(|slot| slot.span);
    found
}

impl Inspection<'_> {
    fn slots(&self, statement: &Statement, found: &mut Vec<Slot>) {
        let first = found.len();
        if let Some(table) = self.whole_table_of(statement) {
            let lists = self.markers_of_lists(statement);
            self.values(statement, table, &mut |value, wanted| {
                let of = match wanted {
                    Wanted::Type(of) if lists.contains(&value.span) => DataType::List(Box::new(of.clone())),
                    Wanted::Type(of) => of.clone(),
                    Wanted::Keys(key) => DataType::Set(Box::new(key.clone())),
                };
                self.markers_in(value, &of, found);
            });
        }
        self.inserted(statement, first, found);
        match statement {
            Statement::Select(select) => {
                for limit in [select.limit, select.per_partition_limit] {
                    self.native_slot(limit, NativeType::Int, found);
                }
            }
            Statement::Insert(insert) => self.using_slots(insert.using, found),
            Statement::Update(update) => self.using_slots(update.using, found),
            Statement::Delete(delete) => self.using_slots(delete.using, found),
            Statement::Batch(_)
            | Statement::Transaction(_)
            | Statement::Truncate(_)
            | Statement::PruneView(_)
            | Statement::Use(_)
            | Statement::Describe(_)
            | Statement::List(_)
            | Statement::CreateTable(_)
            | Statement::AlterTable(_)
            | Statement::CreateType(_)
            | Statement::CreateFunction(_)
            | Statement::Definition(_)
            | Statement::Grant(_)
            | Statement::Revoke(_) => {}
        }
    }

    fn using_slots(&self, using: Using, found: &mut Vec<Slot>) {
        self.native_slot(using.timestamp, NativeType::Bigint, found);
        self.native_slot(using.ttl, NativeType::Int, found);
    }

    fn native_slot(&self, value: Option<Id<Term>>, of: NativeType, found: &mut Vec<Slot>) {
        if let Some(value) = value.and_then(|value| self.tree.get(value)) {
            self.markers_in(value, &DataType::Native(of), found);
        }
    }

    /// The markers behind IN that stand for whole lists.
    fn markers_of_lists(&self, statement: &Statement) -> Vec<Span> {
        let mut lists = Vec::new();
        self.relations(statement, &mut |relation| {
            if matches!(relation.kind, RelationKind::In | RelationKind::NotIn) {
                lists.extend(self.tree.list(relation.right).iter().map(|right| right.span));
            }
        });
        lists
    }

    /// The bind markers in a value of a type: itself, or what stands in its brackets.
    fn markers_in(&self, value: &Term, of: &DataType, found: &mut Vec<Slot>) {
        match (value.kind, of.thawed()) {
            (TermKind::Marker, _) => {
                found.push(Slot { span: value.span, data_type: Some(of.clone()), column: None, is_marker: true });
            }
            (TermKind::List(values), DataType::List(of) | DataType::Vector(of)) | (TermKind::Set(values), DataType::Set(of)) => {
                self.tree.list(values).iter().for_each(|value| self.markers_in(value, of, found));
            }
            (TermKind::Map(entries), DataType::Map(key, of)) => {
                for entry in self.tree.list(entries) {
                    self.markers_in(&entry.key, key, found);
                    self.markers_in(&entry.value, of, found);
                }
            }
            (TermKind::Tuple(values), DataType::Tuple(types)) => {
                for (value, of) in self.tree.list(values).iter().zip(types) {
                    self.markers_in(value, of, found);
                }
            }
            (
                TermKind::List(_)
                | TermKind::Set(_)
                | TermKind::Map(_)
                | TermKind::Tuple(_)
                | TermKind::Literal(_)
                | TermKind::Column(_)
                | TermKind::Star
                | TermKind::Call(_)
                | TermKind::Cast(..)
                | TermKind::TypeHint(..)
                | TermKind::Negate(_)
                | TermKind::Arithmetic(_)
                | TermKind::Access(_),
                _,
            ) => {}
        }
    }

    /// Says of the values of an INSERT which columns they go into, those that are no markers, too.
    fn inserted(&self, statement: &Statement, first: usize, found: &mut Vec<Slot>) {
        let Statement::Insert(insert) = statement else { return };
        let InsertSource::Values(values) = insert.source else { return };
        // Else nobody knows which value is whose.
        if insert.columns.len() != values.len() {
            return;
        }
        for (column, value) in self.tree.list(insert.columns).iter().zip(self.tree.list(values)) {
            let column = self.known_name(*column).map(alloc::borrow::Cow::into_owned);
            let known = found.iter_mut().skip(first).find(|slot| slot.span == value.span);
            match known {
                Some(slot) => slot.column = column,
                None => {
                    let is_marker = matches!(value.kind, TermKind::Marker);
                    found.push(Slot { span: value.span, data_type: None, column, is_marker });
                }
            }
        }
    }
}
