//! The driver `scylla`.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::sync::Arc;

use cqlint_cluster::{PASSWORD, USER};
use cqlint_drivers::retry::Failure;
use cqlint_runtime::Classifier;
use cqlint_runtime::scylla_1::{IdempotenceAware, MarkedSession, SessionExt};
use scylla::client::PoolSize;
use scylla::client::execution_profile::{ExecutionProfile, ExecutionProfileHandle};
use scylla::client::session::Session;
use scylla::client::session_builder::SessionBuilder;
use scylla::errors::{ExecutionError, PrepareError};
use scylla::policies::speculative_execution::SimpleSpeculativeExecutionPolicy;
use scylla::response::query_result::QueryResult;
use scylla::statement::batch::{Batch, BatchType};
use scylla::statement::prepared::PreparedStatement;
use scylla::value::{CqlValue, Row};

use super::forms::{self, FORMS};
use super::writes::Write;
use super::{Client, IMPATIENCE, Marking, PATIENCE, Told};

/// A session with every form.
pub(super) struct Scylla {
    sender: Sender,
    statements: Vec<Statement>,
    /// For writes whose answer does not come.
    impatient: ExecutionProfileHandle,
}

/// A form, ready to be sent.
enum Statement {
    One(PreparedStatement),
    Batch(Batch),
}

/// What sends it.
enum Sender {
    Marked(MarkedSession),
    Bare(Box<Session>),
}

impl Client for Scylla {
    async fn connect(host: SocketAddr, marking: Marking) -> Self {
        let session = session(host).await;
        let sender = match marking {
            Marking::Helper => {
                let session = session.marked(Arc::new(Classifier::default()));
                Sender::Marked(session.with_policy(&IdempotenceAware::new()))
            }
            Marking::ByHand | Marking::Nothing => Sender::Bare(Box::new(session)),
        };
        let mut statements = Vec::new();
        for form in FORMS {
            let mut batch = kind(form.batch).map(Batch::new);
            for text in form.statements {
                let mut prepared = sender.prepare(text).await.expect("a statement");
                prepared.set_is_idempotent(marking == Marking::ByHand);
                match &mut batch {
                    None => statements.push(Statement::One(prepared)),
                    Some(batch) => batch.append_statement(prepared),
                }
            }
            statements.extend(batch.map(|mut batch| {
                batch.set_is_idempotent(marking == Marking::ByHand);
                Statement::Batch(batch)
            }));
        }
        Self { sender, statements, impatient: impatient() }
    }

    async fn is_connected(&self) -> bool {
        is_connected(self.sender.session())
    }

    async fn write(&self, write: &Write) -> Told {
        let profile = (write.fault.failure == Failure::ClientTimeout).then(|| self.impatient.clone());
        told(match &self.statements[write.form] {
            Statement::One(statement) => {
                let mut statement = statement.clone();
                statement.set_execution_profile_handle(profile);
                self.sender.execute(&statement, (&write.key,)).await
            }
            Statement::Batch(batch) => {
                let mut batch = batch.clone();
                batch.set_execution_profile_handle(profile);
                self.sender.batch(&batch, vec![(&write.key,); batch.statements.len()]).await
            }
        })
    }
}

impl Sender {
    fn session(&self) -> &Session {
        match self {
            Self::Marked(session) => session,
            Self::Bare(session) => session,
        }
    }

    async fn prepare(&self, text: &str) -> Result<PreparedStatement, PrepareError> {
        match self {
            Self::Marked(session) => session.prepare(text).await,
            Self::Bare(session) => session.prepare(text).await,
        }
    }

    async fn execute(&self, statement: &PreparedStatement, values: (&str,)) -> Result<QueryResult, ExecutionError> {
        match self {
            Self::Marked(session) => session.execute_unpaged(statement, values).await,
            Self::Bare(session) => session.execute_unpaged(statement, values).await,
        }
    }

    async fn batch(&self, batch: &Batch, values: Vec<(&str,)>) -> Result<QueryResult, ExecutionError> {
        match self {
            Self::Marked(session) => session.batch(batch, values).await,
            Self::Bare(session) => session.batch(batch, values).await,
        }
    }
}

/// A session with one connection to each host.
pub(super) async fn session(host: SocketAddr) -> Session {
    let builder = SessionBuilder::new().known_node_addr(host).user(USER, PASSWORD);
    builder.pool_size(PoolSize::PerHost(NonZeroUsize::MIN)).build().await.expect("a session")
}

/// Whether every host has a connection.
pub(super) fn is_connected(session: &Session) -> bool {
    session.get_cluster_state().get_nodes_info().iter().all(|node| node.is_connected())
}

fn impatient() -> ExecutionProfileHandle {
    let again = SimpleSpeculativeExecutionPolicy { max_retry_count: 1, retry_interval: IMPATIENCE };
    let profile = ExecutionProfile::builder().request_timeout(Some(PATIENCE));
    profile.speculative_execution_policy(Some(Arc::new(again))).build().into_handle()
}

const fn kind(batch: forms::Batch) -> Option<BatchType> {
    match batch {
        forms::Batch::None => None,
        forms::Batch::Logged => Some(BatchType::Logged),
        forms::Batch::Unlogged => Some(BatchType::Unlogged),
        forms::Batch::Counter => Some(BatchType::Counter),
    }
}

fn told(result: Result<QueryResult, ExecutionError>) -> Told {
    let result = match result {
        Ok(result) => result,
        Err(error) => return Told::Failed(error.to_string()),
    };
    // Only a write with a condition has rows.
    let first = result.into_rows_result().ok().and_then(|rows| rows.first_row::<Row>().ok());
    match first.and_then(|row| row.columns.into_iter().next()?) {
        Some(CqlValue::Boolean(false)) => Told::NotApplied,
        _ => Told::Done,
    }
}
