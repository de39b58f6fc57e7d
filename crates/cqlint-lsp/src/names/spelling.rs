//! How names are written: in quotes when they would mean something else without.

use cqlint_analysis::What;
use cqlint_analysis::syntax::ast::NativeType;
use cqlint_analysis::syntax::{Dialects, KEYWORDS};

/// The longest name of a table that the servers in use take.
const LONGEST_TABLE: usize = 48;

/// Words that mean a type, or that the server keeps for one.
const KEPT_TYPES: [&str; 13] =
    ["bitstring", "byte", "complex", "count", "enum", "frozen", "interval", "list", "macaddr", "map", "set", "tuple", "vector"];

/// A name that an author has typed, perhaps with its quotes, as the server will see it.
///
/// # Errors
/// Why it can be the name of no such thing.
pub(super) fn read(what: What, typed: &str) -> Result<String, &'static str> {
    let typed = typed.trim();
    let inside = typed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(|inside| inside.replace("\"\"", "\""));
    let name = inside.unwrap_or_else(|| typed.to_owned());
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err("a name has at least one character, and none that cannot be seen");
    }
    let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if matches!(what.family(), What::Table | What::Index) && !is_word {
        return Err("that of a table or an index is made of letters, digits and `_`");
    }
    if what.family() == What::Table && name.len() > LONGEST_TABLE {
        return Err("that of a table has at most 48 characters");
    }
    Ok(name)
}

/// The name in CQL. What one of the dialects reserves is quoted for all.
pub(crate) fn written(what: What, name: &str) -> String {
    let begins_as_word = name.starts_with(|first: char| first.is_ascii_lowercase());
    let is_lower = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let is_reserved =
        KEYWORDS.iter().any(|(keyword, text)| text.eq_ignore_ascii_case(name) && keyword.reserved_in() != Dialects::NONE);
    let is_type = || KEPT_TYPES.contains(&name) || NativeType::ALL.iter().any(|native| native.text() == name);
    if begins_as_word && is_lower && !is_reserved && !(what == What::Type && is_type()) {
        return name.to_owned();
    }
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_when_they_need_to_be() {
        for (what, name, expected) in [
            (What::Column, "state", "state"),
            (What::Column, "a_1", "a_1"),
            (What::Column, "State", "\"State\""),
            (What::Column, "1a", "\"1a\""),
            (What::Column, "select", "\"select\""),
            (What::Column, "desc", "\"desc\""),
            (What::Column, "count", "count"),
            (What::Type, "count", "\"count\""),
            (What::Type, "int", "\"int\""),
            (What::Column, "int", "int"),
            (What::Column, "a\"b", "\"a\"\"b\""),
            (What::Column, "é", "\"é\""),
        ] {
            assert_eq!(written(what, name), expected);
            assert_eq!(read(what, expected).as_deref(), Ok(name));
        }
        assert!(read(What::Table, &"t".repeat(49)).is_err() && read(What::Column, &"t".repeat(49)).is_ok());
        assert!(read(What::Table, "a-b").is_err() && read(What::Column, "\"\"").is_err() && read(What::Column, "a\nb").is_err());
    }
}
