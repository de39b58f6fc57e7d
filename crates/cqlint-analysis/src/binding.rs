//! What is known of bind markers beside the text: what the server says when it prepares a statement, and what is bound.

use alloc::vec::Vec;

use cqlint_syntax::Span;

use crate::inspection::Inspection;
use crate::{DataType, Options};

/// What is known of one bind marker.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// Where the marker stands.
    pub marker: Span,
    /// Its type, as the server told it; whether it is frozen, the server does not tell.
    pub data_type: Option<DataType>,
    /// What is bound to it, as far as that decides; nothing before something is.
    pub value: Option<Bound>,
}

/// What can be bound to a marker, as far as it decides whether a statement may be executed twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Null, which removes.
    Null,
    /// Nothing: the column is left as it is.
    Unset,
    /// A value, whichever.
    Value,
}

impl Binding {
    /// The bind markers of a text, in order, of which nothing is known yet.
    ///
    /// ```
    /// use cqlint_analysis::{analyze, Binding, Bound, Options, Verdict};
    ///
    /// let text = "UPDATE t SET l[?] = ? WHERE k = ?";
    /// let mut bindings = Binding::of(text, &Options::default());
    /// assert_eq!(bindings.len(), 3);
    ///
    /// // Null removes an element of a list, and the next one takes its place. Any other value does not.
    /// bindings[1].value = Some(Bound::Value);
    /// let options = Options { bindings: &bindings, ..Options::default() };
    /// assert_eq!(analyze(text, &options).verdict, Verdict::Idempotent);
    /// ```
    #[must_use]
    pub fn of(text: &str, options: &Options<'_>) -> Vec<Self> {
        let mut markers = Vec::new();
        Inspection::each(text, options, |inspection| markers.extend(inspection.markers()));
        markers.into_iter().map(|marker| Self { marker, data_type: None, value: None }).collect()
    }
}
