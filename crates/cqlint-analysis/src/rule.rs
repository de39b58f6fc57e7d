//! What a rule is: a value in a table.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::inspection::Inspection;
use crate::usage::Use;
use crate::{Diagnostic, Fix, Hazard, Level};

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
    /// What it asks.
    pub(crate) asks: Asks,
}

/// What a rule asks, and of what.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asks {
    /// The walk finds its hazards; this is what it says of one, in the text that was analysed.
    Hazard(fn(&Hazard, &str) -> Message),
    /// The same, of hazards that can be mended where they stand, unless something is in the way.
    Mendable(fn(&Hazard, &str) -> Message, fn(&Inspection<'_>, &Hazard) -> Option<Fix>),
    /// It looks at each statement beside its verdict, unless it is switched off.
    Statement(fn(&Inspection<'_>, &mut Vec<Diagnostic>)),
    /// It looks at each call that takes a statement.
    CallSite(fn(&Use<'_>) -> Option<Diagnostic>),
    /// It is about a text: its comments, its definitions, whether it parses.
    Text,
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

impl Rule {
    /// Whether the remark beside its findings says what happens on a retry, as its page does; else it says why they matter.
    ///
    /// ```
    /// assert!(cqlint_analysis::rule("counter-update").unwrap().is_about_retries());
    /// assert!(!cqlint_analysis::rule("unknown-column").unwrap().is_about_retries());
    /// ```
    #[must_use]
    pub fn is_about_retries(&self) -> bool {
        self.docs.contains("## What happens on a retry")
    }

    /// Where its page is published.
    ///
    /// ```
    /// let url = cqlint_analysis::rule("counter-update").unwrap().url();
    /// assert!(url.ends_with("/crates/cqlint-analysis/src/rules/counter_update.md"));
    /// ```
    #[must_use]
    pub fn url(&self) -> String {
        let page = self.name.replace('-', "_");
        format!("{}/blob/main/crates/cqlint-analysis/src/rules/{page}.md", env!("CARGO_PKG_REPOSITORY"))
    }

    /// What the rule says of a hazard in the text that was analysed.
    pub(crate) fn message(&self, hazard: &Hazard, text: &str) -> Message {
        match self.asks {
            Asks::Hazard(message) | Asks::Mendable(message, _) => message(hazard, text),
            // The walk finds nothing for them.
            Asks::Statement(_) | Asks::CallSite(_) | Asks::Text => {
                Message { message: self.summary.into(), label: String::new(), retry: "", help: String::new() }
            }
        }
    }
}

impl PartialEq for Rule {
    /// Names are unique.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}
