//! Terms of a wanted type: literals, bind markers, functions of the server and of users, arithmetic, collections of terms.

use scylla::frame::response::result::{CollectionType, ColumnType, NativeType};

use super::draft::Draft;
use super::values;
use crate::grammar::Random;

/// What makes a value of a type; `{type}` is again a term of that type.
const EXPRESSIONS: &[(&str, &str)] = &[
    ("bigint", "to_unix_timestamp({timestamp})"),
    ("bigint", "toUnixTimestamp(now())"),
    ("bigint", "blob_as_bigint(bigint_as_blob({bigint}))"),
    ("bigint", "{bigint} * 2"),
    ("bigint", "(bigint) {bigint}"),
    ("blob", "int_as_blob({int})"),
    ("blob", "timeuuid_as_blob(now())"),
    ("blob", "text_as_blob({text})"),
    ("boolean", "from_json('true')"),
    ("date", "current_date()"),
    ("date", "currentDate()"),
    ("date", "to_date({timestamp})"),
    ("date", "to_date(now())"),
    ("date", "{date} + 1d"),
    ("decimal", "{decimal} + 1.5"),
    ("decimal", "round({decimal})"),
    ("double", "exp({double})"),
    ("double", "{double} / 2.0"),
    ("float", "{float} - 0.5"),
    ("int", "abs({int})"),
    ("int", "{int} + 1"),
    ("int", "-{int}"),
    ("int", "7 % 4"),
    ("int", "(int) {int}"),
    ("int", "pure({int})"),
    ("int", "impure({int})"),
    ("int", "types.pure({int})"),
    ("int", "collection_count((list<int>) [1, 2])"),
    ("int", "from_json('7')"),
    ("int", "blob_as_int(int_as_blob({int}))"),
    ("text", "blob_as_text(text_as_blob({text}))"),
    ("text", "to_json({int})"),
    ("text", "to_json(current_timestamp())"),
    ("text", "mask_inner({text}, 1, 1)"),
    ("text", "mask_default({text})"),
    ("text", "from_json('\"now\"')"),
    ("text", "(text) {text}"),
    ("text", "CAST(now() AS text)"),
    ("time", "current_time()"),
    ("time", "currentTime()"),
    ("timestamp", "'now'"),
    ("timestamp", "$$NOW$$"),
    ("timestamp", "'now' - 1h"),
    ("timestamp", "(timestamp) 'now'"),
    ("timestamp", "current_timestamp()"),
    ("timestamp", "currentTimestamp()"),
    ("timestamp", "to_timestamp(now())"),
    ("timestamp", "to_timestamp({date})"),
    ("timestamp", "to_timestamp({timeuuid})"),
    ("timestamp", "{timestamp} + 1d"),
    ("timestamp", "from_json('\"now\"')"),
    ("timestamp", "from_json('0')"),
    ("timeuuid", "now()"),
    ("timeuuid", "system.now()"),
    ("timeuuid", "\"now\"()"),
    ("timeuuid", "current_timeuuid()"),
    ("timeuuid", "currentTimeUUID()"),
    ("timeuuid", "min_timeuuid({timestamp})"),
    ("timeuuid", "maxTimeuuid({timestamp})"),
    ("uuid", "uuid()"),
    ("uuid", "system.uuid()"),
    ("uuid", "now()"),
    ("varint", "{varint} - 1"),
    ("varint", "abs({varint})"),
];

/// The same in the keyspace where users have functions of these names.
const SHADOWED: &[(&str, &str)] = &[
    ("bigint", "now()"),
    ("bigint", "\"now\"()"),
    ("bigint", "uuid()"),
    ("bigint", "shadowed.now()"),
    ("bigint", "to_unix_timestamp(system.now())"),
    ("uuid", "system.uuid()"),
    ("text", "to_json(now())"),
    ("text", "to_json(system.now())"),
    ("int", "types.pure({int})"),
];

/// What makes a value of any type; `{}` is a term of that type.
const ANY: [&str; 4] = ["mask_default({})", "mask_null({})", "mask_replace({}, {})", "from_json('null')"];

/// How deep terms stand in terms.
const DEPTH: usize = 3;

/// A term of the type, in a statement on a table of this keyspace.
pub(crate) fn term(typ: &ColumnType<'static>, keyspace: &str, random: &mut Random) -> Draft {
    match random.below(16) {
        0 => Draft::new("null"),
        _ => nested(typ, keyspace, DEPTH, random),
    }
}

fn nested(typ: &ColumnType<'static>, keyspace: &str, depth: usize, random: &mut Random) -> Draft {
    match random.below(8) {
        0..3 => Draft::new(values::literal(typ, random)),
        3..6 => Draft::marker(typ.clone()),
        _ if depth == 0 => Draft::new(values::literal(typ, random)),
        _ => composed(typ, keyspace, depth - 1, random),
    }
}

/// An expression, or a collection of terms.
fn composed(typ: &ColumnType<'static>, keyspace: &str, depth: usize, random: &mut Random) -> Draft {
    if random.below(8) == 0 {
        let mut between = random.pick(&ANY).split("{}");
        let first = Draft::new(between.next().unwrap_or_default());
        return between.fold(first, |draft, text| draft.then(nested(typ, keyspace, depth, random)).text(text));
    }
    let part = |typ: &ColumnType<'static>, random: &mut Random| nested(typ, keyspace, depth, random);
    // In the literals of collections the server takes no bind markers.
    let element = |typ: &ColumnType<'static>, random: &mut Random| part(typ, random).with_literals(random);
    match typ {
        ColumnType::Native(native) => expression(native, keyspace, depth, random),
        ColumnType::Collection { typ: CollectionType::List(of), .. } => {
            let elements: Vec<_> = (0..1 + random.below(2)).map(|_| element(of, random)).collect();
            Draft::new("[").then(Draft::join(elements, ", ")).text("]")
        }
        ColumnType::Collection { typ: CollectionType::Set(of), .. } => {
            let elements: Vec<_> = (0..1 + random.below(2)).map(|_| element(of, random)).collect();
            Draft::new("{").then(Draft::join(elements, ", ")).text("}")
        }
        ColumnType::Collection { typ: CollectionType::Map(key, value), .. } => {
            Draft::new("{").then(element(key, random)).text(": ").then(element(value, random)).text("}")
        }
        ColumnType::UserDefinedType { definition, .. } => {
            let (name, typ) = random.pick(&definition.field_types);
            Draft::new(format!("{{{name}: ")).then(part(typ, random)).text("}")
        }
        ColumnType::Tuple(types) => {
            let fields: Vec<_> = types.iter().map(|typ| part(typ, random)).collect();
            Draft::new("(").then(Draft::join(fields, ", ")).text(")")
        }
        ColumnType::Vector { typ, dimensions } => {
            let elements: Vec<_> = (0..*dimensions).map(|_| part(typ, random)).collect();
            Draft::new("[").then(Draft::join(elements, ", ")).text("]")
        }
        _ => Draft::new(values::literal(typ, random)),
    }
}

fn expression(native: &NativeType, keyspace: &str, depth: usize, random: &mut Random) -> Draft {
    let expressions = if keyspace == "shadowed" { SHADOWED } else { EXPRESSIONS };
    let fitting: Vec<_> = expressions.iter().filter(|(name, _)| *name == name_of(native)).collect();
    if fitting.is_empty() {
        return Draft::new(values::literal(&ColumnType::Native(native.clone()), random));
    }
    let mut draft = Draft::default();
    let mut rest = random.pick(&fitting).1;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}').expect("a closed hole");
        let typ = ColumnType::Native(native_of(name));
        draft = draft.text(before).then(nested(&typ, keyspace, depth, random));
        rest = behind;
    }
    draft.text(rest)
}

fn name_of(native: &NativeType) -> String {
    format!("{native:?}").to_ascii_lowercase()
}

fn native_of(name: &str) -> NativeType {
    let natives = [
        NativeType::BigInt,
        NativeType::Date,
        NativeType::Decimal,
        NativeType::Double,
        NativeType::Float,
        NativeType::Int,
        NativeType::Text,
        NativeType::Timestamp,
        NativeType::Timeuuid,
        NativeType::Varint,
    ];
    natives.into_iter().find(|native| name_of(native) == name).unwrap_or_else(|| panic!("no type has the name {name}"))
}
