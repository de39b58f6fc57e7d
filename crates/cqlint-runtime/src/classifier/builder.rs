//! How a classifier is told to classify.

use std::sync::{Arc, Mutex};

use arc_swap::ArcSwap;
use cqlint_analysis::{Schema, definitions};

use super::cache::Cache;
use super::{Classifier, Decision, Known, Observer, counts};
use crate::{Claim, Profile, Timestamps};

/// How many statements are remembered when nobody says otherwise.
const CAPACITY: usize = 4096;

/// How a [`Classifier`] classifies.
#[derive(Default)]
pub struct ClassifierBuilder {
    profile: Profile,
    timestamps: Timestamps,
    keyspace: Option<Box<str>>,
    deterministic: Vec<String>,
    capacity: Option<usize>,
    schema: Option<Schema>,
    claims: Vec<(Box<str>, Claim)>,
    observer: Option<Observer>,
}

impl ClassifierBuilder {
    /// What a verdict promises; [`Profile::DRIVER`] when nobody says otherwise.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// Which timestamp a second attempt carries; a new one when nobody says otherwise, as both drivers do it.
    #[must_use]
    pub fn timestamps(mut self, timestamps: Timestamps) -> Self {
        self.timestamps = timestamps;
        self
    }

    /// The keyspace of names that have none.
    #[must_use]
    pub fn keyspace(mut self, keyspace: &str) -> Self {
        self.keyspace = Some(keyspace.into());
        self
    }

    /// The schema, as DDL: from a file that is compiled in (`include_str!`), from whatever knows it.
    #[must_use]
    pub fn schema(mut self, ddl: &str) -> Self {
        self.schema = Some(Schema::new([(0, definitions(ddl))]));
        self
    }

    /// A user function that answers the same for the same arguments: `f` or `keyspace.f`, in lower case.
    #[must_use]
    pub fn deterministic(mut self, function: &str) -> Self {
        self.deterministic.push(function.to_owned());
        self
    }

    /// A person's word for a statement; see [`Classifier::claim`].
    #[must_use]
    pub fn claim(mut self, text: &str, claim: Claim) -> Self {
        self.claims.push((text.into(), claim));
        self
    }

    /// How many statements are remembered, at most and about: 4096 when nobody says otherwise. Those that are used stay.
    #[must_use]
    pub fn capacity(mut self, statements: usize) -> Self {
        self.capacity = Some(statements);
        self
    }

    /// Is told of each new decision, beside the event that `tracing` gets.
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    /// use cqlint_runtime::{Classifier, Question};
    ///
    /// let told = Arc::new(Mutex::new(Vec::new()));
    /// let list = told.clone();
    /// let classifier = Classifier::builder().on_decision(move |decision| list.lock().unwrap().push(decision.verdict)).build();
    /// for _ in 0..3 {
    ///     let _ = classifier.decide(&Question::new("TRUNCATE t"));
    /// }
    /// assert_eq!(told.lock().unwrap().len(), 1);
    /// assert_eq!(classifier.counts().not_idempotent, 3);
    /// ```
    #[must_use]
    pub fn on_decision(mut self, observer: impl Fn(&Decision) + Send + Sync + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// The classifier.
    #[must_use]
    pub fn build(self) -> Classifier {
        let capacity = self.capacity.unwrap_or(CAPACITY);
        let known = Known { schema: self.schema.map(Arc::new), claims: Arc::new(self.claims), cache: Cache::new(capacity) };
        Classifier {
            profile: self.profile,
            timestamps: self.timestamps,
            keyspace: self.keyspace,
            deterministic: self.deterministic,
            capacity,
            observer: self.observer,
            known: ArcSwap::from_pointee(known),
            changing: Mutex::default(),
            counts: counts::Counters::default(),
        }
    }
}
