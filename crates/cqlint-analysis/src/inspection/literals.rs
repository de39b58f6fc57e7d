//! Whether a literal fits a type. What the server accepts fits, and so does whatever nobody knows.

use alloc::format;
use alloc::string::{String, ToString};

use cqlint_syntax::ast::{Entry, Literal, NativeType, Term, TermKind};
use cqlint_syntax::{List, Span};

use super::{Inspection, Wanted};
use crate::DataType;
use crate::schema::Table;

mod forms;

/// A literal that does not fit.
#[derive(Clone, Debug)]
pub(crate) struct Misfit {
    /// The literal, or the part of it that does not fit.
    pub(crate) span: Span,
    /// What is wanted there: "a number of the type `int`".
    pub(crate) wanted: String,
}

impl<'a> Inspection<'a> {
    /// The first part of a value that does not fit.
    pub(crate) fn misfit(&self, value: &Term, wanted: Wanted<'a>, table: &'a Table) -> Option<Misfit> {
        match wanted {
            Wanted::Type(of) => self.part(value, of, table),
            Wanted::Keys(key) => {
                if self.has_hole(value.span) {
                    return None;
                }
                if let TermKind::Set(elements) = value.kind {
                    return self.parts(elements, key, table);
                }
                let is_other = matches!(value.kind, TermKind::Map(_) | TermKind::List(_));
                is_other.then(|| Misfit { span: value.span, wanted: format!("a set of keys: `set<{key}>`") })
            }
        }
    }

    fn part(&self, value: &Term, of: &'a DataType, table: &'a Table) -> Option<Misfit> {
        // The program may put in more than one value.
        if self.has_hole(value.span) {
            return None;
        }
        let of = of.thawed();
        let misfit = || Some(Misfit { span: value.span, wanted: format!("a value of the type `{of}`") });
        match value.kind {
            TermKind::Literal(literal) => self.constant(value, literal, of),
            TermKind::List(elements) => match of {
                DataType::List(of) | DataType::Vector(of) => self.parts(elements, of, table),
                DataType::Custom(_) => None,
                DataType::User(..) if self.is_unknown(of, table) => None,
                DataType::Native(_)
                | DataType::Set(_)
                | DataType::Map(..)
                | DataType::Tuple(_)
                | DataType::User(..)
                | DataType::Frozen(_) => misfit(),
            },
            TermKind::Set(elements) => match of {
                DataType::Set(of) => self.parts(elements, of, table),
                DataType::Map(..) if elements.is_empty() => None,
                DataType::Custom(_) => None,
                DataType::User(..) if elements.is_empty() || self.is_unknown(of, table) => None,
                DataType::Native(_)
                | DataType::List(_)
                | DataType::Map(..)
                | DataType::Vector(_)
                | DataType::Tuple(_)
                | DataType::User(..)
                | DataType::Frozen(_) => misfit(),
            },
            TermKind::Map(entries) => self.entries(value, entries, of, table),
            TermKind::Tuple(elements) => match (self.tree.list(elements), of) {
                (elements, DataType::Tuple(types)) => {
                    if elements.len() > types.len() {
                        return misfit();
                    }
                    elements.iter().zip(types).find_map(|(element, of)| self.part(element, of, table))
                }
                // Plain brackets.
                ([only], _) => self.part(only, of, table),
                // The server has its own way to fail with these.
                (_, DataType::User(..) | DataType::Custom(_) | DataType::Frozen(_)) => None,
                (_, DataType::Native(_) | DataType::List(_) | DataType::Set(_) | DataType::Map(..) | DataType::Vector(_)) => {
                    misfit()
                }
            },
            // What they are worth is not in the text.
            TermKind::Marker
            | TermKind::Column(_)
            | TermKind::Star
            | TermKind::Call(_)
            | TermKind::Cast(..)
            | TermKind::TypeHint(..)
            | TermKind::Negate(_)
            | TermKind::Arithmetic(_)
            | TermKind::Access(_) => None,
        }
    }

    fn parts(&self, elements: List<Term>, of: &'a DataType, table: &'a Table) -> Option<Misfit> {
        self.tree.list(elements).iter().find_map(|element| self.part(element, of, table))
    }

    /// `{k: v}`, or `{field: v}` of a user type.
    fn entries(&self, value: &Term, entries: List<Entry>, of: &'a DataType, table: &'a Table) -> Option<Misfit> {
        let entries = self.tree.list(entries);
        let has_fields = entries.iter().any(|entry| matches!(entry.key.kind, TermKind::Column(_)));
        match of {
            DataType::Map(key, of) if !has_fields => {
                entries.iter().find_map(|entry| self.part(&entry.key, key, table).or_else(|| self.part(&entry.value, of, table)))
            }
            DataType::User(keyspace, name) => {
                let fields = self.fields(keyspace.as_deref(), name, table)?;
                entries.iter().find_map(|entry| {
                    let TermKind::Column(field) = entry.key.kind else {
                        return Some(Misfit {
                            span: entry.key.span,
                            wanted: format!("a field of the type `{of}`, without quotes"),
                        });
                    };
                    match fields.get(field.value(self.text).as_ref()) {
                        Some(of) => self.part(&entry.value, of.as_ref()?, table),
                        None => Some(Misfit { span: field.span, wanted: format!("a field of the type `{of}`") }),
                    }
                })
            }
            DataType::Custom(_) => None,
            DataType::Native(_)
            | DataType::List(_)
            | DataType::Set(_)
            | DataType::Map(..)
            | DataType::Vector(_)
            | DataType::Tuple(_)
            | DataType::Frozen(_) => Some(Misfit { span: value.span, wanted: format!("a value of the type `{of}`") }),
        }
    }

    fn is_unknown(&self, of: &DataType, table: &'a Table) -> bool {
        let DataType::User(keyspace, name) = of else { return false };
        self.fields(keyspace.as_deref(), name, table).is_none()
    }

    fn constant(&self, value: &Term, literal: Literal, of: &DataType) -> Option<Misfit> {
        let wanted = match of {
            _ if literal == Literal::Null => return None,
            DataType::Native(native) if takes(*native, literal) => {
                forms::wrong_form(self.text_of(value.span), literal, *native)?.to_string()
            }
            // Strings and numbers are read as texts of tuples.
            DataType::Tuple(_) | DataType::Custom(_) | DataType::Frozen(_) | DataType::User(..) => return None,
            DataType::Native(_) | DataType::List(_) | DataType::Set(_) | DataType::Map(..) | DataType::Vector(_) => {
                format!("a value of the type `{of}`")
            }
        };
        Some(Misfit { span: value.span, wanted })
    }
}

/// Whether the server takes constants of this kind for the type.
fn takes(native: NativeType, literal: Literal) -> bool {
    match literal {
        Literal::Null => true,
        Literal::String => matches!(
            native,
            NativeType::Ascii
                | NativeType::Text
                | NativeType::Varchar
                | NativeType::Inet
                | NativeType::Date
                | NativeType::Time
                | NativeType::Timestamp
        ),
        Literal::Integer => matches!(
            native,
            NativeType::Bigint
                | NativeType::Counter
                | NativeType::Date
                | NativeType::Decimal
                | NativeType::Double
                | NativeType::Duration
                | NativeType::Float
                | NativeType::Int
                | NativeType::Smallint
                | NativeType::Time
                | NativeType::Timestamp
                | NativeType::Tinyint
                | NativeType::Varint
        ),
        Literal::Float => matches!(native, NativeType::Decimal | NativeType::Double | NativeType::Float),
        Literal::Boolean => native == NativeType::Boolean,
        // For a tinyint, too: Cassandra takes what nobody has decided otherwise.
        Literal::Blob => matches!(native, NativeType::Blob | NativeType::Tinyint),
        Literal::Uuid => matches!(native, NativeType::Uuid | NativeType::Timeuuid),
        Literal::Duration => native == NativeType::Duration,
    }
}
