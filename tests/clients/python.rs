//! Python with the packages that drive a client, in a folder below `target/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use super::{KEPT, program};
use crate::node::succeeds;

/// A client that speaks with a server in the strict types of the protocol, and its runner.
const PYTEST_LSP: [&str; 3] = ["pytest-lsp==1.0.1", "pytest==9.2.0", "pytest-asyncio==1.5.0"];
/// A screen for programs that want a terminal.
const PYTE: &str = "pyte==0.8.2";

/// A Python with its packages.
pub(super) fn python() -> Result<PathBuf, String> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _one = ONE_AT_A_TIME.lock();
    let kept = Path::new(KEPT).join("python");
    let done = kept.join("done");
    if !done.is_file() {
        program("python3", &["python3", "python3-venv"])?;
        succeeds(Command::new("python3").args(["-m", "venv"]).arg(&kept))?;
        succeeds(Command::new(kept.join("bin/pip")).args(["install", "--quiet", PYTE]).args(PYTEST_LSP))?;
        fs::write(&done, "").map_err(|error| format!("{}: {error}", done.display()))?;
    }
    Ok(kept.join("bin/python"))
}
