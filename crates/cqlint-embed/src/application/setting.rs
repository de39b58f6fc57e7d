//! What is set, by whom, and how certain that is.

use std::path::Path;

use cqlint_drivers::Driver;

/// What can be set for all statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    /// Whether statements count as idempotent.
    DefaultMark,
    RetryPolicy,
    Speculation,
    /// No setting: here the sessions are made, so here they would be set up.
    Sessions,
}

/// What something is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    On,
    Off,
    /// It is decided at run time.
    Unknown,
}

/// Something is set at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) setting: Setting,
    pub(crate) value: Value,
    /// For whom.
    pub(crate) drivers: &'static [Driver],
    /// Counted from 1.
    pub(crate) line: usize,
}

impl Value {
    /// What a word of a program or a configuration says.
    pub(crate) fn of(word: &str) -> Self {
        match word {
            "true" | "True" | "cass_true" => Self::On,
            "false" | "False" | "cass_false" => Self::Off,
            _ => Self::Unknown,
        }
    }
}

/// A place as people write it.
pub(crate) fn place(path: &Path, line: usize) -> String {
    format!("{}:{line}", path.display())
}
