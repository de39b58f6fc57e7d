//! What git would ignore: the patterns of every `.gitignore` on the way, and of `.git/info/exclude`.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The patterns that hold at one place of a walk, the innermost last.
pub(crate) struct Patterns {
    /// Where the walk began, as an absolute path.
    root: PathBuf,
    /// With the depth of the folder that they stand in; those above the root have none.
    stack: Vec<(Option<usize>, Gitignore)>,
}

impl Patterns {
    /// The patterns of the folders above `root`, up to the root of its repository. Outside of a repository there are
    /// none.
    pub(crate) fn above(root: &Path) -> Self {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
        let mut stack = Vec::new();
        let repository = root.ancestors().position(|folder| folder.join(".git").exists());
        let folders = root.ancestors().skip(1).take(repository.unwrap_or(0));
        stack.extend(folders.filter_map(patterns).map(|patterns| (None, patterns)));
        stack.reverse();
        Self { root, stack }
    }

    /// The walk enters a folder.
    pub(crate) fn enter(&mut self, folder: &Path, depth: usize) {
        if let Some(patterns) = patterns(&self.root.join(folder)) {
            self.stack.push((Some(depth), patterns));
        }
    }

    /// The walk has left every folder of this depth and below.
    pub(crate) fn leave(&mut self, depth: usize) {
        while self.stack.last().is_some_and(|(own, _)| own.is_some_and(|own| own >= depth)) {
            self.stack.pop();
        }
    }

    /// Whether git would ignore this path below the root. The innermost pattern that matches decides.
    pub(crate) fn ignore(&self, path: &Path, is_folder: bool) -> bool {
        if self.stack.is_empty() {
            return false;
        }
        let path = self.root.join(path);
        let decisions = self.stack.iter().rev().map(|(_, patterns)| patterns.matched(&path, is_folder));
        match decisions.into_iter().find(|decision| !decision.is_none()) {
            Some(Match::Ignore(_)) => true,
            Some(Match::Whitelist(_) | Match::None) | None => false,
        }
    }
}

/// The patterns in one folder. Lines that are no pattern are passed over, as git does.
fn patterns(folder: &Path) -> Option<Gitignore> {
    let files = [folder.join(".git/info/exclude"), folder.join(".gitignore")];
    let mut builder = None;
    for file in files.into_iter().filter(|file| file.is_file()) {
        let builder = builder.get_or_insert_with(|| GitignoreBuilder::new(folder));
        let _ = builder.add(file);
    }
    builder?.build().ok().filter(|patterns| !patterns.is_empty())
}
