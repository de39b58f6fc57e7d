//! gocql 1 and 2. Without a retry policy neither repeats anything. With one, version 1 asks it of everything, and version 2
//! only of what is marked.

use super::{Case, Decision, Failure, Policy, Standing, WriteType, fallthrough};
use crate::Driver;

pub(super) static POLICIES_1: [Policy; 4] = [
    Policy {
        driver: Driver::Gocql1,
        name: "no retry policy",
        standing: Standing::Default,
        source: "gocql 1.7.0, queryExecutor.do; ClusterConfig.RetryPolicy is nil",
        gate: connected,
        rule: fallthrough,
    },
    Policy {
        driver: Driver::Gocql1,
        name: "SimpleRetryPolicy{NumRetries: 3}",
        standing: Standing::Chosen,
        source: "gocql 1.7.0, SimpleRetryPolicy; queryExecutor.do asks it",
        gate: connected,
        rule: simple,
    },
    Policy {
        driver: Driver::Gocql1,
        name: "ExponentialBackoffRetryPolicy{NumRetries: 3}",
        standing: Standing::Chosen,
        source: "gocql 1.7.0, ExponentialBackoffRetryPolicy; queryExecutor.do asks it",
        gate: connected,
        rule: simple,
    },
    Policy {
        driver: Driver::Gocql1,
        name: "DowngradingConsistencyRetryPolicy with 3 levels",
        standing: Standing::Chosen,
        source: "gocql 1.7.0, DowngradingConsistencyRetryPolicy; queryExecutor.do asks it, and returns the error also for Ignore",
        gate: connected,
        rule: downgrading_1,
    },
];

pub(super) static POLICIES_2: [Policy; 4] = [
    Policy {
        driver: Driver::Gocql2,
        name: "no retry policy",
        standing: Standing::Default,
        source: "cassandra-gocql-driver 2.1.2, queryExecutor.do; ClusterConfig.RetryPolicy is nil",
        gate,
        rule: fallthrough,
    },
    Policy {
        driver: Driver::Gocql2,
        name: "SimpleRetryPolicy{NumRetries: 3}",
        standing: Standing::Chosen,
        source: "cassandra-gocql-driver 2.1.2, SimpleRetryPolicy; queryExecutor.do asks it (CASSGO-27)",
        gate,
        rule: simple,
    },
    Policy {
        driver: Driver::Gocql2,
        name: "ExponentialBackoffRetryPolicy{NumRetries: 3}",
        standing: Standing::Chosen,
        source: "cassandra-gocql-driver 2.1.2, ExponentialBackoffRetryPolicy; queryExecutor.do asks it (CASSGO-27)",
        gate,
        rule: simple,
    },
    Policy {
        driver: Driver::Gocql2,
        name: "DowngradingConsistencyRetryPolicy with 3 levels",
        standing: Standing::Chosen,
        source: "cassandra-gocql-driver 2.1.2, DowngradingConsistencyRetryPolicy; queryExecutor.do asks it (CASSGO-27, CASSGO-28)",
        gate,
        rule: downgrading,
    },
];

/// As often as the examples of its documentation repeat.
const RETRIES: u32 = 3;

/// A host without a free connection is passed over. Everything else, in version 1, is the policy's. The client's timeout is
/// `ClusterConfig.Timeout`; when the context ends, nothing is repeated.
fn connected(case: &Case) -> Option<Decision> {
    match case.failure {
        Failure::NotSent => Some(Decision::RetryNextHost),
        Failure::ReadTimeout { .. }
        | Failure::WriteTimeout { .. }
        | Failure::Unavailable { .. }
        | Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::Bootstrapping
        | Failure::ConnectionClosed
        | Failure::ClientTimeout
        | Failure::ReadFailure
        | Failure::WriteFailure
        | Failure::FunctionFailure => None,
    }
}

fn gate(case: &Case) -> Option<Decision> {
    connected(case).or_else(|| (!case.marked).then_some(Decision::Rethrow))
}

/// It repeats whatever has failed, also what will fail again.
fn simple(case: &Case) -> Decision {
    if case.retries < RETRIES { Decision::RetryNextHost } else { Decision::Rethrow }
}

/// Each attempt has the next consistency of the list, on whichever host.
fn downgrading(case: &Case) -> Decision {
    if case.retries >= RETRIES {
        return Decision::Rethrow;
    }
    match case.failure {
        Failure::Unavailable { alive: 0, .. } => Decision::Rethrow,
        Failure::ReadTimeout { .. } | Failure::Unavailable { .. } => Decision::RetryDowngraded,
        Failure::WriteTimeout { write_type, received, .. } => match write_type {
            WriteType::Simple | WriteType::Batch | WriteType::Counter if received > 0 => Decision::Ignore,
            WriteType::UnloggedBatch => Decision::RetryDowngraded,
            WriteType::Simple
            | WriteType::Batch
            | WriteType::Counter
            | WriteType::BatchLog
            | WriteType::Cas
            | WriteType::View
            | WriteType::Cdc => Decision::Rethrow,
        },
        Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::Bootstrapping
        | Failure::ConnectionClosed
        | Failure::ClientTimeout
        | Failure::NotSent
        | Failure::ReadFailure
        | Failure::WriteFailure
        | Failure::FunctionFailure => Decision::RetryDowngraded,
    }
}

fn downgrading_1(case: &Case) -> Decision {
    match downgrading(case) {
        Decision::Ignore => Decision::Rethrow,
        other @ (Decision::RetrySameHost | Decision::RetryNextHost | Decision::RetryDowngraded | Decision::Rethrow) => other,
    }
}
