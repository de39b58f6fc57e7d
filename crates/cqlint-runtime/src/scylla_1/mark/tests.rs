//! Statements that need no server to be marked.

use std::sync::Arc;

use scylla::policies::retry::{FallthroughRetryPolicy, RetryPolicy};
use scylla::statement::Statement;
use scylla::statement::batch::{Batch, BatchType};

use super::Mark;
use crate::scylla_1::IdempotenceAware;
use crate::{Claim, Classifier};

const SCHEMA: &str = "CREATE TABLE t (k int PRIMARY KEY, v int, l list<int>); CREATE TABLE hits (k int PRIMARY KEY, n counter)";
const WRITE: &str = "UPDATE t SET v = ? WHERE k = ?";
const WHOLE_LIST: &str = "UPDATE t SET l = ? WHERE k = ?";
const COUNT: &str = "UPDATE hits SET n = n + ? WHERE k = ?";

#[test]
fn statements() {
    let classifier = Classifier::builder().schema(SCHEMA).build();
    for (text, timestamp, expected) in
        [(WRITE, None, true), (WRITE, Some(7), true), (WHOLE_LIST, None, true), (WHOLE_LIST, Some(7), false), (COUNT, None, false)]
    {
        let mut statement = Statement::new(text);
        statement.set_timestamp(timestamp);
        for by_hand in [false, true] {
            statement.set_is_idempotent(by_hand);
            let decision = statement.mark(&classifier);
            assert_eq!((statement.get_is_idempotent(), decision.is_idempotent()), (expected, expected), "{text} {timestamp:?}");
        }
    }
}

#[test]
fn batches() {
    let classifier = Classifier::builder().schema(SCHEMA).claim(COUNT, Claim::Idempotent("for this test")).build();
    for (kind, texts, timestamp, expected) in [
        (BatchType::Logged, &[][..], None, true),
        (BatchType::Logged, &[WRITE, WHOLE_LIST], None, true),
        (BatchType::Unlogged, &[WRITE, WHOLE_LIST], Some(7), false),
        (BatchType::Logged, &[WRITE, "INSERT INTO t (k) VALUES (?) IF NOT EXISTS"], None, false),
        (BatchType::Counter, &["UPDATE hits SET n = n + 1 WHERE k = 1"], None, false),
        (BatchType::Counter, &[COUNT], None, true),
    ] {
        let mut batch = Batch::new(kind);
        texts.iter().for_each(|text| batch.append_statement(*text));
        batch.set_timestamp(timestamp);
        batch.mark(&classifier);
        assert_eq!(batch.get_is_idempotent(), expected, "{kind:?} {texts:?} {timestamp:?}");
    }
}

#[test]
fn a_policy_of_its_own_is_asked_first() {
    let own: Arc<dyn RetryPolicy> = Arc::new(FallthroughRetryPolicy::new());
    let mut statement = Statement::new(WRITE);
    statement.set_retry_policy(Some(own));
    statement.mark_with(&Classifier::default(), &IdempotenceAware::new());
    let shown = format!("{:?}", statement.get_retry_policy());
    assert!(shown.contains("inner: Some(FallthroughRetryPolicy)") && shown.contains("operation: Write"), "{shown}");
}
