//! Classifies each statement once and remembers the decision, for all tasks and whatever the driver.

mod batch;
mod builder;
mod cache;
mod counts;
mod decision;
mod learn;
mod markers;
mod question;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use cqlint_analysis::{Binding, Options, Schema, analyze, definitions};

use crate::{Bound, Claim, Profile, Timestamps};
use cache::Cache;

pub use batch::{BatchKind, BatchQuestion};
pub use builder::ClassifierBuilder;
pub use counts::Counts;
pub use decision::{Decision, Reason};
pub use markers::MarkerType;
pub use question::{Question, Timestamp};

/// Classifies each statement once, and remembers what was decided.
///
/// It is shared between tasks behind an `Arc`. What was decided before is found without a lock.
///
/// ```
/// use cqlint_runtime::{Classifier, Question, Verdict};
///
/// let classifier = Classifier::builder().schema("CREATE TABLE shop.users (id uuid PRIMARY KEY, tags set<text>)").build();
/// let decision = classifier.decide(&Question::new("UPDATE shop.users SET tags = tags + ? WHERE id = ?"));
/// assert_eq!(decision.verdict, Verdict::Idempotent);
/// assert!(decision.is_idempotent());
///
/// // Without a schema nobody knows what `tags` is, and what nobody knows is not marked.
/// let classifier = Classifier::default();
/// let decision = classifier.decide(&Question::new("UPDATE shop.users SET tags = tags + ? WHERE id = ?"));
/// assert_eq!(decision.verdict, Verdict::Depends);
/// assert!(!decision.is_idempotent());
/// ```
pub struct Classifier {
    profile: Profile,
    timestamps: Timestamps,
    keyspace: Option<Box<str>>,
    deterministic: Vec<String>,
    capacity: usize,
    observer: Option<Observer>,
    known: ArcSwap<Known>,
    /// One change at a time.
    changing: Mutex<()>,
    counts: counts::Counters,
}

/// Is told of each decision.
type Observer = Box<dyn Fn(&Decision) + Send + Sync>;

/// What is known at a time.
struct Known {
    schema: Option<Arc<Schema>>,
    claims: Arc<Vec<(Box<str>, Claim)>>,
    /// What was decided with it.
    cache: Cache,
}

impl Known {
    fn claim(&self, text: &str) -> Option<Claim> {
        self.claims.iter().rev().find(|(other, _)| **other == *text).map(|(_, claim)| *claim)
    }
}

impl Classifier {
    /// A classifier that is told how to classify.
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Profile};
    ///
    /// let classifier = Classifier::builder().profile(Profile::STRICT).keyspace("shop").build();
    /// assert_eq!(classifier.counts().idempotent, 0);
    /// ```
    #[must_use]
    pub fn builder() -> ClassifierBuilder {
        ClassifierBuilder::default()
    }

    /// What was decided of a statement, now or before.
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Question};
    ///
    /// let classifier = Classifier::default();
    /// let decision = classifier.decide(&Question::new("INSERT INTO events (id, what) VALUES (now(), ?)"));
    /// assert!(!decision.is_idempotent());
    /// assert_eq!(decision.reasons[0].rule, "server-value");
    /// ```
    #[must_use]
    pub fn decide(&self, question: &Question<'_>) -> Arc<Decision> {
        let known = self.known.load();
        let decision = match known.cache.get(question) {
            Some(decision) => decision,
            None => self.decide_anew(question, &known),
        };
        self.counts.count(&decision);
        decision
    }

    /// What is decided of a statement that the server has just prepared: the types of its markers may be others than before.
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, MarkerType, Question, Verdict};
    ///
    /// // The type of a marker alone tells an addition to a set from one to a counter.
    /// let set = || vec![MarkerType::new("tags", "set<text>"), MarkerType::new("id", "uuid")];
    /// let question = Question { types: Some(&set), ..Question::new("UPDATE users SET tags = tags + ? WHERE id = ?") };
    /// assert_eq!(Classifier::default().prepare(&question).verdict, Verdict::Idempotent);
    /// ```
    #[must_use]
    pub fn prepare(&self, question: &Question<'_>) -> Arc<Decision> {
        let known = self.known.load();
        let before = known.cache.get(question);
        let decision = self.decide_anew(question, &known);
        // A batch with this statement was decided with the types of before.
        if before.is_some_and(|before| (before.verdict, before.operation) != (decision.verdict, decision.operation)) {
            self.change(|now| Known { schema: now.schema.clone(), claims: now.claims.clone(), cache: Cache::new(self.capacity) });
        }
        self.counts.count(&decision);
        decision
    }

    /// What is decided of a statement with its values, which are asked for when they can decide ([`Decision::on_values`]).
    ///
    /// ```
    /// use cqlint_runtime::{Bound, Classifier, Question, Verdict};
    ///
    /// let classifier = Classifier::builder().schema("CREATE TABLE t (k int PRIMARY KEY, l list<int>)").build();
    /// let question = Question::new("UPDATE t SET l[0] = ? WHERE k = ?");
    /// let decision = classifier.decide(&question);
    /// assert_eq!((decision.verdict, decision.on_values), (Verdict::Depends, true));
    ///
    /// // Null removes the element, and a second time the next one.
    /// let null = classifier.decide_bound(&question, || vec![Bound::Null, Bound::Value]);
    /// assert_eq!(null.verdict, Verdict::NotIdempotent);
    /// let value = classifier.decide_bound(&question, || vec![Bound::Value, Bound::Value]);
    /// assert_eq!(value.verdict, Verdict::Idempotent);
    /// ```
    #[must_use]
    pub fn decide_bound(&self, question: &Question<'_>, values: impl FnOnce() -> Vec<Bound>) -> Arc<Decision> {
        let known = self.known.load();
        let without = known.cache.get(question).unwrap_or_else(|| self.decide_anew(question, &known));
        let decision = if without.on_values { Arc::new(self.analyzed(question, &values(), &known)) } else { without };
        self.counts.count(&decision);
        decision
    }

    fn decide_anew(&self, question: &Question<'_>, known: &Arc<Known>) -> Arc<Decision> {
        let decision = Arc::new(self.analyzed(question, &[], known));
        self.tell(&decision);
        self.remember(question, &decision, known);
        decision
    }

    fn tell(&self, decision: &Decision) {
        decision.tell();
        if let Some(observer) = &self.observer {
            observer(decision);
        }
    }

    fn remember(&self, question: &Question<'_>, decision: &Arc<Decision>, known: &Known) {
        if known.cache.put(question, decision) {
            self.change(|now| Known { schema: now.schema.clone(), claims: now.claims.clone(), cache: now.cache.rotated() });
        }
    }

    fn deterministic(&self) -> Vec<&str> {
        self.deterministic.iter().map(String::as_str).collect()
    }

    /// What is known before the markers are looked at.
    fn options<'o>(
        &'o self,
        keyspace: Option<&'o str>,
        timestamp: Timestamp,
        known: &'o Known,
        deterministic: &'o [&'o str],
    ) -> Options<'o> {
        Options {
            profile: self.profile,
            timestamps: match timestamp {
                Timestamp::Own => Timestamps::PerRequest,
                Timestamp::Drawn => self.timestamps,
            },
            schema: known.schema.as_deref(),
            keyspace: keyspace.or(self.keyspace.as_deref()),
            deterministic,
            ..Options::default()
        }
    }

    fn analyzed(&self, question: &Question<'_>, values: &[Bound], known: &Known) -> Decision {
        let deterministic = self.deterministic();
        let without = self.options(question.keyspace, question.timestamp, known, &deterministic);
        let mut bindings = Cow::Borrowed(&[][..]);
        if question.types.is_some() || !values.is_empty() {
            let mut markers = Binding::of(question.text, &without);
            markers::add_types(question, &mut markers);
            markers::add_values(values, &mut markers);
            bindings = Cow::Owned(markers);
        }
        let options = Options { bindings: &bindings, ..without };
        Decision::new(question.text, &analyze(question.text, &options), &options, known.claim(question.text))
    }

    /// Takes this for the schema from now on, as DDL. What was decided with another is forgotten.
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Question, Verdict};
    ///
    /// let classifier = Classifier::builder().keyspace("shop").build();
    /// let question = Question::new("UPDATE hits SET n = n + ? WHERE page = ?");
    /// assert_eq!(classifier.decide(&question).verdict, Verdict::Depends);
    ///
    /// classifier.set_schema("CREATE TABLE shop.hits (page text PRIMARY KEY, n counter)");
    /// assert_eq!(classifier.decide(&question).verdict, Verdict::NotIdempotent);
    /// ```
    pub fn set_schema(&self, ddl: &str) {
        let schema = Arc::new(Schema::new([(0, definitions(ddl))]));
        self.change(|now| Known { schema: Some(schema.clone()), claims: now.claims.clone(), cache: Cache::new(self.capacity) });
    }

    /// Takes a person's word for a statement, with the reason. It goes before the verdict wherever the text is used.
    ///
    /// ```
    /// use cqlint_runtime::{Claim, Classifier, Question};
    ///
    /// let classifier = Classifier::default();
    /// let text = "INSERT INTO log (id, at) VALUES (?, now())";
    /// assert!(!classifier.decide(&Question::new(text)).is_idempotent());
    ///
    /// classifier.claim(text, Claim::Idempotent("the time of the last attempt is as good as that of the first"));
    /// let decision = classifier.decide(&Question::new(text));
    /// assert!(decision.is_idempotent());
    /// assert_eq!(decision.claim.unwrap().reason(), "the time of the last attempt is as good as that of the first");
    /// ```
    pub fn claim(&self, text: &str, claim: Claim) {
        self.change(|now| {
            let mut claims = now.claims.to_vec();
            claims.retain(|(other, _)| **other != *text);
            claims.push((text.into(), claim));
            Known { schema: now.schema.clone(), claims: Arc::new(claims), cache: Cache::new(self.capacity) }
        });
    }

    /// How many decisions were asked for, by what was answered.
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Question};
    ///
    /// let classifier = Classifier::default();
    /// let _ = classifier.decide(&Question::new("SELECT name FROM users WHERE id = ?"));
    /// let _ = classifier.decide(&Question::new("TRUNCATE users"));
    /// let counts = classifier.counts();
    /// assert_eq!((counts.idempotent, counts.depends, counts.not_idempotent), (1, 0, 1));
    /// ```
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts.read()
    }

    fn change(&self, changed: impl FnOnce(&Known) -> Known) {
        let _one = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let known = changed(&self.known.load());
        self.known.store(Arc::new(known));
    }
}

impl Default for Classifier {
    fn default() -> Self {
        Self::builder().build()
    }
}

impl fmt::Debug for Classifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Classifier");
        shown.field("profile", &self.profile.name).field("keyspace", &self.keyspace).field("counts", &self.counts()).finish()
    }
}
