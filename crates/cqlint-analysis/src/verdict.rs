//! The answer: may a statement be executed twice?

use core::fmt;

/// May a statement safely be executed twice? From best to worst.
///
/// Only [`Verdict::Idempotent`] may ever set a driver's flag; what nobody decided is [`Verdict::Depends`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Yes, in every state of the database and for all values.
    Idempotent,
    /// It depends on something that is named beside the verdict.
    Depends,
    /// No.
    NotIdempotent,
}

impl Verdict {
    /// The name in JSON: `idempotent`, `depends`, `not_idempotent`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Idempotent => "idempotent",
            Verdict::Depends => "depends",
            Verdict::NotIdempotent => "not_idempotent",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Idempotent => "idempotent",
            Verdict::Depends => "depends",
            Verdict::NotIdempotent => "not idempotent",
        })
    }
}
