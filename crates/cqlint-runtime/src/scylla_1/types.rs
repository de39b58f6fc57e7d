//! The types of columns and bind markers, from the driver's words into ours.

use scylla::cluster::metadata::{CollectionType, ColumnType, NativeType as Native};
use scylla::statement::prepared::PreparedStatement;

use crate::{DataType, MarkerType, NativeType};

/// What the server said of the bind markers when it prepared the statement.
pub(super) fn markers(prepared: &PreparedStatement) -> Vec<MarkerType> {
    let specs = prepared.get_variable_col_specs();
    specs.iter().map(|spec| MarkerType { name: spec.name().to_owned(), data_type: data_type(spec.typ()) }).collect()
}

/// The type; nothing for one that is not known here.
pub(super) fn data_type(of: &ColumnType<'_>) -> Option<DataType> {
    let boxed = |of: &ColumnType<'_>| data_type(of).map(Box::new);
    let (frozen, thawed) = match of {
        ColumnType::Native(of) => (false, DataType::Native(native(of)?)),
        ColumnType::Collection { frozen, typ } => {
            let collection = match typ {
                CollectionType::List(of) => DataType::List(boxed(of)?),
                CollectionType::Set(of) => DataType::Set(boxed(of)?),
                CollectionType::Map(key, value) => DataType::Map(boxed(key)?, boxed(value)?),
                _ => return None,
            };
            (*frozen, collection)
        }
        ColumnType::Vector { typ, .. } => (false, DataType::Vector(boxed(typ)?)),
        ColumnType::UserDefinedType { frozen, definition } => {
            (*frozen, DataType::User(Some(definition.keyspace.to_string()), definition.name.to_string()))
        }
        ColumnType::Tuple(of) => (false, DataType::Tuple(of.iter().map(data_type).collect::<Option<_>>()?)),
        _ => return None,
    };
    Some(if frozen { DataType::Frozen(Box::new(thawed)) } else { thawed })
}

fn native(of: &Native) -> Option<NativeType> {
    Some(match of {
        Native::Ascii => NativeType::Ascii,
        Native::Boolean => NativeType::Boolean,
        Native::Blob => NativeType::Blob,
        Native::Counter => NativeType::Counter,
        Native::Date => NativeType::Date,
        Native::Decimal => NativeType::Decimal,
        Native::Double => NativeType::Double,
        Native::Duration => NativeType::Duration,
        Native::Float => NativeType::Float,
        Native::Int => NativeType::Int,
        Native::BigInt => NativeType::Bigint,
        Native::Text => NativeType::Text,
        Native::Timestamp => NativeType::Timestamp,
        Native::Inet => NativeType::Inet,
        Native::SmallInt => NativeType::Smallint,
        Native::TinyInt => NativeType::Tinyint,
        Native::Time => NativeType::Time,
        Native::Timeuuid => NativeType::Timeuuid,
        Native::Uuid => NativeType::Uuid,
        Native::Varint => NativeType::Varint,
        _ => return None,
    })
}
