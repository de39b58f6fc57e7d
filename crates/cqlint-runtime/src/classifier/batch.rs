//! A batch that a driver puts together from statements: decided as the text that says the same.

use std::sync::Arc;

use cqlint_analysis::{Binding, Options, analyze};

use super::{Classifier, Known, Question, Timestamp, markers};
use crate::{Bound, Claim, Decision, Verdict};

/// A statement is compared with so many before it. More often than not a batch is one statement many times, or two by turns.
const COMPARED: usize = 8;
const END: &str = "\nAPPLY BATCH";

/// A batch to decide about, as drivers send it: its statements beside its type.
///
/// ```
/// use cqlint_runtime::{BatchKind, BatchQuestion, Classifier, Question, Timestamp, Verdict};
///
/// let members = [Question::new("INSERT INTO users (id) VALUES (?)"), Question::new("INSERT INTO log (at) VALUES (now())")];
/// let batch = BatchQuestion { kind: BatchKind::Logged, members: &members, timestamp: Timestamp::Drawn };
/// assert_eq!(Classifier::default().decide_batch(&batch).verdict, Verdict::NotIdempotent);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct BatchQuestion<'a> {
    /// The type of the batch.
    pub kind: BatchKind,
    /// Its statements. Timestamps of their own are not sent.
    pub members: &'a [Question<'a>],
    /// The timestamp that the batch carries.
    pub timestamp: Timestamp,
}

/// The types of batches.
///
/// ```
/// use cqlint_runtime::{BatchKind, BatchQuestion, Classifier, Question, Timestamp};
///
/// // What is in a counter batch is a counter, whatever the schema says.
/// let members = [Question::new("UPDATE hits SET n = n + ? WHERE page = ?")];
/// let batch = BatchQuestion { kind: BatchKind::Counter, members: &members, timestamp: Timestamp::Drawn };
/// assert_eq!(Classifier::default().decide_batch(&batch).reasons[0].rule, "counter-update");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BatchKind {
    /// All of it or nothing, in the end.
    Logged,
    /// Each partition for itself.
    Unlogged,
    /// Of counters.
    Counter,
}

impl BatchKind {
    const fn head(self) -> &'static str {
        match self {
            Self::Logged => "BEGIN BATCH",
            Self::Unlogged => "BEGIN UNLOGGED BATCH",
            Self::Counter => "BEGIN COUNTER BATCH",
        }
    }
}

impl Classifier {
    /// What was decided of a batch, now or before. Where a person claims something of a statement, that counts for it in a
    /// batch, too.
    ///
    /// ```
    /// use cqlint_runtime::{BatchKind, BatchQuestion, Classifier, Question, Timestamp, Verdict};
    ///
    /// let classifier = Classifier::builder().schema("CREATE TABLE t (k int PRIMARY KEY, l list<int>)").build();
    /// let decide = |members: &[Question<'_>]| {
    ///     classifier.decide_batch(&BatchQuestion { kind: BatchKind::Unlogged, members, timestamp: Timestamp::Drawn }).verdict
    /// };
    /// let first = Question::new("UPDATE t SET l[0] = 5 WHERE k = 1");
    /// let delete = Question::new("DELETE FROM t WHERE k = 1");
    ///
    /// // Each alone may be executed twice. Together they may not: the second time there is no list any more.
    /// assert_eq!(decide(&[first]), Verdict::Idempotent);
    /// assert_eq!(decide(&[delete]), Verdict::Idempotent);
    /// assert_eq!(decide(&[first, delete]), Verdict::NotIdempotent);
    /// ```
    #[must_use]
    pub fn decide_batch(&self, batch: &BatchQuestion<'_>) -> Arc<Decision> {
        let decision = self.decided_batch(batch, &self.known.load());
        self.counts.count(&decision);
        decision
    }

    /// What is decided of a batch with the values of each statement, which are asked for when they can decide
    /// ([`Decision::on_values`]).
    ///
    /// ```
    /// use cqlint_runtime::{BatchKind, BatchQuestion, Bound, Classifier, Question, Timestamp, Verdict};
    ///
    /// let classifier = Classifier::builder().schema("CREATE TABLE t (k int PRIMARY KEY, l list<int>)").build();
    /// let members = [Question::new("UPDATE t SET l[0] = ? WHERE k = ?"); 2];
    /// let batch = BatchQuestion { kind: BatchKind::Unlogged, members: &members, timestamp: Timestamp::Drawn };
    /// let [value, null] = [[Bound::Value, Bound::Value], [Bound::Null, Bound::Value]].map(Vec::from);
    ///
    /// let decision = classifier.decide_batch_bound(&batch, || vec![value.clone(), value.clone()]);
    /// assert_eq!(decision.verdict, Verdict::Idempotent);
    /// let decision = classifier.decide_batch_bound(&batch, || vec![value, null]);
    /// assert_eq!(decision.verdict, Verdict::NotIdempotent);
    /// ```
    #[must_use]
    pub fn decide_batch_bound(&self, batch: &BatchQuestion<'_>, values: impl FnOnce() -> Vec<Vec<Bound>>) -> Arc<Decision> {
        let known = self.known.load();
        let without = self.decided_batch(batch, &known);
        let decision = if without.on_values { Arc::new(self.batch_analyzed(batch, &values(), &known)) } else { without };
        self.counts.count(&decision);
        decision
    }

    fn decided_batch(&self, batch: &BatchQuestion<'_>, known: &Arc<Known>) -> Arc<Decision> {
        let keyspace = batch.members.first().and_then(|member| member.keyspace);
        let prepared = batch.members.iter().any(|member| member.types.is_some());
        let text = batch.text(batch.distinct());
        let types = Vec::new;
        let question = Question { text: &text, keyspace, timestamp: batch.timestamp, types: prepared.then_some(&types) };
        // What stands in several keyspaces is rare, and would not be found by the first.
        let together = batch.members.iter().all(|member| member.keyspace == keyspace);
        match known.cache.get(&question).filter(|_| together) {
            Some(decision) => decision,
            None => {
                let decision = Arc::new(self.batch_analyzed(batch, &[], known));
                self.tell(&decision);
                if together {
                    self.remember(&question, &decision, known);
                }
                decision
            }
        }
    }

    fn batch_analyzed(&self, batch: &BatchQuestion<'_>, values: &[Vec<Bound>], known: &Known) -> Decision {
        let whole = self.batch_in_each_keyspace(batch, values, known);
        Decision { claim: self.batch_claim(batch, values, known), ..whole }
    }

    /// The statements may stand in several keyspaces, and a text in one: so in each of them, and the worst counts.
    fn batch_in_each_keyspace(&self, batch: &BatchQuestion<'_>, values: &[Vec<Bound>], known: &Known) -> Decision {
        let first = batch.members.first().and_then(|member| member.keyspace);
        let mut worst = self.batch_in(first, batch, values, known);
        let mut done = vec![first];
        for member in batch.members {
            if !done.contains(&member.keyspace) {
                done.push(member.keyspace);
                let other = self.batch_in(member.keyspace, batch, values, known);
                if other.verdict > worst.verdict {
                    worst = other;
                }
            }
        }
        worst
    }

    fn batch_in(&self, keyspace: Option<&str>, batch: &BatchQuestion<'_>, values: &[Vec<Bound>], known: &Known) -> Decision {
        let members: Vec<(&Question<'_>, &[Bound])> = if values.len() == batch.members.len() {
            batch.members.iter().zip(values.iter().map(Vec::as_slice)).collect()
        } else {
            batch.distinct().map(|member| (member, &[][..])).collect()
        };
        let text = batch.text(members.iter().map(|(member, _)| *member));
        let deterministic = self.deterministic();
        let without = self.options(keyspace, batch.timestamp, known, &deterministic);
        let bindings = bindings(&text, &members, &without);
        let options = Options { bindings: &bindings, ..without };
        Decision::new(&text, &analyze(&text, &options), &options, None)
    }

    /// What people claim of its statements: that one may not be repeated, or that those may that stand in the way.
    fn batch_claim(&self, batch: &BatchQuestion<'_>, values: &[Vec<Bound>], known: &Known) -> Option<Claim> {
        let claims: Vec<Option<Claim>> = batch.members.iter().map(|member| known.claim(member.text)).collect();
        let mut claimed = claims.iter().flatten();
        let first = *claimed.clone().next()?;
        if let Some(not) = claimed.find(|claim| matches!(claim, Claim::NotIdempotent(_))) {
            return Some(*not);
        }
        let (members, values) = (unclaimed(batch.members, &claims), unclaimed(values, &claims));
        let others = self.batch_in_each_keyspace(&BatchQuestion { members: &members, ..*batch }, &values, known);
        (others.verdict == Verdict::Idempotent).then_some(first)
    }
}

fn unclaimed<T: Clone>(all: &[T], claims: &[Option<Claim>]) -> Vec<T> {
    all.iter().zip(claims).filter(|(_, claim)| claim.is_none()).map(|(one, _)| one.clone()).collect()
}

/// What is known of the markers, brought from each statement to its place in the batch.
fn bindings(text: &str, members: &[(&Question<'_>, &[Bound])], options: &Options<'_>) -> Vec<Binding> {
    if members.iter().all(|(member, values)| member.types.is_none() && values.is_empty()) {
        return Vec::new();
    }
    let mut known = Binding::of(text, options);
    let mut rest = known.as_mut_slice();
    for (member, values) in members {
        let markers = Binding::of(member.text, options).len();
        // The text of a statement that does not parse may hide what comes behind it.
        let Some((own, others)) = rest.split_at_mut_checked(markers) else { return Vec::new() };
        markers::add_types(member, own);
        markers::add_values(values, own);
        rest = others;
    }
    if rest.is_empty() { known } else { Vec::new() }
}

impl<'a> BatchQuestion<'a> {
    /// The statements, without those whose text stands shortly before: another time it says nothing else.
    fn distinct(&self) -> impl Iterator<Item = &'a Question<'a>> + Clone + use<'a> {
        let members = self.members;
        let before = move |at: usize| members.get(at.saturating_sub(COMPARED)..at).unwrap_or_default();
        let is_new = move |(at, member): &(usize, &Question<'_>)| before(*at).iter().all(|other| other.text != member.text);
        members.iter().enumerate().filter(is_new).map(|(_, member)| member)
    }

    /// The batch as one text. A line ends behind each statement, which may end with a comment.
    fn text<'m>(&self, members: impl Iterator<Item = &'m Question<'m>> + Clone) -> String {
        let length: usize = members.clone().map(|member| member.text.len() + 1).sum();
        let mut text = String::with_capacity(self.kind.head().len() + length + END.len());
        text.push_str(self.kind.head());
        for member in members {
            text.push('\n');
            text.push_str(member.text);
        }
        text.push_str(END);
        text
    }
}

#[cfg(test)]
mod tests;
