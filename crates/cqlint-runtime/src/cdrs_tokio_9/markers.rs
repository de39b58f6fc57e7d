//! The types that the server gave bind markers, in the words of the analysis.

use cdrs_tokio::frame::message_result::{ColSpec, ColType, ColTypeOption, ColTypeOptionValue};

use crate::{DataType, MarkerType, NativeType};

/// What protocols without a type of their own for vectors call one.
const VECTOR: &str = "org.apache.cassandra.db.marshal.VectorType";

/// What the server said of the bind markers of a statement.
pub(super) fn marker_types(specs: &[ColSpec]) -> Box<[MarkerType]> {
    specs.iter().map(|spec| MarkerType { name: spec.name.clone(), data_type: data_type(&spec.col_type) }).collect()
}

fn data_type(of: &ColTypeOption) -> Option<DataType> {
    let boxed = |of: &ColTypeOption| data_type(of).map(Box::new);
    Some(match (of.id, &of.value) {
        (ColType::List, Some(ColTypeOptionValue::CList(element))) => DataType::List(boxed(element)?),
        (ColType::Set, Some(ColTypeOptionValue::CSet(element))) => DataType::Set(boxed(element)?),
        (ColType::Map, Some(ColTypeOptionValue::CMap(key, value))) => DataType::Map(boxed(key)?, boxed(value)?),
        (ColType::Tuple, Some(ColTypeOptionValue::TupleType(tuple))) => {
            DataType::Tuple(tuple.types.iter().map(data_type).collect::<Option<_>>()?)
        }
        (ColType::Udt, Some(ColTypeOptionValue::UdtType(user))) => DataType::User(Some(user.ks.clone()), user.udt_name.clone()),
        (ColType::Custom, Some(ColTypeOptionValue::CString(class))) if class.starts_with(VECTOR) => {
            DataType::Vector(Box::new(DataType::Custom(class.clone())))
        }
        (ColType::Custom, Some(ColTypeOptionValue::CString(class))) => DataType::Custom(class.clone()),
        (native, _) => DataType::Native(self::native(native)?),
    })
}

fn native(native: ColType) -> Option<NativeType> {
    Some(match native {
        ColType::Ascii => NativeType::Ascii,
        ColType::Bigint => NativeType::Bigint,
        ColType::Blob => NativeType::Blob,
        ColType::Boolean => NativeType::Boolean,
        ColType::Counter => NativeType::Counter,
        ColType::Decimal => NativeType::Decimal,
        ColType::Double => NativeType::Double,
        ColType::Float => NativeType::Float,
        ColType::Int => NativeType::Int,
        ColType::Timestamp => NativeType::Timestamp,
        ColType::Uuid => NativeType::Uuid,
        ColType::Varchar => NativeType::Text,
        ColType::Varint => NativeType::Varint,
        ColType::Timeuuid => NativeType::Timeuuid,
        ColType::Inet => NativeType::Inet,
        ColType::Date => NativeType::Date,
        ColType::Time => NativeType::Time,
        ColType::Smallint => NativeType::Smallint,
        ColType::Tinyint => NativeType::Tinyint,
        ColType::Duration => NativeType::Duration,
        ColType::Custom | ColType::List | ColType::Map | ColType::Set | ColType::Udt | ColType::Tuple | _ => return None,
    })
}
