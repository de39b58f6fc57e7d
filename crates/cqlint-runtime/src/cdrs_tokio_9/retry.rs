//! Retries what may be sent again, and nothing else.

use std::fmt;
use std::sync::Arc;

use cdrs_tokio::retry::{QueryInfo, RetryDecision, RetryPolicy, RetrySession};

use super::fault::fault;
use crate::policy::Caution;
use crate::retry::{Decision, FOR_CDRS_TOKIO, Operation};

/// A retry policy under which nothing that may have been applied is sent again, unless it is marked.
///
/// What was certainly not applied goes to the next node, marked or not. A [`MarkedSession`](super::MarkedSession) that has the
/// policy tells it what each statement does; as the policy of a plain session it knows only the mark, and takes what is not
/// marked for a lightweight transaction, of which even an Unavailable does not say that nothing was applied.
///
/// When the next node is asked for and there is none left, the driver answers `No nodes available in query plan!` in place of the
/// error: so it does with its own policies, too.
///
/// ```
/// use cdrs_tokio::Error;
/// use cdrs_tokio::retry::{QueryInfo, RetryDecision, RetryPolicy};
/// use cqlint_runtime::cdrs_tokio_9::IdempotenceAware;
///
/// let lost = Error::General("Connection closed while waiting for response!".into());
/// let policy = IdempotenceAware::new();
/// let decide = |is_idempotent| policy.new_session().decide(QueryInfo { error: &lost, is_idempotent });
/// assert_eq!(decide(true), RetryDecision::RetryNextNode);
/// assert_eq!(decide(false), RetryDecision::DontRetry);
/// ```
#[derive(Clone)]
pub struct IdempotenceAware {
    caution: Caution,
    inner: Option<Arc<dyn RetryPolicy + Send + Sync>>,
}

impl IdempotenceAware {
    /// The policy that decides alone, with three retries.
    ///
    /// ```no_run
    /// use cdrs_tokio::cluster::NodeTcpConfig;
    /// use cdrs_tokio::cluster::session::{SessionBuilder, TcpSessionBuilder};
    /// use cdrs_tokio::load_balancing::RoundRobinLoadBalancingStrategy;
    /// use cqlint_runtime::cdrs_tokio_9::IdempotenceAware;
    ///
    /// # fn build(nodes: NodeTcpConfig) {
    /// // For a session that marks nothing itself: what is marked by hand.
    /// let session = TcpSessionBuilder::new(RoundRobinLoadBalancingStrategy::new(), nodes)
    ///     .with_retry_policy(Box::new(IdempotenceAware::new()));
    /// # let _ = session.build();
    /// # }
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self { caution: Caution::new(&FOR_CDRS_TOKIO), inner: None }
    }

    /// A policy that lets another decide and refuses what is not safe.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use cdrs_tokio::retry::DefaultRetryPolicy;
    /// use cqlint_runtime::cdrs_tokio_9::IdempotenceAware;
    ///
    /// let policy = IdempotenceAware::wrapping(Arc::new(DefaultRetryPolicy));
    /// ```
    #[must_use]
    pub fn wrapping(inner: Arc<dyn RetryPolicy + Send + Sync>) -> Self {
        Self { inner: Some(inner), ..Self::new() }
    }

    /// How often a request is sent again at most: three times when nobody says otherwise.
    ///
    /// ```
    /// use cdrs_tokio::Error;
    /// use cdrs_tokio::retry::{QueryInfo, RetryDecision, RetryPolicy};
    /// use cqlint_runtime::cdrs_tokio_9::IdempotenceAware;
    ///
    /// let lost = Error::General("Connection closed while waiting for response!".into());
    /// let mut request = IdempotenceAware::new().max_retries(1).new_session();
    /// assert_eq!(request.decide(QueryInfo { error: &lost, is_idempotent: true }), RetryDecision::RetryNextNode);
    /// assert_eq!(request.decide(QueryInfo { error: &lost, is_idempotent: true }), RetryDecision::DontRetry);
    /// ```
    #[must_use]
    pub fn max_retries(self, max_retries: u32) -> Self {
        Self { caution: self.caution.max_retries(max_retries), ..self }
    }

    /// The policy for one statement, of which it is known what it does. For `StatementParams::retry_policy`; a
    /// [`MarkedSession`](super::MarkedSession) sets it there itself.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use cdrs_tokio::statement::StatementParamsBuilder;
    /// use cqlint_runtime::cdrs_tokio_9::IdempotenceAware;
    /// use cqlint_runtime::retry::Operation;
    ///
    /// let policy = IdempotenceAware::new().operation(Operation::Counter);
    /// let parameters = StatementParamsBuilder::new().with_retry_policy(Arc::new(policy)).build();
    /// # assert!(parameters.retry_policy.is_some());
    /// ```
    #[must_use]
    pub fn operation(self, operation: Operation) -> Self {
        Self { caution: self.caution.operation(operation), ..self }
    }

    /// The policy that knows what the statement does, and lets the one decide that its parameters bring.
    pub(super) fn for_statement(&self, operation: Option<Operation>, own: Option<&Arc<dyn RetryPolicy + Send + Sync>>) -> Self {
        let caution = operation.map_or(self.caution, |operation| self.caution.operation(operation));
        Self { caution, inner: own.or(self.inner.as_ref()).cloned() }
    }
}

impl Default for IdempotenceAware {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for IdempotenceAware {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("IdempotenceAware");
        shown.field("caution", &self.caution).field("wraps", &self.inner.is_some()).finish()
    }
}

impl RetryPolicy for IdempotenceAware {
    fn new_session(&self) -> Box<dyn RetrySession + Send + Sync> {
        let inner = self.inner.as_ref().map(|policy| policy.new_session());
        Box::new(Request { caution: self.caution, inner, retries: 0 })
    }
}

/// One request, for as long as it is sent again.
struct Request {
    caution: Caution,
    inner: Option<Box<dyn RetrySession + Send + Sync>>,
    retries: u32,
}

impl RetrySession for Request {
    fn decide(&mut self, request: QueryInfo<'_>) -> RetryDecision {
        let (fault, marked) = (fault(request.error), request.is_idempotent);
        let decision = match &mut self.inner {
            None => of_the_driver(self.caution.decide(fault, self.retries, marked)),
            Some(inner) => {
                let wanted = inner.decide(request);
                let allowed = self.caution.allows(of_the_tables(wanted), fault, self.retries, marked);
                if allowed { wanted } else { RetryDecision::DontRetry }
            }
        };
        match decision {
            RetryDecision::RetrySameNode | RetryDecision::RetryNextNode => self.retries += 1,
            RetryDecision::DontRetry => {}
        }
        decision
    }
}

/// The driver neither lowers a consistency nor keeps an error to itself.
const fn of_the_driver(decision: Decision) -> RetryDecision {
    match decision {
        Decision::RetrySameHost => RetryDecision::RetrySameNode,
        Decision::RetryNextHost => RetryDecision::RetryNextNode,
        Decision::RetryDowngraded | Decision::Rethrow | Decision::Ignore => RetryDecision::DontRetry,
    }
}

const fn of_the_tables(decision: RetryDecision) -> Decision {
    match decision {
        RetryDecision::RetrySameNode => Decision::RetrySameHost,
        RetryDecision::RetryNextNode => Decision::RetryNextHost,
        RetryDecision::DontRetry => Decision::Rethrow,
    }
}
