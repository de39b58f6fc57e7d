//! The Java driver 3.

use super::{Case, Decision, Failure, Policy, Standing, classic, fallthrough};
use crate::Driver;

pub(super) static POLICIES: [Policy; 5] = [
    Policy {
        driver: Driver::Java3,
        name: "DefaultRetryPolicy",
        standing: Standing::Default,
        source: "java-driver 3.11.5, DefaultRetryPolicy; RequestHandler.SpeculativeExecution asks it (since 3.1.0, JAVA-1212)",
        gate,
        rule: classic::default,
    },
    Policy {
        driver: Driver::Java3,
        name: "FallthroughRetryPolicy",
        standing: Standing::Chosen,
        source: "java-driver 3.11.5, FallthroughRetryPolicy; RequestHandler.SpeculativeExecution asks it",
        gate,
        rule: fallthrough,
    },
    Policy {
        driver: Driver::Java3,
        name: "DowngradingConsistencyRetryPolicy",
        standing: Standing::Chosen,
        source: "java-driver 3.11.5, DowngradingConsistencyRetryPolicy; RequestHandler.SpeculativeExecution asks it",
        gate,
        rule: classic::downgrading,
    },
    Policy {
        driver: Driver::Java3,
        name: "DefaultRetryPolicy before 3.1",
        standing: Standing::Chosen,
        source: "java-driver 3.0.8, DefaultRetryPolicy; RequestHandler.SpeculativeExecution asks it of everything",
        gate: gate_before_3_1,
        rule: classic::default,
    },
    Policy {
        driver: Driver::Java3,
        name: "IdempotenceAwareRetryPolicy before 3.1, around the default",
        standing: Standing::Chosen,
        source: "java-driver 3.0.8 and 3.11.5, IdempotenceAwareRetryPolicy: since 3.1 the driver does so itself",
        gate: gate_before_3_1,
        rule: idempotence_aware,
    },
];

fn gate(case: &Case) -> Option<Decision> {
    match case.failure {
        Failure::ReadTimeout { .. } | Failure::Unavailable { .. } => None,
        Failure::WriteTimeout { .. }
        | Failure::Overloaded
        | Failure::ServerError
        | Failure::ConnectionClosed
        | Failure::ClientTimeout
        | Failure::ReadFailure
        | Failure::WriteFailure => (!case.marked).then_some(Decision::Rethrow),
        Failure::Bootstrapping | Failure::NotSent => Some(Decision::RetryNextHost),
        Failure::TruncateError | Failure::FunctionFailure => Some(Decision::Rethrow),
    }
}

fn gate_before_3_1(case: &Case) -> Option<Decision> {
    match case.failure {
        Failure::ReadTimeout { .. }
        | Failure::Unavailable { .. }
        | Failure::WriteTimeout { .. }
        | Failure::Overloaded
        | Failure::ServerError
        | Failure::ConnectionClosed
        | Failure::ClientTimeout => None,
        Failure::Bootstrapping | Failure::NotSent => Some(Decision::RetryNextHost),
        Failure::TruncateError | Failure::FunctionFailure | Failure::ReadFailure | Failure::WriteFailure => Some(Decision::Rethrow),
    }
}

fn idempotence_aware(case: &Case) -> Decision {
    classic::idempotence_aware(case, classic::default)
}
