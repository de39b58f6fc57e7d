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
///
/// ```
/// use cqlint_runtime::{Classifier, Profile};
///
/// let classifier = Classifier::builder()
///     .schema("CREATE TABLE shop.users (id uuid PRIMARY KEY, name text)")
///     .keyspace("shop")
///     .deterministic("shop.slug")
///     .build();
/// # let _ = classifier;
/// ```
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
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Profile, Question};
    ///
    /// // To add a column once more harms no rows; whether it may be repeated is a matter of the profile.
    /// let question = Question::new("ALTER TABLE users WITH comment = 'people'");
    /// assert!(!Classifier::default().decide(&question).is_idempotent());
    /// assert!(Classifier::builder().profile(Profile::STATE).build().decide(&question).is_idempotent());
    /// ```
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// Which timestamp a second attempt carries; a new one when nobody says otherwise, as both drivers do it.
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Question, Timestamps, Verdict};
    ///
    /// // Assigned again under the same timestamp, the elements of a list double.
    /// let question = Question::new("UPDATE users SET log = ['a'] WHERE id = ?");
    /// assert_eq!(Classifier::default().decide(&question).verdict, Verdict::Idempotent);
    /// let classifier = Classifier::builder().timestamps(Timestamps::PerRequest).build();
    /// assert_eq!(classifier.decide(&question).verdict, Verdict::Depends);
    /// ```
    #[must_use]
    pub fn timestamps(mut self, timestamps: Timestamps) -> Self {
        self.timestamps = timestamps;
        self
    }

    /// The keyspace of names that have none.
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Question, Verdict};
    ///
    /// let schema = "CREATE TABLE shop.users (id uuid PRIMARY KEY, tags set<text>)";
    /// let classifier = Classifier::builder().schema(schema).keyspace("shop").build();
    /// let decision = classifier.decide(&Question::new("UPDATE users SET tags += ? WHERE id = ?"));
    /// assert_eq!(decision.verdict, Verdict::Idempotent);
    /// ```
    #[must_use]
    pub fn keyspace(mut self, keyspace: &str) -> Self {
        self.keyspace = Some(keyspace.into());
        self
    }

    /// The schema, as DDL: from a file that is compiled in (`include_str!`), from whatever knows it.
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Question, Verdict};
    ///
    /// let classifier = Classifier::builder().schema("CREATE TABLE hits (page text PRIMARY KEY, n counter)").build();
    /// let decision = classifier.decide(&Question::new("UPDATE hits SET n += ? WHERE page = ?"));
    /// assert_eq!(decision.verdict, Verdict::NotIdempotent);
    /// ```
    #[must_use]
    pub fn schema(mut self, ddl: &str) -> Self {
        self.schema = Some(Schema::new([(0, definitions(ddl))]));
        self
    }

    /// A user function that answers the same for the same arguments: `f` or `keyspace.f`, in lower case.
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Question, Verdict};
    ///
    /// let question = Question::new("UPDATE users SET slug = shop.slug(?) WHERE id = ?");
    /// assert_eq!(Classifier::default().decide(&question).verdict, Verdict::Depends);
    /// let classifier = Classifier::builder().deterministic("shop.slug").build();
    /// assert_eq!(classifier.decide(&question).verdict, Verdict::Idempotent);
    /// ```
    #[must_use]
    pub fn deterministic(mut self, function: &str) -> Self {
        self.deterministic.push(function.to_owned());
        self
    }

    /// A person's word for a statement; see [`Classifier::claim`].
    ///
    /// ```
    /// use cqlint_runtime::{Claim, Classifier, Question};
    ///
    /// let text = "UPDATE users SET slug = slug(?) WHERE id = ?";
    /// let classifier = Classifier::builder().claim(text, Claim::Idempotent("slug() is pure")).build();
    /// assert!(classifier.decide(&Question::new(text)).is_idempotent());
    /// ```
    #[must_use]
    pub fn claim(mut self, text: &str, claim: Claim) -> Self {
        self.claims.push((text.into(), claim));
        self
    }

    /// How many statements are remembered, at most and about: 4096 when nobody says otherwise. Those that are used stay.
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Question};
    ///
    /// let classifier = Classifier::builder().capacity(2).build();
    /// for id in 0..100 {
    ///     assert!(classifier.decide(&Question::new(&format!("DELETE FROM users WHERE id = {id}"))).is_idempotent());
    /// }
    /// ```
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
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Question};
    ///
    /// assert!(Classifier::builder().build().decide(&Question::new("SELECT name FROM users")).is_idempotent());
    /// ```
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
