//! Real editors and other clients of the language server: each opens one small workspace, mends it and renames a column in it,
//! and all have to see what the command says of the same files.
//!
//! What each was asked and what it answered stands in `target/clients/NAME.txt`. Neovim and a client with strict types run
//! everywhere, VS Code in CI. `CQLINT_EDITORS=all` drives all clients, `CQLINT_EDITORS=vscode,emacs` these.

use std::process::Command;

use crate::cassandra::{required, say};
use crate::packages::{install, is_ci, is_there, missing};
use story::Story;

mod debian;
mod emacs;
mod helix;
mod lsp4j;
mod neovim;
mod process;
mod python;
mod story;
mod typed;
mod vscode;

/// The scripts that drive the clients.
const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/clients");
/// Under `target/`: what is fetched once and kept between runs.
const KEPT: &str = env!("CARGO_TARGET_TMPDIR");

/// Whether a client is to run; when not, that is said.
fn is_wanted(client: &str) -> bool {
    let usual = if is_ci() { "neovim,typed,vscode" } else { "neovim,typed" };
    let wanted = std::env::var("CQLINT_EDITORS").unwrap_or_else(|_| usual.to_owned());
    let is_wanted = wanted.split(',').any(|name| name == client || name == "all");
    if !is_wanted {
        say(&format!("SKIPPED: clients::{client}: set CQLINT_EDITORS=all"));
    }
    is_wanted
}

/// A program that is there, or in a package of Debian.
fn program(name: &str, packages: &'static [&'static str]) -> Result<(), String> {
    let is_found = is_there(name) || install(packages) && is_there(name);
    is_found.then_some(()).ok_or_else(|| missing(name, packages))
}

/// The story as a client tells it, when it is to run.
fn plays(client: &str, set_up: impl FnOnce() -> Result<Command, String>) {
    if is_wanted(client) {
        tells(client, set_up);
    }
}

/// The story as a client tells it: its set-up, its run, and what it has to have seen.
fn tells(client: &str, set_up: impl FnOnce() -> Result<Command, String>) {
    if let Some(command) = required(&format!("clients::{client}"), set_up()) {
        Story::new().play(client, command).holds();
    }
}
