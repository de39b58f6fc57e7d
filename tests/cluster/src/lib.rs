//! A real Cassandra on loopback, for the suites and for the example: fetched, started, and gone when its process goes.

mod jars;
pub mod packages;
mod server;

pub use jars::{Java, driver_jars, jars, java};
pub use server::{RUNNING, Server, server};

/// The version whose server executes statements.
pub const SERVER: &str = "5.0.6";

/// The name of the cluster: none of another name is written to.
pub const CLUSTER: &str = "cqlint";
