//! What `editors/` holds for each editor: its words are the lexer's, what it declares exists, and its files parse.
//!
//! `CQLINT_BLESS=1 cargo test -p cqlint-tests editors` writes the words of all grammars, and the grammars for CQL in the
//! strings of programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::packages::{install, missing};

mod extension;
mod injections;
mod parse;
pub(crate) mod vsix;
mod words;

/// A file below `editors/`.
pub(crate) fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../editors").join(file)
}

pub(crate) fn read(file: &str) -> String {
    fs::read_to_string(path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn json(file: &str) -> Value {
    serde_json::from_str(&read(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Whether what the tables give is to be written instead of compared.
fn blesses() -> bool {
    std::env::var_os("CQLINT_BLESS").is_some()
}

/// Runs a program, which is in a package of Debian when it is not there.
fn run(program: &str, packages: &'static [&'static str], arguments: &[&str]) -> Result<Output, String> {
    let run = || Command::new(program).args(arguments).output();
    let output = run().or_else(|error| if install(packages) { run() } else { Err(error) });
    output.map_err(|error| format!("{} ({error})", missing(program, packages)))
}

fn utf8(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}
