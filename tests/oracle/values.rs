//! Values of every type, as literals and as the bytes that a driver binds. There are few, so that statements meet each other.

use scylla::frame::response::result::{CollectionType, ColumnType, NativeType};

use crate::cassandra::Value;
use crate::grammar::Random;

/// Some values of a type: the literal, and the bytes.
fn examples(native: &NativeType) -> Vec<(&'static str, Vec<u8>)> {
    match native {
        NativeType::Ascii => vec![("'a'", b"a".into()), ("''", vec![]), ("'now'", b"now".into())],
        NativeType::Boolean => vec![("true", vec![1]), ("false", vec![0])],
        NativeType::Blob => vec![("0x", vec![]), ("0xCAFE", vec![0xCA, 0xFE])],
        NativeType::Date => vec![
            ("'2026-01-01'", (20_454 + (1_u32 << 31)).to_be_bytes().into()),
            ("'1970-01-01'", (1_u32 << 31).to_be_bytes().into()),
        ],
        NativeType::Decimal => vec![("0", vec![0; 5]), ("1.5", vec![0, 0, 0, 1, 15]), ("-2.50", vec![0, 0, 0, 2, 0xFF, 6])],
        NativeType::Double => [("0", 0.0_f64), ("1.5", 1.5), ("-1e9", -1e9), ("NaN", f64::NAN)]
            .map(|(literal, value)| (literal, value.to_be_bytes().into()))
            .into(),
        // Months, days, nanoseconds; each number takes twice its value.
        NativeType::Duration => vec![("2mo", vec![4, 0, 0]), ("1d", vec![0, 2, 0]), ("7ns", vec![0, 0, 14])],
        NativeType::Float => {
            [("0", 0.0_f32), ("1.5", 1.5), ("-1e9", -1e9)].map(|(literal, value)| (literal, value.to_be_bytes().into())).into()
        }
        NativeType::Int => {
            [("0", 0_i32), ("1", 1), ("2", 2), ("-1", -1)].map(|(literal, value)| (literal, value.to_be_bytes().into())).into()
        }
        NativeType::BigInt | NativeType::Counter => {
            [("0", 0_i64), ("1", 1), ("-7", -7)].map(|(literal, value)| (literal, value.to_be_bytes().into())).into()
        }
        NativeType::SmallInt => vec![("0", vec![0, 0]), ("300", vec![1, 44])],
        NativeType::TinyInt => vec![("0", vec![0]), ("-1", vec![0xFF])],
        NativeType::Varint => vec![("0", vec![0]), ("1", vec![1]), ("-300", vec![0xFE, 0xD4])],
        NativeType::Text => vec![("'a'", b"a".into()), ("'b'", b"b".into()), ("''", vec![]), ("$$now$$", b"now".into())],
        NativeType::Timestamp => vec![
            ("0", vec![0; 8]),
            ("'2026-01-01T00:00:00Z'", 1_767_225_600_000_i64.to_be_bytes().into()),
            // Later than any clock here: ranges below it hold everything.
            ("'2200-01-01T00:00:00Z'", 7_258_118_400_000_i64.to_be_bytes().into()),
        ],
        NativeType::Time => vec![("'00:00:00'", vec![0; 8]), ("'08:30:00'", 30_600_000_000_000_i64.to_be_bytes().into())],
        NativeType::Inet => vec![("'127.0.0.1'", vec![127, 0, 0, 1]), ("'::1'", [[0; 15].as_slice(), &[1]].concat())],
        NativeType::Uuid => vec![
            ("00000000-0000-0000-0000-000000000000", vec![0; 16]),
            ("5b6962dd-3f90-4c93-8f61-eabfa4a803e2", 0x5b69_62dd_3f90_4c93_8f61_eabf_a4a8_03e2_u128.to_be_bytes().into()),
        ],
        NativeType::Timeuuid => vec![
            ("13814000-1dd2-11b2-8080-808080808080", 0x1381_4000_1dd2_11b2_8080_8080_8080_8080_u128.to_be_bytes().into()),
            ("d2177dd0-eaa2-11de-a572-001b779c76e3", 0xd217_7dd0_eaa2_11de_a572_001b_779c_76e3_u128.to_be_bytes().into()),
        ],
        other => unreachable!("no column has the type {other:?}"),
    }
}

/// A literal of the type.
pub(crate) fn literal(typ: &ColumnType<'_>, random: &mut Random) -> String {
    match typ {
        ColumnType::Native(native) => random.pick(&examples(native)).0.to_owned(),
        ColumnType::Collection { typ: CollectionType::List(of), .. } => format!("[{}]", literals(of, random)),
        ColumnType::Collection { typ: CollectionType::Set(of), .. } => format!("{{{}}}", literals(of, random)),
        ColumnType::Collection { typ: CollectionType::Map(key, value), .. } => {
            let entries: Vec<_> =
                (0..random.below(3)).map(|_| format!("{}: {}", literal(key, random), literal(value, random))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        ColumnType::Vector { typ, dimensions } => {
            let elements: Vec<_> = (0..*dimensions).map(|_| literal(typ, random)).collect();
            format!("[{}]", elements.join(", "))
        }
        ColumnType::UserDefinedType { definition, .. } => {
            let fields = definition.field_types.iter().map(|(name, typ)| format!("{name}: {}", literal(typ, random)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        ColumnType::Tuple(types) => {
            let fields: Vec<_> = types.iter().map(|typ| literal(typ, random)).collect();
            format!("({})", fields.join(", "))
        }
        other => unreachable!("no column has the type {other:?}"),
    }
}

fn literals(of: &ColumnType<'_>, random: &mut Random) -> String {
    let elements: Vec<_> = (0..random.below(4)).map(|_| literal(of, random)).collect();
    elements.join(", ")
}

/// A bound value: now and then one that is easily forgotten.
pub(crate) fn bound(typ: &ColumnType<'_>, random: &mut Random) -> Value {
    match random.below(12) {
        0 => Value::Null,
        1 => Value::Unset,
        2 => Value::Bytes(Vec::new()),
        _ => Value::Bytes(bytes(typ, random)),
    }
}

/// A value of the type as a driver sends it.
pub(crate) fn bytes(typ: &ColumnType<'_>, random: &mut Random) -> Vec<u8> {
    match typ {
        ColumnType::Native(native) => random.pick(&examples(native)).1.clone(),
        ColumnType::Collection { typ: CollectionType::List(of) | CollectionType::Set(of), .. } => {
            let elements: Vec<_> = (0..random.below(4)).map(|_| bytes(of, random)).collect();
            counted(elements.len(), &elements)
        }
        ColumnType::Collection { typ: CollectionType::Map(key, value), .. } => {
            let entries: Vec<_> = (0..random.below(3)).flat_map(|_| [bytes(key, random), bytes(value, random)]).collect();
            counted(entries.len() / 2, &entries)
        }
        ColumnType::Vector { typ, dimensions } => {
            let is_fixed = matches!(&**typ, ColumnType::Native(native) if native.type_size_for_vector().is_some());
            let elements = (0..*dimensions).map(|_| bytes(typ, random));
            // Short elements: their length is one byte.
            elements.flat_map(|element| if is_fixed { element } else { [vec![element.len() as u8], element].concat() }).collect()
        }
        ColumnType::UserDefinedType { definition, .. } => {
            let fields: Vec<_> = definition.field_types.iter().map(|(_, typ)| bytes(typ, random)).collect();
            fields.iter().flat_map(|field| measured(field)).collect()
        }
        ColumnType::Tuple(types) => types.iter().flat_map(|typ| measured(&bytes(typ, random))).collect(),
        other => unreachable!("no column has the type {other:?}"),
    }
}

fn measured(value: &[u8]) -> Vec<u8> {
    [&(value.len() as i32).to_be_bytes(), value].concat()
}

fn counted(count: usize, values: &[Vec<u8>]) -> Vec<u8> {
    let values: Vec<u8> = values.iter().flat_map(|value| measured(value)).collect();
    [(count as i32).to_be_bytes().as_slice(), &values].concat()
}
