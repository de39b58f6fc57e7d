//! What a person is told: plain data, which each use shows in its own way.

use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::Span;

use crate::{Fix, Rule, Subject};

/// How loud a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not shown.
    Off,
    /// Shown; never fails a run.
    Note,
    /// Shown; fails a run.
    Warn,
    /// Shown; fails a run.
    Error,
}

impl Level {
    /// The name in configuration, JSON and tests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Note => "note",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that it comes from.
    pub rule: &'static Rule,
    /// How loud it is.
    pub level: Level,
    /// What is wrong: one line, no full stop, clear without the source beside it.
    pub message: String,
    /// The characters it is about.
    pub span: Span,
    /// The statement that it is about, if it is about one.
    pub subject: Option<Subject>,
    /// What to say right below these characters.
    pub label: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// What happens on a retry; for rules that are not about retries, why it matters.
    pub note: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// How it can be mended, where that is certain.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding of a rule, as loud as the rule is.
    pub(crate) fn new(rule: &'static Rule, span: Span, message: String, label: &str) -> Self {
        let label = String::from(label);
        let level = rule.level;
        Self { rule, level, message, span, subject: None, label, related: Vec::new(), note: None, help: None, fix: None }
    }
}

/// A place beside a finding that explains it.
#[derive(Clone, Debug)]
pub struct Related {
    /// The characters.
    pub span: Span,
    /// What they have to do with it.
    pub message: String,
}
