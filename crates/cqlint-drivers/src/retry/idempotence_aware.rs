//! The policy that `cqlint-runtime` brings for the drivers that it knows: what must not happen twice is not sent twice, and
//! whatever may be sent again is.

use super::{Case, Decision, Failure, Gate, Mark, Policy, Standing, Statement, WriteType, classic};
use crate::Driver;

/// How often a request is sent again at most, when nobody says otherwise.
pub const RETRIES: u32 = 3;

pub(super) const fn policy(driver: Driver, gate: Gate) -> Policy {
    Policy {
        driver,
        name: "IdempotenceAware",
        standing: Standing::Chosen,
        source: concat!("cqlint-runtime ", env!("CARGO_PKG_VERSION"), "; cqlint-drivers, retry/idempotence_aware.rs decides"),
        gate,
        rule,
    }
}

fn rule(case: &Case) -> Decision {
    if case.retries >= RETRIES { Decision::Rethrow } else { idempotence_aware(case) }
}

/// What becomes of a request, however often it was sent before.
fn idempotence_aware(case: &Case) -> Decision {
    let statement = Statement { operation: case.operation, mark: Mark::Unset, idempotent: false };
    match case.failure {
        Failure::ReadTimeout { received, required, data_present } if case.operation.reads() => {
            classic::read_timeout(case, received, required, data_present)
        }
        // What becomes of a proposal, only a read at SERIAL tells. A counter that has timed out was counted or not, and nothing
        // that is marked in good faith counts.
        Failure::WriteTimeout { write_type: WriteType::Cas | WriteType::Counter, .. } => Decision::Rethrow,
        // The coordinator is well, some replica is late.
        Failure::WriteTimeout {
            write_type:
                WriteType::Simple | WriteType::Batch | WriteType::UnloggedBatch | WriteType::BatchLog | WriteType::View | WriteType::Cdc,
            ..
        } => case.if_marked(Decision::RetrySameHost),
        Failure::Unavailable { .. } | Failure::Bootstrapping | Failure::NotSent if !statement.may_be_applied(case.failure) => {
            Decision::RetryNextHost
        }
        Failure::Unavailable { .. }
        | Failure::Bootstrapping
        | Failure::NotSent
        | Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::ConnectionClosed
        | Failure::ClientTimeout => case.if_marked(Decision::RetryNextHost),
        // The replicas have tried, and would fail again.
        Failure::ReadTimeout { .. } | Failure::ReadFailure | Failure::WriteFailure | Failure::FunctionFailure => Decision::Rethrow,
    }
}
