//! One setting: its value, and who said so.

use std::fmt;
use std::path::PathBuf;

use cqlint_analysis::Level;

use super::Key;
use crate::problem::shown;

/// One setting.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What is set.
    pub key: &'static Key,
    /// To what.
    pub value: Value,
    /// Who said so.
    pub origin: Origin,
}

/// What a key is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One name.
    Text(String),
    /// Several names or patterns.
    Texts(Vec<String>),
    /// Paths, as they are found from the working folder.
    Paths(Vec<PathBuf>),
    /// Yes or no.
    Switch(bool),
    /// How loud a rule, or each rule of a group, is.
    Level(&'static str, Level),
}

/// Who set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody.
    Default,
    /// The flag of the command line with this name.
    Flag(&'static str),
    /// A line of a file.
    File {
        /// As the user would write it.
        path: String,
        /// Counted from 1.
        line: usize,
    },
}

impl Setting {
    /// What the command line says. The flag has the name of the key, except `--rule`, which is given once for each.
    ///
    /// Nothing when there is no key of this name.
    ///
    /// ```
    /// use cqlint_project::configuration::{Setting, Value};
    ///
    /// let setting = Setting::flag("profile", Value::Text("strict".to_owned())).unwrap();
    /// assert_eq!(setting.origin.to_string(), "--profile");
    /// ```
    #[must_use]
    pub fn flag(name: &str, value: Value) -> Option<Self> {
        let key = Key::named(name)?;
        let flag = if matches!(value, Value::Level(..)) { "rule" } else { key.name };
        Some(Self { key, value, origin: Origin::Flag(flag) })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Texts(texts) => f.write_str(&texts.join(", ")),
            Value::Paths(paths) => f.write_str(&paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", ")),
            Value::Switch(is_on) => write!(f, "{is_on}"),
            Value::Level(_, level) => f.write_str(level.name()),
        }
    }
}

impl fmt::Display for Origin {
    /// `cqlint.toml:3`, `--profile` or `default`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::Flag(name) => write!(f, "--{name}"),
            Origin::File { path, line } => write!(f, "{path}:{line}"),
        }
    }
}
