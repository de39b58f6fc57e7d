//! The schema of the running cluster, followed while it changes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use scylla::client::session::Session;
use scylla::cluster::ClusterState;
use scylla::statement::{Consistency, Statement};
use tokio::sync::Mutex;

use super::schema;
use crate::Classifier;

/// The driver does not tell of user functions, so they are asked for; not more often than this, unless tables change, too.
const FUNCTIONS_STAND: Duration = Duration::from_secs(60);

/// What was read of a cluster.
#[derive(Debug, Default)]
pub(super) struct Live {
    /// From this state. It is kept, so no other can have its address.
    seen: ArcSwapOption<ClusterState>,
    /// One task reads, and others wait for it.
    reading: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    ddl: String,
    functions: Vec<schema::Function>,
    /// When the functions were asked for.
    asked: Option<Instant>,
}

impl Live {
    /// Whether what the driver knows now was read.
    pub(super) fn is_read(&self, session: &Session) -> bool {
        let now = session.get_cluster_state();
        self.seen.load().as_ref().is_some_and(|seen| Arc::ptr_eq(seen, &now))
    }

    /// Reads what the driver knows. Most states differ only in nodes and tablets, and cost a comparison.
    pub(super) async fn read(&self, session: &Session, classifier: &Classifier) {
        let mut known = self.reading.lock().await;
        if self.is_read(session) {
            return;
        }
        let now = session.get_cluster_state();
        let is_new = self.seen.load().as_ref().is_none_or(|seen| !schema::is_same(seen, &now));
        let stand = known.asked.is_some_and(|asked| asked.elapsed() < FUNCTIONS_STAND);
        if is_new || !stand {
            known.asked = Some(Instant::now());
            match functions(session).await {
                Ok(functions) => known.functions = functions,
                Err(error) => tracing::warn!(
                    target: "cqlint",
                    error = &*error,
                    "the user functions of the cluster could not be read: one that goes by the name of a native one is missed"
                ),
            }
            let ddl = schema::ddl(&now, &known.functions);
            if !ddl.is_empty() && ddl != known.ddl {
                classifier.set_schema(&ddl);
                known.ddl = ddl;
            }
        }
        self.seen.store(Some(now));
    }
}

async fn functions(session: &Session) -> Result<Vec<schema::Function>, Box<dyn std::error::Error + Send + Sync>> {
    let mut found = Vec::new();
    for text in [
        "SELECT keyspace_name, function_name FROM system_schema.functions",
        "SELECT keyspace_name, aggregate_name FROM system_schema.aggregates",
    ] {
        let mut statement = Statement::new(text);
        statement.set_is_idempotent(true);
        statement.set_consistency(Consistency::One);
        let rows = session.query_unpaged(statement, ()).await?.into_rows_result()?;
        for row in rows.rows::<(String, String)>()? {
            let (keyspace, name) = row?;
            found.push(schema::Function { keyspace, name });
        }
    }
    found.sort();
    Ok(found)
}
