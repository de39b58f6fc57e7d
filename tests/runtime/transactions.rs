//! What becomes of lightweight transactions is told as it is.

use std::time::Duration;

use cqlint_runtime::Classifier;
use cqlint_runtime::lwt::Outcome;
use cqlint_runtime::scylla_1::lwt::{self, Transaction};
use scylla::statement::SerialConsistency;

use super::{marked, on_cassandra};

#[test]
fn a_transaction_is_settled() {
    on_cassandra("lightweight transactions", async |server| {
        let (session, _) = marked(server, Classifier::default()).await;
        let prepare = async |text: &str| session.prepare(text).await.expect("prepared");
        let open = prepare("INSERT INTO runtime_scylla.stock (item, amount, txn) VALUES (?, 10, ?) IF NOT EXISTS").await;
        let take = prepare("UPDATE runtime_scylla.stock SET amount = ?, txn = ? WHERE item = ? IF amount = ?").await;
        let read = prepare("SELECT txn FROM runtime_scylla.stock WHERE item = ?").await;
        let of = |write, id, previous| Transaction { write, read: &read, id, previous, serial: SerialConsistency::Serial };
        let item = "tea";
        let open_as = async |id: i64| lwt::execute(&session, &of(&open, id, None), (item, id), (item,)).await;
        let take_as = async |id: i64, from: i32| {
            lwt::execute(&session, &of(&take, id, Some(1)), (from - 1, id, item, from), (item,)).await.expect("an outcome")
        };

        assert_eq!(open_as(1).await.expect("an outcome"), Outcome::Applied);
        // The answer shows the whole row.
        assert_eq!(open_as(2).await.expect("an outcome"), Outcome::NotApplied { found: Some(1) });
        assert_eq!(open_as(1).await.expect("an outcome"), Outcome::Applied, "an earlier execution was applied");
        // The answer does not show the id.
        assert_eq!(take_as(3, 7).await, Outcome::NotApplied { found: Some(1) });
        assert_eq!(take_as(3, 10).await, Outcome::Applied);
        assert_eq!(take_as(3, 10).await, Outcome::Applied, "an earlier execution was applied");

        // The driver does not wait for the answer: whatever happens then, nothing is said to be what it is not.
        let mut hasty = take.clone();
        hasty.set_request_timeout(Some(Duration::from_nanos(1)));
        let outcome = lwt::execute(&session, &of(&hasty, 4, Some(3)), (8, 4_i64, item, 9), (item,)).await.expect("an outcome");
        assert!(matches!(outcome, Outcome::Applied | Outcome::Unknown { found: Some(3) }), "{outcome:?}");
    });
}

#[test]
fn what_is_no_transaction_is_not_sent() {
    on_cassandra("what is no lightweight transaction", async |server| {
        let (session, _) = marked(server, Classifier::default()).await;
        let prepare = async |text: &str| session.prepare(text).await.expect("prepared");
        let insert = prepare("INSERT INTO runtime_scylla.stock (item, txn) VALUES (?, ?)").await;
        let open = prepare("INSERT INTO runtime_scylla.stock (item, txn) VALUES (?, ?) IF NOT EXISTS").await;
        let read = prepare("SELECT txn FROM runtime_scylla.stock WHERE item = ?").await;
        let wrong = prepare("SELECT item FROM runtime_scylla.stock WHERE item = ?").await;
        for (write, read, expected) in
            [(&insert, &read, "no lightweight transaction"), (&open, &wrong, "the first column is not an id")]
        {
            let transaction = Transaction { write, read, id: 1_i64, previous: None, serial: SerialConsistency::Serial };
            let error = lwt::execute(&session, &transaction, ("coffee", 1_i64), ("coffee",)).await.expect_err("refused");
            assert!(error.to_string().starts_with(expected), "{error}");
        }
        let left = session.execute_unpaged(&read, ("coffee",)).await.expect("rows").into_rows_result().expect("rows");
        assert_eq!(left.rows_num(), 0);
    });
}
