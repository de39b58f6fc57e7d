//! What was found when the program was built, beside what is found now.

use std::sync::Arc;

use super::cache::Cache;
use super::{Classifier, Known};
use crate::{CheckedStatement, Claim, Decision, Verdict};

impl Classifier {
    /// Takes in what was found when the program was built. What a person claims there goes before the verdict here, too; and
    /// what may certainly not be executed twice by the schema that it was built with is not marked, whatever the cluster says.
    ///
    /// What the build left open is decided here. A claim that is known already stays.
    ///
    /// ```
    /// use cqlint_runtime::{CheckedStatement, Classifier, Hazard, Question, Verdict};
    ///
    /// // As `cqlint-build` writes it, when `tags` is a list in the folder with the schema.
    /// const ADD_TAG: CheckedStatement = CheckedStatement {
    ///     name: "add_tag",
    ///     text: "UPDATE users SET tags = tags + ? WHERE id = ?",
    ///     keyspace: None,
    ///     verdict: Verdict::NotIdempotent,
    ///     operation: None,
    ///     hazards: &[Hazard { rule: "list-append", message: "elements are appended to list `tags`" }],
    ///     markers: &[],
    ///     claim: None,
    /// };
    ///
    /// // In the cluster it is a set. One of the two is not what it should be.
    /// let classifier = Classifier::builder().schema("CREATE TABLE users (id uuid PRIMARY KEY, tags set<text>)").build();
    /// assert!(classifier.decide(&Question::new(ADD_TAG.text)).is_idempotent());
    /// classifier.learn(&[&ADD_TAG]);
    /// let decision = classifier.decide(&Question::new(ADD_TAG.text));
    /// assert_eq!((decision.verdict, decision.is_idempotent()), (Verdict::Idempotent, false));
    /// ```
    pub fn learn(&self, statements: &[&CheckedStatement]) {
        let told = statements.iter().filter_map(|statement| Some((statement.text, claim(statement)?)));
        let told: Vec<_> = told.collect();
        let is_new = |known: &Known, text: &str| known.claim(text).is_none();
        if !told.iter().any(|(text, _)| is_new(&self.known.load(), text)) {
            return;
        }
        self.change(|now| {
            let new = told.iter().filter(|(text, _)| is_new(now, text)).map(|(text, claim)| (Box::from(*text), *claim));
            let claims = now.claims.iter().cloned().chain(new).collect();
            Known { schema: now.schema.clone(), claims: Arc::new(claims), cache: Cache::new(self.capacity) }
        });
    }
}

impl Decision {
    /// Tells `tracing` when the build found something else.
    #[cfg(any(feature = "scylla-1", feature = "cdrs-tokio-9"))]
    pub(crate) fn compare(&self, statement: &CheckedStatement) {
        if statement.verdict == Verdict::Depends || statement.verdict == self.verdict {
            return;
        }
        tracing::warn!(
            target: "cqlint",
            statement = statement.text,
            built = statement.verdict.name(),
            found = self.verdict.name(),
            marked = self.is_idempotent(),
            "the program was built with another schema than the cluster has, or with another profile than the classifier"
        );
    }
}

/// What the build says of a statement, whatever is known now.
fn claim(statement: &CheckedStatement) -> Option<Claim> {
    let hazard = || statement.hazards.first().map_or("it may not be executed twice", |hazard| hazard.message);
    match (statement.claim, statement.verdict) {
        (Some(claim), _) => Some(claim),
        (None, Verdict::NotIdempotent) => Some(Claim::NotIdempotent(hazard())),
        (None, Verdict::Idempotent | Verdict::Depends) => None,
    }
}
