//! CQL text to tokens to statements: Apache Cassandra from 3.11 to trunk, ScyllaDB and DataStax Enterprise.
//!
//! Parsing never fails: a text becomes statements and errors, one after the other, and one broken statement does not
//! silence its neighbours. Every node carries the bytes that it came from.
//!
//! ```
//! use cqlint_syntax::{Dialects, Parser, Piece, Statement};
//!
//! let mut parser = Parser::new(Dialects::ALL);
//! for parsed in parser.script("UPDATE t SET c = c + 1 WHERE k = ?") {
//!     assert!(matches!(parsed.piece, Piece::Statement(Statement::Update(_))));
//! }
//! ```
//!
//! The grammar is written down in `grammar/cql.ebnf`; a production there and a function here share their name.
#![no_std]

extern crate alloc;

pub mod ast;
mod comment;
mod dialect;
mod error;
mod foreign;
mod keyword;
mod lexer;
mod parser;
mod print;
mod reading;
mod script;
mod span;
mod token;
mod tree;

pub use ast::Statement;
pub use comment::comments;
pub use dialect::{Dialects, UnknownDialect};
pub use error::SyntaxError;
pub use foreign::{Foreign, foreign};
pub use keyword::{KEYWORDS, Keyword};
pub use lexer::Lexer;
pub use print::print;
pub use reading::{Meaning, NextKeyword, Reading, next_keywords, read};
pub use script::{Parsed, Parser, Piece, Script};
pub use span::Span;
pub use token::{Token, TokenKind};
pub use tree::{Id, List, Node, Tree};
