//! Statements that are prepared, and those that are bound, too.

use std::borrow::Cow;

use scylla::client::pager::QueryPager;
use scylla::errors::{ExecutionError, PagerExecutionError};
use scylla::response::query_result::QueryResult;
use scylla::response::{PagingState, PagingStateResponse};
use scylla::serialize::row::SerializeRow;
use scylla::statement::bound::BoundStatement;
use scylla::statement::prepared::PreparedStatement;

use super::MarkedSession;

impl MarkedSession {
    /// As [`Session::execute_unpaged`](scylla::client::session::Session::execute_unpaged); where the values decide, they are looked at.
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # use scylla::statement::prepared::PreparedStatement;
    /// # async fn example(session: &MarkedSession, rename: &PreparedStatement) -> Result<(), Box<dyn std::error::Error>> {
    /// session.execute_unpaged(rename, ("Ann", 7)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn execute_unpaged(
        &self,
        prepared: &PreparedStatement,
        values: impl SerializeRow,
    ) -> Result<QueryResult, ExecutionError> {
        let prepared = self.marking.prepared(&self.session, Cow::Borrowed(prepared), &values).await;
        self.session.execute_unpaged(&prepared, values).await
    }

    /// As [`Session::execute_single_page`](scylla::client::session::Session::execute_single_page); where the values decide, they are looked at.
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # use scylla::response::PagingState;
    /// # use scylla::statement::prepared::PreparedStatement;
    /// # async fn example(session: &MarkedSession, names: &PreparedStatement) -> Result<(), Box<dyn std::error::Error>> {
    /// let (page, next) = session.execute_single_page(names, (), PagingState::start()).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn execute_single_page(
        &self,
        prepared: &PreparedStatement,
        values: impl SerializeRow,
        paging_state: PagingState,
    ) -> Result<(QueryResult, PagingStateResponse), ExecutionError> {
        let prepared = self.marking.prepared(&self.session, Cow::Borrowed(prepared), &values).await;
        self.session.execute_single_page(&prepared, values, paging_state).await
    }

    /// As [`Session::execute_iter`](scylla::client::session::Session::execute_iter); where the values decide, they are looked at.
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # use scylla::statement::prepared::PreparedStatement;
    /// # async fn example(session: &MarkedSession, names: PreparedStatement) -> Result<(), Box<dyn std::error::Error>> {
    /// let names = session.execute_iter(names, ()).await?.rows_stream::<(String,)>()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn execute_iter(
        &self,
        prepared: impl Into<PreparedStatement>,
        values: impl SerializeRow,
    ) -> Result<QueryPager, PagerExecutionError> {
        let prepared = self.marking.prepared(&self.session, Cow::Owned(prepared.into()), &values).await;
        self.session.execute_iter(prepared.into_owned(), values).await
    }

    /// As [`Session::execute_bound_unpaged`](scylla::client::session::Session::execute_bound_unpaged).
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # use scylla::statement::prepared::PreparedStatement;
    /// # async fn example(session: &MarkedSession, rename: PreparedStatement) -> Result<(), Box<dyn std::error::Error>> {
    /// session.execute_bound_unpaged(&rename.bind(&("Ann", 7))?).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn execute_bound_unpaged(&self, bound: &BoundStatement) -> Result<QueryResult, ExecutionError> {
        let bound = self.marking.bound(&self.session, Cow::Borrowed(bound)).await;
        self.session.execute_bound_unpaged(&bound).await
    }

    /// As [`Session::execute_bound_single_page`](scylla::client::session::Session::execute_bound_single_page).
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # use scylla::response::PagingState;
    /// # use scylla::statement::bound::BoundStatement;
    /// # async fn example(session: &MarkedSession, names: &BoundStatement) -> Result<(), Box<dyn std::error::Error>> {
    /// let (page, next) = session.execute_bound_single_page(names, PagingState::start()).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn execute_bound_single_page(
        &self,
        bound: &BoundStatement,
        paging_state: PagingState,
    ) -> Result<(QueryResult, PagingStateResponse), ExecutionError> {
        let bound = self.marking.bound(&self.session, Cow::Borrowed(bound)).await;
        self.session.execute_bound_single_page(&bound, paging_state).await
    }

    /// As [`Session::execute_bound_iter`](scylla::client::session::Session::execute_bound_iter).
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedSession;
    /// # use scylla::statement::bound::BoundStatement;
    /// # async fn example(session: &MarkedSession, names: BoundStatement) -> Result<(), Box<dyn std::error::Error>> {
    /// let names = session.execute_bound_iter(names).await?.rows_stream::<(String,)>()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn execute_bound_iter(&self, bound: BoundStatement) -> Result<QueryPager, PagerExecutionError> {
        let bound = self.marking.bound(&self.session, Cow::Owned(bound)).await;
        self.session.execute_bound_iter(bound.into_owned()).await
    }
}
