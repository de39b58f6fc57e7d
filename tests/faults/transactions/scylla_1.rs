//! Transactions of the driver `scylla`.

use std::net::SocketAddr;
use std::sync::Arc;

use cqlint_runtime::lwt::Outcome;
use cqlint_runtime::scylla_1::lwt::{Transaction, execute};
use cqlint_runtime::scylla_1::{MarkedSession, SessionExt};
use scylla::statement::SerialConsistency;
use scylla::statement::prepared::PreparedStatement;

use super::super::scylla_1;
use super::{Client, Form, ID, PATIENCE, READ};

pub(super) struct Scylla {
    session: MarkedSession,
    read: PreparedStatement,
    insert: PreparedStatement,
    update: PreparedStatement,
}

impl Client for Scylla {
    async fn connect(host: SocketAddr) -> Self {
        let session = scylla_1::session(host).await.marked(Arc::default());
        let prepare = async |text| {
            let mut prepared = session.prepare(text).await.expect("a statement");
            prepared.set_request_timeout(Some(PATIENCE));
            prepared
        };
        let (read, insert, update) = (prepare(READ).await, prepare(Form::Insert.text()).await, prepare(Form::Update.text()).await);
        Self { session, read, insert, update }
    }

    async fn is_connected(&self) -> bool {
        scylla_1::is_connected(&self.session)
    }

    async fn execute(&self, form: Form, key: &str) -> Option<Outcome<i32>> {
        let write = match form {
            Form::Insert => &self.insert,
            Form::Update => &self.update,
        };
        let serial = SerialConsistency::Serial;
        let transaction = Transaction { write, read: &self.read, id: ID, previous: form.previous(), serial };
        execute(&self.session, &transaction, (ID, key), (key,)).await.ok()
    }
}
