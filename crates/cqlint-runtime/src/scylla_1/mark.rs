//! Statements that are marked one by one, for those who keep a plain `Session`.

use std::sync::Arc;

use scylla::policies::retry::RetryPolicy;
use scylla::serialize::SerializationError;
use scylla::serialize::row::SerializeRow;
use scylla::statement::Statement;
use scylla::statement::batch::{Batch, BatchStatement, BatchType};
use scylla::statement::bound::BoundStatement;
use scylla::statement::prepared::PreparedStatement;

use super::marking::decide_with_values;
use super::{IdempotenceAware, types};
use crate::{BatchKind, BatchQuestion, Classifier, Decision, MarkerType, Question, Timestamp};

/// Marks a statement.
///
/// A mark that was set by hand is replaced, whatever it was: the flag is a plain `bool`, so nobody can tell `false` from
/// nothing said, and what a person knows better belongs into a [`Claim`](crate::Claim), which has a reason.
///
/// ```
/// use cqlint_runtime::Classifier;
/// use cqlint_runtime::scylla_1::Mark;
/// use scylla::statement::Statement;
///
/// let classifier = Classifier::default();
/// let mut rename = Statement::new("UPDATE users SET name = ? WHERE id = ?");
/// rename.mark(&classifier);
/// assert!(rename.get_is_idempotent());
///
/// let mut count = Statement::new("UPDATE hits SET n = n + 1 WHERE page = ?");
/// let decision = count.mark(&classifier);
/// assert!(!count.get_is_idempotent());
/// assert_eq!(decision.reasons[0].rule, "counter-update");
/// ```
pub trait Mark {
    /// Marks it, or takes the mark away.
    ///
    /// ```
    /// use cqlint_runtime::Classifier;
    /// use cqlint_runtime::scylla_1::Mark;
    /// use scylla::statement::batch::Batch;
    ///
    /// let mut batch = Batch::default();
    /// batch.append_statement("INSERT INTO users (id, name) VALUES (?, ?)");
    /// batch.append_statement("INSERT INTO users_by_name (name, id) VALUES (?, ?)");
    /// assert!(batch.mark(&Classifier::default()).is_idempotent());
    /// assert!(batch.get_is_idempotent());
    /// ```
    fn mark(&mut self, classifier: &Classifier) -> Arc<Decision>;

    /// The same, and lets the policy decide about retries with what the statement does. A policy that the statement has already
    /// decides first.
    ///
    /// ```
    /// use cqlint_runtime::Classifier;
    /// use cqlint_runtime::scylla_1::{IdempotenceAware, Mark};
    /// use scylla::statement::Statement;
    ///
    /// let mut rename = Statement::new("UPDATE users SET name = ? WHERE id = ?");
    /// rename.mark_with(&Classifier::default(), &IdempotenceAware::new());
    /// assert!(rename.get_retry_policy().is_some());
    /// ```
    fn mark_with(&mut self, classifier: &Classifier, policy: &IdempotenceAware) -> Arc<Decision>;
}

/// Binds values to a prepared statement, which is marked with a look at them: a [`BoundStatement`] does not show them any more.
///
/// ```no_run
/// # use scylla::statement::prepared::PreparedStatement;
/// use cqlint_runtime::Classifier;
/// use cqlint_runtime::scylla_1::BindMarked;
///
/// # fn example(prepared: PreparedStatement, classifier: Classifier) -> Result<(), Box<dyn std::error::Error>> {
/// // UPDATE users SET log[0] = ? WHERE id = ?
/// let bound = prepared.bind_marked(&(None::<String>, 7), &classifier)?;
/// // Null removes the element, and a second time the next one.
/// assert!(!bound.prepared().get_is_idempotent());
/// # Ok(())
/// # }
/// ```
pub trait BindMarked {
    /// Binds the values and marks the statement.
    ///
    /// # Errors
    ///
    /// When the values do not fit the bind markers.
    fn bind_marked(self, values: &impl SerializeRow, classifier: &Classifier) -> Result<BoundStatement, SerializationError>;
}

impl BindMarked for PreparedStatement {
    fn bind_marked(mut self, row: &impl SerializeRow, classifier: &Classifier) -> Result<BoundStatement, SerializationError> {
        let decision = decide_with_values(classifier, &self, row);
        self.set_is_idempotent(decision.is_idempotent());
        self.bind(row)
    }
}

impl<T: Markable> Mark for T {
    fn mark(&mut self, classifier: &Classifier) -> Arc<Decision> {
        let decision = self.decide(classifier, None);
        self.set_mark(decision.is_idempotent());
        decision
    }

    fn mark_with(&mut self, classifier: &Classifier, policy: &IdempotenceAware) -> Arc<Decision> {
        let decision = self.mark(classifier);
        let policy = policy.for_statement(decision.operation, self.retry_policy());
        self.set_policy(policy);
        decision
    }
}

/// What the statements of the driver have in common.
pub(super) trait Markable {
    /// What is decided of it. Where an unprepared statement says no keyspace, it is this one.
    fn decide(&self, classifier: &Classifier, keyspace: Option<&str>) -> Arc<Decision>;
    fn is_marked(&self) -> bool;
    fn set_mark(&mut self, mark: bool);
    fn retry_policy(&self) -> Option<&Arc<dyn RetryPolicy>>;
    fn set_policy(&mut self, policy: Arc<dyn RetryPolicy>);
}

/// They go by the same names, each as its own method.
macro_rules! settings {
    ($($of:ident).*) => {
        fn is_marked(&self) -> bool {
            self.$($of().)*get_is_idempotent()
        }

        fn set_mark(&mut self, mark: bool) {
            self.set_is_idempotent(mark);
        }

        fn retry_policy(&self) -> Option<&Arc<dyn RetryPolicy>> {
            self.$($of().)*get_retry_policy()
        }

        fn set_policy(&mut self, policy: Arc<dyn RetryPolicy>) {
            self.set_retry_policy(Some(policy));
        }
    };
}

impl Markable for Statement {
    fn decide(&self, classifier: &Classifier, keyspace: Option<&str>) -> Arc<Decision> {
        classifier.decide(&unprepared(self, keyspace))
    }

    settings!();
}

impl Markable for PreparedStatement {
    fn decide(&self, classifier: &Classifier, _: Option<&str>) -> Arc<Decision> {
        classifier.decide(&prepared(self, &|| types::markers(self)))
    }

    settings!();
}

impl Markable for BoundStatement {
    fn decide(&self, classifier: &Classifier, keyspace: Option<&str>) -> Arc<Decision> {
        self.prepared().decide(classifier, keyspace)
    }

    settings!(prepared);
}

impl Markable for Batch {
    fn decide(&self, classifier: &Classifier, keyspace: Option<&str>) -> Arc<Decision> {
        ask_of_batch(self, keyspace, |question| classifier.decide_batch(question))
    }

    settings!();
}

pub(super) fn unprepared<'a>(statement: &'a Statement, keyspace: Option<&'a str>) -> Question<'a> {
    Question { text: &statement.contents, keyspace, timestamp: timestamp(statement.get_timestamp()), types: None }
}

/// The keyspace of a prepared statement is that of its table, not the one that the session uses now; it is told with the bind
/// markers.
pub(super) fn prepared<'a>(statement: &'a PreparedStatement, types: &'a dyn Fn() -> Vec<MarkerType>) -> Question<'a> {
    Question {
        text: statement.get_statement(),
        keyspace: statement.get_keyspace_name(),
        timestamp: timestamp(statement.get_timestamp()),
        types: Some(types),
    }
}

/// Asks what a batch is, from its statements.
pub(super) fn ask_of_batch<T>(batch: &Batch, keyspace: Option<&str>, ask: impl FnOnce(&BatchQuestion<'_>) -> T) -> T {
    let kind = match batch.get_type() {
        BatchType::Logged => BatchKind::Logged,
        BatchType::Unlogged => BatchKind::Unlogged,
        BatchType::Counter => BatchKind::Counter,
    };
    let types: Vec<_> = batch.statements.iter().map(|member| move || told(member)).collect();
    let members = batch.statements.iter().zip(&types).map(|(member, types)| question_of(member, types, keyspace));
    let members: Vec<Question<'_>> = members.collect();
    ask(&BatchQuestion { kind, members: &members, timestamp: timestamp(batch.get_timestamp()) })
}

fn question_of<'a>(member: &'a BatchStatement, types: &'a dyn Fn() -> Vec<MarkerType>, keyspace: Option<&'a str>) -> Question<'a> {
    match member {
        BatchStatement::Query(statement) => unprepared(statement, keyspace),
        BatchStatement::PreparedStatement(statement) => prepared(statement, types),
        // Of what nobody knows, nobody decides.
        _ => Question { keyspace, ..Question::new("?") },
    }
}

fn told(member: &BatchStatement) -> Vec<MarkerType> {
    match member {
        BatchStatement::PreparedStatement(prepared) => types::markers(prepared),
        _ => Vec::new(),
    }
}

/// One that the request carries is sent with each attempt; the driver's generator draws a new one for each.
fn timestamp(own: Option<i64>) -> Timestamp {
    match own {
        Some(_) => Timestamp::Own,
        None => Timestamp::Drawn,
    }
}

#[cfg(test)]
mod tests;
