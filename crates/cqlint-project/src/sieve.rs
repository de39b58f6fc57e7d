//! Which findings of a file are told: those on lines that have changed, when only these are asked for, and none that a baseline
//! knows.

use cqlint_analysis::{Diagnostic, Fingerprint, Level};

use crate::baseline::{Entry, Known};
use crate::changes::Changed;
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
    changed: Changed,
    memory: Memory<Known>,
    /// What has changed and was taken for known.
    doubtful: Vec<(Fingerprint, Diagnostic)>,
}

impl<'t> Sieve<'t> {
    pub(crate) fn new(text: &'t str, changed: Changed, memory: Memory<Known>) -> Self {
        Self { text, changed, memory, doubtful: Vec::new() }
    }

    /// What is told, now that there is this finding, too.
    pub(crate) fn sift(&mut self, finding: Diagnostic, tally: &mut Tally) -> Option<Diagnostic> {
        if finding.level == Level::Off {
            return None;
        }
        let is_changed = self.changed.touches(&finding);
        tally.unchanged += usize::from(!is_changed);
        let known = match &mut self.memory {
            Memory::Nothing => return Some(finding).filter(|_| is_changed),
            Memory::Hides(known) => known,
            Memory::Records(known) => {
                let entry = || Entry { rule: finding.rule.name.to_owned(), count: 0 };
                known.entry(Fingerprint::of(&finding, self.text)).or_insert_with(entry).count += 1;
                return None;
            }
        };
        let fingerprint = Fingerprint::of(&finding, self.text);
        match (take(known, fingerprint), is_changed) {
            (false, true) => Some(finding),
            (true, false) => None,
            (true, true) => {
                tally.baselined += 1;
                if matches!(self.changed, Changed::Lines { .. }) {
                    self.doubtful.push((fingerprint, finding));
                }
                None
            }
            // Of two that are equal the new one stood first: the old one is what is known.
            (false, false) => {
                let new = self.doubtful.iter().position(|(known, _)| *known == fingerprint)?;
                tally.baselined -= 1;
                Some(self.doubtful.swap_remove(new).1)
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
