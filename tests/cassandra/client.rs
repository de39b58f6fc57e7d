//! A client that passes values on as bytes: any type, null, unset and empty. It never retries.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use cqlint_runtime::Classifier;
use cqlint_runtime::scylla_1::{BindMarked, Mark};
use scylla::client::PoolSize;
use scylla::client::execution_profile::ExecutionProfile;
use scylla::client::session::Session;
use scylla::client::session_builder::SessionBuilder;
use scylla::deserialize::FrameSlice;
use scylla::deserialize::row::ColumnIterator;
use scylla::deserialize::value::DeserializeValue;
use scylla::errors::{DbError, ExecutionError, PrepareError, RequestAttemptError, WriteType};
use scylla::frame::response::result::ColumnType;
use scylla::policies::retry::FallthroughRetryPolicy;
use scylla::response::query_result::{QueryResult, QueryRowsResult};
use scylla::serialize::SerializationError;
use scylla::serialize::row::{RowSerializationContext, SerializeRow};
use scylla::serialize::writers::RowWriter;
use scylla::statement::Statement;
use scylla::statement::batch::{Batch, BatchType};
use scylla::statement::prepared::PreparedStatement;
use scylla::value::CqlValue;

use super::Server;
use cqlint_cluster::CLUSTER;

/// A bound value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Unset,
    Bytes(Vec<u8>),
}

/// The bound values of one statement.
#[derive(Clone, Copy)]
struct Values<'v>(&'v [Value]);

impl SerializeRow for Values<'_> {
    fn serialize(&self, _: &RowSerializationContext<'_>, writer: &mut RowWriter<'_>) -> Result<(), SerializationError> {
        for value in self.0 {
            let cell = writer.make_cell_writer();
            match value {
                Value::Null => cell.set_null(),
                Value::Unset => cell.set_unset(),
                Value::Bytes(bytes) => cell.set_value(bytes).map_err(SerializationError::new)?,
            };
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What the server refused, in its words. Whatever says nothing about the statement (no connection, a timeout) panics.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal(pub(crate) String);

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What was asked can be right or wrong, or the client or the machine has failed.
fn refusal(error: ExecutionError) -> Refusal {
    let text = error.to_string();
    match error {
        ExecutionError::BadQuery(_) => {}
        ExecutionError::LastAttemptError(RequestAttemptError::DbError(error, _)) => assert!(is_answer(&error), "{text}"),
        ExecutionError::PrepareError(error) => return preparing(error),
        _ => panic!("{text}"),
    }
    Refusal(text)
}

fn preparing(error: PrepareError) -> Refusal {
    let text = error.to_string();
    match error {
        PrepareError::AllAttemptsFailed { first_attempt: RequestAttemptError::DbError(error, _) } if is_answer(&error) => {}
        // Of some markers the server tells a type that the driver cannot read.
        PrepareError::AllAttemptsFailed { first_attempt: RequestAttemptError::CqlResultParseError(_) } => {}
        _ => panic!("{text}"),
    }
    Refusal(text)
}

fn is_answer(error: &DbError) -> bool {
    // A null in the bound of a counter's range ends the server's thread, and then nobody answers.
    let unanswered = matches!(error, DbError::WriteTimeout { write_type: WriteType::Counter, .. });
    let trouble = matches!(
        error,
        DbError::Unavailable { .. }
            | DbError::Overloaded
            | DbError::IsBootstrapping
            | DbError::ReadTimeout { .. }
            | DbError::WriteTimeout { .. }
            | DbError::AuthenticationError
    );
    unanswered || !trouble
}

/// The rows of an answer. Two are equal when the same cells hold the same bytes.
#[derive(Default)]
pub(crate) struct Rows(Vec<QueryRowsResult>);

impl Rows {
    fn of(result: QueryResult) -> Self {
        Self(result.into_rows_result().into_iter().collect())
    }

    /// These rows and others, of another table.
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    fn cells(&self) -> impl Iterator<Item = (&str, &ColumnType<'_>, Option<&[u8]>)> {
        let rows = self.0.iter().flat_map(|result| result.rows::<ColumnIterator<'_, '_>>().expect("every row is raw columns"));
        rows.flat_map(|row| row.expect("a whole row")).map(|column| {
            let column = column.expect("a whole column");
            (column.spec.name(), column.spec.typ(), column.slice.map(|slice| slice.as_slice()))
        })
    }

    /// Whether this is the answer of a conditional write.
    pub(crate) fn is_conditional(&self) -> bool {
        self.0.iter().any(|result| result.column_specs().get_by_name("[applied]").is_some())
    }

    /// The first cell, for questions with one answer.
    fn first(&self) -> Option<&[u8]> {
        self.cells().next().and_then(|(_, _, bytes)| bytes)
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        self.cells().eq(other.cells())
    }
}

/// One line for each row, without the columns that are null.
impl fmt::Display for Rows {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.0.iter().flat_map(|result| result.rows::<ColumnIterator<'_, '_>>().expect("every row is raw columns"));
        for row in rows {
            let columns = row.expect("a whole row").map(|column| column.expect("a whole column"));
            let known = columns.filter_map(|column| {
                Some(format!("{}: {}", column.spec.name(), show(column.spec.typ(), column.slice?.as_slice())))
            });
            writeln!(formatter, "    {}", known.collect::<Vec<_>>().join(", "))?;
        }
        if self.cells().next().is_none() { writeln!(formatter, "    no rows") } else { Ok(()) }
    }
}

/// A value as people write it.
pub(crate) fn show(typ: &ColumnType<'_>, bytes: &[u8]) -> String {
    let value = <CqlValue as DeserializeValue>::deserialize(typ, Some(FrameSlice::new_borrowed(bytes)));
    value.map_or_else(|_| format!("bytes {bytes:02x?}"), |value| value.to_string())
}

/// How a statement is sent.
#[derive(Clone)]
pub(crate) enum Request {
    /// As text, without values.
    Text(String),
    /// Prepared, with values.
    Prepared(PreparedStatement, Vec<Value>),
    /// As a batch of the protocol, its members prepared.
    Batch(BatchType, Vec<(PreparedStatement, Vec<Value>)>),
}

impl Request {
    /// Whether `cqlint-runtime` marks it, sent with this timestamp.
    pub(crate) fn is_marked(&self, timestamp: Option<i64>, classifier: &Classifier) -> bool {
        match self {
            Self::Text(text) => {
                let mut statement = Statement::new(text.as_str());
                statement.set_timestamp(timestamp);
                statement.mark(classifier).is_idempotent()
            }
            Self::Prepared(prepared, values) => {
                let mut prepared = prepared.clone();
                prepared.set_timestamp(timestamp);
                let bound = prepared.bind_marked(&Values(values), classifier).expect("values that the server took");
                bound.prepared().get_is_idempotent()
            }
            Self::Batch(kind, members) => batch(*kind, members, timestamp).mark(classifier).is_idempotent(),
        }
    }
}

/// A batch of the protocol.
fn batch(kind: BatchType, members: &[(PreparedStatement, Vec<Value>)], timestamp: Option<i64>) -> Batch {
    let mut batch = Batch::new(kind);
    batch.set_timestamp(timestamp);
    members.iter().for_each(|(prepared, _)| batch.append_statement(prepared.clone()));
    batch
}

/// A connection to the server under test.
pub(crate) struct Client(Session);

impl Client {
    /// # Errors
    /// When the server is not the one that these tests may write to.
    pub(crate) async fn connect(server: &Server) -> Result<Self, String> {
        let profile = ExecutionProfile::builder()
            .request_timeout(Some(Duration::from_secs(120)))
            .retry_policy(Arc::new(FallthroughRetryPolicy))
            .build();
        let session = SessionBuilder::new()
            .known_node_addr(server.address)
            .user("cassandra", "cassandra")
            .pool_size(PoolSize::PerHost(std::num::NonZeroUsize::MIN))
            .default_execution_profile_handle(profile.into_handle())
            .schema_agreement_interval(Duration::from_millis(5))
            .build()
            .await;
        let client = Self(session.map_err(|error| format!("{}: {error}", server.address))?);
        let name = client.text("SELECT cluster_name FROM system.local").await.map_err(|refusal| refusal.0)?;
        if name.first() != Some(CLUSTER.as_bytes()) {
            return Err(format!("{}: only a cluster of the name `{CLUSTER}` is written to", server.address));
        }
        Ok(client)
    }

    /// Executes one text.
    pub(crate) async fn text(&self, text: &str) -> Result<Rows, Refusal> {
        self.execute(&Request::Text(text.to_owned()), None).await
    }

    /// Executes statements that must not fail, one behind the other.
    pub(crate) async fn script(&self, statements: impl IntoIterator<Item = impl AsRef<str>>) {
        for statement in statements {
            let statement = statement.as_ref();
            self.text(statement).await.unwrap_or_else(|refusal| panic!("{statement}: {refusal}"));
        }
    }

    /// Names without a keyspace belong to this one from now on.
    pub(crate) async fn use_keyspace(&self, keyspace: &str) {
        self.0.use_keyspace(keyspace, false).await.unwrap_or_else(|error| panic!("{keyspace}: {error}"));
    }

    /// Prepares one text.
    pub(crate) async fn prepare(&self, text: &str) -> Result<PreparedStatement, Refusal> {
        self.0.prepare(text).await.map_err(preparing)
    }

    /// Executes once, with the timestamp (microseconds) of the client or else the server's.
    pub(crate) async fn execute(&self, request: &Request, timestamp: Option<i64>) -> Result<Rows, Refusal> {
        loop {
            match self.send(request, timestamp).await {
                // Nothing was executed: the server has forgotten the statement, since there are so many.
                Err(ExecutionError::LastAttemptError(RequestAttemptError::DbError(DbError::Unprepared { .. }, _))) => {}
                Err(error) => return Err(refusal(error)),
                Ok(result) => return Ok(Rows::of(result)),
            }
        }
    }

    async fn send(&self, request: &Request, timestamp: Option<i64>) -> Result<QueryResult, ExecutionError> {
        match request {
            Request::Text(text) => {
                let mut statement = Statement::new(text.as_str());
                statement.set_timestamp(timestamp);
                self.0.query_unpaged(statement, ()).await
            }
            Request::Prepared(prepared, values) => {
                let mut prepared = prepared.clone();
                prepared.set_timestamp(timestamp);
                self.0.execute_unpaged(&prepared, Values(values)).await
            }
            Request::Batch(kind, members) => {
                let values: Vec<_> = members.iter().map(|(_, values)| Values(values)).collect();
                self.0.batch(&batch(*kind, members, timestamp), values).await
            }
        }
    }

    /// What the driver knows of the cluster, read again.
    pub(crate) async fn metadata(&self) -> Arc<scylla::cluster::ClusterState> {
        self.0.refresh_metadata().await.expect("the cluster's metadata");
        self.0.get_cluster_state()
    }
}
