//! The schema of the running cluster: the driver keeps of it no more than the keyspaces, so its tables are asked.

#![expect(clippy::result_large_err, reason = "it is the driver's own error")]

use std::sync::{Arc, Weak};
use std::time::Duration;

use cdrs_tokio::Result;
use cdrs_tokio::frame::events::{SchemaChangeOptions, ServerEvent};
use cdrs_tokio::statement::StatementParamsBuilder;
use cdrs_tokio::types::list::List;
use cdrs_tokio::types::rows::Row;
use cdrs_tokio::types::{AsRustType, ByName};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::{sleep, timeout};

use super::Requests;
use super::told::Told;
use crate::Classifier;
use crate::system_schema::{self, Column, SystemSchema, quoted};

/// The driver tells of no change while its control connection is broken, so from time to time it is looked after.
const LOOK: Duration = Duration::from_secs(60);
/// A cluster that could not be asked is asked again after this.
const AGAIN: Duration = Duration::from_secs(1);

/// Classifies by the schema from now on, until the session is gone.
pub(super) async fn follow<S: Requests>(session: &Arc<S>, classifier: &Arc<Classifier>, told: &Arc<Told>) -> Result<()> {
    // First the ear, then the eye: a change in between is told.
    let events = session.events();
    let ddl = read(&**session).await?;
    classifier.set_schema(&ddl);
    let follower = Follower { session: Arc::downgrade(session), classifier: classifier.clone(), told: told.clone(), events, ddl };
    tokio::spawn(follower.run());
    Ok(())
}

struct Follower<S> {
    session: Weak<S>,
    classifier: Arc<Classifier>,
    told: Arc<Told>,
    events: Receiver<ServerEvent>,
    /// What the classifier knows.
    ddl: String,
}

impl<S: Requests> Follower<S> {
    async fn run(mut self) {
        loop {
            match timeout(LOOK, self.events.recv()).await {
                Ok(Ok(ServerEvent::SchemaChange(change))) => self.forget(&change.options),
                Ok(Err(RecvError::Lagged(_))) => self.know(String::new()),
                Ok(Ok(_)) => continue,
                Ok(Err(RecvError::Closed)) => return,
                // Nobody has told of anything.
                Err(_) => {}
            }
            if !self.look().await {
                return;
            }
        }
    }

    /// Reads the schema, however often it takes. Whether the session is still there.
    async fn look(&mut self) -> bool {
        loop {
            // One look is enough for all that was told up to now.
            while let Ok(_) | Err(TryRecvError::Lagged(_)) = self.events.try_recv() {}
            let Some(session) = self.session.upgrade() else { return false };
            let ddl = read(&*session).await;
            drop(session);
            match ddl {
                Ok(ddl) => {
                    self.know(ddl);
                    return true;
                }
                Err(error) => {
                    tracing::warn!(target: "cqlint", %error, "the schema cannot be read");
                    sleep(AGAIN).await;
                }
            }
        }
    }

    /// What is known of the keyspace in which something has changed may not be so any more.
    fn forget(&mut self, changed: &SchemaChangeOptions) {
        let rest = match changed {
            SchemaChangeOptions::Keyspace(keyspace)
            | SchemaChangeOptions::TableType(keyspace, _)
            | SchemaChangeOptions::FunctionAggregate(keyspace, _, _) => {
                let of_it = format!(" {}.", quoted(keyspace));
                self.ddl.split_inclusive('\n').filter(|statement| !statement.contains(&of_it)).collect()
            }
            _ => String::new(),
        };
        self.know(rest);
    }

    /// What is the same is not said again: then nothing that was decided is forgotten.
    fn know(&mut self, ddl: String) {
        if ddl != self.ddl {
            self.told.forget();
            self.classifier.set_schema(&ddl);
            self.ddl = ddl;
        }
    }
}

/// The schema, as DDL.
async fn read<S: Requests>(session: &S) -> Result<String> {
    let mut schema = SystemSchema::default();
    for row in rows(session, system_schema::COLUMNS).await? {
        let (keyspace, table) = named(&row, "table_name")?;
        let column = Column {
            name: row.r_by_name("column_name")?,
            kind: row.r_by_name("kind")?,
            position: row.r_by_name("position")?,
            cql_type: row.r_by_name("type")?,
        };
        schema.add_column(keyspace, table, column);
    }
    for row in rows(session, system_schema::TABLES).await? {
        let (keyspace, table) = named(&row, "table_name")?;
        schema.set_default_ttl(keyspace, table, row.r_by_name("default_time_to_live")?);
    }
    for row in rows(session, system_schema::TYPES).await? {
        let (keyspace, name) = named(&row, "type_name")?;
        schema.add_type(&keyspace, &name, texts(&row, "field_names")?.into_iter().zip(texts(&row, "field_types")?));
    }
    for row in rows(session, system_schema::FUNCTIONS).await? {
        let (keyspace, name) = named(&row, "function_name")?;
        schema.add_function(&keyspace, &name, &texts(&row, "argument_types")?);
    }
    for row in rows(session, system_schema::AGGREGATES).await? {
        let (keyspace, name) = named(&row, "aggregate_name")?;
        schema.add_aggregate(&keyspace, &name, &texts(&row, "argument_types")?);
    }
    Ok(schema.ddl())
}

/// All rows: of tables that are small, and that every node has whole.
async fn rows<S: Requests>(session: &S, query: &str) -> Result<Vec<Row>> {
    let parameters = StatementParamsBuilder::new().idempotent(true).build();
    let answer = session.send_query(query.to_owned(), parameters).await?.response_body()?;
    Ok(answer.into_rows().unwrap_or_default())
}

fn named(row: &Row, name: &str) -> Result<(String, String)> {
    Ok((row.r_by_name("keyspace_name")?, row.r_by_name(name)?))
}

fn texts(row: &Row, name: &str) -> Result<Vec<String>> {
    row.r_by_name::<List>(name)?.as_r_type()
}
