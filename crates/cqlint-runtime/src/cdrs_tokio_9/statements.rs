//! What a session sends: each statement is classified and marked on its way.

use std::borrow::Cow;
use std::sync::Arc;

use arc_swap::ArcSwapOption;
use cdrs_tokio::Result;
use cdrs_tokio::frame::message_prepare::BodyReqPrepare;
use cdrs_tokio::frame::{Envelope, Flags};
use cdrs_tokio::query::{PreparedQuery, QueryBatch, QueryValues};
use cdrs_tokio::statement::{StatementParams, StatementParamsBuilder};

use super::{MarkedSession, Requests, batch, markers};
use crate::Question;

impl<S: Requests> MarkedSession<S> {
    /// Sends a text.
    ///
    /// # Errors
    /// The session's own.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// session.query("UPDATE shop.users SET name = 'Anna' WHERE id = 'anna'").await?;
    /// # Ok(()) }
    /// ```
    pub async fn query<Q: ToString>(&self, query: Q) -> Result<Envelope> {
        self.query_with_params(query, StatementParams::default()).await
    }

    /// Sends a text with values.
    ///
    /// # Errors
    /// The session's own.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// session.query_with_values("UPDATE shop.users SET name = ? WHERE id = ?", vec!["Anna", "anna"]).await?;
    /// # Ok(()) }
    /// ```
    pub async fn query_with_values<Q: ToString, V: Into<QueryValues>>(&self, query: Q, values: V) -> Result<Envelope> {
        self.query_with_params(query, StatementParamsBuilder::new().with_values(values.into()).build()).await
    }

    /// Sends a text with parameters, of which `is_idempotent` is replaced.
    ///
    /// # Errors
    /// The session's own.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// use cdrs_tokio::consistency::Consistency;
    /// use cdrs_tokio::statement::StatementParamsBuilder;
    ///
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// let parameters = StatementParamsBuilder::new().with_consistency(Consistency::LocalQuorum).build();
    /// session.query_with_params("DELETE FROM shop.users WHERE id = 'bob'", parameters).await?;
    /// # Ok(()) }
    /// ```
    pub async fn query_with_params<Q: ToString>(&self, query: Q, parameters: StatementParams) -> Result<Envelope> {
        let text = query.to_string();
        let decision = self.decide(&text, None, None, &parameters);
        let parameters = self.mark(Some(&decision), Cow::Owned(parameters)).into_owned();
        self.session.send_query(text, parameters).await
    }

    /// Prepares a statement, and remembers what the server says of its bind markers.
    ///
    /// # Errors
    /// The session's own.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// let count = session.prepare("UPDATE shop.hits SET n = n + ? WHERE page = ?").await?;
    /// # Ok(()) }
    /// ```
    pub async fn prepare<Q: ToString>(&self, query: Q) -> Result<PreparedQuery> {
        self.prepare_with_flags(BodyReqPrepare::new(query.to_string(), None), Flags::empty()).await
    }

    /// Prepares a statement in a keyspace, with what else the session's own method takes.
    ///
    /// # Errors
    /// The session's own.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// let count = "UPDATE hits SET n = n + ? WHERE page = ?";
    /// let count = session.prepare_tw(count, Some("shop".to_owned()), false, false, false).await?;
    /// # Ok(()) }
    /// ```
    pub async fn prepare_tw<Q: ToString>(
        &self,
        query: Q,
        keyspace: Option<String>,
        with_tracing: bool,
        with_warnings: bool,
        beta_protocol: bool,
    ) -> Result<PreparedQuery> {
        let mut flags = Flags::empty();
        flags.set(Flags::TRACING, with_tracing);
        flags.set(Flags::WARNING, with_warnings);
        flags.set(Flags::BETA, beta_protocol);
        self.prepare_with_flags(BodyReqPrepare::new(query.to_string(), keyspace), flags).await
    }

    async fn prepare_with_flags(&self, prepare: BodyReqPrepare, flags: Flags) -> Result<PreparedQuery> {
        let text = prepare.query.clone();
        let answer = self.session.send_prepare(prepare, flags).await?;
        let types = markers::marker_types(&answer.metadata.col_specs);
        let prepared = PreparedQuery {
            id: answer.id,
            query: text,
            keyspace: answer.metadata.global_table_spec.map(|table| table.ks_name),
            pk_indexes: answer.metadata.pk_indexes,
            result_metadata_id: ArcSwapOption::new(answer.result_metadata_id.map(Arc::new)),
        };
        self.told.remember(&prepared.id, types);
        let (types, keyspace) = (|| self.told.types(&prepared.id), self.session.keyspace());
        let keyspace = prepared.keyspace.as_deref().or(keyspace.as_deref().map(String::as_str));
        let _ = self.classifier.prepare(&Question { keyspace, types: Some(&types), ..Question::new(&prepared.query) });
        Ok(prepared)
    }

    /// Executes a prepared statement.
    ///
    /// # Errors
    /// The session's own.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// let expire = session.prepare("DELETE FROM shop.carts WHERE day = '2026-01-01'").await?;
    /// session.exec(&expire).await?;
    /// # Ok(()) }
    /// ```
    pub async fn exec(&self, prepared: &PreparedQuery) -> Result<Envelope> {
        self.exec_with_params(prepared, &StatementParams::default()).await
    }

    /// Executes a prepared statement with values.
    ///
    /// # Errors
    /// The session's own.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// let rename = session.prepare("UPDATE shop.users SET name = ? WHERE id = ?").await?;
    /// session.exec_with_values(&rename, vec!["Anna", "anna"]).await?;
    /// # Ok(()) }
    /// ```
    pub async fn exec_with_values<V: Into<QueryValues>>(&self, prepared: &PreparedQuery, values: V) -> Result<Envelope> {
        self.exec_with_params(prepared, &StatementParamsBuilder::new().with_values(values.into()).build()).await
    }

    /// Executes a prepared statement with parameters, of which `is_idempotent` is replaced.
    ///
    /// # Errors
    /// The session's own.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// use cdrs_tokio::query::PreparedQuery;
    /// use cdrs_tokio::statement::StatementParamsBuilder;
    ///
    /// # async fn of<S: Requests>(session: &MarkedSession<S>, set_list: &PreparedQuery) -> cdrs_tokio::Result<()> {
    /// // With one timestamp for all attempts, as here, a whole list is not marked: written twice, it is there twice.
    /// let parameters = StatementParamsBuilder::new().with_timestamp(1_700_000_000_000_000).build();
    /// session.exec_with_params(set_list, &parameters).await?;
    /// # Ok(()) }
    /// ```
    pub async fn exec_with_params(&self, prepared: &PreparedQuery, parameters: &StatementParams) -> Result<Envelope> {
        let types = || self.told.types(&prepared.id);
        let decision = self.decide(&prepared.query, prepared.keyspace.as_deref(), Some(&types), parameters);
        let parameters = self.mark(Some(&decision), Cow::Borrowed(parameters));
        self.session.send_prepared(prepared, &parameters).await
    }

    /// Sends a batch.
    ///
    /// # Errors
    /// The session's own.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// use cdrs_tokio::query::BatchQueryBuilder;
    ///
    /// # async fn of<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
    /// let name = "UPDATE shop.users SET name = ? WHERE id = ?";
    /// let index = "INSERT INTO shop.users_by_name (name, id) VALUES (?, ?)";
    /// let batch = BatchQueryBuilder::new()
    ///     .add_query(name, vec!["Anna", "anna"].into())
    ///     .add_query(index, vec!["Anna", "anna"].into());
    /// session.batch(batch.build()?).await?;
    /// # Ok(()) }
    /// ```
    pub async fn batch(&self, batch: QueryBatch) -> Result<Envelope> {
        self.batch_with_params(batch, &StatementParams::default()).await
    }

    /// Sends a batch with parameters, of which `is_idempotent` is replaced.
    ///
    /// # Errors
    /// The session's own.
    ///
    /// ```no_run
    /// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
    /// use cdrs_tokio::query::QueryBatch;
    /// use cdrs_tokio::statement::StatementParams;
    ///
    /// # async fn of<S: Requests>(session: &MarkedSession<S>, batch: QueryBatch) -> cdrs_tokio::Result<()> {
    /// session.batch_with_params(batch, &StatementParams { tracing: true, ..Default::default() }).await?;
    /// # Ok(()) }
    /// ```
    pub async fn batch_with_params(&self, batch: QueryBatch, parameters: &StatementParams) -> Result<Envelope> {
        let keyspace = self.session.keyspace();
        let decision = batch::decide(&batch, keyspace.as_deref().map(String::as_str), &self.told, &self.classifier);
        let parameters = self.mark(decision.as_deref(), Cow::Borrowed(parameters));
        self.session.send_batch(batch, &parameters).await
    }
}
