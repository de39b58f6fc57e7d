//! A statement before it is sent: with holes for the partition key and for values, which become literals or bind markers.

use scylla::frame::response::result::{ColumnType, NativeType};

use super::values;
use crate::cassandra::Value;
use crate::grammar::Random;

/// A piece of a statement.
#[derive(Clone)]
enum Piece {
    Text(String),
    /// The partition that belongs to this execution alone.
    Key,
    Marker(ColumnType<'static>),
    /// A time to live: long enough, or none.
    Seconds,
    /// A row as JSON: a string, or a bind marker. Its `{k}` is the partition key.
    Json(String),
}

/// A statement or a part of one.
#[derive(Clone, Default)]
pub(crate) struct Draft(Vec<Piece>);

impl Draft {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(vec![Piece::Text(text.into())])
    }

    pub(crate) fn key() -> Self {
        Self(vec![Piece::Key])
    }

    pub(crate) fn marker(typ: ColumnType<'static>) -> Self {
        Self(vec![Piece::Marker(typ)])
    }

    pub(crate) fn seconds() -> Self {
        Self(vec![Piece::Seconds])
    }

    pub(crate) fn json(row: String) -> Self {
        Self(vec![Piece::Json(row)])
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.0.push(Piece::Text(text.to_owned()));
        self
    }

    pub(crate) fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Several with something in between.
    pub(crate) fn join(drafts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let joined = drafts.into_iter().reduce(|all, next| all.text(between).then(next));
        joined.unwrap_or_default()
    }

    /// With a literal for each bind marker.
    pub(crate) fn with_literals(&self, random: &mut Random) -> Self {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Marker(typ) => Piece::Text(values::literal(typ, random)),
            Piece::Seconds => Piece::Text((*random.pick(&["0", "1000"])).to_owned()),
            other => other.clone(),
        });
        Self(pieces.collect())
    }

    /// The text for one partition. Bind markers stay.
    pub(crate) fn for_partition(&self, key: i32) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Key => key.to_string(),
            Piece::Marker(_) | Piece::Seconds => "?".to_owned(),
            Piece::Json(row) => format!("'{}'", row.replace("{k}", &key.to_string())),
        });
        pieces.collect()
    }

    /// The text to prepare: all holes are bind markers.
    pub(crate) fn prepared(&self) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            _ => "?",
        });
        pieces.collect()
    }

    /// A value for each hole of [`prepared`](Self::prepared). `plain` keeps away null, unset and empty ones.
    pub(crate) fn values(&self, key: i32, plain: bool, random: &mut Random) -> Vec<Value> {
        let values = self.0.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Key => Some(Value::Bytes(key.to_be_bytes().into())),
            Piece::Seconds => Some(match random.below(6) {
                0 if !plain => Value::Null,
                1 if !plain => Value::Unset,
                2 => Value::Bytes(vec![0; 4]),
                _ => Value::Bytes(1000_i32.to_be_bytes().into()),
            }),
            Piece::Marker(typ) if plain => Some(Value::Bytes(values::bytes(typ, random))),
            Piece::Marker(typ) => Some(values::bound(typ, random)),
            Piece::Json(row) => Some(Value::Bytes(row.replace("{k}", &key.to_string()).into_bytes())),
        });
        values.collect()
    }

    /// The types of the holes of [`prepared`](Self::prepared).
    pub(crate) fn types(&self) -> Vec<ColumnType<'static>> {
        let types = self.0.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Key | Piece::Seconds => Some(ColumnType::Native(NativeType::Int)),
            Piece::Marker(typ) => Some(typ.clone()),
            Piece::Json(_) => Some(ColumnType::Native(NativeType::Text)),
        });
        types.collect()
    }
}
