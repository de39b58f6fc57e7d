//! What can be wrong with one path: plain data, which each use shows in its own way.

use std::fmt;
use std::path::Path;

/// How much is left undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something that was asked for could not be done.
    Failed,
    /// A file was passed over for a good reason.
    Skipped,
    /// Everything was done, and this is worth knowing.
    Done,
}

/// What is the matter with one path. The others go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path as the user would write it.
    pub path: String,
    /// Line and column from 1, when it is about a place in the file.
    pub place: Option<(usize, usize)>,
    /// What is wrong: one line, no full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// How much is left undone.
    pub outcome: Outcome,
    /// How many files are not checked because of it.
    pub unchecked: usize,
}

impl Problem {
    pub(crate) fn failed(path: &Path, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            path: shown(path),
            place: None,
            message: message.into(),
            help: Some(help.into()),
            outcome: Outcome::Failed,
            unchecked: 1,
        }
    }

    pub(crate) fn skipped(path: &Path, message: impl Into<String>) -> Self {
        Self { path: shown(path), place: None, message: message.into(), help: None, outcome: Outcome::Skipped, unchecked: 1 }
    }

    pub(crate) fn done(path: &Path, message: impl Into<String>, help: Option<String>) -> Self {
        Self { path: shown(path), place: None, message: message.into(), help, outcome: Outcome::Done, unchecked: 0 }
    }

    /// Whether something that was asked for could not be done.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        self.outcome == Outcome::Failed
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some((line, column)) => write!(f, "{}:{line}:{column}: {}", self.path, self.message),
            None => write!(f, "{}: {}", self.path, self.message),
        }
    }
}

impl std::error::Error for Problem {}

/// A path as the user would write it: without the `./` that a walk puts before it.
pub(crate) fn shown(path: &Path) -> String {
    if path == Path::new("-") {
        return crate::STDIN.to_owned();
    }
    path.strip_prefix(".").ok().filter(|rest| !rest.as_os_str().is_empty()).unwrap_or(path).display().to_string()
}
