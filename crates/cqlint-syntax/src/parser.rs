//! Tokens to statements. One production of `grammar/cql.ebnf` is one function of the same name.
//!
//! The first keyword of a statement picks its production, so a branch is rarely given up. A statement that does not
//! parse is read a second time, and only then is kept what was expected where.

mod aggregate;
mod basic;
mod batch;
mod call;
mod collection;
mod delete;
mod describe;
mod explain;
mod function;
mod index;
mod input;
mod insert;
mod keyspace;
mod relation;
mod role;
mod search;
mod select;
mod service_level;
mod statement;
mod table;
mod term;
mod transaction;
mod types;
mod update;
mod user_type;
mod using;

pub(crate) use explain::explain;
pub(crate) use input::{Context, Mismatch, Tokens};
pub(crate) use statement::{batch_member, statement};
