//! How often what was decided.

use std::sync::atomic::{AtomicU64, Ordering};

use super::Decision;
use crate::Verdict;

/// How many decisions were asked for, by what was answered.
///
/// ```
/// use cqlint_runtime::{Classifier, Counts, Question};
///
/// let classifier = Classifier::default();
/// let _ = classifier.decide(&Question::new("no CQL at all"));
/// assert_eq!(classifier.counts(), Counts { depends: 1, ..Counts::default() });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Marked: [`Verdict::Idempotent`].
    pub idempotent: u64,
    /// Not marked: [`Verdict::Depends`].
    pub depends: u64,
    /// Not marked: [`Verdict::NotIdempotent`].
    pub not_idempotent: u64,
    /// Marked or not as a person claims, whatever the verdict.
    pub claimed: u64,
}

#[derive(Default)]
pub(super) struct Counters {
    idempotent: AtomicU64,
    depends: AtomicU64,
    not_idempotent: AtomicU64,
    claimed: AtomicU64,
}

impl Counters {
    pub(super) fn count(&self, decision: &Decision) {
        let counter = match (decision.claim, decision.verdict) {
            (Some(_), _) => &self.claimed,
            (None, Verdict::Idempotent) => &self.idempotent,
            (None, Verdict::Depends) => &self.depends,
            (None, Verdict::NotIdempotent) => &self.not_idempotent,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn read(&self) -> Counts {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counts {
            idempotent: read(&self.idempotent),
            depends: read(&self.depends),
            not_idempotent: read(&self.not_idempotent),
            claimed: read(&self.claimed),
        }
    }
}
