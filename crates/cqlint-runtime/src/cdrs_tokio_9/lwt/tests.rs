//! What is known before and after a transaction is sent.

use std::io;
use std::net::SocketAddr;

use cdrs_tokio::Error;
use cdrs_tokio::consistency::Consistency;
use cdrs_tokio::frame::message_error::{ErrorBody, ErrorType, UnavailableError, WriteTimeoutError, WriteType};

use super::{Transaction, execute, first_column, witness};
use crate::cdrs_tokio_9::Requests;
use crate::lwt::Witness;

fn answered(ty: ErrorType) -> Error {
    Error::Server { body: ErrorBody { message: String::new(), ty }, addr: SocketAddr::from(([127, 0, 0, 1], 9042)) }
}

#[test]
fn who_says_that_it_has_failed() {
    let cl = Consistency::LocalQuorum;
    let late = |write_type| {
        answered(ErrorType::WriteTimeout(WriteTimeoutError { cl, received: 1, block_for: 2, write_type, contentions: Some(1) }))
    };
    for (error, expected) in [
        (late(WriteType::Cas), Some(Witness::Coordinator)),
        (late(WriteType::Simple), Some(Witness::Coordinator)),
        (late(WriteType::Unknown("NEW".to_owned())), Some(Witness::Coordinator)),
        (answered(ErrorType::Server), Some(Witness::Coordinator)),
        (answered(ErrorType::Unavailable(UnavailableError { cl, required: 2, alive: 1 })), Some(Witness::Coordinator)),
        (answered(ErrorType::Invalid), None),
        (answered(ErrorType::IsBootstrapping), None),
        // A write timeout of a transaction in version 4 of the protocol, and a connection that broke.
        (io::Error::from(io::ErrorKind::UnexpectedEof).into(), Some(Witness::Driver)),
        (Error::General("Connection closed while waiting for response!".to_owned()), Some(Witness::Driver)),
        (Error::Timeout("no answer within 1s".to_owned()), Some(Witness::Driver)),
        // Perhaps the answer to another request.
        (Error::UnexpectedResultKind(9), Some(Witness::Driver)),
        (Error::InvalidProtocol(SocketAddr::from(([127, 0, 0, 1], 9042))), None),
    ] {
        assert_eq!(witness(&error), expected, "{error}");
    }
}

#[test]
fn the_column_with_the_id() {
    for (text, expected) in [
        ("SELECT txn FROM t WHERE k = ?", Some("txn")),
        ("SELECT Txn, amount FROM t WHERE k = ?", Some("txn")),
        ("SELECT \"Txn\" FROM t WHERE k = ?", Some("Txn")),
        ("SELECT txn AS id FROM t WHERE k = ?", None),
        ("SELECT count(txn) FROM t WHERE k = ?", None),
        ("SELECT JSON txn FROM t WHERE k = ?", None),
        ("SELECT * FROM t WHERE k = ?", None),
        ("DELETE txn FROM t WHERE k = ?", None),
        ("SELECT", None),
    ] {
        assert_eq!(first_column(text).as_deref(), expected, "{text}");
    }
}

/// A program may execute a transaction in a task of its own; that this compiles is the test.
#[expect(dead_code, reason = "it is only compiled")]
fn it_may_go_to_another_thread<S: Requests>(session: &S, transaction: &Transaction<'_, i64>) -> impl Send {
    execute(session, transaction, Vec::<i64>::new(), Vec::<i64>::new())
}
