//! A statement that was checked: all that its constant says.

use std::collections::BTreeSet;

use cqlint_analysis::drivers::retry::Operation;
use cqlint_analysis::{Analysis, DataType, Options, StatementAnalysis, Verdict, What, analyze, markers, mentions};

/// A statement that was checked: all that its constant says.
///
/// ```
/// use cqlint_analysis::{Options, Schema, Verdict};
/// use cqlint_build::Statement;
///
/// let schema = Schema::from_text("CREATE TABLE users (id uuid PRIMARY KEY, tags set<text>)");
/// let options = Options { schema: Some(&schema), ..Options::default() };
/// let statement = Statement::new("add_tag", "UPDATE users SET tags = tags + ? WHERE id = ?", &options);
/// assert_eq!((statement.verdict, statement.markers.len()), (Verdict::Idempotent, 2));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What its file calls it; empty for a statement that has no name.
    pub name: String,
    /// The text that is sent.
    pub text: String,
    /// The keyspace of names that have none, when there are such names and it is known.
    pub keyspace: Option<String>,
    /// May it be executed twice?
    pub verdict: Verdict,
    /// What it does; nothing for what does not parse.
    pub operation: Option<Operation>,
    /// Why not.
    pub hazards: Vec<Hazard>,
    /// Its bind markers, in order.
    pub markers: Vec<Marker>,
    /// What a person says of it.
    pub claim: Option<Claim>,
}

/// Why a statement may not be executed twice.
///
/// ```
/// use cqlint_analysis::Options;
/// use cqlint_build::Statement;
///
/// let statement = Statement::new("clear", "TRUNCATE drafts", &Options::default());
/// assert_eq!(statement.hazards[0].rule, "truncate");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hazard {
    /// The rule that tells of it.
    pub rule: &'static str,
    /// What it tells.
    pub message: String,
}

/// A bind marker.
///
/// ```
/// use cqlint_analysis::Options;
/// use cqlint_build::Statement;
///
/// let statement = Statement::new("newest", "SELECT * FROM drafts WHERE author = :who LIMIT ?", &Options::default());
/// let said: Vec<_> = statement.markers.iter().map(|marker| (marker.name.as_str(), marker.data_type.is_some())).collect();
/// assert_eq!(said, [("who", false), ("limit", true)]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// What it goes by; empty when it goes by nothing.
    pub name: String,
    /// Whether that is a name of its own: all markers of this name take one value.
    pub is_named: bool,
    /// Its type, when the schema tells.
    pub data_type: Option<DataType>,
}

/// What a person says of a statement, and why.
///
/// ```
/// let claim = cqlint_build::Claim::NotIdempotent("it is made into bills".to_owned());
/// ```
pub type Claim = cqlint_analysis::Claim<String>;

impl Marker {
    fn new(marker: cqlint_analysis::Marker, text: &str) -> Self {
        let is_named = marker.span.text(text).starts_with(':');
        Self { name: marker.name.unwrap_or_default(), is_named, data_type: marker.data_type }
    }
}

impl Statement {
    /// What is known of a text: the same as everywhere, because `analyze` decides it.
    ///
    /// ```
    /// use cqlint_analysis::{Options, Verdict};
    /// use cqlint_build::Statement;
    ///
    /// let statement = Statement::new("visit", "UPDATE pages SET views = views + 1 WHERE page = ?", &Options::default());
    /// assert_eq!(statement.verdict, Verdict::NotIdempotent);
    /// assert_eq!(statement.hazards[0].rule, "counter-update");
    /// assert_eq!(statement.markers[0].name, "page");
    /// ```
    #[must_use]
    pub fn new(name: &str, text: &str, options: &Options<'_>) -> Self {
        // Only what a verdict is made of.
        let options = Options { levels: None, ..*options };
        let Analysis { verdict, statements, .. } = analyze(text, &options);
        let operation = match statements.as_slice() {
            [only] => only.operation,
            _ => None,
        };
        let markers = markers(text, &options).into_iter();
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            keyspace: options.keyspace.filter(|_| needs_keyspace(text, &options)).map(str::to_owned),
            verdict,
            operation,
            hazards: statements.iter().flat_map(|statement| hazards(statement, text, &options)).collect(),
            markers: markers.map(|marker| Marker::new(marker, text)).collect(),
            claim: None,
        }
    }

    /// Whether a driver's flag is set: what a person claims, else whether the verdict is [`Verdict::Idempotent`].
    ///
    /// ```
    /// use cqlint_analysis::Options;
    /// use cqlint_build::{Claim, Statement};
    ///
    /// let statement = Statement::new("clear", "TRUNCATE drafts", &Options::default());
    /// assert!(!statement.is_idempotent());
    /// let claim = Some(Claim::Idempotent("nobody writes drafts while they are cleared".to_owned()));
    /// assert!(Statement { claim, ..statement }.is_idempotent());
    /// ```
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        Claim::marks(self.claim.as_ref(), self.verdict)
    }
}

/// Whether it names something without a keyspace that has to be in one.
fn needs_keyspace(text: &str, options: &Options<'_>) -> bool {
    let found = mentions(text, &Options { keyspace: None, ..*options });
    found.iter().any(|mention| mention.keyspace.is_none() && matches!(mention.what.family(), What::Table | What::Type))
}

/// What blocks a better verdict.
fn hazards(statement: &StatementAnalysis, text: &str, options: &Options<'_>) -> Vec<Hazard> {
    let blocking = blocking(statement, options);
    let findings = statement.diagnostics(text, options).into_iter();
    let findings = findings.filter(|finding| blocking.contains(finding.rule.name));
    findings.map(|finding| Hazard { rule: finding.rule.name, message: finding.message }).collect()
}

/// The rules of the hazards that the profile blocks, and that it does not parse.
pub(crate) fn blocking(statement: &StatementAnalysis, options: &Options<'_>) -> BTreeSet<&'static str> {
    let blocking = statement.hazards.iter().filter(|hazard| options.profile.blocks.contains(hazard.effect));
    let broken = statement.errors.first().map(|_| "syntax-error");
    blocking.map(|hazard| hazard.rule.name).chain(broken).collect()
}
