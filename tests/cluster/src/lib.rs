//! A real Cassandra on loopback, for the suites and for the example: fetched, started, and gone when its process goes.
//!
//! [`Hosts`] stand before it, and let chosen requests go wrong on their way.

mod fault;
mod frame;
mod hosts;
mod jars;
pub mod packages;
mod proxy;
mod server;

pub use fault::{Fault, Moment};
pub use frame::Kind;
pub use hosts::{Hosts, connect};

pub use jars::{Java, driver_jars, jars, java, query_builder_jars};
pub use proxy::Request;
pub use server::{RUNNING, Server, server};

/// The version whose server executes statements.
pub const SERVER: &str = "5.0.6";

/// The name of the cluster: none of another name is written to.
pub const CLUSTER: &str = "cqlint";

/// Whom the server lets in.
pub const USER: &str = "cassandra";

/// And with which word.
pub const PASSWORD: &str = "cassandra";
