//! The Java driver 4.

use super::{Case, Decision, Failure, Policy, Standing, classic};
use crate::Driver;

pub(super) static POLICIES: [Policy; 2] = [
    Policy {
        driver: Driver::Java4,
        name: "DefaultRetryPolicy",
        standing: Standing::Default,
        source: "java-driver 4.19.3, DefaultRetryPolicy; CqlRequestHandler.NodeResponseCallback asks it",
        gate,
        rule: classic::default,
    },
    Policy {
        driver: Driver::Java4,
        name: "ConsistencyDowngradingRetryPolicy",
        standing: Standing::Chosen,
        source: "java-driver 4.19.3, ConsistencyDowngradingRetryPolicy; CqlRequestHandler.NodeResponseCallback asks it",
        gate,
        rule: classic::downgrading,
    },
];

/// The timeout of a request is above all its attempts, so nothing follows it.
fn gate(case: &Case) -> Option<Decision> {
    match case.failure {
        Failure::ReadTimeout { .. } | Failure::Unavailable { .. } => None,
        Failure::WriteTimeout { .. }
        | Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::ConnectionClosed
        | Failure::ReadFailure
        | Failure::WriteFailure => (!case.marked).then_some(Decision::Rethrow),
        Failure::Bootstrapping | Failure::NotSent => Some(Decision::RetryNextHost),
        Failure::ClientTimeout | Failure::FunctionFailure => Some(Decision::Rethrow),
    }
}
