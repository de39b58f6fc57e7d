//! What is wrong with a text that does not parse.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::Span;

/// A place where a text stops being CQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The token that fits nothing.
    pub span: Span,
    /// What is wrong, in one line.
    pub message: String,
    /// What could stand here instead, each as a reader would call it: `` `FROM` ``, "a name".
    pub expected: Vec<&'static str>,
    /// How to mend it, where that is plain.
    pub help: Option<String>,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for SyntaxError {}
