//! Values whose declaration says that they are numbers: written into a statement, they do no harm.

use crate::strings::scopes::function_around;
use crate::tree::Node;

/// Types of numbers, ids and truth, in all languages.
const TYPES: [&str; 47] = [
    "int",
    "long",
    "short",
    "byte",
    "float",
    "double",
    "boolean",
    "bool",
    "Integer",
    "Long",
    "Short",
    "Float",
    "Double",
    "Boolean",
    "UUID",
    "Uuid",
    "Guid",
    "uuid.UUID",
    "gocql.UUID",
    "BigInteger",
    "BigDecimal",
    "Int",
    "i8",
    "i16",
    "i32",
    "i64",
    "u8",
    "u16",
    "u32",
    "u64",
    "usize",
    "isize",
    "f64",
    "int32",
    "int64",
    "uint32",
    "uint64",
    "number",
    "bigint",
    "decimal",
    "size_t",
    "int32_t",
    "int64_t",
    "uint32_t",
    "uint64_t",
    "CassUuid",
    "unsigned",
];

/// Whether the function around a place declares the name as a number: `int n`, `n: i64`, `n int`.
pub(crate) fn is_number(name: &str, at: Node<'_>, text: &str) -> bool {
    // row.getUuid("id")
    let typed = ["getUuid(", "getUUID(", "getInt(", "getLong(", "len(", ".size()", ".length()"];
    if typed.iter().any(|call| name.starts_with(call) || name.ends_with(call)) {
        return true;
    }
    let is_word = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let Some(function) = is_word.then(|| function_around(at)).flatten() else { return false };
    let Some(own) = text.get(function.start_byte()..at.start_byte()) else { return false };
    own.match_indices(name).any(|(place, _)| {
        let before = own.get(..place).unwrap_or("");
        let behind = own.get(place + name.len()..).unwrap_or("");
        let alone = !before.ends_with(is_part) && !behind.starts_with(is_part);
        alone && (TYPES.iter().any(|of| stands_before(before, of) || stands_behind(behind, of)))
    })
}

fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '.'
}

/// `int n`
fn stands_before(before: &str, of: &str) -> bool {
    // PHP's `int $n`
    let before = before.strip_suffix('$').unwrap_or(before);
    let word = before.trim_end_matches(' ');
    word.len() < before.len() && word.strip_suffix(of).is_some_and(|rest| !rest.ends_with(is_part))
}

/// `n: i64`, `n int`
fn stands_behind(behind: &str, of: &str) -> bool {
    let word = behind.trim_start_matches([' ', ':', '&']);
    word.len() < behind.len() && word.strip_prefix(of).is_some_and(|rest| !rest.starts_with(is_part))
}
