//! Statements that were checked when the program was built: prepared and marked, and taken wherever the driver takes statements.

use std::future::Future;
use std::sync::Arc;

use scylla::client::session::Session;
use scylla::errors::PrepareError;
use scylla::statement::Statement;
use scylla::statement::prepared::PreparedStatement;

use super::MarkedSession;
use super::mark::Markable;
use crate::CheckedStatement;

/// Prepares statements that were checked when the program was built. `prepare_all`, which `cqlint-build` writes, is made of it.
///
/// A plain [`Session`] takes the mark of the constant, unless it prepares the statement in another keyspace than the one it was
/// checked for. A [`MarkedSession`] decides anew with the schema of the cluster; where it and the build disagree, the one that
/// says no is believed, and `tracing` gets a warning: see [`Classifier::learn`](crate::Classifier::learn).
///
/// ```no_run
/// use cqlint_runtime::CheckedStatement;
/// use cqlint_runtime::scylla_1::PrepareChecked;
///
/// # const ADD_TAG: CheckedStatement = CheckedStatement {
/// #     name: "", text: "", keyspace: None, verdict: cqlint_runtime::Verdict::Depends, operation: None, hazards: &[], markers: &[], claim: None,
/// # };
/// async fn example(session: &impl PrepareChecked) -> Result<(), Box<dyn std::error::Error>> {
///     let add_tag = session.prepare_checked(&ADD_TAG).await?;
///     println!("marked: {}", add_tag.get_is_idempotent());
///     Ok(())
/// }
/// ```
pub trait PrepareChecked {
    /// Prepares a statement and marks it.
    ///
    /// # Errors
    ///
    /// Those of the driver.
    ///
    /// ```no_run
    /// # use cqlint_runtime::CheckedStatement;
    /// # use scylla::client::session::Session;
    /// use cqlint_runtime::scylla_1::PrepareChecked;
    ///
    /// # async fn example(session: Session, statement: &CheckedStatement) -> Result<(), Box<dyn std::error::Error>> {
    /// let prepared = session.prepare_checked(statement).await?;
    /// # Ok(())
    /// # }
    /// ```
    fn prepare_checked(&self, statement: &CheckedStatement)
    -> impl Future<Output = Result<PreparedStatement, PrepareError>> + Send;
}

impl PrepareChecked for Session {
    async fn prepare_checked(&self, statement: &CheckedStatement) -> Result<PreparedStatement, PrepareError> {
        let mut prepared = self.prepare(statement).await?;
        let elsewhere = prepared.get_keyspace_name().zip(statement.keyspace).is_some_and(|(own, meant)| own != meant);
        if elsewhere && prepared.get_is_idempotent() {
            tracing::warn!(
                target: "cqlint",
                statement = statement.text,
                checked_for = statement.keyspace,
                prepared_in = prepared.get_keyspace_name(),
                "not marked: it was checked for another keyspace than it is prepared in"
            );
            prepared.set_is_idempotent(false);
        }
        Ok(prepared)
    }
}

impl PrepareChecked for MarkedSession {
    async fn prepare_checked(&self, statement: &CheckedStatement) -> Result<PreparedStatement, PrepareError> {
        self.classifier().learn(&[statement]);
        let prepared = self.prepare(statement.text).await?;
        prepared.decide(self.classifier(), None).compare(statement);
        Ok(prepared)
    }
}

impl<S: PrepareChecked + Send + Sync> PrepareChecked for Arc<S> {
    fn prepare_checked(
        &self,
        statement: &CheckedStatement,
    ) -> impl Future<Output = Result<PreparedStatement, PrepareError>> + Send {
        self.as_ref().prepare_checked(statement)
    }
}

/// The text with its mark, for a session that does not prepare. A [`MarkedSession`] marks it anew.
impl From<&CheckedStatement> for Statement {
    fn from(statement: &CheckedStatement) -> Self {
        let mut made = Self::new(statement.text);
        made.set_is_idempotent(statement.is_idempotent());
        made
    }
}

#[cfg(test)]
mod tests;
