//! What was decided, found again without a lock; what is not used is forgotten.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use foldhash::fast::RandomState;
use papaya::{Equivalent, HashMap};

use super::{Decision, Question, Timestamp};

/// A longer text is decided each time: few are this long, and none of them is written by hand.
const LONGEST: usize = 64 * 1024;

/// Two generations: what is found in the old one moves to the young one, and when that is full, the old one goes.
pub(super) struct Cache {
    /// Of one generation.
    capacity: usize,
    young: Generation,
    old: Generation,
}

type Generation = Arc<HashMap<Key, Arc<Decision>, RandomState>>;

/// What a decision was asked with.
struct Key {
    text: Box<str>,
    keyspace: Option<Box<str>>,
    timestamp: Timestamp,
    prepared: bool,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&*self.text, self.keyspace.as_deref(), self.timestamp, self.prepared).hash(state);
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, &self.keyspace, self.timestamp, self.prepared)
            == (&other.text, &other.keyspace, other.timestamp, other.prepared)
    }
}

impl Eq for Key {}

impl Hash for Question<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.text, self.keyspace, self.timestamp, self.types.is_some()).hash(state);
    }
}

impl Equivalent<Key> for Question<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        (self.text, self.keyspace, self.timestamp, self.types.is_some())
            == (&*key.text, key.keyspace.as_deref(), key.timestamp, key.prepared)
    }
}

impl Cache {
    /// Room for about this many decisions.
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity: (capacity / 2).max(1), young: Generation::default(), old: Generation::default() }
    }

    /// The same with a new young generation.
    pub(super) fn rotated(&self) -> Self {
        // Another task was faster.
        if self.young.len() < self.capacity {
            return Self { capacity: self.capacity, young: self.young.clone(), old: self.old.clone() };
        }
        Self { capacity: self.capacity, young: Generation::default(), old: self.young.clone() }
    }

    pub(super) fn get(&self, question: &Question<'_>) -> Option<Arc<Decision>> {
        if let Some(decision) = self.young.pin().get(question) {
            return Some(decision.clone());
        }
        let decision = self.old.pin().get(question)?.clone();
        self.put(question, &decision);
        Some(decision)
    }

    /// Remembers a decision. Whether the young generation is full.
    pub(super) fn put(&self, question: &Question<'_>, decision: &Arc<Decision>) -> bool {
        if question.text.len() > LONGEST {
            return false;
        }
        let key = Key {
            text: question.text.into(),
            keyspace: question.keyspace.map(Box::from),
            timestamp: question.timestamp,
            prepared: question.types.is_some(),
        };
        self.young.pin().insert(key, decision.clone());
        self.young.len() >= self.capacity
    }
}
