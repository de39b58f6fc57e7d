//! The Node.js driver.

use super::{Case, Decision, Failure, Policy, Standing, classic, fallthrough};
use crate::Driver;

pub(super) static POLICIES: [Policy; 3] = [
    Policy {
        driver: Driver::Node,
        name: "RetryPolicy",
        standing: Standing::Default,
        source: "cassandra-driver 4.10.0, policies/retry.js RetryPolicy; request-execution.js _getDecision asks it",
        gate,
        rule: classic::default,
    },
    Policy {
        driver: Driver::Node,
        name: "IdempotenceAwareRetryPolicy around it",
        standing: Standing::Chosen,
        source: "cassandra-driver 4.10.0, policies/retry.js IdempotenceAwareRetryPolicy: since 4.0 the driver does so itself",
        gate,
        // What it would add the gate has decided before.
        rule: classic::default,
    },
    Policy {
        driver: Driver::Node,
        name: "FallthroughRetryPolicy",
        standing: Standing::Chosen,
        source: "cassandra-driver 4.10.0, policies/retry.js FallthroughRetryPolicy; request-execution.js _getDecision asks it",
        gate,
        rule: fallthrough,
    },
];

fn gate(case: &Case) -> Option<Decision> {
    match case.failure {
        Failure::ReadTimeout { .. } | Failure::Unavailable { .. } => None,
        Failure::WriteTimeout { .. }
        | Failure::Overloaded
        | Failure::TruncateError
        | Failure::Bootstrapping
        | Failure::ConnectionClosed
        | Failure::ClientTimeout => (!case.marked).then_some(Decision::Rethrow),
        // Another connection to the same host may do, and without one the next host is taken.
        Failure::NotSent => Some(Decision::RetrySameHost),
        Failure::ServerError | Failure::ReadFailure | Failure::WriteFailure | Failure::FunctionFailure => Some(Decision::Rethrow),
    }
}
