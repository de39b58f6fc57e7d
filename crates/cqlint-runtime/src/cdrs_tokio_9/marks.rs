//! What is decided of a statement, and how the driver is told.

use std::borrow::Cow;
use std::sync::Arc;

use cdrs_tokio::statement::StatementParams;

use super::values::bound;
use super::{MarkedSession, Requests};
use crate::{Decision, MarkerType, Question, Timestamp};

impl<S: Requests> MarkedSession<S> {
    /// What is decided of a statement that is sent with these parameters.
    pub(super) fn decide(
        &self,
        text: &str,
        keyspace: Option<&str>,
        types: Option<&dyn Fn() -> Vec<MarkerType>>,
        parameters: &StatementParams,
    ) -> Arc<Decision> {
        let parameters = &parameters.query_params;
        let current = self.session.keyspace();
        let keyspace = keyspace.or(parameters.keyspace.as_deref()).or(current.as_deref().map(String::as_str));
        let timestamp = if parameters.timestamp.is_some() { Timestamp::Own } else { Timestamp::Drawn };
        let question = Question { text, keyspace, timestamp, types };
        match &parameters.values {
            Some(values) => self.classifier.decide_bound(&question, || bound(values, &question)),
            None => self.classifier.decide(&question),
        }
    }

    /// The parameters with the mark, and with the policy for what the statement does.
    pub(super) fn mark<'p>(
        &self,
        decision: Option<&Decision>,
        mut parameters: Cow<'p, StatementParams>,
    ) -> Cow<'p, StatementParams> {
        let is_idempotent = decision.is_some_and(Decision::is_idempotent);
        if let Some(decision) = decision
            && parameters.is_idempotent
            && !is_idempotent
        {
            self.taken.tell(decision);
        }
        if parameters.is_idempotent != is_idempotent {
            parameters.to_mut().is_idempotent = is_idempotent;
        }
        if let Some(policy) = &self.policy {
            let operation = decision.and_then(|decision| decision.operation);
            let policy = policy.for_statement(operation, parameters.retry_policy.as_ref());
            parameters.to_mut().retry_policy = Some(Arc::new(policy));
        }
        parameters
    }
}
