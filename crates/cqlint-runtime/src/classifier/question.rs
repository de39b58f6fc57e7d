//! What a decision is asked with.

use std::fmt;

use super::MarkerType;

/// A statement to decide about.
///
/// ```
/// use cqlint_runtime::{Classifier, Question, Timestamp, Verdict};
///
/// let classifier = Classifier::builder().schema("CREATE TABLE shop.t (k int PRIMARY KEY, l list<int>)").build();
/// let question = Question { keyspace: Some("shop"), timestamp: Timestamp::Own, ..Question::new("UPDATE t SET l = ? WHERE k = ?") };
/// assert_eq!(classifier.decide(&question).verdict, Verdict::NotIdempotent);
/// ```
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The text that is sent.
    pub text: &'a str,
    /// The keyspace of names that have none, when the request brings one; else the classifier's.
    pub keyspace: Option<&'a str>,
    /// The timestamp that the request carries.
    pub timestamp: Timestamp,
    /// The types that the server gave the bind markers when it prepared the statement, in its order; asked only when nothing
    /// was decided before.
    pub types: Option<&'a dyn Fn() -> Vec<MarkerType>>,
}

/// The timestamp that a request carries.
///
/// ```
/// use cqlint_runtime::{Classifier, Question, Timestamp, Verdict};
///
/// let classifier = Classifier::builder().schema("CREATE TABLE t (k int PRIMARY KEY, l list<int>)").build();
/// let drawn = Question::new("UPDATE t SET l = ? WHERE k = ?");
/// assert_eq!(classifier.decide(&drawn).verdict, Verdict::Idempotent);
/// // Both attempts add their elements at one time, and neither removes what the other wrote.
/// let own = Question { timestamp: Timestamp::Own, ..drawn };
/// assert_eq!(classifier.decide(&own).verdict, Verdict::NotIdempotent);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Timestamp {
    /// A new one for each attempt: the server's, or one that the driver draws.
    #[default]
    Drawn,
    /// Its own, the same for each attempt: as with USING TIMESTAMP in the text.
    Own,
}

impl<'a> Question<'a> {
    /// A statement of which only the text is known.
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Question};
    ///
    /// assert!(Classifier::default().decide(&Question::new("SELECT * FROM users")).is_idempotent());
    /// ```
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, keyspace: None, timestamp: Timestamp::Drawn, types: None }
    }
}

impl fmt::Debug for Question<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Question");
        shown.field("text", &self.text).field("keyspace", &self.keyspace).field("timestamp", &self.timestamp);
        shown.field("prepared", &self.types.is_some()).finish()
    }
}
