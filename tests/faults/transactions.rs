//! Lightweight transactions through every failure: `lwt::execute` says what became of them, and never what did not.

use std::sync::Arc;
use std::time::Duration;

use cqlint_cluster::{Fault, Hosts, Moment, Server, connect};
use cqlint_drivers::Driver;
use cqlint_drivers::retry::{Failure, Mark, Operation, Statement};
use cqlint_runtime::lwt::Outcome;
use cqlint_runtime::scylla_1::lwt::{self, Transaction};
use cqlint_runtime::{Classifier, scylla_1::SessionExt};
use scylla::client::session::Session;
use scylla::statement::SerialConsistency;
use scylla::statement::prepared::PreparedStatement;

use super::forms::{FORMS, Known};
use super::writes;
use super::{Marking, RECONNECTION, Way, block_on, rows, scylla_1};
use crate::cassandra::{required, server};

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

/// A transaction on a row that is there, or on none.
struct Form {
    write: PreparedStatement,
    previous: Option<i32>,
}

async fn run(server: &Server) -> Vec<String> {
    let beside = connect(server).await.expect("a session");
    rows::define(&beside, "transactions", SCHEMA).await;
    let way = Way { driver: Driver::Scylla, marking: Marking::Helper };
    let classifier = Classifier::default();
    let known: Vec<Known> = FORMS.iter().map(|form| form.known(&classifier)).collect();
    let one = known.into_iter().find(|known| known.operation == Operation::LightweightTransaction).expect("a transaction");
    let writes = Arc::new(writes::all(&[way], &[one]));
    let judged = writes.clone();
    let hosts = Hosts::start(server, move |request| writes::judge(&judged, request)).await.expect("three hosts");
    let session = scylla_1::session(hosts.contact_point).await.marked(Arc::default());
    let prepare = async |text: &str| {
        let mut prepared = session.prepare(text).await.expect("a statement");
        prepared.set_request_timeout(Some(PATIENCE));
        prepared
    };
    let read = prepare("SELECT txn FROM transactions.stock WHERE k = ?").await;
    let insert = prepare("INSERT INTO transactions.stock (txn, k) VALUES (?, ?) IF NOT EXISTS").await;
    let update = prepare("UPDATE transactions.stock SET txn = ? WHERE k = ? IF txn = 1").await;
    let forms = [Form { write: insert, previous: None }, Form { write: update, previous: Some(BEFORE) }];
    let mut wrong = Vec::new();
    // Each fault comes twice: once for either form.
    for (write, form) in writes.iter().zip(forms.iter().cycle()) {
        if let Some(before) = form.previous {
            let row = format!("INSERT INTO transactions.stock (k, txn) VALUES ('{}', {before})", write.key);
            beside.query_unpaged(row, ()).await.expect("a row");
        }
        // The driver notices what was closed, and connects again.
        tokio::time::sleep(RECONNECTION).await;
        while !scylla_1::is_connected(&session) {
            tokio::time::sleep(RECONNECTION).await;
        }
        let Form { write: statement, previous } = form;
        let transaction =
            Transaction { write: statement, read: &read, id: ID, previous: *previous, serial: SerialConsistency::Serial };
        let outcome = lwt::execute(&session, &transaction, (ID, &write.key), (&write.key,)).await.ok();
        let left = left(&beside, &write.key).await;
        let expected = expected(write.fault, *previous);
        if outcome != expected || (left == Some(ID)) != (write.fault.moment == Moment::AfterServer) {
            wrong.push(format!("{:?}: {previous:?}: {outcome:?}, not {expected:?}; left {left:?}", write.fault));
        }
    }
    wrong
}

/// What has become of a transaction that went wrong like this; nothing where it certainly was not applied, which is an error.
fn expected(fault: Fault, previous: Option<i32>) -> Option<Outcome<i32>> {
    let transaction = Statement { operation: Operation::LightweightTransaction, mark: Mark::Unset, idempotent: false };
    match (fault.moment, fault.failure) {
        (Moment::AfterServer, _) => Some(Outcome::Applied),
        // It may still come.
        (Moment::BeforeServer, Failure::ConnectionClosed | Failure::ClientTimeout) => Some(Outcome::Unknown { found: previous }),
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
