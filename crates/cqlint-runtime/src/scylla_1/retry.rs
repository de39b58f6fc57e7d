//! The retry policy: what must not happen twice is not sent twice.

use std::sync::Arc;

use scylla::policies::retry::{RequestInfo, RetryDecision, RetryPolicy, RetrySession};

use super::fault::fault;
use crate::policy::{Caution, Fault};
use crate::retry::{Decision, FOR_SCYLLA, Operation};

/// A retry policy that never sends again what may have been applied and must not be applied twice, and that does send again,
/// a few times, whatever may be.
///
/// A policy sees the mark and the error, and not the statement. So the one of an execution profile has to take every statement
/// for a lightweight transaction, which needs the most care; set through [`MarkedSession`](super::MarkedSession) or
/// [`Mark::mark_with`](super::Mark::mark_with), it knows what each statement does. What differs is what becomes of statements
/// that are not marked: a write to one partition that no replica was there for may be sent again.
///
/// ```
/// use std::sync::Arc;
/// use cqlint_runtime::scylla_1::IdempotenceAware;
/// use scylla::client::execution_profile::ExecutionProfile;
///
/// let profile = ExecutionProfile::builder().retry_policy(Arc::new(IdempotenceAware::new().max_retries(2))).build();
/// ```
#[derive(Clone, Debug)]
pub struct IdempotenceAware {
    caution: Caution,
    inner: Option<Arc<dyn RetryPolicy>>,
}

impl IdempotenceAware {
    /// A policy that decides by itself, by what `cqlint retries` shows under its name.
    ///
    /// ```
    /// use cqlint_runtime::scylla_1::IdempotenceAware;
    ///
    /// let policy = IdempotenceAware::new();
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self { caution: Caution::new(&FOR_SCYLLA), inner: None }
    }

    /// A policy that lets another decide and refuses what is not safe.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use cqlint_runtime::scylla_1::IdempotenceAware;
    /// use scylla::policies::retry::DowngradingConsistencyRetryPolicy;
    ///
    /// let policy = IdempotenceAware::wrapping(Arc::new(DowngradingConsistencyRetryPolicy::new()));
    /// ```
    #[must_use]
    pub fn wrapping(inner: Arc<dyn RetryPolicy>) -> Self {
        Self { inner: Some(inner), ..Self::new() }
    }

    /// How often a request is sent again, at most; three times when nobody says otherwise.
    ///
    /// ```
    /// use cqlint_runtime::scylla_1::IdempotenceAware;
    ///
    /// let policy = IdempotenceAware::new().max_retries(1);
    /// ```
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.caution = self.caution.max_retries(retries);
        self
    }

    /// The policy that knows what the statement does, and lets the one decide that the statement has already.
    pub(super) fn for_statement(&self, operation: Option<Operation>, own: Option<&Arc<dyn RetryPolicy>>) -> Arc<dyn RetryPolicy> {
        let inner = own.or(self.inner.as_ref()).cloned();
        let caution = operation.map_or(self.caution, |operation| self.caution.operation(operation));
        Arc::new(Self { caution, inner })
    }
}

impl Default for IdempotenceAware {
    fn default() -> Self {
        Self::new()
    }
}

impl RetryPolicy for IdempotenceAware {
    fn new_session(&self) -> Box<dyn RetrySession> {
        let inner = self.inner.as_ref().map(|inner| inner.new_session());
        Box::new(Request { caution: self.caution, inner, retries: 0 })
    }
}

/// One request, and how often it was sent again.
struct Request {
    caution: Caution,
    inner: Option<Box<dyn RetrySession>>,
    retries: u32,
}

impl RetrySession for Request {
    fn decide_should_retry(&mut self, request: RequestInfo<'_>) -> RetryDecision {
        let (fault, marked) = (fault(request.error), request.is_idempotent);
        let wanted = self.inner.as_mut().map(|inner| inner.decide_should_retry(request));
        self.decide(fault, marked, wanted)
    }

    fn reset(&mut self) {
        self.retries = 0;
        if let Some(inner) = &mut self.inner {
            inner.reset();
        }
    }
}

impl Request {
    /// Decides, or says whether what another policy wants may be done.
    fn decide(&mut self, fault: Fault, marked: bool, wanted: Option<RetryDecision>) -> RetryDecision {
        let decided = match wanted {
            None => in_words_of_the_driver(self.caution.decide(fault, self.retries, marked)),
            Some(wanted) if self.caution.allows(in_our_words(&wanted), fault, self.retries, marked) => wanted,
            Some(_) => RetryDecision::DontRetry,
        };
        self.retries += u32::from(in_our_words(&decided).repeats());
        decided
    }
}

fn in_words_of_the_driver(decision: Decision) -> RetryDecision {
    match decision {
        Decision::RetrySameHost => RetryDecision::RetrySameTarget(None),
        Decision::RetryNextHost => RetryDecision::RetryNextTarget(None),
        // Ours asks for no other consistency, and does not say that all is well when it is not.
        Decision::RetryDowngraded | Decision::Ignore | Decision::Rethrow => RetryDecision::DontRetry,
    }
}

fn in_our_words(decision: &RetryDecision) -> Decision {
    match decision {
        RetryDecision::RetrySameTarget(None) => Decision::RetrySameHost,
        RetryDecision::RetrySameTarget(Some(_)) | RetryDecision::RetryNextTarget(Some(_)) => Decision::RetryDowngraded,
        RetryDecision::DontRetry => Decision::Rethrow,
        RetryDecision::IgnoreWriteError => Decision::Ignore,
        // What is not known yet may repeat, too.
        RetryDecision::RetryNextTarget(None) | _ => Decision::RetryNextHost,
    }
}

#[cfg(test)]
mod tests {
    use scylla::policies::retry::RetryDecision;
    use scylla::statement::Consistency;

    use super::{IdempotenceAware, Request};
    use crate::policy::Fault;
    use crate::retry::{Failure, Operation, WriteType};

    fn request(policy: &IdempotenceAware, operation: Operation) -> Request {
        Request { caution: policy.caution.operation(operation), inner: None, retries: 0 }
    }

    const LOST: Fault = Fault::Failed(Failure::ConnectionClosed);
    const UNAVAILABLE: Fault = Fault::Failed(Failure::Unavailable { alive: 0, required: 1 });

    #[test]
    fn alone() {
        let late = |write_type| Fault::Failed(Failure::WriteTimeout { write_type, received: 0, required: 1 });
        for (operation, fault, marked, expected) in [
            (Operation::Write, LOST, true, RetryDecision::RetryNextTarget(None)),
            (Operation::Write, LOST, false, RetryDecision::DontRetry),
            (Operation::Write, UNAVAILABLE, false, RetryDecision::RetryNextTarget(None)),
            (Operation::Writes, UNAVAILABLE, false, RetryDecision::DontRetry),
            (Operation::LightweightTransaction, UNAVAILABLE, false, RetryDecision::DontRetry),
            (Operation::Write, late(WriteType::Simple), true, RetryDecision::RetrySameTarget(None)),
            (Operation::LightweightTransaction, late(WriteType::Cas), true, RetryDecision::DontRetry),
            (Operation::Counter, late(WriteType::Counter), true, RetryDecision::DontRetry),
            (Operation::LoggedBatch, late(WriteType::BatchLog), false, RetryDecision::DontRetry),
            (Operation::LoggedBatch, late(WriteType::BatchLog), true, RetryDecision::RetrySameTarget(None)),
        ] {
            let mut request = request(&IdempotenceAware::new(), operation);
            assert_eq!(request.decide(fault, marked, None), expected, "{operation:?} {fault:?} {marked}");
        }
    }

    #[test]
    fn around_another() {
        let lower = RetryDecision::RetrySameTarget(Some(Consistency::One));
        for (operation, fault, marked, wanted, expected) in [
            (Operation::Write, LOST, false, lower.clone(), RetryDecision::DontRetry),
            (Operation::Write, LOST, true, lower.clone(), lower.clone()),
            (Operation::Write, UNAVAILABLE, false, lower.clone(), lower.clone()),
            (Operation::Writes, UNAVAILABLE, false, lower.clone(), RetryDecision::DontRetry),
            (Operation::Write, LOST, false, RetryDecision::IgnoreWriteError, RetryDecision::IgnoreWriteError),
            (Operation::Write, LOST, true, RetryDecision::DontRetry, RetryDecision::DontRetry),
            (Operation::Read, Fault::Unclear, false, RetryDecision::RetryNextTarget(None), RetryDecision::RetryNextTarget(None)),
        ] {
            let mut request = request(&IdempotenceAware::new(), operation);
            assert_eq!(request.decide(fault, marked, Some(wanted)), expected, "{operation:?} {fault:?} {marked}");
        }
    }

    #[test]
    fn no_request_is_sent_more_often_than_it_may_be() {
        for max in [0, 1, 3, 7] {
            let mut request = request(&IdempotenceAware::new().max_retries(max), Operation::Write);
            let mut sent = 0;
            while request.decide(LOST, true, None) != RetryDecision::DontRetry {
                sent += 1;
            }
            assert_eq!(sent, max);
        }
    }
}
