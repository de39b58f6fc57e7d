//! The schema of the running cluster, followed while it changes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use scylla::client::session::Session;
use scylla::cluster::ClusterState;
use scylla::deserialize::row::DeserializeRow;
use scylla::statement::{Consistency, Statement};
use tokio::sync::Mutex;

use super::schema::{self, Asked};
use crate::{Classifier, system_schema};

/// The driver does not tell of user functions, so they are asked for; not more often than this, unless tables change, too.
const REST_STANDS: Duration = Duration::from_secs(60);

/// How long statements wait for a cluster that does not tell.
const PATIENCE: Duration = Duration::from_secs(5);

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
    rest: Asked,
    /// When the rest was asked for.
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
        let stand = known.asked.is_some_and(|asked| asked.elapsed() < REST_STANDS);
        if schema::is_fetched(&now) && (is_new || !stand) {
            known.asked = Some(Instant::now());
            match ask(session).await {
                Ok(asked) => known.rest = asked,
                Err(error) => tracing::warn!(
                    target: "cqlint",
                    error = &*error,
                    "the user functions of the cluster could not be read: one that goes by the name of a native one is missed"
                ),
            }
            let ddl = schema::ddl(&now, &known.rest);
            if ddl != known.ddl {
                classifier.set_schema(&ddl);
                known.ddl = ddl;
            }
        }
        self.seen.store(Some(now));
    }
}

/// What the driver does not tell. Where it cannot be read, what was read before stands.
async fn ask(session: &Session) -> Result<Asked, Unread> {
    Ok(Asked {
        functions: rows(session, system_schema::FUNCTIONS).await?,
        aggregates: rows(session, system_schema::AGGREGATES).await?,
        tables: rows(session, system_schema::TABLES).await?,
    })
}

type Unread = Box<dyn std::error::Error + Send + Sync>;

async fn rows<R: Ord + for<'a, 'b> DeserializeRow<'a, 'b>>(session: &Session, text: &str) -> Result<Vec<R>, Unread> {
    let mut statement = Statement::new(text);
    statement.set_is_idempotent(true);
    // Each node has all of it.
    statement.set_consistency(Consistency::One);
    statement.set_request_timeout(Some(PATIENCE));
    let answer = session.query_unpaged(statement, ()).await?.into_rows_result()?;
    let mut rows = answer.rows()?.collect::<Result<Vec<R>, _>>()?;
    rows.sort();
    Ok(rows)
}
