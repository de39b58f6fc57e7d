//! The C# driver. It asks its policy whatever the mark says: that decides only about speculative executions, and under
//! `IdempotenceAwareRetryPolicy`.

use super::{Case, Decision, Failure, Policy, Standing, WriteType, classic, fallthrough};
use crate::Driver;

pub(super) static POLICIES: [Policy; 4] = [
    Policy {
        driver: Driver::CSharp,
        name: "DefaultRetryPolicy",
        standing: Standing::Default,
        source: "CassandraCSharpDriver 3.22.0, DefaultRetryPolicy with QueryOptions.RetryOnTimeout as it is; RequestExecution asks it",
        gate,
        rule: default,
    },
    Policy {
        driver: Driver::CSharp,
        name: "IdempotenceAwareRetryPolicy around it",
        standing: Standing::Chosen,
        source: "CassandraCSharpDriver 3.22.0, IdempotenceAwareRetryPolicy; RequestExecution asks it",
        gate,
        rule: idempotence_aware,
    },
    Policy {
        driver: Driver::CSharp,
        name: "FallthroughRetryPolicy",
        standing: Standing::Chosen,
        source: "CassandraCSharpDriver 3.22.0, FallthroughRetryPolicy; RequestExecution asks it",
        gate,
        rule: fallthrough,
    },
    Policy {
        driver: Driver::CSharp,
        name: "DowngradingConsistencyRetryPolicy",
        standing: Standing::Chosen,
        source: "CassandraCSharpDriver 3.22.0, DowngradingConsistencyRetryPolicy; for errors without a method in it DefaultRetryPolicy",
        gate,
        rule: downgrading,
    },
];

fn gate(case: &Case) -> Option<Decision> {
    match case.failure {
        Failure::ReadTimeout { .. }
        | Failure::WriteTimeout { .. }
        | Failure::Unavailable { .. }
        | Failure::Overloaded
        | Failure::TruncateError
        | Failure::Bootstrapping
        | Failure::ConnectionClosed
        | Failure::ClientTimeout => None,
        Failure::NotSent => Some(Decision::RetryNextHost),
        Failure::ServerError | Failure::ReadFailure | Failure::WriteFailure | Failure::FunctionFailure => Some(Decision::Rethrow),
    }
}

/// It does not repeat what is unavailable.
fn default(case: &Case) -> Decision {
    match case.failure {
        Failure::Unavailable { .. } => Decision::Rethrow,
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
        | Failure::FunctionFailure => classic::default(case),
    }
}

fn idempotence_aware(case: &Case) -> Decision {
    classic::idempotence_aware(case, default)
}

fn downgrading(case: &Case) -> Decision {
    match case.failure {
        // Unlike elsewhere, a serial consistency is lowered, too.
        Failure::ReadTimeout { received, required, data_present } => {
            classic::downgraded_read(case, received, required, data_present)
        }
        Failure::Unavailable { alive, .. } => classic::downgraded(case, alive),
        Failure::WriteTimeout { write_type, received, .. } => match write_type {
            // Also when no replica has answered.
            WriteType::Simple | WriteType::Batch | WriteType::Counter if case.retries == 0 => Decision::Ignore,
            WriteType::Simple
            | WriteType::Batch
            | WriteType::Counter
            | WriteType::UnloggedBatch
            | WriteType::BatchLog
            | WriteType::Cas
            | WriteType::View
            | WriteType::Cdc => classic::downgraded_write(case, write_type, received),
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
        | Failure::FunctionFailure => default(case),
    }
}
