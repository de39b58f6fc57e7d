//! A statement that was checked when the program was built: what `cqlint-build` and `cql!` write.

use core::fmt;

use crate::Verdict;
use crate::retry::Operation;

/// A statement that was checked when the program was built.
///
/// ```
/// use cqlint_runtime::retry::Operation;
/// use cqlint_runtime::{CheckedStatement, Marker, Verdict};
///
/// // As `cqlint-build` writes it.
/// pub const RENAME: CheckedStatement = CheckedStatement {
///     name: "rename",
///     text: "UPDATE users SET name = :name WHERE id = :id",
///     keyspace: Some("shop"),
///     verdict: Verdict::Idempotent,
///     operation: Some(Operation::Write),
///     hazards: &[],
///     markers: &[Marker { name: "name", cql_type: Some("text") }, Marker { name: "id", cql_type: Some("uuid") }],
///     claim: None,
/// };
///
/// assert!(RENAME.is_idempotent());
/// assert_eq!(RENAME.to_string(), "UPDATE users SET name = :name WHERE id = :id");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckedStatement {
    /// What its file calls it; empty for a statement that has no name.
    pub name: &'static str,
    /// The text that is sent.
    pub text: &'static str,
    /// The keyspace of names that have none, when there are such names and the build knew it.
    pub keyspace: Option<&'static str>,
    /// May it be executed twice?
    pub verdict: Verdict,
    /// What it does, as far as it decides how it can fail; nothing for what did not parse.
    pub operation: Option<Operation>,
    /// Why not.
    pub hazards: &'static [Hazard],
    /// Its bind markers, in order.
    pub markers: &'static [Marker],
    /// What a person says of it, whatever the verdict.
    pub claim: Option<Claim>,
}

/// A construct that can make a second execution differ.
///
/// ```
/// use cqlint_runtime::Hazard;
///
/// let hazard = Hazard { rule: "list-append", message: "list `log` grows at each execution" };
/// assert_eq!(format!("{}: {}", hazard.rule, hazard.message), "list-append: list `log` grows at each execution");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hazard {
    /// The rule that tells of it: `list-append`.
    pub rule: &'static str,
    /// What it tells.
    pub message: &'static str,
}

/// A bind marker.
///
/// ```
/// use cqlint_runtime::Marker;
///
/// let marker = Marker { name: "tags", cql_type: Some("set<text>") };
/// assert_eq!(marker.cql_type, Some("set<text>"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// Its own name, or the name of what it is bound to; empty when it has neither.
    pub name: &'static str,
    /// Its type in CQL, when the schema tells.
    pub cql_type: Option<&'static str>,
}

/// What a person says of a statement, and why. It goes before the verdict, and is told beside it.
///
/// ```
/// use cqlint_runtime::{Claim, Classifier, Question};
///
/// // A scalar write, which could be repeated; here nobody wants that.
/// let text = "UPDATE prices SET amount = ? WHERE article = ?";
/// let classifier = Classifier::builder().claim(text, Claim::NotIdempotent("a late retry may undo a newer price")).build();
/// assert!(!classifier.decide(&Question::new(text)).is_idempotent());
/// ```
pub type Claim = cqlint_analysis::Claim<&'static str>;

impl CheckedStatement {
    /// Whether a driver's flag is set: what a person claims, else whether the verdict is [`Verdict::Idempotent`].
    ///
    /// ```
    /// use cqlint_runtime::{CheckedStatement, Claim, Verdict};
    ///
    /// const COUNT: CheckedStatement = CheckedStatement {
    ///     name: "count",
    ///     text: "UPDATE hits SET n = n + 1 WHERE page = ?",
    ///     keyspace: None,
    ///     verdict: Verdict::NotIdempotent,
    ///     operation: None,
    ///     hazards: &[],
    ///     markers: &[],
    ///     claim: None,
    /// };
    /// assert!(!COUNT.is_idempotent());
    /// let claimed = CheckedStatement { claim: Some(Claim::Idempotent("nobody looks at the number")), ..COUNT };
    /// assert!(claimed.is_idempotent());
    /// ```
    #[must_use]
    pub const fn is_idempotent(&self) -> bool {
        Claim::marks(self.claim.as_ref(), self.verdict)
    }
}

/// The text.
impl fmt::Display for CheckedStatement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text)
    }
}

impl AsRef<str> for CheckedStatement {
    fn as_ref(&self) -> &str {
        self.text
    }
}

/// Takes in the constants that `cqlint-build` wrote: the module `queries`, or the one of the name that is given.
///
/// ```ignore
/// mod queries {
///     cqlint_runtime::include_queries!();
/// }
/// mod reports {
///     cqlint_runtime::include_queries!("reports");
/// }
///
/// assert!(queries::ADD_TAG.is_idempotent());
/// ```
#[macro_export]
macro_rules! include_queries {
    () => {
        $crate::include_queries!("queries");
    };
    ($module:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $module, ".rs"));
    };
}
