//! What is sent again after which error.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use cdrs_tokio::Error;
use cdrs_tokio::consistency::Consistency;
use cdrs_tokio::frame::message_error::{
    ErrorBody, ErrorType, FunctionFailureError, ReadTimeoutError, UnavailableError, UnpreparedError, WriteTimeoutError, WriteType,
};
use cdrs_tokio::frame::{FromCursor, Version};
use cdrs_tokio::retry::RetryDecision::{DontRetry, RetryNextNode, RetrySameNode};
use cdrs_tokio::retry::{DefaultRetryPolicy, QueryInfo, RetryDecision, RetryPolicy, RetrySession};
use cdrs_tokio::statement::{StatementParams, StatementParamsBuilder};
use cdrs_tokio::types::CBytesShort;

use super::{Recorder, done};
use crate::Classifier;
use crate::cdrs_tokio_9::{IdempotenceAware, MarkedSession};
use crate::retry::Operation;

fn answered(ty: ErrorType) -> Error {
    Error::Server { body: ErrorBody { message: String::new(), ty }, addr: SocketAddr::from(([127, 0, 0, 1], 9042)) }
}

fn write_timeout(write_type: WriteType) -> Error {
    let cl = Consistency::LocalQuorum;
    answered(ErrorType::WriteTimeout(WriteTimeoutError { cl, received: 1, block_for: 2, write_type, contentions: None }))
}

fn unavailable() -> Error {
    answered(ErrorType::Unavailable(UnavailableError { cl: Consistency::LocalQuorum, required: 2, alive: 1 }))
}

/// The driver keeps one of its fields to itself.
fn read_timeout(received: u8, data_present: u8) -> Error {
    let bytes = [0, 6, 0, 0, 0, received, 0, 0, 0, 2, data_present];
    let error = ReadTimeoutError::from_cursor(&mut io::Cursor::new(&bytes), Version::V4).unwrap();
    answered(ErrorType::ReadTimeout(error))
}

fn lost() -> Error {
    Error::General("Connection closed while waiting for response!".to_owned())
}

fn first(policy: &dyn RetryPolicy, error: &Error, is_idempotent: bool) -> RetryDecision {
    policy.new_session().decide(QueryInfo { error, is_idempotent })
}

#[test]
fn each_error_by_its_meaning() {
    let function = FunctionFailureError { keyspace: "ks".to_owned(), function: "f".to_owned(), arg_types: Vec::new() };
    let unprepared = UnpreparedError { id: CBytesShort::new(vec![1]) };
    // Marked; a write that is not; a read that is not.
    let table = [
        (lost(), RetryNextNode, DontRetry, DontRetry),
        (Error::Io(io::ErrorKind::BrokenPipe.into()), RetryNextNode, DontRetry, DontRetry),
        (Error::Timeout("2 s".to_owned()), RetryNextNode, DontRetry, DontRetry),
        (answered(ErrorType::Server), RetryNextNode, DontRetry, DontRetry),
        (answered(ErrorType::Overloaded), RetryNextNode, DontRetry, DontRetry),
        (answered(ErrorType::Truncate), RetryNextNode, DontRetry, DontRetry),
        (answered(ErrorType::IsBootstrapping), RetryNextNode, RetryNextNode, RetryNextNode),
        (Error::InvalidProtocol(([127, 0, 0, 1], 9042).into()), RetryNextNode, RetryNextNode, RetryNextNode),
        (unavailable(), RetryNextNode, RetryNextNode, RetryNextNode),
        (write_timeout(WriteType::Simple), RetrySameNode, DontRetry, DontRetry),
        (write_timeout(WriteType::Batch), RetrySameNode, DontRetry, DontRetry),
        (write_timeout(WriteType::UnloggedBatch), RetrySameNode, DontRetry, DontRetry),
        (write_timeout(WriteType::BatchLog), RetrySameNode, DontRetry, DontRetry),
        (write_timeout(WriteType::View), RetrySameNode, DontRetry, DontRetry),
        (write_timeout(WriteType::Cdc), RetrySameNode, DontRetry, DontRetry),
        (write_timeout(WriteType::Counter), DontRetry, DontRetry, DontRetry),
        (write_timeout(WriteType::Cas), DontRetry, DontRetry, DontRetry),
        (write_timeout(WriteType::Unknown("ACCORD".to_owned())), DontRetry, DontRetry, DontRetry),
        (answered(ErrorType::FunctionFailure(function)), DontRetry, DontRetry, DontRetry),
        (answered(ErrorType::Unprepared(unprepared)), DontRetry, DontRetry, DontRetry),
        (answered(ErrorType::Invalid), DontRetry, DontRetry, DontRetry),
        (answered(ErrorType::Syntax), DontRetry, DontRetry, DontRetry),
        (Error::UnexpectedErrorCode(7), DontRetry, DontRetry, DontRetry),
    ];
    for (error, marked, unmarked, read) in table {
        let write = IdempotenceAware::new().operation(Operation::Write);
        assert_eq!(first(&write, &error, true), marked, "marked: {error}");
        assert_eq!(first(&write, &error, false), unmarked, "not marked: {error}");
        assert_eq!(first(&IdempotenceAware::new().operation(Operation::Read), &error, false), read, "read: {error}");
    }
}

#[test]
fn a_read_is_asked_again_when_only_digests_have_come() {
    let read = IdempotenceAware::new().operation(Operation::Read);
    for marked in [true, false] {
        assert_eq!(first(&read, &read_timeout(2, 0), marked), RetrySameNode);
        assert_eq!(first(&read, &read_timeout(2, 1), marked), DontRetry);
        assert_eq!(first(&read, &read_timeout(1, 1), marked), DontRetry);
    }
}

#[test]
fn an_unavailable_says_not_of_every_operation_that_nothing_was_applied() {
    let policy = IdempotenceAware::new;
    for (policy, expected) in [
        (policy().operation(Operation::Counter), RetryNextNode),
        (policy().operation(Operation::LoggedBatch), RetryNextNode),
        (policy().operation(Operation::Counters), DontRetry),
        (policy().operation(Operation::LightweightTransaction), DontRetry),
        // Nobody has said what it does.
        (policy(), DontRetry),
    ] {
        assert_eq!(first(&policy, &unavailable(), false), expected, "{policy:?}");
    }
}

#[test]
fn retries_are_counted() {
    for (policy, expected) in [
        (IdempotenceAware::new(), 3),
        (IdempotenceAware::new().max_retries(0), 0),
        (IdempotenceAware::new().max_retries(5), 5),
        (IdempotenceAware::wrapping(Arc::new(Stubborn)), 3),
        (IdempotenceAware::wrapping(Arc::new(Stubborn)).max_retries(1), 1),
    ] {
        let mut request = policy.new_session();
        let mut retries = 0;
        while request.decide(QueryInfo { error: &lost(), is_idempotent: true }) != DontRetry {
            retries += 1;
        }
        assert_eq!(retries, expected, "{policy:?}");
    }
}

/// Sends everything again, always.
struct Stubborn;

impl RetryPolicy for Stubborn {
    fn new_session(&self) -> Box<dyn RetrySession + Send + Sync> {
        Box::new(Self)
    }
}

impl RetrySession for Stubborn {
    fn decide(&mut self, _: QueryInfo<'_>) -> RetryDecision {
        RetrySameNode
    }
}

#[test]
fn a_wrapped_policy_is_kept_from_what_may_be_applied() {
    let stubborn = || IdempotenceAware::wrapping(Arc::new(Stubborn)).operation(Operation::Write);
    for (error, marked, unmarked) in [
        (lost(), RetrySameNode, DontRetry),
        (write_timeout(WriteType::Simple), RetrySameNode, DontRetry),
        (write_timeout(WriteType::Unknown("ACCORD".to_owned())), RetrySameNode, DontRetry),
        (unavailable(), RetrySameNode, RetrySameNode),
        (answered(ErrorType::Invalid), RetrySameNode, RetrySameNode),
    ] {
        assert_eq!(first(&stubborn(), &error, true), marked, "{error}");
        assert_eq!(first(&stubborn(), &error, false), unmarked, "{error}");
    }
    // What it does not want to send again is not sent again.
    let default = IdempotenceAware::wrapping(Arc::new(DefaultRetryPolicy)).operation(Operation::Write);
    assert_eq!(first(&default, &write_timeout(WriteType::Simple), true), DontRetry);
    assert_eq!(first(&default, &write_timeout(WriteType::BatchLog), true), RetrySameNode);
}

#[test]
fn a_marked_session_says_what_each_statement_does() {
    let classifier = Arc::new(Classifier::builder().schema("CREATE TABLE t (k int PRIMARY KEY, n counter)").build());
    let session = MarkedSession::new(Arc::new(Recorder::default()), classifier);
    done(session.query("UPDATE t SET n = n + 1 WHERE k = 1")).unwrap();
    let session = session.with_policy(&IdempotenceAware::new());
    done(session.query("UPDATE t SET n = n + 1 WHERE k = 1")).unwrap();
    done(session.query("UPDATE t SET n = n + 1 WHERE k IN (1, 2)")).unwrap();
    done(session.query("no CQL")).unwrap();
    let own = StatementParamsBuilder::new().with_retry_policy(Arc::new(Stubborn)).build();
    done(session.query_with_params("UPDATE t SET n = n + 1 WHERE k = 1", own)).unwrap();

    let sent = session.sent.lock().unwrap();
    for (error, expected) in [
        (unavailable(), [None, Some(RetryNextNode), Some(DontRetry), Some(DontRetry), Some(RetrySameNode)]),
        (lost(), [None, Some(DontRetry), Some(DontRetry), Some(DontRetry), Some(DontRetry)]),
    ] {
        let decide = |sent: &StatementParams| Some(first(sent.retry_policy.as_deref()?, &error, sent.is_idempotent));
        assert_eq!(sent.iter().map(decide).collect::<Vec<_>>(), expected, "{error}");
    }
}
