//! A caching session that marks what it sends.

use std::borrow::Cow;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::ops::Deref;
use std::sync::Arc;

use scylla::client::caching_session::CachingSession;
use scylla::client::pager::QueryPager;
use scylla::errors::{ExecutionError, PagerExecutionError, PrepareError};
use scylla::response::query_result::QueryResult;
use scylla::response::{PagingState, PagingStateResponse};
use scylla::serialize::batch::BatchValues;
use scylla::serialize::row::SerializeRow;
use scylla::statement::Statement;
use scylla::statement::batch::{Batch, BatchStatement};
use scylla::statement::prepared::PreparedStatement;

use super::IdempotenceAware;
use super::marking::Marking;
use crate::Classifier;

/// A [`CachingSession`] that marks what it sends.
///
/// The cache gives a statement out with the configuration of the one that it was asked with. So what comes out of it is marked
/// each time, with the types that the server told when it prepared the statement first.
///
/// ```no_run
/// # use scylla::client::session::Session;
/// use std::sync::Arc;
/// use cqlint_runtime::Classifier;
/// use cqlint_runtime::scylla_1::SessionExt;
/// use scylla::client::caching_session::CachingSession;
///
/// # async fn example(session: Session) -> Result<(), Box<dyn std::error::Error>> {
/// let session: CachingSession = CachingSession::from(session, 128);
/// let session = session.marked(Arc::new(Classifier::default()));
/// session.execute_unpaged("UPDATE shop.users SET name = ? WHERE id = ?", ("Ann", 7)).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct MarkedCachingSession<S: Clone + BuildHasher = RandomState> {
    session: CachingSession<S>,
    marking: Marking,
}

impl<S: Clone + BuildHasher> MarkedCachingSession<S> {
    pub(super) fn new(session: CachingSession<S>, marking: Marking) -> Self {
        Self { session, marking }
    }

    /// As [`MarkedSession::with_policy`](super::MarkedSession::with_policy).
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedCachingSession;
    /// use cqlint_runtime::scylla_1::IdempotenceAware;
    ///
    /// # fn example(session: MarkedCachingSession) {
    /// let session = session.with_policy(&IdempotenceAware::new());
    /// # }
    /// ```
    #[must_use]
    pub fn with_policy(mut self, policy: &IdempotenceAware) -> Self {
        self.marking = self.marking.with_policy(policy);
        self
    }

    /// As [`MarkedSession::without_live_schema`](super::MarkedSession::without_live_schema).
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedCachingSession;
    /// # fn example(session: MarkedCachingSession) {
    /// let session = session.without_live_schema();
    /// # }
    /// ```
    #[must_use]
    pub fn without_live_schema(mut self) -> Self {
        self.marking.live = None;
        self
    }

    /// The classifier.
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedCachingSession;
    /// # fn example(session: &MarkedCachingSession) {
    /// println!("{:?}", session.classifier().counts());
    /// # }
    /// ```
    #[must_use]
    pub fn classifier(&self) -> &Arc<Classifier> {
        &self.marking.classifier
    }

    /// As [`CachingSession::execute_unpaged`].
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedCachingSession;
    /// # async fn example(session: &MarkedCachingSession) -> Result<(), Box<dyn std::error::Error>> {
    /// session.execute_unpaged("UPDATE shop.users SET name = ? WHERE id = ?", ("Ann", 7)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn execute_unpaged(
        &self,
        query: impl Into<Statement>,
        values: impl SerializeRow,
    ) -> Result<QueryResult, ExecutionError> {
        let prepared = self.cached(query.into(), &values).await?;
        self.session.get_session().execute_unpaged(&prepared, values).await
    }

    /// As [`CachingSession::execute_iter`].
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedCachingSession;
    /// # async fn example(session: &MarkedCachingSession) -> Result<(), Box<dyn std::error::Error>> {
    /// let names = session.execute_iter("SELECT name FROM shop.users", ()).await?.rows_stream::<(String,)>()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn execute_iter(
        &self,
        query: impl Into<Statement>,
        values: impl SerializeRow,
    ) -> Result<QueryPager, PagerExecutionError> {
        let prepared = self.cached(query.into(), &values).await?;
        self.session.get_session().execute_iter(prepared, values).await
    }

    /// As [`CachingSession::execute_single_page`].
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedCachingSession;
    /// # use scylla::response::PagingState;
    /// # async fn example(session: &MarkedCachingSession) -> Result<(), Box<dyn std::error::Error>> {
    /// let (page, next) = session.execute_single_page("SELECT name FROM shop.users", (), PagingState::start()).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn execute_single_page(
        &self,
        query: impl Into<Statement>,
        values: impl SerializeRow,
        paging_state: PagingState,
    ) -> Result<(QueryResult, PagingStateResponse), ExecutionError> {
        let prepared = self.cached(query.into(), &values).await?;
        self.session.get_session().execute_single_page(&prepared, values, paging_state).await
    }

    /// As [`CachingSession::batch`].
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedCachingSession;
    /// # use scylla::statement::batch::Batch;
    /// # async fn example(session: &MarkedCachingSession, batch: &Batch) -> Result<(), Box<dyn std::error::Error>> {
    /// session.batch(batch, ((7, "Ann"), ("Ann", 7))).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn batch(&self, batch: &Batch, values: impl BatchValues) -> Result<QueryResult, ExecutionError> {
        let mut batch = Cow::Borrowed(batch);
        if batch.statements.iter().any(|member| matches!(member, BatchStatement::Query(_))) {
            batch = Cow::Owned(self.session.prepare_batch(&batch).await?);
        }
        let session = self.session.get_session();
        let batch = self.marking.batch(session, &batch, &values).await;
        session.batch(&batch, values).await
    }

    /// As [`CachingSession::prepare_batch`].
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedCachingSession;
    /// # use scylla::statement::batch::Batch;
    /// # async fn example(session: &MarkedCachingSession, batch: &Batch) -> Result<(), Box<dyn std::error::Error>> {
    /// let prepared = session.prepare_batch(batch).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn prepare_batch(&self, batch: &Batch) -> Result<Batch, ExecutionError> {
        let session = self.session.get_session();
        self.marking.refresh(session).await;
        Ok(self.marking.just_prepared_batch(session, self.session.prepare_batch(batch).await?))
    }

    /// As [`CachingSession::add_prepared_statement`].
    ///
    /// ```no_run
    /// # use cqlint_runtime::scylla_1::MarkedCachingSession;
    /// # use scylla::statement::Statement;
    /// # async fn example(session: &MarkedCachingSession) -> Result<(), Box<dyn std::error::Error>> {
    /// let rename = session.add_prepared_statement(&Statement::new("UPDATE shop.users SET name = ? WHERE id = ?")).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the driver.
    pub async fn add_prepared_statement(&self, query: impl Into<&Statement>) -> Result<PreparedStatement, PrepareError> {
        let query = query.into();
        self.marking.refresh(self.session.get_session()).await;
        Ok(self.marking.just_prepared(self.session.add_prepared_statement(query).await?))
    }

    /// The statement out of the cache, marked.
    async fn cached(&self, query: Statement, values: &impl SerializeRow) -> Result<PreparedStatement, PrepareError> {
        let prepared = self.session.add_prepared_statement(&query).await?;
        Ok(self.marking.prepared(self.session.get_session(), Cow::Owned(prepared), values).await.into_owned())
    }
}

impl<S: Clone + BuildHasher> Deref for MarkedCachingSession<S> {
    type Target = CachingSession<S>;

    fn deref(&self) -> &CachingSession<S> {
        &self.session
    }
}
