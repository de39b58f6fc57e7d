//! The language server: what the command finds, while one types.
#![allow(dead_code, reason = "the pieces are there before the server that uses them")]
#![cfg_attr(test, expect(clippy::indexing_slicing, reason = "a test may end where its assumption does"))]

mod client;
mod document;
mod features;
mod page;
mod position;
mod transport;
mod uri;

pub use document::Document;
pub use position::{Encoding, LineIndex};
