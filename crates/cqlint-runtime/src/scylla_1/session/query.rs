//! Statements that are not prepared, and batches.

use scylla::client::pager::QueryPager;
use scylla::errors::{ExecutionError, PagerExecutionError};
use scylla::response::query_result::QueryResult;
use scylla::response::{PagingState, PagingStateResponse};
use scylla::serialize::batch::BatchValues;
use scylla::serialize::row::SerializeRow;
use scylla::statement::Statement;
use scylla::statement::batch::Batch;

use super::MarkedSession;

impl MarkedSession {
    /// As [`Session::query_unpaged`](scylla::client::session::Session::query_unpaged).
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # async fn example(session: &MarkedSession) -> Result<(), Box<dyn std::error::Error>> {
    /// session.query_unpaged("INSERT INTO shop.users (id, name) VALUES (7, 'Ann')", ()).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn query_unpaged(
        &self,
        statement: impl Into<Statement>,
        values: impl SerializeRow,
    ) -> Result<QueryResult, ExecutionError> {
        let statement = self.marking.unprepared(&self.session, statement.into()).await;
        self.session.query_unpaged(statement, values).await
    }

    /// As [`Session::query_single_page`](scylla::client::session::Session::query_single_page).
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # use scylla::response::PagingState;
    /// # async fn example(session: &MarkedSession) -> Result<(), Box<dyn std::error::Error>> {
    /// let (page, next) = session.query_single_page("SELECT name FROM shop.users", (), PagingState::start()).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn query_single_page(
        &self,
        statement: impl Into<Statement>,
        values: impl SerializeRow,
        paging_state: PagingState,
    ) -> Result<(QueryResult, PagingStateResponse), ExecutionError> {
        let statement = self.marking.unprepared(&self.session, statement.into()).await;
        self.session.query_single_page(statement, values, paging_state).await
    }

    /// As [`Session::query_iter`](scylla::client::session::Session::query_iter).
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # async fn example(session: &MarkedSession) -> Result<(), Box<dyn std::error::Error>> {
    /// let names = session.query_iter("SELECT name FROM shop.users", ()).await?.rows_stream::<(String,)>()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn query_iter(
        &self,
        statement: impl Into<Statement>,
        values: impl SerializeRow,
    ) -> Result<QueryPager, PagerExecutionError> {
        let statement = self.marking.unprepared(&self.session, statement.into()).await;
        self.session.query_iter(statement, values).await
    }

    /// As [`Session::batch`](scylla::client::session::Session::batch): the batch is marked from its statements, whose own marks the driver ignores.
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// use scylla::statement::batch::Batch;
    ///
    /// # async fn example(session: &MarkedSession) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut batch = Batch::default();
    /// batch.append_statement("INSERT INTO shop.users (id, name) VALUES (?, ?)");
    /// batch.append_statement("INSERT INTO shop.users_by_name (name, id) VALUES (?, ?)");
    /// session.batch(&batch, ((7, "Ann"), ("Ann", 7))).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn batch(&self, batch: &Batch, values: impl BatchValues) -> Result<QueryResult, ExecutionError> {
        let batch = self.marking.batch(&self.session, batch, &values).await;
        self.session.batch(&batch, values).await
    }
}
