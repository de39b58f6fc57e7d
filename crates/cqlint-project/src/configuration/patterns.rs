//! Patterns as in `.gitignore`, held against paths from the folder that they are for.

use std::path::{Component, Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Patterns of one folder.
#[derive(Clone, Debug)]
pub(crate) struct Patterns {
    folder: PathBuf,
    matcher: Gitignore,
}

/// What patterns say about a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opinion {
    /// One matches, and none behind it takes it back.
    Yes,
    /// One with `!` takes back what those before it say.
    No,
    /// None matches.
    None,
}

/// Says what is wrong with a pattern.
///
/// # Errors
/// It is no pattern; the message says why.
pub(super) fn check(pattern: &str) -> Result<(), String> {
    let is_comment = pattern.starts_with('#');
    if pattern.trim().is_empty() || is_comment {
        return Err(if is_comment { "a pattern that begins with `#` is a comment" } else { "a pattern is empty" }.to_owned());
    }
    GitignoreBuilder::new("").add_line(None, pattern).map(|_| ()).map_err(|error| match error {
        ignore::Error::Glob { err, .. } => err,
        error => error.to_string(),
    })
}

impl Patterns {
    /// Patterns that are known to be some.
    pub(super) fn new<'l>(folder: &Path, lines: impl IntoIterator<Item = &'l str>) -> Self {
        let mut builder = GitignoreBuilder::new("");
        for line in lines {
            let _ = builder.add_line(None, line);
        }
        Self { folder: folder.to_path_buf(), matcher: builder.build().unwrap_or_else(|_| Gitignore::empty()) }
    }

    /// What they say about the path itself.
    pub(crate) fn about(&self, path: &Path, is_folder: bool) -> Opinion {
        match self.matcher.matched(self.below(path), is_folder) {
            Match::Ignore(_) => Opinion::Yes,
            Match::Whitelist(_) => Opinion::No,
            Match::None => Opinion::None,
        }
    }

    /// What they say about the file, or the innermost folder around it that they say anything about.
    pub(crate) fn about_file(&self, path: &Path) -> Opinion {
        let below = self.below(path);
        let mut opinions = below.ancestors().enumerate().map(|(up, path)| match self.matcher.matched(path, up > 0) {
            Match::Ignore(_) => Opinion::Yes,
            Match::Whitelist(_) => Opinion::No,
            Match::None => Opinion::None,
        });
        opinions.find(|opinion| *opinion != Opinion::None).unwrap_or(Opinion::None)
    }

    /// The path from the folder. What is elsewhere is matched by what it is called.
    fn below(&self, path: &Path) -> PathBuf {
        let elsewhere = || path.components().filter(|part| matches!(part, Component::Normal(_))).collect();
        path.strip_prefix(&self.folder).map_or_else(|_| elsewhere(), Path::to_path_buf)
    }
}
