//! Lightweight transactions through every failure: `lwt::execute` says what became of them, and never what did not.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use cqlint_cluster::{Hosts, Moment, Server, connect};
use cqlint_drivers::Driver;
use cqlint_drivers::retry::{Failure, Mark, Operation, Statement, WriteType};
use cqlint_runtime::Classifier;
use cqlint_runtime::lwt::Outcome;
use scylla::client::session::Session;

use super::forms::{FORMS, Known};
use super::writes::{self, Write};
use super::{DRIVERS, Marking, RECONNECTION, Way, block_on, rows};
use crate::cassandra::{required, server};

mod cdrs_tokio_9;
mod scylla_1;

const SCHEMA: &str = "CREATE TABLE transactions.stock (k text PRIMARY KEY, txn int);";
/// What the rows have before, where they are there.
const BEFORE: i32 = 1;
/// What each transaction leaves.
const ID: i32 = 2;
/// When nobody waits for an answer any longer.
const PATIENCE: Duration = Duration::from_millis(500);

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "elsewhere than on Linux loopback has one address")]
fn a_transaction_is_settled_whatever_goes_wrong() {
    let Some(server) = required("faults of transactions", server()) else { return };
    let wrong = block_on(run(server));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What each driver's client reads.
const READ: &str = "SELECT txn FROM transactions.stock WHERE k = ?";

/// A transaction on a row that is there, or on none.
#[derive(Clone, Copy)]
enum Form {
    Insert,
    Update,
}

impl Form {
    const ALL: [Self; 2] = [Self::Insert, Self::Update];

    const fn text(self) -> &'static str {
        match self {
            Self::Insert => "INSERT INTO transactions.stock (txn, k) VALUES (?, ?) IF NOT EXISTS",
            Self::Update => "UPDATE transactions.stock SET txn = ? WHERE k = ? IF txn = 1",
        }
    }

    const fn previous(self) -> Option<i32> {
        match self {
            Self::Insert => None,
            Self::Update => Some(BEFORE),
        }
    }
}

/// A driver's session, with both forms ready to be executed.
trait Client: Sized {
    async fn connect(host: SocketAddr) -> Self;

    /// Whether every host has a connection.
    async fn is_connected(&self) -> bool;

    /// Nothing where it certainly was not applied, which is an error.
    async fn execute(&self, form: Form, key: &str) -> Option<Outcome<i32>>;
}

async fn run(server: &Server) -> Vec<String> {
    let beside = connect(server).await.expect("a session");
    rows::define(&beside, "transactions", SCHEMA).await;
    let ways = DRIVERS.map(|driver| Way { driver, marking: Marking::Helper });
    let classifier = Classifier::default();
    let known: Vec<Known> = FORMS.iter().map(|form| form.known(&classifier)).collect();
    let one = known.into_iter().find(|known| known.operation == Operation::LightweightTransaction).expect("a transaction");
    let writes = Arc::new(writes::all(&ways, &[one]));
    let judged = writes.clone();
    let hosts = Hosts::start(server, move |request| writes::judge(&judged, request)).await.expect("three hosts");
    let mut wrong = Vec::new();
    for writes in writes.chunk_by(|one, next| one.way == next.way) {
        wrong.extend(match writes[0].way.driver {
            Driver::Scylla => through::<scylla_1::Scylla>(&hosts, writes, &beside).await,
            _ => through::<cdrs_tokio_9::CdrsTokio>(&hosts, writes, &beside).await,
        });
    }
    wrong
}

/// What a driver's client says wrong of its transactions.
async fn through<C: Client>(hosts: &Hosts, writes: &[Write], beside: &Session) -> Vec<String> {
    let client = C::connect(hosts.contact_point).await;
    let mut wrong = Vec::new();
    // Each fault comes twice: once for either form.
    for (write, form) in writes.iter().zip(Form::ALL.into_iter().cycle()) {
        let previous = form.previous();
        if let Some(before) = previous {
            let row = format!("INSERT INTO transactions.stock (k, txn) VALUES ('{}', {before})", write.key);
            beside.query_unpaged(row, ()).await.expect("a row");
        }
        // The driver notices what was closed, and connects again.
        tokio::time::sleep(RECONNECTION).await;
        while !client.is_connected().await {
            tokio::time::sleep(RECONNECTION).await;
        }
        let outcome = client.execute(form, &write.key).await;
        let left = left(beside, &write.key).await;
        let expected = expected(write, previous);
        // The write, and what has read the row.
        let sent = 1 + u32::from(expected.is_some());
        let is_right = outcome == expected && write.sent() == sent;
        if !is_right || (left == Some(ID)) != (write.fault.moment == Moment::AfterServer) {
            let Write { way, fault, .. } = write;
            let sent = write.sent();
            wrong.push(format!("{way:?} {fault:?}: {previous:?}: {outcome:?}, not {expected:?}; left {left:?}, sent {sent}"));
        }
    }
    wrong
}

/// What has become of a transaction that went wrong like this; nothing where it certainly was not applied, which is an error.
fn expected(write: &Write, previous: Option<i32>) -> Option<Outcome<i32>> {
    let Write { fault, way, .. } = write;
    let transaction = Statement { operation: Operation::LightweightTransaction, mark: Mark::Unset, idempotent: false };
    match (fault.moment, fault.failure) {
        (Moment::AfterServer, _) => Some(Outcome::Applied),
        // It may still come.
        (Moment::BeforeServer, Failure::ConnectionClosed | Failure::ClientTimeout) => Some(Outcome::Unknown { found: previous }),
        // cdrs-tokio takes it for a connection that broke.
        (Moment::BeforeServer, Failure::WriteTimeout { write_type: WriteType::Cas, .. }) if way.driver == Driver::CdrsTokio => {
            Some(Outcome::Unknown { found: previous })
        }
        (Moment::BeforeServer, failure) if transaction.may_be_applied(failure) => Some(Outcome::NotApplied { found: previous }),
        (Moment::BeforeServer, _) => None,
    }
}

/// What the row has now, when there is one.
async fn left(session: &Session, key: &str) -> Option<i32> {
    let read = format!("SELECT txn FROM transactions.stock WHERE k = '{key}'");
    let rows = session.query_unpaged(read, ()).await.expect("an answer").into_rows_result().expect("rows");
    rows.maybe_first_row::<(i32,)>().expect("a row").map(|(txn,)| txn)
}
