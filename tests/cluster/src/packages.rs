//! What the suites need of the system. In CI, where the machine is nobody's, it is installed; elsewhere a suite does without.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// Whether this is CI.
#[must_use]
pub fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|ci| ci == "true")
}

/// Whether a program is there and answers.
#[must_use]
pub fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Installs packages of Debian, once in a run, and only in CI: whether they are there now.
pub fn install(packages: &'static [&'static str]) -> bool {
    static INSTALLED: Mutex<BTreeMap<&[&str], bool>> = Mutex::new(BTreeMap::new());
    let run = |arguments: &[&str]| {
        let (command, first) = if is_there("sudo") { ("sudo", Some("apt-get")) } else { ("apt-get", None) };
        let mut command = Command::new(command);
        command.args(first).args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let all = || run(&["update"]) && run(&[&["install", "-y", "--no-install-recommends"], packages].concat());
    // Held while it runs: two package managers would trip over each other.
    let mut installed = INSTALLED.lock().unwrap_or_else(PoisonError::into_inner);
    *installed.entry(packages).or_insert_with(|| is_ci() && all())
}

/// What to say when something is missing.
#[must_use]
pub fn missing(what: &str, packages: &[&str]) -> String {
    format!("{what} is missing; install it, on Debian by `apt-get install {}`", packages.join(" "))
}
