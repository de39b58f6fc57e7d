//! What marked statements go through: the part of a session that sends, without the three parameters of its type.

use std::future::Future;
use std::sync::Arc;

use cdrs_tokio::Result;
use cdrs_tokio::cluster::ConnectionManager;
use cdrs_tokio::cluster::session::Session;
use cdrs_tokio::frame::events::ServerEvent;
use cdrs_tokio::frame::message_prepare::BodyReqPrepare;
use cdrs_tokio::frame::message_result::BodyResResultPrepared;
use cdrs_tokio::frame::{Envelope, Flags};
use cdrs_tokio::load_balancing::LoadBalancingStrategy;
use cdrs_tokio::query::{PreparedQuery, QueryBatch};
use cdrs_tokio::statement::StatementParams;
use cdrs_tokio::transport::CdrsTransport;
use tokio::sync::broadcast::Receiver;

/// What a session does with requests. Every [`Session`] has it; there is nothing to call here.
///
/// ```
/// use cdrs_tokio::cluster::TcpConnectionManager;
/// use cdrs_tokio::cluster::session::Session;
/// use cdrs_tokio::load_balancing::RoundRobinLoadBalancingStrategy;
/// use cdrs_tokio::transport::TransportTcp;
/// use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
///
/// type Balancing = RoundRobinLoadBalancingStrategy<TransportTcp, TcpConnectionManager>;
/// type Shop = Session<TransportTcp, TcpConnectionManager, Balancing>;
///
/// // For the types of a program, one parameter is enough.
/// async fn clean<S: Requests>(session: &MarkedSession<S>) -> cdrs_tokio::Result<()> {
///     session.query("DELETE FROM shop.users WHERE id = 'bob'").await.map(drop)
/// }
/// # async fn of(session: &MarkedSession<Shop>) { let _ = clean(session).await; }
/// ```
pub trait Requests: Send + Sync + 'static {
    #[doc(hidden)]
    fn send_query(&self, text: String, parameters: StatementParams) -> impl Future<Output = Result<Envelope>> + Send;

    #[doc(hidden)]
    fn send_prepared(
        &self,
        prepared: &PreparedQuery,
        parameters: &StatementParams,
    ) -> impl Future<Output = Result<Envelope>> + Send;

    #[doc(hidden)]
    fn send_batch(&self, batch: QueryBatch, parameters: &StatementParams) -> impl Future<Output = Result<Envelope>> + Send;

    #[doc(hidden)]
    fn send_prepare(&self, prepare: BodyReqPrepare, flags: Flags) -> impl Future<Output = Result<BodyResResultPrepared>> + Send;

    #[doc(hidden)]
    fn keyspace(&self) -> Option<Arc<String>>;

    #[doc(hidden)]
    fn events(&self) -> Receiver<ServerEvent>;
}

impl<T, CM, LB> Requests for Session<T, CM, LB>
where
    T: CdrsTransport + 'static,
    CM: ConnectionManager<T> + Send + Sync + 'static,
    LB: LoadBalancingStrategy<T, CM> + Send + Sync + 'static,
{
    fn send_query(&self, text: String, parameters: StatementParams) -> impl Future<Output = Result<Envelope>> + Send {
        self.query_with_params(text, parameters)
    }

    async fn send_prepared(&self, prepared: &PreparedQuery, parameters: &StatementParams) -> Result<Envelope> {
        self.exec_with_params(prepared, parameters).await
    }

    async fn send_batch(&self, batch: QueryBatch, parameters: &StatementParams) -> Result<Envelope> {
        self.batch_with_params(batch, parameters).await
    }

    fn send_prepare(&self, prepare: BodyReqPrepare, flags: Flags) -> impl Future<Output = Result<BodyResResultPrepared>> + Send {
        let [tracing, warnings, beta] = [Flags::TRACING, Flags::WARNING, Flags::BETA].map(|flag| flags.contains(flag));
        self.prepare_raw_tw(prepare.query, prepare.keyspace, tracing, warnings, beta)
    }

    fn keyspace(&self) -> Option<Arc<String>> {
        self.current_keyspace()
    }

    fn events(&self) -> Receiver<ServerEvent> {
        self.create_event_receiver()
    }
}
