//! What becomes of lightweight transactions is told as it is.

use std::time::Duration;

use cdrs_tokio::consistency::Consistency;
use cdrs_tokio::query_values;
use cqlint_runtime::cdrs_tokio_9::lwt::{self, Error, Transaction};
use cqlint_runtime::lwt::Outcome;

use super::{PATIENCE, block_on, connect};
use crate::cassandra::{required, server};

const STOCK: &str = "CREATE TABLE cdrs_stock.stock (item text PRIMARY KEY, amount int, txn bigint)";
const OPEN: &str = "INSERT INTO cdrs_stock.stock (item, amount, txn) VALUES (?, 10, ?) IF NOT EXISTS";
const TAKE: &str = "UPDATE cdrs_stock.stock SET amount = ?, txn = ? WHERE item = ? IF amount = ?";
const READ: &str = "SELECT txn FROM cdrs_stock.stock WHERE item = ?";

#[test]
fn a_transaction_is_settled() {
    let Some(server) = required("lightweight transactions of cdrs-tokio", server()) else { return };
    block_on(async {
        let session = connect(server, &["cdrs_stock"], STOCK).await;
        let prepare = async |text: &str| session.prepare(text).await.expect("a statement");
        let (open, take, read) = (prepare(OPEN).await, prepare(TAKE).await, prepare(READ).await);
        let of = |write, id, previous| Transaction {
            write,
            read: &read,
            id,
            previous,
            serial: Consistency::Serial,
            consistency: Consistency::LocalQuorum,
            timeout: PATIENCE,
        };
        let item = "tea";
        let open_as = async |id: i64| {
            let transaction = of(&open, id, None);
            lwt::execute(&session, &transaction, query_values!(item, id), query_values!(item)).await.expect("an outcome")
        };
        let take_as = async |id: i64, from: i32| {
            let values = query_values!(from - 1, id, item, from);
            lwt::execute(&session, &of(&take, id, Some(1)), values, query_values!(item)).await.expect("an outcome")
        };

        assert_eq!(open_as(1).await, Outcome::Applied);
        // The answer shows the whole row.
        assert_eq!(open_as(2).await, Outcome::NotApplied { found: Some(1) });
        assert_eq!(open_as(1).await, Outcome::Applied, "an earlier execution was applied");
        // The answer does not show the id.
        assert_eq!(take_as(3, 7).await, Outcome::NotApplied { found: Some(1) });
        assert_eq!(take_as(3, 10).await, Outcome::Applied);
        assert_eq!(take_as(3, 10).await, Outcome::Applied, "an earlier execution was applied");

        // Nobody waits for an answer, so nothing is said to be known.
        let hasty = Transaction { timeout: Duration::ZERO, ..of(&take, 4, Some(3)) };
        let error = lwt::execute(&session, &hasty, query_values!(8, 4_i64, item, 9), query_values!(item)).await;
        assert!(matches!(error, Err(Error::Unread { write: Some(_), .. })), "{error:?}");
    });
}

#[test]
fn what_cannot_be_a_transaction_leaves_nothing() {
    let Some(server) = required("what is no lightweight transaction of cdrs-tokio", server()) else { return };
    block_on(async {
        let session = connect(server, &["cdrs_no_stock"], &STOCK.replace("cdrs_stock", "cdrs_no_stock")).await;
        let prepare = async |text: &str| session.prepare(text.replace("cdrs_stock", "cdrs_no_stock")).await.expect("a statement");
        let (open, read) = (prepare(OPEN).await, prepare(READ).await);
        let insert = prepare("INSERT INTO cdrs_stock.stock (item, txn) VALUES (?, ?)").await;
        let renamed = prepare("SELECT txn AS id FROM cdrs_stock.stock WHERE item = ?").await;
        for (write, read, serial, expected) in [
            (&insert, &read, Consistency::Serial, "no lightweight transaction"),
            (&open, &renamed, Consistency::Serial, "the first column is not an id"),
            (&open, &read, Consistency::Quorum, "not applied: "),
        ] {
            let consistency = Consistency::LocalQuorum;
            let transaction = Transaction { write, read, id: 1_i64, previous: None, serial, consistency, timeout: PATIENCE };
            let values = query_values!("coffee", 1_i64);
            let error = lwt::execute(&session, &transaction, values, query_values!("coffee")).await.expect_err("refused");
            assert!(error.to_string().starts_with(expected), "{error}");
        }
        let left = session.exec_with_values(&read, query_values!("coffee")).await.expect("an answer");
        let left = left.response_body().expect("a body").into_rows().expect("rows");
        assert!(left.is_empty());
    });
}
