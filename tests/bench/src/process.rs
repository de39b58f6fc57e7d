//! One run of a command: how long it took and how much memory it had, from the system's own books.

use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::{Result, root, say, target};

/// What one run took.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// From its start to its end.
    pub wall: Duration,
    /// What its threads worked, in the program and in the system.
    pub cpu: Duration,
    /// Its peak memory in bytes. Linux counts what the parent had when it started the child: the parent must be small.
    pub peak: u64,
    /// How it ended.
    pub status: ExitStatus,
}

/// Runs a command to its end; what it prints is thrown away.
///
/// # Errors
/// When it does not start.
pub fn run(command: &mut Command) -> Result<Run> {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let ended = child.wait4()?;
    let wall = start.elapsed();
    Ok(Run { wall, cpu: ended.rusage.utime + ended.rusage.stime, peak: ended.rusage.maxrss, status: ended.status })
}

/// Builds the command as it is released. Nothing, and a loud line, where that is not possible.
///
/// # Errors
/// When cargo does not start.
pub fn cqlint() -> Result<Option<PathBuf>> {
    if !root().join("crates/cqlint-cli/Cargo.toml").exists() {
        say("**crates/cqlint-cli is not there yet: our command is skipped.**\n");
        return Ok(None);
    }
    let mut build = Command::new(env!("CARGO"));
    let built = build.args(["build", "--release", "--quiet", "--package", "cqlint-cli"]).current_dir(root()).output()?;
    if !built.status.success() {
        say(format!("**cqlint-cli does not build: our command is skipped.**\n\n{}", String::from_utf8_lossy(&built.stderr)));
        return Ok(None);
    }
    Ok(Some(target().join("release").join(format!("cqlint{}", std::env::consts::EXE_SUFFIX))))
}
