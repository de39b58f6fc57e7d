//! Marks that were set by hand and are taken away: told once for each text.

use papaya::HashSet;

use crate::Decision;

/// So many statements are told of.
const WARNINGS: usize = 1024;

/// What was told.
#[derive(Debug, Default)]
pub(crate) struct TakenMarks(HashSet<Box<str>>);

impl TakenMarks {
    pub(crate) fn tell(&self, decision: &Decision) {
        let told = self.0.pin();
        if told.len() < WARNINGS && told.insert(decision.text.clone()) {
            tracing::warn!(
                target: "cqlint",
                statement = &*decision.text,
                verdict = decision.verdict.name(),
                "marked idempotent, and not known to be: the mark is taken away; \
                 whoever knows better says so and why: Classifier::claim(text, Claim::Idempotent(reason))"
            );
        }
    }

    /// The texts that were told of.
    #[cfg(test)]
    pub(crate) fn told(&self) -> Vec<Box<str>> {
        self.0.pin().iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    use super::TakenMarks;
    use crate::{Classifier, Question};

    /// Counts what is told.
    #[derive(Clone, Default)]
    struct Counter(Arc<AtomicUsize>);

    impl Subscriber for Counter {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            *metadata.level() == tracing::Level::WARN
        }

        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, _: &Record<'_>) {}
        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, _: &Event<'_>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }

        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    #[test]
    fn each_text_is_told_once() {
        let (counter, taken, classifier) = (Counter::default(), TakenMarks::default(), Classifier::default());
        tracing::subscriber::with_default(counter.clone(), || {
            for text in ["TRUNCATE a", "TRUNCATE b", "TRUNCATE a"] {
                taken.tell(&classifier.decide(&Question::new(text)));
            }
        });
        assert_eq!(counter.0.load(Ordering::Relaxed), 2);
    }
}
