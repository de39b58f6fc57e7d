//! Checks the CQL of a program when it is built, and writes a constant for each statement with its verdict.
//!
//! The statements stand in files, each with its name above it:
//!
//! ```sql
//! -- name: add_tag
//! UPDATE users SET tags = tags + ? WHERE id = ?;
//!
//! -- name: count_view
//! -- cqlint: not-idempotent: nobody minds a view too few, but one too many is paid for
//! UPDATE pages SET views = views + 1 WHERE page = ?;
//! ```
//!
//! `build.rs` names their folder, and that of the schema:
//!
//! ```no_run
//! fn main() -> Result<(), cqlint_build::Error> {
//!     cqlint_build::Config::new().schema("schema/").queries("queries/").deny_not_idempotent().generate()
//! }
//! ```
//!
//! And the program takes the constants in. Each is a `cqlint_runtime::CheckedStatement`:
//!
//! ```ignore
//! mod queries {
//!     cqlint_runtime::include_queries!();
//! }
//!
//! assert!(queries::ADD_TAG.is_idempotent());
//! ```
//!
//! With a driver, [`Config::driver`], the module has `prepare_all` as well, which prepares and marks the whole set.
//!
//! The verdicts are those of the command: the same analysis, the same `cqlint.toml`, the same comments. A statement that does not
//! parse, or does not fit the schema, stops the build with a picture of the place; what else is worth a warning is one of cargo's.
//!
//! | feature | what it adds |
//! |---|---|
//! | `typed-parameters` | `Config::typed_parameters`: a struct for the values of each statement |

mod config;
mod constant;
mod driver;
mod error;
pub mod inline;
mod knowledge;
mod mistake;
mod module;
mod name;
#[cfg(feature = "typed-parameters")]
mod parameters;
mod queries;
mod statement;

pub use config::Config;
pub use driver::Driver;
pub use error::Error;
pub use mistake::{Excerpt, Mistake};
pub use module::Module;
pub use statement::{Claim, Hazard, Marker, Statement};
