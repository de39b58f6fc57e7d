//! The native functions of Cassandra, ScyllaDB and DSE: which answer the same each time?
//!
//! An allow-list: what is not in it is not known. `grammar/functions.csv` says where each comes from and since when; a
//! test compares the two. Cassandra's own `isPure()` is no source: it calls `uuid()` pure.

use core::ops::RangeInclusive;

use cqlint_syntax::ast::Name;

/// What a native function does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Native {
    /// Another value at each call, which no row has yet: `now()`, `uuid()`.
    Unique,
    /// The clock, which only goes forward.
    Clock,
    /// The time of day, which starts again at midnight.
    TimeOfDay,
    /// The same answer for the same arguments.
    Pure(Argument),
}

/// What matters of a pure function's arguments and answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Argument {
    /// Nothing.
    Plain,
    /// It takes a timestamp, so that `'now'` is the clock; and it keeps the order of times.
    Time,
    /// It takes text, so that `'now'` is a word.
    Text,
    /// It takes JSON, which is read for the target's type at each call.
    Json,
    /// It may answer a list.
    List,
    /// It answers one of its arguments, or something of their type.
    Same,
}

/// The native function of this name.
pub(crate) fn native(name: Name, text: &str) -> Option<Native> {
    let written = name.span.text(text);
    let found = if name.is_quoted(text) {
        let name = name.value(text);
        NATIVES.binary_search_by(|(known, _)| (*known).cmp(&name))
    } else {
        // Folded on the way: a copy in lower case would be the only allocation of many a statement.
        let folded = written.bytes().map(|byte| byte.to_ascii_lowercase());
        NATIVES.binary_search_by(|(known, _)| known.bytes().cmp(folded.clone()))
    };
    match found {
        Ok(found) => NATIVES.get(found).map(|(_, native)| *native),
        Err(_) => blob_conversion(&name.value(text)).map(Native::Pure),
    }
}

/// What can be called although it is no function, or although nobody has decided what it does.
const CALLABLE: &[&str] = &[
    "cast",
    "disable_injection",
    "enable_injection",
    "enabled_injections",
    "expr",
    "maxwritetime",
    "minwritetime",
    "ttl",
    "writetime",
];

/// Whether some server can call it without anybody having defined it.
pub(crate) fn is_native(name: Name, text: &str) -> bool {
    let written = name.span.text(text).trim_matches('"');
    let is = |known: &str| written.eq_ignore_ascii_case(known);
    native(name, text).is_some() || CALLABLE.iter().any(|known| is(known)) || has_scylla_prefix(written)
}

/// ScyllaDB names what is its own.
fn has_scylla_prefix(name: &str) -> bool {
    const PREFIX: &str = "scylla_";
    name.get(..PREFIX.len()).is_some_and(|first| first.eq_ignore_ascii_case(PREFIX))
}

/// The names of the native functions but the conversions from and to blobs.
pub(crate) fn native_names<'n>() -> impl Iterator<Item = &'n str> {
    NATIVES.iter().map(|(name, _)| *name)
}

/// The functions that do not take just one argument, with the fewest and the most that they take.
const ARGUMENTS: &[(&str, RangeInclusive<usize>)] = &[
    ("ann", 2..=2),
    ("bm25", 2..=2),
    ("count_rows", 0..=0),
    ("floor", 2..=3),
    ("format_bytes", 1..=3),
    ("format_time", 1..=3),
    ("mask_hash", 1..=2),
    ("mask_inner", 3..=4),
    ("mask_outer", 3..=4),
    ("mask_replace", 2..=2),
    ("similarity_cosine", 2..=2),
    ("similarity_dot_product", 2..=2),
    ("similarity_euclidean", 2..=2),
];

/// How many arguments a native function takes. `token` takes as many as the partition key has columns.
pub(crate) fn arguments(name: Name, text: &str) -> Option<RangeInclusive<usize>> {
    let native = native(name, text)?;
    let written = name.span.text(text).trim_matches('"');
    if written.eq_ignore_ascii_case("token") {
        return None;
    }
    let other = ARGUMENTS.iter().find(|(known, _)| written.eq_ignore_ascii_case(known));
    Some(match (other, native) {
        (Some((_, range)), _) => range.clone(),
        (None, Native::Unique | Native::Clock | Native::TimeOfDay) => 0..=0,
        (None, Native::Pure(_)) => 1..=1,
    })
}

/// All functions but the conversions from and to blobs, sorted.
pub(crate) const NATIVES: &[(&str, Native)] = &[
    ("abs", Native::Pure(Argument::Plain)),
    ("ann", Native::Pure(Argument::Plain)),
    ("avg", Native::Pure(Argument::Plain)),
    ("bm25", Native::Pure(Argument::Plain)),
    ("cast_as_ascii", Native::Pure(Argument::Plain)),
    ("cast_as_bigint", Native::Pure(Argument::Plain)),
    ("cast_as_date", Native::Pure(Argument::Plain)),
    ("cast_as_decimal", Native::Pure(Argument::Plain)),
    ("cast_as_double", Native::Pure(Argument::Plain)),
    ("cast_as_float", Native::Pure(Argument::Plain)),
    ("cast_as_int", Native::Pure(Argument::Plain)),
    ("cast_as_smallint", Native::Pure(Argument::Plain)),
    ("cast_as_text", Native::Pure(Argument::Plain)),
    ("cast_as_timestamp", Native::Pure(Argument::Plain)),
    ("cast_as_tinyint", Native::Pure(Argument::Plain)),
    ("cast_as_varint", Native::Pure(Argument::Plain)),
    ("collection_avg", Native::Pure(Argument::Plain)),
    ("collection_count", Native::Pure(Argument::Plain)),
    ("collection_max", Native::Pure(Argument::List)),
    ("collection_min", Native::Pure(Argument::List)),
    ("collection_sum", Native::Pure(Argument::Plain)),
    ("count", Native::Pure(Argument::Plain)),
    ("count_rows", Native::Pure(Argument::Plain)),
    ("current_date", Native::Clock),
    ("current_time", Native::TimeOfDay),
    ("current_timestamp", Native::Clock),
    ("current_timeuuid", Native::Unique),
    ("currentdate", Native::Clock),
    ("currenttime", Native::TimeOfDay),
    ("currenttimestamp", Native::Clock),
    ("currenttimeuuid", Native::Unique),
    ("dateof", Native::Pure(Argument::Time)),
    ("exp", Native::Pure(Argument::Plain)),
    ("floor", Native::Pure(Argument::Plain)),
    ("format_bytes", Native::Pure(Argument::Plain)),
    ("format_time", Native::Pure(Argument::Plain)),
    ("from_json", Native::Pure(Argument::Json)),
    ("fromjson", Native::Pure(Argument::Json)),
    ("length", Native::Pure(Argument::Text)),
    ("log", Native::Pure(Argument::Plain)),
    ("log10", Native::Pure(Argument::Plain)),
    ("map_keys", Native::Pure(Argument::Plain)),
    ("map_values", Native::Pure(Argument::List)),
    ("mask_default", Native::Pure(Argument::Same)),
    ("mask_hash", Native::Pure(Argument::Plain)),
    ("mask_inner", Native::Pure(Argument::Text)),
    ("mask_null", Native::Pure(Argument::Same)),
    ("mask_outer", Native::Pure(Argument::Text)),
    ("mask_replace", Native::Pure(Argument::Same)),
    ("max", Native::Pure(Argument::Plain)),
    ("max_timeuuid", Native::Pure(Argument::Time)),
    ("maxtimeuuid", Native::Pure(Argument::Time)),
    ("min", Native::Pure(Argument::Plain)),
    ("min_timeuuid", Native::Pure(Argument::Time)),
    ("mintimeuuid", Native::Pure(Argument::Time)),
    ("now", Native::Unique),
    ("octet_length", Native::Pure(Argument::Plain)),
    ("round", Native::Pure(Argument::Plain)),
    ("similarity_cosine", Native::Pure(Argument::Plain)),
    ("similarity_dot_product", Native::Pure(Argument::Plain)),
    ("similarity_euclidean", Native::Pure(Argument::Plain)),
    ("sum", Native::Pure(Argument::Plain)),
    ("to_date", Native::Pure(Argument::Time)),
    ("to_json", Native::Pure(Argument::Plain)),
    ("to_timestamp", Native::Pure(Argument::Time)),
    ("to_unix_timestamp", Native::Pure(Argument::Time)),
    ("todate", Native::Pure(Argument::Time)),
    ("tojson", Native::Pure(Argument::Plain)),
    ("token", Native::Pure(Argument::Plain)),
    ("totimestamp", Native::Pure(Argument::Time)),
    ("tounixtimestamp", Native::Pure(Argument::Time)),
    ("transformation_kind", Native::Pure(Argument::Plain)),
    ("unixtimestampof", Native::Pure(Argument::Time)),
    ("uuid", Native::Unique),
];

/// `int_as_blob`, `blob_as_int`, and their names before 5.0: `intasblob`, `blobasint`.
fn blob_conversion(name: &str) -> Option<Argument> {
    let of = name
        .strip_suffix("_as_blob")
        .or_else(|| name.strip_suffix("asblob"))
        .or_else(|| name.strip_prefix("blob_as_"))
        .or_else(|| name.strip_prefix("blobas"))?;
    match of {
        "ascii" | "text" | "varchar" => Some(Argument::Text),
        "bigint" | "boolean" | "counter" | "date" | "decimal" | "double" | "duration" | "empty" | "float" | "inet" | "int"
        | "smallint" | "time" | "timestamp" | "timeuuid" | "tinyint" | "uuid" | "varint" => Some(Argument::Plain),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use cqlint_syntax::Span;
    use cqlint_syntax::ast::Name;

    use super::{NATIVES, Native, native};

    fn called(name: &str) -> Option<Native> {
        native(Name { span: Span::new(0, name.len() as u32) }, name)
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(NATIVES.is_sorted_by(|left, right| left.0 < right.0));
    }

    #[test]
    fn conversions_have_two_spellings() {
        for name in ["textasblob", "text_as_blob", "blobAsInt", "blob_as_int"] {
            assert!(matches!(called(name), Some(Native::Pure(_))), "{name}");
        }
        assert_eq!(called("fooasblob"), None);
    }

    #[test]
    fn quotes_keep_the_case() {
        for name in ["now", "NOW", "\"now\""] {
            assert_eq!(called(name), Some(Native::Unique), "{name}");
        }
        assert_eq!(called("\"NOW\""), None);
    }
}
