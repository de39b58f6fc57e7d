//! What a rule is: a value in a table.

use alloc::string::String;

use crate::{Hazard, Level};

/// A rule: its name, its page, how loud it is, and what it says.
///
/// A rule is two files in `rules/` (the check and the page) and two lines in `rules.rs`.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case; reads as "allow …".
    pub name: &'static str,
    /// One line.
    pub summary: &'static str,
    /// The page: what happens on a retry, examples that are tests, what to do, sources.
    pub docs: &'static str,
    /// How loud it is unless configured.
    pub level: Level,
    /// Rules of one group are switched together.
    pub group: &'static str,
    /// What it says of a hazard; the text is the one that was analysed.
    pub message: fn(&Hazard, &str) -> Message,
}

/// What a rule says of a hazard.
#[derive(Clone, Debug)]
pub struct Message {
    /// What is wrong: one line, no full stop, clear without the source.
    pub message: String,
    /// What to say right below the characters.
    pub label: String,
    /// What happens on a retry.
    pub retry: &'static str,
    /// What to do.
    pub help: String,
}

impl Message {
    /// For a rule that is about something else than hazards, and makes its findings itself.
    pub(crate) fn of_no_hazard(_: &Hazard, _: &str) -> Self {
        Self { message: String::new(), label: String::new(), retry: "", help: String::new() }
    }
}

impl PartialEq for Rule {
    /// Names are unique.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}
