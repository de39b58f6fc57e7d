//! The type of a column, apart from the text that it came from.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use cqlint_syntax::Tree;
use cqlint_syntax::ast::{NativeType, Type, TypeKind};

use super::Schema;

/// The type of a column or a field.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each variant is the type that it names")]
pub enum DataType {
    Native(NativeType),
    List(Box<DataType>),
    Set(Box<DataType>),
    Map(Box<DataType>, Box<DataType>),
    Tuple(Vec<DataType>),
    Vector(Box<DataType>),
    Frozen(Box<DataType>),
    /// A user type: its keyspace, when written, and its name.
    User(Option<String>, String),
    /// The name of a Java class.
    Custom(String),
}

impl fmt::Display for DataType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DataType::Native(native) => formatter.write_str(native.text()),
            DataType::List(of) => write!(formatter, "list<{of}>"),
            DataType::Set(of) => write!(formatter, "set<{of}>"),
            DataType::Map(key, value) => write!(formatter, "map<{key}, {value}>"),
            DataType::Tuple(of) => {
                formatter.write_str("tuple<")?;
                for (number, of) in of.iter().enumerate() {
                    let comma = if number == 0 { "" } else { ", " };
                    write!(formatter, "{comma}{of}")?;
                }
                formatter.write_str(">")
            }
            DataType::Vector(of) => write!(formatter, "vector<{of}>"),
            DataType::Frozen(of) => write!(formatter, "frozen<{of}>"),
            DataType::User(Some(keyspace), name) => write!(formatter, "{keyspace}.{name}"),
            DataType::User(None, name) | DataType::Custom(name) => formatter.write_str(name),
        }
    }
}

impl DataType {
    /// Takes a type out of its text.
    #[must_use]
    pub fn read(text: &str, tree: &Tree, of: &Type) -> Option<Self> {
        let inner = |id| tree.get(id).and_then(|inner| Self::read(text, tree, inner)).map(Box::new);
        Some(match of.kind {
            // The two are one type, and some tools write one for the other.
            TypeKind::Native(NativeType::Varchar) => DataType::Native(NativeType::Text),
            TypeKind::Native(native) => DataType::Native(native),
            TypeKind::List(element) => DataType::List(inner(element)?),
            TypeKind::Set(element) => DataType::Set(inner(element)?),
            TypeKind::Map(key, value) => DataType::Map(inner(key)?, inner(value)?),
            TypeKind::Tuple(elements) => {
                DataType::Tuple(tree.list(elements).iter().map(|element| Self::read(text, tree, element)).collect::<Option<_>>()?)
            }
            TypeKind::Vector(element) => DataType::Vector(inner(element)?),
            TypeKind::Frozen(frozen) => DataType::Frozen(inner(frozen)?),
            TypeKind::User(name) => {
                DataType::User(name.keyspace.map(|keyspace| keyspace.value(text).into_owned()), name.name.value(text).into_owned())
            }
            TypeKind::Custom => DataType::Custom(of.span.text(text).to_owned()),
        })
    }

    /// The type without FROZEN around it.
    #[must_use]
    pub fn thawed(&self) -> &Self {
        match self {
            DataType::Frozen(inner) => inner.thawed(),
            DataType::Native(_)
            | DataType::List(_)
            | DataType::Set(_)
            | DataType::Map(..)
            | DataType::Tuple(_)
            | DataType::Vector(_)
            | DataType::User(..)
            | DataType::Custom(_) => self,
        }
    }

    /// Whether a timestamp can be in a value of this type. What is not known may hold one.
    #[must_use]
    pub(crate) fn may_hold_timestamp(&self, schema: &Schema, keyspace: Option<&str>) -> bool {
        self.may_hold(schema, keyspace, 8)
    }

    fn may_hold(&self, schema: &Schema, keyspace: Option<&str>, depth: u8) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        let inner = |of: &DataType| of.may_hold(schema, keyspace, depth);
        match self {
            DataType::Native(native) => *native == NativeType::Timestamp,
            DataType::List(of) | DataType::Set(of) | DataType::Vector(of) | DataType::Frozen(of) => inner(of),
            DataType::Map(key, value) => inner(key) || inner(value),
            DataType::Tuple(of) => of.iter().any(inner),
            DataType::User(own, name) => match schema.fields(own.as_deref().or(keyspace), name) {
                Some(fields) => fields.into_iter().any(inner),
                None => true,
            },
            DataType::Custom(_) => true,
        }
    }

    /// Whether an assignment of the whole value writes each element by itself: a list that is not frozen.
    #[must_use]
    pub(crate) fn is_list(&self) -> bool {
        matches!(self, DataType::List(_))
    }
}
