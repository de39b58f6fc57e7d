//! The driver `cdrs-tokio`, 9.x: what its sessions send is marked, and retried accordingly.
//!
//! [`SessionExt::marked`] makes a [`MarkedSession`] of a session. It has the session's own methods under their own names; each
//! statement is classified once, and its `is_idempotent` is set before the retry policy is asked.
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use cdrs_tokio::cluster::NodeTcpConfigBuilder;
//! use cdrs_tokio::cluster::session::{SessionBuilder, TcpSessionBuilder};
//! use cdrs_tokio::load_balancing::RoundRobinLoadBalancingStrategy;
//! use cqlint_runtime::Classifier;
//! use cqlint_runtime::cdrs_tokio_9::{IdempotenceAware, SessionExt};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let nodes = NodeTcpConfigBuilder::new().with_contact_point("127.0.0.1:9042".into()).build().await?;
//! let session = TcpSessionBuilder::new(RoundRobinLoadBalancingStrategy::new(), nodes).build().await?;
//! let session = session.marked(Arc::new(Classifier::default())).with_policy(&IdempotenceAware::new());
//! session.follow_schema().await?;
//!
//! let add_tag = session.prepare("UPDATE shop.users SET tags = tags + ? WHERE id = ?").await?;
//! // Marked if `tags` is a set, and not if it is a list.
//! session.exec_with_values(&add_tag, vec!["new", "anna"]).await?;
//! # Ok(())
//! # }
//! ```
//!
//! What `is_idempotent` says in the parameters of a request is replaced. Who knows better than the analysis says so with a
//! [`Claim`](crate::Claim), which has a reason.

mod batch;
mod checked;
mod fault;
pub mod lwt;
mod markers;
mod marks;
mod pages;
mod requests;
mod retry;
mod schema;
mod session;
mod statements;
mod told;
mod values;

#[cfg(test)]
mod tests;

pub use pages::{MarkedPager, Pages};
pub use requests::Requests;
pub use retry::IdempotenceAware;
pub use session::{MarkedSession, SessionExt};
