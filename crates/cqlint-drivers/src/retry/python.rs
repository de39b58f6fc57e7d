//! The Python driver, and async-cassandra above it. The driver asks its policy whatever the mark says: that decides only
//! about speculative executions.

use super::{Case, Decision, Failure, Policy, Standing, WriteType, classic, fallthrough};
use crate::Driver;

pub(super) static POLICIES: [Policy; 4] = [
    Policy {
        driver: Driver::Python,
        name: "RetryPolicy",
        standing: Standing::Default,
        source: "cassandra-driver 3.30.1, policies.RetryPolicy; cluster.ResponseFuture._set_result asks it",
        gate,
        rule: classic::default,
    },
    Policy {
        driver: Driver::Python,
        name: "FallthroughRetryPolicy",
        standing: Standing::Chosen,
        source: "cassandra-driver 3.30.1, policies.FallthroughRetryPolicy; cluster.ResponseFuture._set_result asks it",
        gate,
        rule: fallthrough,
    },
    Policy {
        driver: Driver::Python,
        name: "DowngradingConsistencyRetryPolicy",
        standing: Standing::Chosen,
        source: "cassandra-driver 3.30.1, policies.DowngradingConsistencyRetryPolicy; cluster.ResponseFuture._set_result asks it",
        gate,
        rule: downgrading,
    },
    Policy {
        driver: Driver::Python,
        name: "AsyncRetryPolicy of async-cassandra, max_retries 3",
        standing: Standing::Chosen,
        source: "async-cassandra 0.0.2rc4, retry_policy.AsyncRetryPolicy; only on_write_timeout looks at the mark",
        gate,
        rule: asynchronous,
    },
];

/// As often as async-cassandra repeats unless told otherwise.
const MAX_RETRIES: u32 = 3;

fn gate(case: &Case) -> Option<Decision> {
    match case.failure {
        Failure::ReadTimeout { .. }
        | Failure::WriteTimeout { .. }
        | Failure::Unavailable { .. }
        | Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::Bootstrapping
        | Failure::ConnectionClosed => None,
        Failure::NotSent => Some(Decision::RetryNextHost),
        Failure::ClientTimeout | Failure::ReadFailure | Failure::WriteFailure | Failure::FunctionFailure => Some(Decision::Rethrow),
    }
}

/// Here a counter, too, is taken for written when one replica has it.
fn downgrading(case: &Case) -> Decision {
    match case.failure {
        Failure::WriteTimeout { write_type: WriteType::Counter, received, .. } if case.retries == 0 && received > 0 => {
            Decision::Ignore
        }
        Failure::ReadTimeout { .. }
        | Failure::WriteTimeout { .. }
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
        | Failure::FunctionFailure => classic::downgrading(case),
    }
}

fn asynchronous(case: &Case) -> Decision {
    if case.retries >= MAX_RETRIES {
        return Decision::Rethrow;
    }
    match case.failure {
        Failure::ReadTimeout { received, required, data_present } => {
            if data_present || received >= required {
                Decision::RetrySameHost
            } else {
                Decision::Rethrow
            }
        }
        Failure::WriteTimeout { write_type, .. } => match write_type {
            WriteType::Simple | WriteType::Batch | WriteType::UnloggedBatch if case.marked => Decision::RetrySameHost,
            WriteType::Simple
            | WriteType::Batch
            | WriteType::UnloggedBatch
            | WriteType::BatchLog
            | WriteType::Counter
            | WriteType::Cas
            | WriteType::View
            | WriteType::Cdc => Decision::Rethrow,
        },
        Failure::Unavailable { .. } if case.retries == 0 => Decision::RetryNextHost,
        Failure::Unavailable { .. } => Decision::RetrySameHost,
        Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::Bootstrapping
        | Failure::ConnectionClosed
        | Failure::ClientTimeout
        | Failure::NotSent
        | Failure::ReadFailure
        | Failure::WriteFailure
        | Failure::FunctionFailure => Decision::RetryNextHost,
    }
}
