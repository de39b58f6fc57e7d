//! What an expression that makes a string is made of: text whose place is known, and holes.

use cqlint_analysis::syntax::Span;

/// A part of a string that the program puts together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Chunk {
    /// Text; `exact` when the host file has the same bytes.
    Text { value: String, host: Span, exact: bool },
    /// A value of the running program; `bound` when the driver binds it, or nobody knows, instead of its text standing here.
    Hole { host: Span, name: String, bound: bool },
    /// What a branch or a loop may append: nothing, or clauses.
    Clauses { host: Span },
}

pub(crate) type Chunks = Vec<Chunk>;
