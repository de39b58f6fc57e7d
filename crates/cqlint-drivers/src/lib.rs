//! What each driver does: how a statement is marked idempotent, what is retried with and without the mark, and whose
//! timestamp a second attempt carries. Facts as tables, without any driver.
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

mod driver;

pub use driver::{ClientTimestamp, Driver, Facts, Retries};
