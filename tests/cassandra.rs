//! A real Cassandra for the tests: its jars, its parsers, a server on loopback, and a client.

use std::io::Write;

use cqlint_cluster::RUNNING;
use cqlint_cluster::packages::is_ci;

pub(crate) use client::{Client, Refusal, Request, Rows, Value, show};
pub(crate) use cqlint_cluster::{Java, SERVER, Server, driver_jars, jars, java, query_builder_jars, server};
pub(crate) use parser::CassandraParser;

mod client;
mod parser;

/// What a suite cannot do without. `None` skips the suite, and says so where nobody can overlook it; in CI a skip is a failure.
pub(crate) fn required<T>(suite: &str, found: Result<T, String>) -> Option<T> {
    match found {
        Ok(found) => Some(found),
        Err(reason) if is_ci() => panic!("{suite}: {reason}"),
        Err(reason) => {
            say(&format!("SKIPPED: {suite}: {reason}"));
            None
        }
    }
}

/// Prints although the test runner keeps back what a passing test prints.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// `cargo test -p cqlint-tests keep_cassandra -- --ignored`: the suites of the next runs start at once.
#[test]
#[ignore = "serves until it is interrupted"]
fn keep_cassandra() {
    let server = server().expect("a server");
    say(&format!("export {RUNNING}={}", server.address));
    loop {
        std::thread::park();
    }
}
