//! A construct that can make a second execution differ from the first.

use alloc::format;
use alloc::string::String;

use cqlint_syntax::Span;

use crate::{Effect, Rule};

/// A construct that can make a second execution differ.
#[derive(Clone, Copy, Debug)]
pub struct Hazard {
    /// What kind of construct: its rule.
    pub rule: &'static Rule,
    /// What the second execution can do.
    pub effect: Effect,
    /// Whether it certainly can.
    pub certainty: Certainty,
    /// The construct.
    pub span: Span,
    /// What the hazard is about, when a message names it: a column, a function.
    pub subject: Span,
}

/// Whether a hazard is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// It is.
    Certain,
    /// It depends on something.
    Depends(DependsOn),
}

impl Certainty {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Certainty::Certain => "certain",
            Certainty::Depends(_) => "depends",
        }
    }
}

/// What a hazard can depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DependsOn {
    /// The type of the column that the hazard's subject names.
    ColumnType,
    /// The value that is bound to the marker.
    BoundValue,
    /// What the function does that the hazard's subject names.
    Function,
    /// A measurement that nobody has made.
    Measurement,
    /// Clauses that only the running program knows.
    Clauses,
}

impl Hazard {
    /// What the hazard depends on, for people: "the type of column `c`". Nothing when it is certain.
    ///
    /// `text` is the text that was analysed.
    #[must_use]
    pub fn depends_on(&self, text: &str) -> Option<String> {
        let Certainty::Depends(on) = self.certainty else { return None };
        let subject = self.subject.text(text);
        Some(match on {
            DependsOn::ColumnType => format!("the type of column `{subject}`"),
            DependsOn::BoundValue => format!("the value bound to `{subject}`"),
            DependsOn::Function => format!("what the function `{subject}` does"),
            DependsOn::Measurement => String::from("a measurement that nobody has made"),
            DependsOn::Clauses => String::from("clauses that only the running program knows"),
        })
    }
}
