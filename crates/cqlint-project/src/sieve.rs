//! Which findings of a file are told: not those that a baseline knows.

use cqlint_analysis::{Diagnostic, Fingerprint, Level};

use crate::baseline::{Entry, Known};
use crate::{Baseline, Tally};

/// What becomes of the findings of a run.
#[derive(Debug, Default)]
pub(crate) enum Memory<B> {
    /// They are told.
    #[default]
    Nothing,
    /// They are told, but for those that are known.
    Hides(B),
    /// They are written down and not told.
    Records(B),
}

impl Memory<Baseline> {
    /// What is known of one file.
    pub(crate) fn of(&self, location: &std::path::Path) -> Memory<Known> {
        match self {
            Memory::Nothing => Memory::Nothing,
            Memory::Hides(baseline) => Memory::Hides(baseline.known(location)),
            Memory::Records(_) => Memory::Records(Known::new()),
        }
    }
}

/// Takes the findings of one file as they come, and lets through what is told.
pub(crate) struct Sieve<'t> {
    text: &'t str,
    memory: Memory<Known>,
}

impl<'t> Sieve<'t> {
    pub(crate) fn new(text: &'t str, memory: Memory<Known>) -> Self {
        Self { text, memory }
    }

    /// The finding, when it is told.
    pub(crate) fn sift(&mut self, finding: Diagnostic, tally: &mut Tally) -> Option<Diagnostic> {
        if finding.level == Level::Off {
            return None;
        }
        let fingerprint = || Fingerprint::of(&finding, self.text);
        match &mut self.memory {
            Memory::Nothing => Some(finding),
            Memory::Hides(known) => {
                if take(known, fingerprint()) {
                    tally.baselined += 1;
                    return None;
                }
                Some(finding)
            }
            Memory::Records(known) => {
                let entry = || Entry { rule: finding.rule.name.to_owned(), count: 0 };
                known.entry(fingerprint()).or_insert_with(entry).count += 1;
                None
            }
        }
    }

    /// What was written down, or what was not found.
    pub(crate) fn known(self) -> Known {
        match self.memory {
            Memory::Nothing => Known::new(),
            Memory::Hides(known) | Memory::Records(known) => known,
        }
    }
}

/// Takes one finding out of those that are known.
fn take(known: &mut Known, fingerprint: Fingerprint) -> bool {
    match known.get_mut(&fingerprint) {
        Some(entry) if entry.count > 0 => {
            entry.count -= 1;
            true
        }
        _ => false,
    }
}
