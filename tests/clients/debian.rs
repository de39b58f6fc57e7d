//! Programs of a newer Debian than this machine may have: unpacked below `target/`, and run by their own loader.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use walkdir::{DirEntry, WalkDir};

use super::{KEPT, program};
use crate::node::succeeds;

/// The release.
const RELEASE: &str = "forky";

/// An unpacked package, with all that it needs.
pub(super) struct Unpacked(PathBuf);

/// Unpacks a package, once.
pub(super) fn unpacked(package: &str) -> Result<Unpacked, String> {
    let kept = Path::new(KEPT).join(format!("debian-{RELEASE}-{package}"));
    if kept.is_dir() {
        return Ok(Unpacked(kept));
    }
    program("mmdebstrap", &["mmdebstrap"])?;
    let unfinished = kept.with_extension("unfinished");
    let mut command = Command::new("mmdebstrap");
    // What is tested is not yet released: nobody signs its list again when it has not changed.
    command.args(["--variant=extract", "--aptopt=Acquire::Check-Valid-Until \"false\"", &format!("--include={package}"), RELEASE]);
    succeeds(command.arg(&unfinished))?;
    fs::rename(&unfinished, &kept).map_err(|error| format!("{}: {error}", kept.display()))?;
    Ok(Unpacked(kept))
}

impl Unpacked {
    /// A file or folder of it.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    /// The first of the files below a folder with such a name.
    pub(super) fn find(&self, folder: &str, is_wanted: impl Fn(&str) -> bool) -> Result<PathBuf, String> {
        let found = self.below(folder).find(|file| is_wanted(&file.file_name().to_string_lossy()));
        found.map(DirEntry::into_path).ok_or_else(|| format!("{} has not what is looked for", self.path(folder).display()))
    }

    /// All folders below a folder.
    pub(super) fn folders(&self, folder: &str) -> Vec<PathBuf> {
        self.below(folder).filter(|entry| entry.file_type().is_dir()).map(DirEntry::into_path).collect()
    }

    fn below(&self, folder: &str) -> impl Iterator<Item = DirEntry> {
        WalkDir::new(self.path(folder)).sort_by_file_name().into_iter().flatten()
    }

    /// One of its programs.
    pub(super) fn command(&self, program: &str) -> Result<Command, String> {
        let libraries = format!("usr/lib/{}-linux-gnu", std::env::consts::ARCH);
        let mut command = Command::new(self.find(&libraries, |name| name.starts_with("ld-linux"))?);
        command.arg("--library-path").arg(self.path(&libraries)).arg(self.path("usr/bin").join(program));
        Ok(command)
    }
}
