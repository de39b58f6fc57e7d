//! What each driver does: how a statement is marked idempotent, what is retried with and without the mark, and whose
//! timestamp a second attempt carries. Facts as tables, without any driver. What it does after each failure, under each of its
//! retry policies, is in [`retry`].
//!
//! ```
//! use cqlint_drivers::{Driver, Retries};
//!
//! // In Python an unmarked counter update is sent again all the same.
//! assert_eq!(Driver::Python.facts().retries, Retries::Always);
//! assert_eq!(Driver::Java4.facts().retries, Retries::Marked);
//! ```
#![no_std]
#![deny(clippy::wildcard_enum_match_arm)]
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may end where its assumption does"))]

mod driver;
pub mod retry;

pub use driver::{ClientTimestamp, Driver, Facts, Retries};
