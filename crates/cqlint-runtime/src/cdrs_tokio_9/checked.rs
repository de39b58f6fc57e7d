//! Statements that were checked when the program was built.

use cdrs_tokio::Result;
use cdrs_tokio::query::PreparedQuery;
use cdrs_tokio::statement::StatementParams;

use super::{MarkedSession, Requests};
use crate::CheckedStatement;

impl<S: Requests> MarkedSession<S> {
    /// Prepares a statement that was checked when the program was built. `prepare_all`, which `cqlint-build` writes, is made of
    /// it. A prepared statement has no mark of its own: the session marks each request with it.
    ///
    /// Where the session and the build disagree, the one that says no is believed, and `tracing` gets a warning: see
    /// [`Classifier::learn`](crate::Classifier::learn).
    ///
    /// # Errors
    /// The session's own.
    ///
    /// ```no_run
    /// # use cqlint_runtime::CheckedStatement;
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>, add_tag: &CheckedStatement) -> cdrs_tokio::Result<()> {
    /// let add_tag = session.prepare_checked(add_tag).await?;
    /// session.exec_with_values(&add_tag, vec!["new", "anna"]).await?;
    /// # Ok(()) }
    /// ```
    pub async fn prepare_checked(&self, statement: &CheckedStatement) -> Result<PreparedQuery> {
        self.classifier.learn(&[statement]);
        let prepared = self.prepare(statement.text).await?;
        let types = || self.told.types(&prepared.id);
        let found = self.decide(&prepared.query, prepared.keyspace.as_deref(), Some(&types), &StatementParams::default());
        found.compare(statement);
        Ok(prepared)
    }
}
