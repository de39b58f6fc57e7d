//! The peers: cql-proxy, a Go program that answers requests of ours; the `cqlint` of crates.io, a command; and the language
//! servers of ruff and of squawk.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::workload::Sample;
use crate::{Result, kept, say};

/// cql-proxy's `IsQueryIdempotent`, in a process of its own that waits while we measure ourselves.
pub struct CqlProxy {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl CqlProxy {
    /// Builds and starts it. Nothing, and a loud line, where that is not possible.
    ///
    /// # Errors
    /// When there is no place for it.
    pub fn start() -> Result<Option<Self>> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/cql-proxy");
        let binary = kept("peers")?.join(format!("cql-proxy{}", std::env::consts::EXE_SUFFIX));
        let Ok(built) = Command::new("go").arg("build").arg("-o").arg(&binary).arg(".").current_dir(folder).output() else {
            say("**go not found: peer skipped.**\n");
            return Ok(None);
        };
        if !built.status.success() {
            say(format!("**cql-proxy does not build: peer skipped.**\n\n{}", String::from_utf8_lossy(&built.stderr)));
            return Ok(None);
        }
        let mut child = Command::new(binary).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (Some(requests), Some(answers)) = (child.stdin.take(), child.stdout.take()) else { return Ok(None) };
        Ok(Some(Self { child, requests, answers: BufReader::new(answers) }))
    }

    fn ask(&mut self, request: &Value) -> Result<Value> {
        writeln!(self.requests, "{request}")?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }

    /// Hands over all statements. Answers for each whether the peer calls it idempotent.
    ///
    /// # Errors
    /// When the peer is gone.
    pub fn load(&mut self, samples: &[Sample]) -> Result<Vec<bool>> {
        let statements: Vec<_> = samples.iter().map(|sample| sample.cql.as_str()).collect();
        let answers = self.ask(&json!({ "statements": statements }))?;
        let idempotent = |answer: &Value| answer.get("idempotent").and_then(Value::as_bool).unwrap_or(false);
        Ok(answers.as_array().map(|answers| answers.iter().map(idempotent).collect()).unwrap_or_default())
    }

    /// Makes a group of the statements at these places.
    ///
    /// # Errors
    /// When the peer is gone.
    pub fn group(&mut self, places: &[usize]) -> Result<u64> {
        self.ask(&json!({ "places": places }))?.as_u64().ok_or("the peer numbers no group".into())
    }

    /// As [`crate::rounds::Contender::best`].
    ///
    /// # Errors
    /// When the peer is gone.
    pub fn best(&mut self, group: u64, passes: usize) -> Result<f64> {
        self.ask(&json!({ "group": group, "passes": passes }))?.as_f64().ok_or("the peer measures nothing".into())
    }
}

impl Drop for CqlProxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The unrelated `cqlint` 0.1.0 of crates.io, installed once below `target`. Nothing, and a loud line, where that is not
/// possible.
///
/// # Errors
/// When there is no place for it.
pub fn crates_io_cqlint() -> Result<Option<PathBuf>> {
    let root = kept("peers")?.join("cqlint-0.1.0");
    let binary = root.join("bin").join(format!("cqlint{}", std::env::consts::EXE_SUFFIX));
    if binary.exists() {
        return Ok(Some(binary));
    }
    let mut install = Command::new(env!("CARGO"));
    install.args(["install", "cqlint", "--version", "=0.1.0", "--quiet", "--root"]).arg(&root);
    // Its own target folder, so that it is built as its authors would build it.
    let installed = install.env("CARGO_TARGET_DIR", root.join("build")).current_dir(std::env::temp_dir()).output()?;
    if installed.status.success() && binary.exists() {
        return Ok(Some(binary));
    }
    say(format!("**crates.io cqlint 0.1.0 cannot be installed: peer skipped.**\n\n{}", String::from_utf8_lossy(&installed.stderr)));
    Ok(None)
}

/// ruff, out of its package for Python. Nothing, and a loud line, where that is not possible.
///
/// # Errors
/// When there is no place for it.
pub fn ruff() -> Result<Option<PathBuf>> {
    let folder = kept("peers")?.join("ruff");
    let programs = folder.join("bin");
    let binary = programs.join("ruff");
    let mut make = Command::new("python3");
    make.args(["-m", "venv"]).arg(&folder);
    let mut install = Command::new(programs.join("pip"));
    install.args(["install", "--quiet", "ruff==0.17.6"]);
    installed("ruff", binary, &mut [make, install])
}

/// squawk, out of its package for Node: the program itself, without the script that starts it. Nothing, and a loud line, where
/// that is not possible.
///
/// # Errors
/// When there is no place for it.
pub fn squawk() -> Result<Option<PathBuf>> {
    let folder = kept("peers")?.join("squawk");
    let platform = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        _ => "x64",
    };
    let binary = folder.join(format!("node_modules/@squawk-cli/{}-{platform}/bin/squawk", std::env::consts::OS));
    let mut install = Command::new("npm");
    install.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).arg("squawk-cli@2.66.0");
    installed("squawk", binary, &mut [install])
}

/// A program that commands install when it is not there.
fn installed(name: &str, binary: PathBuf, commands: &mut [Command]) -> Result<Option<PathBuf>> {
    for command in commands.iter_mut().take_while(|_| !binary.exists()) {
        match command.output() {
            Ok(output) if output.status.success() => {}
            Ok(output) => say(format!("**{name}: {}**\n", String::from_utf8_lossy(&output.stderr))),
            Err(error) => say(format!("**{name}: {}: {error}**\n", command.get_program().display())),
        }
    }
    if binary.exists() {
        return Ok(Some(binary));
    }
    say(format!("**{name} cannot be installed: peer skipped.**\n"));
    Ok(None)
}
