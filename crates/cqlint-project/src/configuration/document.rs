//! The text of a configuration file, and the table of it that is ours.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::Mistake;

/// The names of configuration files. In one folder the first counts; a file for other tools only when it has a table of ours.
pub const FILES: [&str; 4] = [".cqlint.toml", "cqlint.toml", "pyproject.toml", "Cargo.toml"];

/// Where the table is in files that are for other tools, too.
fn tables(path: &Path) -> &'static [&'static [&'static str]] {
    match path.file_name().and_then(|name| name.to_str()) {
        Some("pyproject.toml") => &[&["tool", "cqlint"]],
        Some("Cargo.toml") => &[&["package", "metadata", "cqlint"], &["workspace", "metadata", "cqlint"]],
        _ => &[],
    }
}

/// The table with the settings; nothing when the file is for other tools and has none. A file for other tools that does not
/// even name us is none of our business, whether it is TOML or not.
pub(super) fn table<'t>(path: &Path, text: &'t str) -> Result<Option<DeTable<'t>>, Mistake> {
    let tables = tables(path);
    if !tables.is_empty() && !text.contains("cqlint") {
        return Ok(None);
    }
    let root = DeTable::parse(text).map_err(|error| {
        let help = "a name or a path stands in quotes, a list in brackets; see https://toml.io";
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        Mistake::new(error.span().unwrap_or_default(), format!("is no TOML: {message}"), help)
    })?;
    let root = root.into_inner();
    if tables.is_empty() {
        return Ok(Some(root));
    }
    let mut own = Vec::new();
    for names in tables {
        own.extend(below(&root, names)?);
    }
    match own.as_slice() {
        [] => Ok(None),
        [(_, table)] => Ok(Some((*table).clone())),
        [_, (span, _), ..] => Err(Mistake::new(
            span.clone(),
            "is the second table of settings in this file",
            "keep one of the two: they are not merged",
        )),
    }
}

/// The table under these names, and where it stands.
fn below<'v, 't>(root: &'v DeTable<'t>, names: &[&str]) -> Result<Option<(Range<usize>, &'v DeTable<'t>)>, Mistake> {
    let mut found = (0..0, root);
    for name in names {
        let Some((key, value)) = found.1.get_key_value(*name) else { return Ok(None) };
        found = match value.get_ref() {
            DeValue::Table(table) => (key.span(), table),
            other if *name == "cqlint" => {
                let message = format!("`{}` is {}, not a table", names.join("."), kind(other));
                return Err(Mistake::new(value.span(), message, format!("write `[{}]` above the settings", names.join("."))));
            }
            _ => return Ok(None),
        };
    }
    Ok(Some(found))
}

/// What a value is.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The text of a string.
pub(super) fn string<'v>(value: &'v Spanned<DeValue<'_>>) -> Option<&'v str> {
    value.get_ref().as_str()
}
