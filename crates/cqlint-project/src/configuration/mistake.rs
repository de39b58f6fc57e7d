//! What is wrong with a configuration file, with the place where it stands.

use std::ops::Range;
use std::path::Path;

use crate::Problem;

/// A mistake at a place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The bytes that it is about.
    pub(crate) span: Range<usize>,
    /// What is wrong: one line, no full stop.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

impl Mistake {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into() }
    }

    /// The same for the user, who calls the file `path`.
    pub(crate) fn problem(self, path: &Path, text: &str) -> Problem {
        Problem { place: Some(position(text, self.span.start)), ..Problem::failed(path, self.message, self.help) }
    }
}

/// Line and column of a byte, counted from 1; columns count characters. A byte order mark is none.
pub(super) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.trim_start_matches('\u{feff}').chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters() {
        assert_eq!(position("\u{feff}a", 3), (1, 1));
        assert_eq!(position("a\r\nü = 1", 6), (2, 3));
        assert_eq!(position("a", 9), (1, 2));
    }
}
