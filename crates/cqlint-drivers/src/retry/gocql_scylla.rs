//! ScyllaDB's gocql. It repeats without being asked to, and its policies look at the mark only when the connection was at
//! fault: an error that the server sends is repeated whatever the statement is.

use super::{Case, Decision, Failure, Operation, Policy, Standing, WriteType};
use crate::Driver;

pub(super) static POLICIES: [Policy; 3] = [
    Policy {
        driver: Driver::GocqlScylla,
        name: "SimpleRetryPolicy{NumRetries: 3}",
        standing: Standing::Default,
        source: "scylladb/gocql of 2026-08, SimpleRetryPolicy; queryExecutor.do asks it; Conn.exec says what may be executed",
        gate,
        rule: simple,
    },
    Policy {
        driver: Driver::GocqlScylla,
        name: "ExponentialBackoffRetryPolicy{NumRetries: 3}",
        standing: Standing::Chosen,
        source: "scylladb/gocql of 2026-08, ExponentialBackoffRetryPolicy; queryExecutor.do asks it",
        gate,
        rule: simple,
    },
    Policy {
        driver: Driver::GocqlScylla,
        name: "DowngradingConsistencyRetryPolicy with 3 levels",
        standing: Standing::Chosen,
        source: "scylladb/gocql of 2026-08, DowngradingConsistencyRetryPolicy; queryExecutor.do asks it, and returns the error also for Ignore",
        gate,
        rule: downgrading,
    },
];

/// As often as it repeats unless told otherwise.
const RETRIES: u32 = 3;

fn gate(case: &Case) -> Option<Decision> {
    match case.failure {
        Failure::NotSent => Some(Decision::RetryNextHost),
        Failure::ConnectionClosed | Failure::ClientTimeout => (!case.marked).then_some(Decision::Rethrow),
        Failure::ReadTimeout { .. }
        | Failure::WriteTimeout { .. }
        | Failure::Unavailable { .. }
        | Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::Bootstrapping
        | Failure::ReadFailure
        | Failure::WriteFailure
        | Failure::FunctionFailure => None,
    }
}

/// A transaction stays on its host, where a ScyllaDB server says that it is one.
fn simple(case: &Case) -> Decision {
    if case.retries >= RETRIES {
        return Decision::Rethrow;
    }
    match case.operation {
        Operation::LightweightTransaction => Decision::RetrySameHost,
        Operation::Read
        | Operation::Write
        | Operation::Writes
        | Operation::LoggedBatch
        | Operation::Counter
        | Operation::Counters
        | Operation::Truncate
        | Operation::Definition => Decision::RetryNextHost,
    }
}

/// Each attempt has the next consistency of the list; a transaction has no second.
fn downgrading(case: &Case) -> Decision {
    if case.retries >= RETRIES || case.operation == Operation::LightweightTransaction {
        return Decision::Rethrow;
    }
    match case.failure {
        Failure::Unavailable { alive: 0, .. } => Decision::Rethrow,
        Failure::WriteTimeout { write_type, .. } => match write_type {
            WriteType::UnloggedBatch => Decision::RetryDowngraded,
            WriteType::Simple
            | WriteType::Batch
            | WriteType::Counter
            | WriteType::BatchLog
            | WriteType::Cas
            | WriteType::View
            | WriteType::Cdc => Decision::Rethrow,
        },
        Failure::ReadTimeout { .. }
        | Failure::Unavailable { .. }
        | Failure::Overloaded
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
