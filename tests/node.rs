//! Node with its npm: fetched by the npm of the system, so that every machine tests with the same version.
//!
//! The extension for VS Code is built with it, and VS Code itself runs on it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::packages::{install, is_there, missing};

/// What VS Code wants; its package has the headers with which native modules are compiled, too.
const NODE: &str = "24.21.0";
const NPM: &str = "11.21.2";
/// What Debian calls the npm that fetches the rest.
const PACKAGES: &[&str] = &["nodejs", "npm"];

/// A Node below `target/`.
pub(crate) struct Node {
    modules: PathBuf,
}

/// The Node of all suites.
pub(crate) fn node() -> Result<&'static Node, String> {
    static FETCHED: OnceLock<Result<Node, String>> = OnceLock::new();
    FETCHED.get_or_init(fetch).as_ref().map_err(String::clone)
}

fn fetch() -> Result<Node, String> {
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("node-{NODE}"));
    let node = Node { modules: kept.join("node_modules") };
    if kept.is_dir() {
        return Ok(node);
    }
    if !(is_there("npm") || install(PACKAGES) && is_there("npm")) {
        return Err(missing("npm", PACKAGES));
    }
    let unfinished = kept.with_extension("unfinished");
    fs::create_dir_all(&unfinished).map_err(|error| format!("{}: {error}", unfinished.display()))?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&unfinished);
    npm.args([format!("{}@{NODE}", platform()), format!("npm@{NPM}")]);
    succeeds(&mut npm)?;
    fs::rename(&unfinished, &kept).map_err(|error| format!("{}: {error}", kept.display()))?;
    Ok(node)
}

/// The package with Node for this machine.
fn platform() -> String {
    let architecture = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        "x86_64" => "x64",
        other => other,
    };
    format!("node-{}-{architecture}", std::env::consts::OS)
}

impl Node {
    /// A program of Node's: `node`, `npm`, or one of a package that is installed in `folder`.
    pub(crate) fn command(&self, program: &str, folder: &Path) -> Command {
        let programs = self.modules.join(".bin");
        let mut paths = vec![programs.clone()];
        paths.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
        let mut command = Command::new(programs.join(program));
        command.current_dir(folder).env("PATH", std::env::join_paths(paths).unwrap_or_default());
        command
    }

    /// Where its headers are, for npm to compile native modules: else they would be fetched from elsewhere.
    pub(crate) fn headers(&self) -> PathBuf {
        self.modules.join(platform())
    }

    /// Runs npm, which has to succeed: what it has printed.
    pub(crate) fn npm<A: AsRef<OsStr>>(&self, folder: &Path, arguments: &[A]) -> Result<String, String> {
        succeeds(self.command("npm", folder).args(arguments))
    }
}

/// Runs a command that has to succeed: what it has printed.
pub(crate) fn succeeds(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{name} does not start: {error}"))?;
    let [said, warned] = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if output.status.success() { Ok(said) } else { Err(format!("{name}: {said}{warned}")) }
}
