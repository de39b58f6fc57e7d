//! Java, and the jars of each version of Cassandra: found, fetched by Maven into the target folder, in CI installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock};

use crate::packages::{install, is_there, missing};

/// What Java is told.
pub(crate) const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/java");

/// What a package manager calls a Java 17 that can compile, and Maven.
const PACKAGES: &[&str] = &["openjdk-17-jdk-headless", "maven"];

/// Cargo's folder for what tests keep: what is fetched once stays between runs.
pub(crate) fn kept() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    // Cargo marks its target folder, wherever that is.
    let target = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    target.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), Path::to_owned).join("tmp")
}

/// A Java 17 that runs source files.
#[derive(Clone)]
pub struct Java(PathBuf);

impl Java {
    /// Java, with nothing said yet.
    #[must_use]
    pub fn command(&self) -> Command {
        Command::new(&self.0)
    }

    /// Runs a source file, with the jars of a version of Cassandra and the modules opened that it needs.
    #[must_use]
    pub fn run(&self, source: &Path, jars: &Path, options: &[String]) -> Command {
        let mut command = self.command();
        command
            .arg(format!("@{FILES}/java.options"))
            .arg(format!("-Dlogback.configurationFile={FILES}/logback.xml"))
            .args(options)
            .arg("-cp")
            .arg(jars.join("*"))
            .arg(source);
        command
    }
}

impl Java {
    /// What the compiler says of a source file, with the jars of a folder; nothing when it compiles.
    ///
    /// # Errors
    /// When there is no compiler.
    pub fn complaints(&self, source: &Path, jars: &Path, classes: &Path) -> Result<String, String> {
        let output = Command::new(self.0.with_file_name("javac"))
            .arg("-cp")
            .arg(jars.join("*"))
            .arg("-d")
            .args([classes, source])
            .output()
            .map_err(|error| format!("javac does not start: {error}"))?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok(if output.status.success() { String::new() } else { said })
    }
}

/// Java 17, the newest that Cassandra 5.0 runs on.
///
/// # Errors
/// What is missing, and how it is installed.
pub fn java() -> Result<Java, String> {
    static JAVA: OnceLock<Result<Java, String>> = OnceLock::new();
    let find = || candidates().into_iter().find(|java| is_fit(java)).map(Java);
    JAVA.get_or_init(|| find().or_else(|| install(PACKAGES).then(find)?).ok_or_else(|| missing("a JDK of Java 17", PACKAGES)))
        .clone()
}

fn candidates() -> Vec<PathBuf> {
    let home = std::env::var_os("JAVA_HOME").map(|home| Path::new(&home).join("bin/java"));
    let installed = fs::read_dir("/usr/lib/jvm").into_iter().flatten().flatten().map(|entry| entry.path().join("bin/java"));
    home.into_iter().chain([PathBuf::from("java")]).chain(installed).collect()
}

/// Whether it is Java 17 with its compiler.
fn is_fit(java: &Path) -> bool {
    let output = Command::new(java).arg("--list-modules").output();
    output.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("jdk.compiler@17"))
}

/// The folder with the jars of a version of Cassandra.
///
/// # Errors
/// Without Maven, or when it cannot fetch them.
pub fn jars(version: &str) -> Result<PathBuf, String> {
    artifact("cassandra-all", version)
}

/// The folder with the jars of a version of its driver.
///
/// # Errors
/// Without Maven, or when it cannot fetch them.
pub fn driver_jars(version: &str) -> Result<PathBuf, String> {
    artifact("java-driver-core", version)
}

/// The folder with the jars of a version of its driver's QueryBuilder.
///
/// # Errors
/// Without Maven, or when it cannot fetch them.
pub fn query_builder_jars(version: &str) -> Result<PathBuf, String> {
    artifact("java-driver-query-builder", version)
}

/// The folder with the jars of something of Apache Cassandra's, fetched when it is not there.
fn artifact(name: &str, version: &str) -> Result<PathBuf, String> {
    // Two Mavens would trip over each other.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _one = ONE_AT_A_TIME.lock();
    let folder = kept().join(format!("cassandra/{name}-{version}"));
    if folder.is_dir() {
        return Ok(folder);
    }
    if !(is_there("mvn") || install(PACKAGES) && is_there("mvn")) {
        return Err(missing("Maven", PACKAGES));
    }
    fs::create_dir_all(kept()).map_err(|error| format!("{}: {error}", kept().display()))?;
    let unfinished = kept().join(format!("cassandra/{name}-{version}.unfinished"));
    let output = Command::new("mvn")
        .args(["--batch-mode", "--quiet", "--file", &format!("{FILES}/pom.xml"), "dependency:copy-dependencies"])
        .arg(format!("-Dartifact={name}"))
        .arg(format!("-Dartifact.version={version}"))
        .arg(format!("-DoutputDirectory={}", unfinished.display()))
        .output()
        .map_err(|error| format!("Maven does not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("Maven cannot fetch {name} {version}: {}", String::from_utf8_lossy(&output.stdout)));
    }
    fs::rename(&unfinished, &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}
