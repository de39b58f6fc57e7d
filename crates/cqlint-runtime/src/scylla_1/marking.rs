//! What a marked session does with each statement before it hands it to the driver.

use std::borrow::Cow;
use std::sync::Arc;

use scylla::client::session::Session;
use scylla::policies::retry::RetryPolicy;
use scylla::serialize::batch::BatchValues;
use scylla::serialize::row::SerializeRow;
use scylla::statement::Statement;
use scylla::statement::batch::{Batch, BatchStatement};
use scylla::statement::bound::BoundStatement;
use scylla::statement::prepared::PreparedStatement;

use super::live::Live;
use super::mark::{Markable, ask_of_batch, prepared};
use super::{IdempotenceAware, types, values};
use crate::retry::Operation;
use crate::taken::TakenMarks;
use crate::{Classifier, Decision};

/// What a session marks with.
#[derive(Clone, Debug)]
pub(super) struct Marking {
    pub(super) classifier: Arc<Classifier>,
    pub(super) live: Option<Arc<Live>>,
    policies: Option<Arc<Policies>>,
    taken: Arc<TakenMarks>,
}

impl Marking {
    pub(super) fn new(classifier: Arc<Classifier>) -> Self {
        Self { classifier, live: Some(Arc::default()), policies: None, taken: Arc::default() }
    }

    pub(super) fn with_policy(mut self, policy: &IdempotenceAware) -> Self {
        self.policies = Some(Arc::new(Policies::new(policy)));
        self
    }

    /// Reads the schema of the cluster, when there is another.
    pub(super) async fn refresh(&self, session: &Session) {
        if let Some(live) = &self.live
            && !live.is_read(session)
        {
            live.read(session, &self.classifier).await;
        }
    }

    pub(super) async fn unprepared(&self, session: &Session, statement: Statement) -> Statement {
        self.refresh(session).await;
        let keyspace = keyspace(session);
        let decision = statement.decide(&self.classifier, keyspace.as_deref().map(String::as_str));
        self.marked::<Statement>(Cow::Owned(statement), &decision).into_owned()
    }

    /// A statement that the server has just prepared.
    pub(super) fn just_prepared(&self, statement: PreparedStatement) -> PreparedStatement {
        let decision = self.classifier.prepare(&prepared(&statement, &|| types::markers(&statement)));
        self.marked::<PreparedStatement>(Cow::Owned(statement), &decision).into_owned()
    }

    /// A batch whose statements the server has just prepared.
    pub(super) fn just_prepared_batch(&self, session: &Session, batch: Batch) -> Batch {
        for member in &batch.statements {
            if let BatchStatement::PreparedStatement(member) = member {
                let _ = self.classifier.prepare(&prepared(member, &|| types::markers(member)));
            }
        }
        let decision = batch.decide(&self.classifier, keyspace(session).as_deref().map(String::as_str));
        self.marked::<Batch>(Cow::Owned(batch), &decision).into_owned()
    }

    pub(super) async fn prepared<'s>(
        &self,
        session: &Session,
        statement: Cow<'s, PreparedStatement>,
        row: &impl SerializeRow,
    ) -> Cow<'s, PreparedStatement> {
        self.refresh(session).await;
        let decision = decide_with_values(&self.classifier, &statement, row);
        self.marked(statement, &decision)
    }

    pub(super) async fn bound<'s>(&self, session: &Session, statement: Cow<'s, BoundStatement>) -> Cow<'s, BoundStatement> {
        self.refresh(session).await;
        let decision = statement.decide(&self.classifier, None);
        self.marked(statement, &decision)
    }

    pub(super) async fn batch<'s>(&self, session: &Session, batch: &'s Batch, rows: &impl BatchValues) -> Cow<'s, Batch> {
        self.refresh(session).await;
        let keyspace = keyspace(session);
        let keyspace = keyspace.as_deref().map(String::as_str);
        let values = || values::bound_in_batch(batch, rows);
        let decision = ask_of_batch(batch, keyspace, |question| self.classifier.decide_batch_bound(question, values));
        self.marked(Cow::Borrowed(batch), &decision)
    }

    /// Sets the mark and the policy, on a copy when they are not there yet.
    fn marked<'s, T: Markable + Clone>(&self, mut statement: Cow<'s, T>, decision: &Decision) -> Cow<'s, T> {
        let mark = decision.is_idempotent();
        let policy = self.policies.as_ref().and_then(|policies| policies.missing(&*statement, decision.operation));
        if statement.is_marked() && !mark {
            self.taken.tell(decision);
        }
        if statement.is_marked() != mark || policy.is_some() {
            let own = statement.to_mut();
            own.set_mark(mark);
            if let Some(policy) = policy {
                own.set_policy(policy);
            }
        }
        statement
    }
}

/// What is decided of a prepared statement, with its values where they decide.
pub(super) fn decide_with_values(classifier: &Classifier, statement: &PreparedStatement, row: &impl SerializeRow) -> Arc<Decision> {
    let types = || types::markers(statement);
    classifier.decide_bound(&prepared(statement, &types), || values::bound(statement, row))
}

/// The keyspace that the session uses, as the server calls it. The session tells it as it was asked for, and a name that was
/// asked for without quotes is in lower case.
fn keyspace(session: &Session) -> Option<Arc<String>> {
    let told = session.get_keyspace()?;
    if !told.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Some(told);
    }
    let (state, lower) = (session.get_cluster_state(), told.to_ascii_lowercase());
    match (state.get_keyspace(told.as_str()).is_some(), state.get_keyspace(&lower).is_some()) {
        (true, false) => Some(told),
        (false, true) => Some(Arc::new(lower)),
        // No keyspace has an empty name, so no table is found.
        (true, true) | (false, false) => Some(Arc::default()),
    }
}

/// The policy for each operation, made once.
#[derive(Debug)]
struct Policies {
    policy: IdempotenceAware,
    unknown: Arc<dyn RetryPolicy>,
    known: [(Operation, Arc<dyn RetryPolicy>); Operation::ALL.len()],
}

impl Policies {
    fn new(policy: &IdempotenceAware) -> Self {
        Self {
            policy: policy.clone(),
            unknown: policy.for_statement(None, None),
            known: Operation::ALL.map(|operation| (operation, policy.for_statement(Some(operation), None))),
        }
    }

    /// The policy that a statement lacks. One that it has of its own is asked first.
    fn missing(&self, statement: &impl Markable, operation: Option<Operation>) -> Option<Arc<dyn RetryPolicy>> {
        let known = self.known.iter().find(|(of, _)| Some(*of) == operation);
        let ours = known.map_or(&self.unknown, |(_, policy)| policy);
        match statement.retry_policy() {
            Some(own) if Arc::ptr_eq(own, ours) => None,
            Some(own) if !self.made(own) => Some(self.policy.for_statement(operation, Some(own))),
            Some(_) | None => Some(ours.clone()),
        }
    }

    fn made(&self, policy: &Arc<dyn RetryPolicy>) -> bool {
        Arc::ptr_eq(policy, &self.unknown) || self.known.iter().any(|(_, known)| Arc::ptr_eq(policy, known))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::sync::Arc;

    use scylla::policies::retry::{DefaultRetryPolicy, RetryPolicy};
    use scylla::statement::Statement;

    use super::{Marking, Policies};
    use crate::retry::Operation;
    use crate::scylla_1::IdempotenceAware;
    use crate::scylla_1::mark::Markable;
    use crate::{Claim, Classifier};

    const COUNT: &str = "UPDATE hits SET n = n + 1 WHERE page = ?";
    const WRITE: &str = "UPDATE t SET v = ? WHERE k = ?";

    fn marked(marking: &Marking, statement: &Statement) -> (bool, bool) {
        let decision = statement.decide(&marking.classifier, None);
        let marked = marking.marked(Cow::Borrowed(statement), &decision);
        (marked.get_is_idempotent(), matches!(marked, Cow::Borrowed(_)))
    }

    #[test]
    fn what_is_right_is_not_copied() {
        let classifier = Classifier::builder().claim("TRUNCATE t", Claim::Idempotent("nobody writes meanwhile")).build();
        let marking = Marking::new(Arc::new(classifier));
        for (text, by_hand, expected, is_shared) in [
            (COUNT, false, false, true),
            (COUNT, true, false, false),
            (WRITE, true, true, true),
            (WRITE, false, true, false),
            ("TRUNCATE t", true, true, true),
        ] {
            let mut statement = Statement::new(text);
            statement.set_is_idempotent(by_hand);
            assert_eq!(marked(&marking, &statement), (expected, is_shared), "{text} {by_hand}");
            assert_eq!(marked(&marking, &statement), (expected, is_shared), "{text} {by_hand}: again");
        }
        assert_eq!(marking.taken.told(), [COUNT.into()], "what was marked and should not be is told");
    }

    #[test]
    fn a_statement_gets_the_policy_for_what_it_does() {
        let policies = Policies::new(&IdempotenceAware::new());
        let mut statement = Statement::new(WRITE);
        let missing = |statement: &Statement, operation| {
            let policy = policies.missing(statement, operation);
            (format!("{policy:?}"), policy)
        };
        let (shown, write) = missing(&statement, Some(Operation::Write));
        assert!(shown.contains("operation: Write,"), "{shown}");
        statement.set_retry_policy(write);
        assert!(missing(&statement, Some(Operation::Write)).1.is_none(), "it stands");
        let (shown, _) = missing(&statement, Some(Operation::Counter));
        assert!(shown.contains("operation: Counter,") && shown.contains("inner: None"), "{shown}");
        let (shown, _) = missing(&statement, None);
        assert!(shown.contains("operation: LightweightTransaction,"), "{shown}");

        let own: Arc<dyn RetryPolicy> = Arc::new(DefaultRetryPolicy::new());
        statement.set_retry_policy(Some(own));
        let (shown, _) = missing(&statement, Some(Operation::Write));
        assert!(shown.contains("operation: Write,") && shown.contains("inner: Some(DefaultRetryPolicy)"), "{shown}");
    }
}
