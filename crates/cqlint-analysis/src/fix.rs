//! Changes to a text that mend a finding.

use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::Span;

pub(crate) mod guard;
pub(crate) mod marker;
pub(crate) mod split;
pub(crate) mod timestamp;

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty where something is put in.
    pub span: Span,
    /// What comes there.
    pub text: String,
}

/// Whether a fix may be made without asking.
///
/// ```
/// use cqlint_analysis::Safety;
///
/// // What is made unasked is also made when more is asked for.
/// assert!(Safety::Safe < Safety::Unsafe);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// Whenever the program did what was meant, it does so afterwards, and nothing else has to change.
    #[default]
    Safe,
    /// Something else has to follow, such as the values that are bound; or a promise is given up.
    Unsafe,
}

/// How a finding is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does: "mark it idempotent".
    pub message: String,
    /// The changes, by place; none touches another.
    pub edits: Vec<Edit>,
    /// Whether it may be made without asking.
    pub safety: Safety,
}
