//! The driver `scylla`, 1.x: its sessions mark what they send.
//!
//! One line of a program changes, and the rest stays as it is:
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use cqlint_runtime::Classifier;
//! use cqlint_runtime::scylla_1::SessionExt;
//! use scylla::client::session_builder::SessionBuilder;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let session = SessionBuilder::new().known_node("127.0.0.1:9042").build().await?;
//! let session = session.marked(Arc::new(Classifier::default()));
//!
//! // Marked: a set takes the same tag once.
//! let tag = session.prepare("UPDATE shop.users SET tags = tags + ? WHERE id = ?").await?;
//! session.execute_unpaged(&tag, (vec!["new"], 7)).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # What is known of the schema
//!
//! A marked session reads the tables and user types that the driver knows of the cluster, and asks for the names of user functions
//! and the default expiry of tables. It does so before the first statement, and again when the driver has another state of the
//! cluster; what was decided with another schema is then forgotten. After a schema change of its own the driver waits for its new
//! state, so the next statement is decided with that. A change by others reaches the driver by an event, a moment later, or else
//! with its next refresh, after 60 seconds when nobody configured otherwise; a change of nothing but functions or expiry may take
//! as long again. Until then a column that was dropped and made again with another type is taken for what it was. What the server
//! tells of bind markers, each time that a statement is prepared, goes before the schema.
//!
//! With schema fetching disabled, this is all that is known, unless DDL was compiled in:
//! [`ClassifierBuilder::schema`](crate::ClassifierBuilder::schema) with [`MarkedSession::without_live_schema`].
//!
//! # What is not seen
//!
//! The values of a statement that is not prepared, and those of a [`BoundStatement`](scylla::statement::bound::BoundStatement).
//! Where values decide, such a statement is not marked; [`BindMarked`] looks at them before they are bound.

mod caching;
mod checked;
mod fault;
mod live;
pub mod lwt;
mod mark;
mod marking;
mod retry;
mod schema;
mod session;
mod types;
mod values;

pub use caching::MarkedCachingSession;
pub use checked::PrepareChecked;
pub use mark::{BindMarked, Mark};
pub use retry::IdempotenceAware;
pub use session::{MarkedSession, SessionExt};
