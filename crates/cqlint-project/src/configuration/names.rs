//! Names of CQL as people write them in settings.

/// A name of CQL: in small letters unless it is quoted.
///
/// # Errors
/// It is empty; the message says so.
///
/// ```
/// use cqlint_project::configuration::name;
///
/// assert_eq!(name("Shop").as_deref(), Ok("shop"));
/// assert_eq!(name("\"Shop\"").as_deref(), Ok("Shop"));
/// ```
pub fn name(name: &str) -> Result<String, String> {
    let quoted = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match quoted {
        _ if name.is_empty() => Err("a name has at least one letter".to_owned()),
        Some(quoted) => Ok(quoted.replace("\"\"", "\"")),
        None => Ok(name.to_ascii_lowercase()),
    }
}

/// The name of a function, with or without its keyspace.
///
/// # Errors
/// As for [`name`].
pub fn function(text: &str) -> Result<String, String> {
    match text.split_once('.') {
        Some((keyspace, function)) => Ok(format!("{}.{}", name(keyspace)?, name(function)?)),
        None => name(text),
    }
}
