//! Changes to a text that mend a finding.

use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::Span;

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty where something is put in.
    pub span: Span,
    /// What comes there.
    pub text: String,
}

/// How a finding is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does: "mark it idempotent".
    pub message: String,
    /// The changes, by place; none touches another.
    pub edits: Vec<Edit>,
}
