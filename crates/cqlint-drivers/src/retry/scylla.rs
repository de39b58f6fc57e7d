//! The Rust driver `scylla`. Its policies are asked of everything and look at the mark themselves. They see the consistency
//! of the request, not the serial one, so a write with a condition is to them a write like others.

use super::{Case, Decision, Failure, Policy, Standing, classic, fallthrough, idempotence_aware};
use crate::Driver;

/// What `cqlint-runtime` brings for `scylla`.
pub static FOR_SCYLLA: Policy = idempotence_aware::policy(Driver::Scylla, gate);

pub(super) static POLICIES: [Policy; 4] = [
    Policy {
        driver: Driver::Scylla,
        name: "DefaultRetryPolicy",
        standing: Standing::Default,
        source: "scylla 1.9.0, policies/retry/default.rs; client/execution.rs asks it",
        gate,
        rule: default,
    },
    Policy {
        driver: Driver::Scylla,
        name: "FallthroughRetryPolicy",
        standing: Standing::Chosen,
        source: "scylla 1.9.0, policies/retry/fallthrough.rs; client/execution.rs asks it",
        gate,
        rule: fallthrough,
    },
    Policy {
        driver: Driver::Scylla,
        name: "DowngradingConsistencyRetryPolicy",
        standing: Standing::Chosen,
        source: "scylla 1.9.0, policies/retry/downgrading_consistency.rs; client/execution.rs asks it",
        gate,
        rule: downgrading,
    },
    FOR_SCYLLA,
];

/// The timeout of a request is above all its attempts, and a host without a connection is passed over.
fn gate(case: &Case) -> Option<Decision> {
    match case.failure {
        Failure::ClientTimeout => Some(Decision::Rethrow),
        Failure::NotSent => Some(Decision::RetryNextHost),
        Failure::ReadTimeout { .. }
        | Failure::WriteTimeout { .. }
        | Failure::Unavailable { .. }
        | Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::Bootstrapping
        | Failure::ConnectionClosed
        | Failure::ReadFailure
        | Failure::WriteFailure
        | Failure::FunctionFailure => None,
    }
}

fn default(case: &Case) -> Decision {
    match case.failure {
        Failure::ReadTimeout { received, required, data_present } => classic::read_timeout(case, received, required, data_present),
        Failure::WriteTimeout { write_type, .. } => case.if_marked(classic::write_timeout(case, write_type)),
        Failure::Unavailable { .. } => classic::unavailable(case),
        Failure::Overloaded | Failure::ServerError | Failure::TruncateError | Failure::ConnectionClosed => {
            case.if_marked(Decision::RetryNextHost)
        }
        Failure::Bootstrapping | Failure::NotSent => Decision::RetryNextHost,
        Failure::ClientTimeout | Failure::ReadFailure | Failure::WriteFailure | Failure::FunctionFailure => Decision::Rethrow,
    }
}

fn downgrading(case: &Case) -> Decision {
    match case.failure {
        Failure::ReadTimeout { received, required, data_present } => {
            classic::downgraded_read(case, received, required, data_present)
        }
        Failure::WriteTimeout { write_type, received, .. } => case.if_marked(classic::downgraded_write(case, write_type, received)),
        Failure::Unavailable { alive, .. } => classic::downgraded(case, alive),
        Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::ConnectionClosed
        | Failure::Bootstrapping
        | Failure::NotSent
        | Failure::ClientTimeout
        | Failure::ReadFailure
        | Failure::WriteFailure
        | Failure::FunctionFailure => default(case),
    }
}
