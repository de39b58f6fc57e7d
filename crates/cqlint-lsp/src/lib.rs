//! The language server: what the command finds, while one types.
//!
//! It speaks the Language Server Protocol over a connection. What is in a file is decided by the same analysis, and read by the
//! same code, as for the command; here it only learns to live with texts that change.
#![cfg_attr(test, expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may end where its assumption does"))]

mod actions;
mod capabilities;
mod client;
mod commands;
mod document;
mod features;
mod loading;
mod names;
mod navigation;
mod notifications;
mod outgoing;
mod page;
mod position;
mod reading;
mod refusal;
mod requests;
mod server;
mod session;
mod settings;
mod to_proto;
mod transport;
mod uri;
mod writing;

pub use loading::{Configuration, Start};
pub use position::{Encoding, LineIndex};
pub use server::{Ended, serve};

/// Serves the client on standard input and output.
#[must_use]
pub fn serve_stdio(start: Start) -> Ended {
    let (connection, threads) = transport::stdio();
    let ended = serve(&connection, start);
    drop(connection);
    threads.finish();
    ended
}
