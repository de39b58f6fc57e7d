//! What `cqlint-runtime` would have marked of what is sent: bind markers with the types that the server told, and with their
//! values; with the schema and without any.

use cqlint_analysis::Profile;
use cqlint_runtime::Classifier;

use super::examination::breaks;
use super::observation::{Outcome, Seen};
use crate::cassandra::Request;

/// The same helper with more and with less knowledge.
pub(crate) struct Marks([(&'static str, Classifier); 2]);

/// How many of the executions that did no harm were marked, by each of [`Marks`].
#[derive(Clone, Copy, Default)]
pub(crate) struct Marked {
    pub(crate) harmless: usize,
    pub(crate) marked: [usize; 2],
}

impl Marked {
    pub(crate) fn add(&mut self, more: Self) {
        self.harmless += more.harmless;
        self.marked.iter_mut().zip(more.marked).for_each(|(sum, more)| *sum += more);
    }
}

impl Marks {
    pub(crate) fn new(schema: &str) -> Self {
        let functions = super::promise::DETERMINISTIC;
        let told = || functions.iter().fold(Classifier::builder(), |builder, function| builder.deterministic(function));
        Self([("with the schema", told().schema(schema).build()), ("without a schema", told().build())])
    }

    pub(crate) fn names(&self) -> [&'static str; 2] {
        [self.0[0].0, self.0[1].0]
    }

    /// Counts what was marked; the helper that marked what did harm.
    pub(crate) fn held_to(
        &self,
        request: &Request,
        timestamp: Option<i64>,
        seen: &Seen,
        marked: &mut Marked,
    ) -> Option<&'static str> {
        if matches!(seen.outcome, Outcome::Refused) {
            return None;
        }
        let harmful = breaks(Profile::DRIVER, seen);
        marked.harmless += usize::from(!harmful);
        let mut wrong = None;
        for ((name, classifier), count) in self.0.iter().zip(&mut marked.marked) {
            if request.is_marked(timestamp, classifier) {
                *count += usize::from(!harmful);
                wrong = wrong.or(harmful.then_some(*name));
            }
        }
        wrong
    }
}
