//! LSP4J, the library with which plugins of JetBrains IDEs and of Eclipse speak with language servers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{FILES, KEPT, plays, program};
use crate::cassandra::java;
use crate::node::succeeds;

#[test]
fn lsp4j() {
    plays("lsp4j", || {
        let mut command = java()?.command();
        command.arg("-cp").arg(jars()?.join("*")).arg(Path::new(FILES).join("lsp4j/Teller.java"));
        Ok(command)
    });
}

/// The folder with its jars.
fn jars() -> Result<PathBuf, String> {
    let kept = Path::new(KEPT).join("lsp4j");
    if kept.is_dir() {
        return Ok(kept);
    }
    program("mvn", &["maven"])?;
    let unfinished = kept.with_extension("unfinished");
    let mut maven = Command::new("mvn");
    maven.args(["--batch-mode", "--quiet", "--file"]).arg(Path::new(FILES).join("lsp4j/pom.xml"));
    maven.arg("dependency:copy-dependencies").arg(format!("-DoutputDirectory={}", unfinished.display()));
    succeeds(&mut maven)?;
    fs::rename(&unfinished, &kept).map_err(|error| format!("{}: {error}", kept.display()))?;
    Ok(kept)
}
