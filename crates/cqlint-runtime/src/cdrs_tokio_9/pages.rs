//! Results page by page.

use cdrs_tokio::Result;
use cdrs_tokio::cluster::PagerState;
use cdrs_tokio::frame::message_result::RowsMetadataFlags;
use cdrs_tokio::query::PreparedQuery;
use cdrs_tokio::statement::StatementParams;
use cdrs_tokio::types::rows::Row;

use super::{MarkedSession, Requests};

impl<S: Requests> MarkedSession<S> {
    /// Asks for results page by page: what the session's own method does, with marks.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// let mut pages = session.paged(500).query("SELECT id FROM shop.users");
    /// loop {
    ///     for row in pages.next().await? {
    ///         println!("{row:?}");
    ///     }
    ///     if !pages.has_more() {
    ///         break;
    ///     }
    /// }
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn paged(&self, page_size: i32) -> MarkedPager<'_, S> {
        MarkedPager { session: self, page_size }
    }
}

/// Asks for results page by page, each as large as was said.
///
/// ```no_run
/// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
/// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
/// let pager = session.paged(100);
/// let users = pager.query("SELECT id FROM shop.users").next().await?;
/// let orders = pager.query("SELECT id FROM shop.orders").next().await?;
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct MarkedPager<'s, S> {
    session: &'s MarkedSession<S>,
    page_size: i32,
}

impl<'s, S: Requests> MarkedPager<'s, S> {
    /// The pages of what a text selects.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// let first = session.paged(10).query("SELECT id FROM shop.users").next().await?;
    /// # Ok(()) }
    /// ```
    pub fn query<Q: ToString>(&self, query: Q) -> Pages<'s, S> {
        self.query_with_params(query, StatementParams::default())
    }

    /// The pages of what a text selects, with parameters: values, a consistency.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// use cdrs_tokio::statement::StatementParamsBuilder;
    ///
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// let parameters = StatementParamsBuilder::new().with_values(vec!["anna"].into()).build();
    /// let mut orders = session.paged(10).query_with_params("SELECT * FROM shop.orders WHERE user = ?", parameters);
    /// let first = orders.next().await?;
    /// # Ok(()) }
    /// ```
    pub fn query_with_params<Q: ToString>(&self, query: Q, parameters: StatementParams) -> Pages<'s, S> {
        self.pages(What::Text(query.to_string()), parameters)
    }

    /// The pages of what a prepared statement selects.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// let users = session.prepare("SELECT id FROM shop.users").await?;
    /// let first = session.paged(10).exec(&users).next().await?;
    /// # Ok(()) }
    /// ```
    pub fn exec<'p>(&self, prepared: &'p PreparedQuery) -> Pages<'p, S>
    where
        's: 'p,
    {
        self.exec_with_params(prepared, StatementParams::default())
    }

    /// The pages of what a prepared statement selects, with parameters: values, a consistency.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// use cdrs_tokio::statement::StatementParamsBuilder;
    ///
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// let orders = session.prepare("SELECT * FROM shop.orders WHERE user = ?").await?;
    /// let parameters = StatementParamsBuilder::new().with_values(vec!["anna"].into()).build();
    /// let first = session.paged(10).exec_with_params(&orders, parameters).next().await?;
    /// # Ok(()) }
    /// ```
    pub fn exec_with_params<'p>(&self, prepared: &'p PreparedQuery, parameters: StatementParams) -> Pages<'p, S>
    where
        's: 'p,
    {
        self.pages(What::Prepared(prepared), parameters)
    }

    fn pages<'p>(&self, what: What<'p>, mut parameters: StatementParams) -> Pages<'p, S>
    where
        's: 'p,
    {
        parameters.query_params.page_size = Some(self.page_size);
        Pages { session: self.session, what, parameters, state: PagerState::new() }
    }
}

#[derive(Debug)]
enum What<'p> {
    Text(String),
    Prepared(&'p PreparedQuery),
}

/// One page after the other.
///
/// ```no_run
/// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
/// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
/// let mut pages = session.paged(10).query("SELECT id FROM shop.users");
/// let first = pages.next().await?;
/// // For a second request of a web page, say.
/// let state = pages.pager_state();
/// let mut pages = session.paged(10).query("SELECT id FROM shop.users").continued(state);
/// let second = pages.next().await?;
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Pages<'p, S> {
    session: &'p MarkedSession<S>,
    what: What<'p>,
    parameters: StatementParams,
    state: PagerState,
}

impl<S: Requests> Pages<'_, S> {
    /// Goes on where other pages have ended.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>, cursor: Vec<u8>) -> cdrs_tokio::Result<()> {
    /// use cdrs_tokio::cluster::PagerState;
    /// use cdrs_tokio::types::CBytes;
    ///
    /// let state = PagerState::new_with_cursor(CBytes::new(cursor));
    /// let page = session.paged(10).query("SELECT id FROM shop.users").continued(state).next().await?;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn continued(self, state: PagerState) -> Self {
        Self { state, ..self }
    }

    /// The rows of the next page.
    ///
    /// # Errors
    /// The session's own, and when the answer holds no rows.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{Pages, Requests};
    /// # async fn of<S: Requests>(mut pages: Pages<'_, S>) -> cdrs_tokio::Result<()> {
    /// println!("{} rows", pages.next().await?.len());
    /// # Ok(()) }
    /// ```
    pub async fn next(&mut self) -> Result<Vec<Row>> {
        self.parameters.query_params.paging_state = self.state.cursor();
        let envelope = match &self.what {
            What::Text(text) => self.session.query_with_params(text, self.parameters.clone()).await?,
            What::Prepared(prepared) => self.session.exec_with_params(prepared, &self.parameters).await?,
        };
        let body = envelope.response_body()?;
        let metadata = body.as_rows_metadata().ok_or("A paged statement has to answer with rows")?;
        let has_more = metadata.flags.contains(RowsMetadataFlags::HAS_MORE_PAGES);
        self.state = match &metadata.paging_state {
            Some(cursor) => PagerState::new_with_cursor_and_more_flag(cursor.clone(), has_more),
            None => PagerState::new(),
        };
        body.into_rows().ok_or_else(|| "A paged statement has to answer with rows".into())
    }

    /// Whether there is another page. Before the first one was asked for, nobody knows: no.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{Pages, Requests};
    /// # fn of<S: Requests>(pages: Pages<'_, S>) {
    /// assert!(!pages.has_more());
    /// # }
    /// ```
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.state.has_more()
    }

    /// Where the next page begins.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{Pages, Requests};
    /// # fn of<S: Requests>(pages: Pages<'_, S>) {
    /// let cursor = pages.pager_state().into_cursor();
    /// # }
    /// ```
    #[must_use]
    pub fn pager_state(&self) -> PagerState {
        self.state.clone()
    }
}
