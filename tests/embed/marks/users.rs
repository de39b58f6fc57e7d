//! Statements of the Rust driver that are idempotent and not marked.

use scylla::client::session::Session;
use scylla::errors::{ExecutionError, PrepareError};

const FIND: &str = "SELECT name FROM users WHERE id = ?";

#[derive(Debug)]
enum Failure {
    Prepare(PrepareError),
    Execute(ExecutionError),
}

impl From<PrepareError> for Failure {
    fn from(error: PrepareError) -> Self {
        Self::Prepare(error)
    }
}

impl From<ExecutionError> for Failure {
    fn from(error: ExecutionError) -> Self {
        Self::Execute(error)
    }
}

async fn rename(session: &Session, id: i32, name: &str) -> Result<(), Failure> {
    let find = session.prepare(FIND).await?;
    session.execute_unpaged(&find, (id,)).await?;
    let mut rename = session.prepare("UPDATE users SET name = ? WHERE id = ?").await?;
    rename.set_page_size(100);
    session.execute_unpaged(&rename, (name, id)).await?;
    let visit = session.prepare("UPDATE page_views SET views = views + 1 WHERE page = ?").await?;
    session.execute_unpaged(&visit, ("users",)).await?;
    Ok(())
}
