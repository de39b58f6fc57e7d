//! VS Code itself, as a server (code-server) with its extension host, shown to a Chromium; with the extension as it is packed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::story::Story;
use super::{FILES, KEPT, plays, program};
use crate::editors::{self, vsix};
use crate::node::{Node, node, succeeds};
use crate::packages::install;

/// What VS Code's native modules are compiled with.
const COMPILED_WITH: &[&str] = &["g++", "libkrb5-dev", "libx11-dev", "make", "python3"];

#[test]
fn vscode() {
    plays("vscode", || {
        let mut command = shown("drive.mjs")?;
        command.arg(teller(node()?)?);
        Ok(command)
    });
}

/// `cargo test -p cqlint-tests draw_pictures -- --ignored`; look at them before you keep them.
#[test]
#[ignore = "draws the pictures of editors/vscode/README.md"]
fn draw_pictures() {
    let mut command = shown("pictures.mjs").expect("VS Code");
    command.env("CQLINT_PICTURES", editors::path("vscode/images"));
    assert_eq!(Story::new().play("pictures", command).ended(), Ok(()));
}

/// A script that shows VS Code with the extension to a browser.
fn shown(script: &str) -> Result<Command, String> {
    let node = node()?;
    let set_up = set_up(node)?;
    program("chromium", &["chromium", "fonts-dejavu-core"])?;
    let mut command = node.command("node", &Path::new(FILES).join("vscode"));
    command.arg(script).arg(set_up).arg(vsix::vsix()?);
    Ok(command)
}

/// The folder with VS Code and what drives the browser.
fn set_up(node: &Node) -> Result<PathBuf, String> {
    let kept = Path::new(KEPT).join("code-server-4.139.1");
    if kept.is_dir() {
        return Ok(kept);
    }
    // Where they are there by another name, npm says what is missing.
    install(COMPILED_WITH);
    let unfinished = kept.with_extension("unfinished");
    let failed = |error: std::io::Error| format!("{}: {error}", unfinished.display());
    fs::create_dir_all(&unfinished).map_err(failed)?;
    fs::copy(Path::new(FILES).join("vscode/package.json"), unfinished.join("package.json")).map_err(failed)?;
    let mut npm = node.command("npm", &unfinished);
    npm.args(["install", "--no-audit", "--no-fund", "--no-package-lock", "--foreground-scripts"]);
    // The browser is the system's.
    npm.env("npm_config_nodedir", node.headers()).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    succeeds(&mut npm)?;
    fs::rename(&unfinished, &kept).map_err(failed)?;
    Ok(kept)
}

/// The extension that tells the story.
fn teller(node: &Node) -> Result<PathBuf, String> {
    let packed = Path::new(KEPT).join("teller.vsix");
    let vsce = vsix::copy()?.join("node_modules/.bin/vsce");
    let mut pack = node.command(&vsce.to_string_lossy(), &Path::new(FILES).join("vscode/teller"));
    pack.args(["package", "--no-dependencies", "--allow-missing-repository", "--skip-license", "--out"]).arg(&packed);
    succeeds(&mut pack)?;
    Ok(packed)
}
