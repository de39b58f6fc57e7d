//! What a driver does when a request fails: each published retry policy as a table, below what its driver decides before it
//! asks any policy.
//!
//! A policy sees neither the text of a statement nor whether the server has applied it. What can happen twice is therefore
//! said beside the decision: by [`Statement::may_be_applied`] and [`is_unsafe`].

mod cdrs_tokio;
mod classic;
mod cpp;
mod csharp;
mod failure;
mod gocql;
mod gocql_scylla;
mod idempotence_aware;
mod java3;
mod java4;
mod node;
mod policy;
mod python;
mod scylla;
mod statement;

#[cfg(test)]
mod tests;

pub use cdrs_tokio::FOR_CDRS_TOKIO;
pub use failure::{Failure, WriteType};
pub use idempotence_aware::RETRIES;
pub use policy::{Policy, Standing};
pub use scylla::FOR_SCYLLA;
pub use statement::{Mark, Operation, Statement};

/// What becomes of a request that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// It is sent again to the same host.
    RetrySameHost,
    /// It is sent again to the next host.
    RetryNextHost,
    /// It is sent again and is content with fewer answers.
    RetryDowngraded,
    /// The application gets the error.
    Rethrow,
    /// The application is told that all is well.
    Ignore,
}

impl Decision {
    /// All decisions, those that repeat first.
    pub const ALL: [Self; 5] = [Self::RetrySameHost, Self::RetryNextHost, Self::RetryDowngraded, Self::Ignore, Self::Rethrow];

    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RetrySameHost => "retry_same_host",
            Self::RetryNextHost => "retry_next_host",
            Self::RetryDowngraded => "retry_downgraded",
            Self::Rethrow => "rethrow",
            Self::Ignore => "ignore",
        }
    }

    /// Whether the request is sent again.
    #[must_use]
    pub const fn repeats(self) -> bool {
        match self {
            Self::RetrySameHost | Self::RetryNextHost | Self::RetryDowngraded => true,
            Self::Rethrow | Self::Ignore => false,
        }
    }
}

/// A failure, and how often the request was sent again before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub failure: Failure,
    /// Zero for the first attempt.
    pub retries: u32,
}

impl Event {
    /// The failure of a first attempt.
    #[must_use]
    pub const fn first(failure: Failure) -> Self {
        Self { failure, retries: 0 }
    }
}

/// What a driver does under a policy.
///
/// ```
/// use cqlint_drivers::Driver;
/// use cqlint_drivers::retry::{Decision, Event, Failure, Mark, Operation, Policy, Statement, decide, is_unsafe};
///
/// let count = Statement { operation: Operation::Counter, mark: Mark::Unset, idempotent: false };
/// let lost = Failure::ConnectionClosed;
///
/// // The connection is lost while a counter is updated: Java tells the application, Python counts again.
/// let java = Policy::of(Driver::Java4).next().unwrap();
/// assert_eq!(decide(java, Event::first(lost), count), Decision::Rethrow);
/// let python = Policy::of(Driver::Python).next().unwrap();
/// assert_eq!(decide(python, Event::first(lost), count), Decision::RetryNextHost);
/// assert!(is_unsafe(Decision::RetryNextHost, lost, count));
/// ```
#[must_use]
pub fn decide(policy: &Policy, event: Event, statement: Statement) -> Decision {
    let Event { failure, retries } = event;
    let marked = statement.mark.counts_for(policy.driver);
    let case = Case { failure, retries, operation: statement.operation, marked };
    (policy.gate)(&case).unwrap_or_else(|| (policy.rule)(&case))
}

/// Whether a decision sends again what may have been applied, and must not be applied twice.
#[must_use]
pub fn is_unsafe(decision: Decision, failure: Failure, statement: Statement) -> bool {
    decision.repeats() && !statement.idempotent && statement.may_be_applied(failure)
}

/// What drivers and policies look at.
#[derive(Clone, Copy, Debug)]
struct Case {
    failure: Failure,
    retries: u32,
    operation: Operation,
    /// Whether the driver takes the statement for idempotent.
    marked: bool,
}

impl Case {
    /// The decision for what is marked; of everything else the application is told.
    const fn if_marked(&self, decision: Decision) -> Decision {
        if self.marked { decision } else { Decision::Rethrow }
    }
}

/// What a driver decides before it asks the policy; nothing when it asks.
type Gate = fn(&Case) -> Option<Decision>;

/// What a policy answers.
type Rule = fn(&Case) -> Decision;

/// The policy that tells the application of everything: every driver has one.
fn fallthrough(_: &Case) -> Decision {
    Decision::Rethrow
}
