//! The extension for VS Code, made below `target/` as `editors/vscode/README.md` says: what is installed is tested.

use std::fs;
use std::io::Error;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use walkdir::WalkDir;

use super::path;
use crate::node::node;

/// A copy of its folder, with the packages that it is made of.
pub(crate) fn copy() -> Result<&'static Path, String> {
    static COPIED: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    COPIED.get_or_init(copied).as_deref().map_err(String::clone)
}

/// The packed extension.
pub(crate) fn vsix() -> Result<&'static Path, String> {
    static PACKED: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    PACKED.get_or_init(packed).as_deref().map_err(String::clone)
}

fn copied() -> Result<PathBuf, String> {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vscode-extension");
    let fetched = fs::read(copy.join("node_modules/fetched")).unwrap_or_default();
    let failed = |error: Error| format!("{}: {error}", copy.display());
    replace(&path("vscode"), &copy).map_err(failed)?;
    let lock = fs::read(copy.join("package-lock.json")).map_err(failed)?;
    if lock != fetched {
        node()?.npm(&copy, &["ci", "--no-audit", "--no-fund"])?;
        fs::write(copy.join("node_modules/fetched"), lock).map_err(failed)?;
    }
    Ok(copy)
}

/// Copies all files; what was there before is gone, but not the packages.
fn replace(from: &Path, to: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(to).into_iter().flatten().flatten().filter(|entry| entry.file_name() != "node_modules") {
        let old = entry.path();
        if old.is_dir() { fs::remove_dir_all(old)? } else { fs::remove_file(old)? }
    }
    let is_source = |name: &std::ffi::OsStr| !["node_modules", "dist"].iter().any(|made| name == *made);
    for entry in WalkDir::new(from).into_iter().filter_entry(|entry| is_source(entry.file_name())) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from).map_err(Error::other)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn packed() -> Result<PathBuf, String> {
    let copy = copy()?;
    let vsix = copy.join("cqlint.vsix");
    node()?.npm(copy, &["run", "package", "--", "--out", "cqlint.vsix"])?;
    Ok(vsix)
}
