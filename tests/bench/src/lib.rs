//! What the benchmarks share: the workload, the yardsticks, the peers, and tables in Markdown.
//!
//! `cargo bench -p cqlint-bench` runs all of them; `--bench classify` one of them. Only ratios within one run travel from
//! machine to machine, so whatever is compared runs in turns.

pub mod hostile;
pub mod lsp;
pub mod peer;
pub mod process;
pub mod rounds;
pub mod scan;
pub mod table;
pub mod texts;
pub mod tree;
pub mod typist;
pub mod workload;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

/// What can go wrong in a benchmark is told to whoever runs it.
pub type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// Prints one line; a closed pipe is no error.
pub fn say(line: impl std::fmt::Display) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Where generated input and peers are kept: below `target`, so that `cargo clean` takes them along.
///
/// # Errors
/// When the folder cannot be made.
pub fn kept(name: &str) -> Result<PathBuf> {
    let folder = target().join("bench-data").join(name);
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The folder that cargo builds into.
#[must_use]
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => PathBuf::from(target),
        None => root().join("target"),
    }
}

/// The repository.
#[must_use]
pub fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Whether this is a measurement. Without cargo's `--bench` (as in `cargo test --all-targets`) once over is enough, to
/// see that it runs.
#[must_use]
pub fn measuring() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}
