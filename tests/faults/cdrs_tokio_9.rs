//! The driver cdrs-tokio.

use std::net::SocketAddr;
use std::sync::Arc;

use cdrs_tokio::authenticators::StaticPasswordAuthenticatorProvider;
use cdrs_tokio::cluster::session::{Session, SessionBuilder, TcpSessionBuilder};
use cdrs_tokio::cluster::{NodeTcpConfigBuilder, TcpConnectionManager};
use cdrs_tokio::error::Error;
use cdrs_tokio::frame::message_batch::BatchType;
use cdrs_tokio::frame::{Envelope, Version};
use cdrs_tokio::load_balancing::RoundRobinLoadBalancingStrategy;
use cdrs_tokio::query::{BatchQueryBuilder, PreparedQuery, QueryBatch, QueryValues};
use cdrs_tokio::query_values;
use cdrs_tokio::retry::ConstantReconnectionPolicy;
use cdrs_tokio::speculative_execution::ConstantSpeculativeExecutionPolicy;
use cdrs_tokio::statement::{StatementParams, StatementParamsBuilder};
use cdrs_tokio::transport::TransportTcp;
use cdrs_tokio::types::IntoRustByName;
use cqlint_cluster::{PASSWORD, USER};
use cqlint_drivers::retry::Failure;
use cqlint_runtime::Classifier;
use cqlint_runtime::cdrs_tokio_9::{IdempotenceAware, MarkedSession, SessionExt};
use futures::future::join_all;
use tokio::time::error::Elapsed;

use super::forms::{Batch, FORMS, SCHEMA};
use super::writes::Write;
use super::{Client, IMPATIENCE, Marking, PATIENCE, RECONNECTION, Told};

/// All hosts take turns. Else only replicas would be asked, and the tables have one each.
type Turns = RoundRobinLoadBalancingStrategy<TransportTcp, TcpConnectionManager>;
pub(super) type Bare = Session<TransportTcp, TcpConnectionManager, Turns>;

/// A session with every form.
pub(super) struct CdrsTokio {
    sender: Sender,
    statements: Vec<Vec<PreparedQuery>>,
    marking: Marking,
}

/// What sends it.
enum Sender {
    Marked(MarkedSession<Bare>),
    Bare(Bare),
}

impl Client for CdrsTokio {
    async fn connect(host: SocketAddr, marking: Marking) -> Self {
        let session = session(host).await;
        let sender = match marking {
            Marking::Helper => {
                // Other suites change the schema of the same server all the time, so what is compiled in is taken.
                let classifier = Classifier::builder().schema(SCHEMA).build();
                Sender::Marked(session.marked(Arc::new(classifier)).with_policy(&IdempotenceAware::new()))
            }
            Marking::ByHand | Marking::Nothing => Sender::Bare(session),
        };
        let mut statements = Vec::new();
        for form in FORMS {
            let mut members = Vec::new();
            for text in form.statements {
                members.push(sender.prepare(text).await.expect("a statement"));
            }
            statements.push(members);
        }
        Self { sender, statements, marking }
    }

    async fn is_connected(&self) -> bool {
        is_connected(self.sender.session()).await
    }

    async fn write(&self, write: &Write) -> Told {
        let members = &self.statements[write.form];
        let parameters = parameters(write).idempotent(self.marking == Marking::ByHand);
        let sent = async {
            match (kind(FORMS[write.form].batch), members.as_slice()) {
                (None, [only]) => self.sender.execute(only, &parameters.with_values(values(write)).build()).await,
                (None, _) => unreachable!("several statements are a batch"),
                (Some(kind), members) => {
                    let batch = BatchQueryBuilder::new().with_batch_type(kind);
                    let add = |batch: BatchQueryBuilder, member| batch.add_query_prepared(member, values(write));
                    let batch = members.iter().fold(batch, add).build()?;
                    self.sender.batch(batch, &parameters.build()).await
                }
            }
        };
        told(tokio::time::timeout(PATIENCE, sent).await)
    }
}

impl Sender {
    fn session(&self) -> &Bare {
        match self {
            Self::Marked(session) => session,
            Self::Bare(session) => session,
        }
    }

    async fn prepare(&self, text: &str) -> cdrs_tokio::Result<PreparedQuery> {
        match self {
            Self::Marked(session) => session.prepare(text).await,
            Self::Bare(session) => session.prepare(text).await,
        }
    }

    async fn execute(&self, statement: &PreparedQuery, parameters: &StatementParams) -> cdrs_tokio::Result<Envelope> {
        match self {
            Self::Marked(session) => session.exec_with_params(statement, parameters).await,
            Self::Bare(session) => session.exec_with_params(statement, parameters).await,
        }
    }

    async fn batch(&self, batch: QueryBatch, parameters: &StatementParams) -> cdrs_tokio::Result<Envelope> {
        match self {
            Self::Marked(session) => session.batch_with_params(batch, parameters).await,
            Self::Bare(session) => session.batch_with_params(batch, parameters).await,
        }
    }
}

/// Whether every host has a connection.
pub(super) async fn is_connected(session: &Bare) -> bool {
    let cluster = session.cluster_metadata();
    join_all(cluster.nodes().values().map(|node| node.is_any_connection_up())).await.into_iter().all(|up| up)
}

/// A session with one connection to each host.
pub(super) async fn session(host: SocketAddr) -> Bare {
    let password = StaticPasswordAuthenticatorProvider::new(USER, PASSWORD);
    let nodes = NodeTcpConfigBuilder::new()
        .with_contact_point(host.into())
        .with_version(Version::V4)
        .with_authenticator_provider(Arc::new(password))
        .build();
    TcpSessionBuilder::new(Turns::new(), nodes.await.expect("an address"))
        .with_reconnection_policy(Arc::new(ConstantReconnectionPolicy::new(RECONNECTION)))
        .build()
        .await
        .expect("a session")
}

fn parameters(write: &Write) -> StatementParamsBuilder {
    let parameters = StatementParamsBuilder::new();
    match write.fault.failure {
        Failure::ClientTimeout => {
            // The first execution counts.
            parameters.with_speculative_execution_policy(Arc::new(ConstantSpeculativeExecutionPolicy::new(2, IMPATIENCE)))
        }
        _ => parameters,
    }
}

fn values(write: &Write) -> QueryValues {
    query_values!(write.key.as_str())
}

const fn kind(batch: Batch) -> Option<BatchType> {
    match batch {
        Batch::None => None,
        Batch::Logged => Some(BatchType::Logged),
        Batch::Unlogged => Some(BatchType::Unlogged),
        Batch::Counter => Some(BatchType::Counter),
    }
}

fn told(result: Result<Result<Envelope, Error>, Elapsed>) -> Told {
    let rows = match result {
        Err(elapsed) => return Told::Failed(elapsed.to_string()),
        Ok(Err(error)) => return Told::Failed(error.to_string()),
        Ok(Ok(envelope)) => envelope.response_body().expect("a body that can be read").into_rows(),
    };
    // Only a write with a condition has rows.
    let applied: Option<bool> = rows.and_then(|rows| rows.first()?.get_by_name("[applied]").ok()?);
    if applied == Some(false) { Told::NotApplied } else { Told::Done }
}
