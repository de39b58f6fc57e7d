//! Transactions of the driver cdrs-tokio.

use std::net::SocketAddr;

use cdrs_tokio::consistency::Consistency;
use cdrs_tokio::query::PreparedQuery;
use cdrs_tokio::query_values;
use cqlint_runtime::cdrs_tokio_9::lwt::{Transaction, execute};
use cqlint_runtime::lwt::Outcome;

use super::super::cdrs_tokio_9::{self, Bare};
use super::{Client, Form, ID, PATIENCE, READ};

pub(super) struct CdrsTokio {
    session: Bare,
    read: PreparedQuery,
    insert: PreparedQuery,
    update: PreparedQuery,
}

impl Client for CdrsTokio {
    async fn connect(host: SocketAddr) -> Self {
        let session = cdrs_tokio_9::session(host).await;
        let prepare = async |text| session.prepare(text).await.expect("a statement");
        let (read, insert, update) = (prepare(READ).await, prepare(Form::Insert.text()).await, prepare(Form::Update.text()).await);
        Self { session, read, insert, update }
    }

    async fn is_connected(&self) -> bool {
        cdrs_tokio_9::is_connected(&self.session).await
    }

    async fn execute(&self, form: Form, key: &str) -> Option<Outcome<i32>> {
        let write = match form {
            Form::Insert => &self.insert,
            Form::Update => &self.update,
        };
        let transaction = Transaction {
            write,
            read: &self.read,
            id: ID,
            previous: form.previous(),
            serial: Consistency::Serial,
            consistency: Consistency::LocalQuorum,
            timeout: PATIENCE,
        };
        execute(&self.session, &transaction, query_values!(ID, key), query_values!(key)).await.ok()
    }
}
