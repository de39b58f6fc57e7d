//! cdrs-tokio. Its policies are asked of everything and look at the mark themselves.

use super::{Case, Decision, Failure, Policy, Standing, WriteType, classic, fallthrough, idempotence_aware};
use crate::Driver;

/// What `cqlint-runtime` brings for `cdrs-tokio`.
pub static FOR_CDRS_TOKIO: Policy = idempotence_aware::policy(Driver::CdrsTokio, gate);

pub(super) static POLICIES: [Policy; 3] = [
    Policy {
        driver: Driver::CdrsTokio,
        name: "DefaultRetryPolicy",
        standing: Standing::Default,
        source: "cdrs-tokio 9.0.2, retry/retry_policy.rs DefaultRetrySession; cluster/send_envelope.rs asks it",
        gate,
        rule: default,
    },
    Policy {
        driver: Driver::CdrsTokio,
        name: "FallthroughRetryPolicy",
        standing: Standing::Chosen,
        source: "cdrs-tokio 9.0.2, retry/retry_policy.rs FallthroughRetrySession; cluster/send_envelope.rs asks it",
        gate,
        rule: fallthrough,
    },
    FOR_CDRS_TOKIO,
];

fn gate(case: &Case) -> Option<Decision> {
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

fn default(case: &Case) -> Decision {
    match case.failure {
        // The other way round than elsewhere: it repeats when the rows have come.
        Failure::ReadTimeout { received, required, data_present } => classic::read_timeout(case, received, required, !data_present),
        // cassandra-protocol 4.0.1 expects what only version 5 of the protocol adds to this error, and takes it for an answer that
        // was cut short.
        Failure::WriteTimeout { write_type: WriteType::Cas, .. } => case.if_marked(Decision::RetryNextHost),
        Failure::WriteTimeout { write_type, .. } => case.if_marked(classic::write_timeout(case, write_type)),
        Failure::Unavailable { .. } => classic::unavailable(case),
        Failure::Overloaded | Failure::ServerError | Failure::TruncateError | Failure::ConnectionClosed => {
            case.if_marked(Decision::RetryNextHost)
        }
        Failure::Bootstrapping | Failure::NotSent => Decision::RetryNextHost,
        Failure::ClientTimeout | Failure::ReadFailure | Failure::WriteFailure | Failure::FunctionFailure => Decision::Rethrow,
    }
}
