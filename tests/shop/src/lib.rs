//! A small shop on Cassandra. Its statements stand in `queries/`, its tables in `schema/`; `build.rs` checks the ones with the others.
//!
//! [`Shop`] is the program. [`tell`] goes through a day in it, and loses answers on their way when that is asked for.

mod day;
mod deed;
mod shop;
mod trap;

/// The statements, checked when this was built.
pub mod queries {
    cqlint_runtime::include_queries!();
}

pub use day::{Weather, tell};
pub use shop::{Error, Shop};
