//! The C and C++ driver.

use super::{Case, Decision, Failure, Policy, Standing, classic, fallthrough};
use crate::Driver;

pub(super) static POLICIES: [Policy; 3] = [
    Policy {
        driver: Driver::Cpp,
        name: "cass_retry_policy_default",
        standing: Standing::Default,
        source: "cassandra-cpp-driver 2.17.1, retry_policy.cpp DefaultRetryPolicy; RequestExecution asks it, RequestCallback::on_close does not",
        gate,
        rule: classic::default,
    },
    Policy {
        driver: Driver::Cpp,
        name: "cass_retry_policy_downgrading_consistency",
        standing: Standing::Chosen,
        source: "cassandra-cpp-driver 2.17.1, retry_policy.cpp DowngradingConsistencyRetryPolicy; RequestExecution asks it",
        gate,
        rule: downgrading,
    },
    Policy {
        driver: Driver::Cpp,
        name: "cass_retry_policy_fallthrough",
        standing: Standing::Chosen,
        source: "cassandra-cpp-driver 2.17.1, retry_policy.cpp FallthroughRetryPolicy; RequestExecution asks it",
        gate,
        rule: fallthrough,
    },
];

/// The timeout of a request is above all its attempts. A lost connection is no question for a policy.
fn gate(case: &Case) -> Option<Decision> {
    match case.failure {
        Failure::ReadTimeout { .. } | Failure::Unavailable { .. } => None,
        Failure::WriteTimeout { .. } | Failure::Overloaded | Failure::ServerError => (!case.marked).then_some(Decision::Rethrow),
        Failure::ConnectionClosed => Some(case.if_marked(Decision::RetryNextHost)),
        Failure::Bootstrapping | Failure::NotSent => Some(Decision::RetryNextHost),
        Failure::TruncateError
        | Failure::ClientTimeout
        | Failure::ReadFailure
        | Failure::WriteFailure
        | Failure::FunctionFailure => Some(Decision::Rethrow),
    }
}

/// Only for reads it sees that a consistency is serial.
fn downgrading(case: &Case) -> Decision {
    match case.failure {
        Failure::Unavailable { alive, .. } => classic::downgraded(case, alive),
        Failure::ReadTimeout { .. }
        | Failure::WriteTimeout { .. }
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
