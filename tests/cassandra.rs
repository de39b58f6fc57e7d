//! A real Cassandra for the tests: its jars, its parsers, a server on loopback, and a client.

use std::io::Write;

use crate::packages::is_ci;

pub(crate) use client::{Client, Refusal, Request, Rows, Value, show};
pub(crate) use jars::{Java, driver_jars, jars, java};
pub(crate) use parser::CassandraParser;
pub(crate) use server::{Server, server};

mod client;
mod jars;
mod parser;
mod server;

/// The version whose server executes statements; its parser is asked, too.
pub(crate) const SERVER: &str = "5.0.6";

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
