//! Files about which something has to be found out anew.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// Files that have changed since somebody looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Backlog {
    /// All of them, and there may be others now.
    All,
    /// These.
    Files(BTreeSet<PathBuf>),
}

impl Backlog {
    /// Adds a file.
    pub(super) fn add(&mut self, path: PathBuf) {
        match self {
            Backlog::All => {}
            Backlog::Files(files) => _ = files.insert(path),
        }
    }

    /// Takes what there is: nothing is left to do.
    pub(super) fn take(&mut self) -> Self {
        std::mem::replace(self, Backlog::Files(BTreeSet::new()))
    }
}
