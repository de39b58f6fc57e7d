//! What the first drivers did, and others took over: one retry where it costs little, or at a lower consistency.

use super::{Case, Decision, Failure, Operation, Rule, WriteType};

/// The default of most drivers. What is neither a timeout nor a lack of replicas goes to the next host, as often as there are
/// hosts.
pub(super) fn default(case: &Case) -> Decision {
    match case.failure {
        Failure::ReadTimeout { received, required, data_present } => read_timeout(case, received, required, data_present),
        Failure::WriteTimeout { write_type, .. } => write_timeout(case, write_type),
        Failure::Unavailable { .. } => unavailable(case),
        // The replicas of the next coordinator are the same.
        Failure::ReadFailure | Failure::WriteFailure => Decision::Rethrow,
        Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::Bootstrapping
        | Failure::ConnectionClosed
        | Failure::ClientTimeout
        | Failure::NotSent
        | Failure::FunctionFailure => Decision::RetryNextHost,
    }
}

/// Down to the consistency that can be had. A transaction is settled at a serial consistency, below which there is none: for
/// that another coordinator may know more replicas.
pub(super) fn downgrading(case: &Case) -> Decision {
    let serial = case.operation == Operation::LightweightTransaction;
    match case.failure {
        Failure::ReadTimeout { .. } if serial => Decision::Rethrow,
        Failure::ReadTimeout { received, required, data_present } => downgraded_read(case, received, required, data_present),
        Failure::WriteTimeout { write_type, received, .. } => downgraded_write(case, write_type, received),
        Failure::Unavailable { .. } if serial => unavailable(case),
        Failure::Unavailable { alive, .. } => downgraded(case, alive),
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

/// A policy that asks another, but for writes and lost answers only of what is marked.
pub(super) fn idempotence_aware(case: &Case, child: Rule) -> Decision {
    match case.failure {
        Failure::ReadTimeout { .. } | Failure::Unavailable { .. } => child(case),
        Failure::WriteTimeout { .. }
        | Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::Bootstrapping
        | Failure::ConnectionClosed
        | Failure::ClientTimeout
        | Failure::NotSent
        | Failure::ReadFailure
        | Failure::WriteFailure
        | Failure::FunctionFailure => case.if_marked(child(case)),
    }
}

/// Once on the same host, when enough replicas answered and only the one with the rows did not: by now it is known to be
/// slow.
pub(super) fn read_timeout(case: &Case, received: u32, required: u32, data_present: bool) -> Decision {
    if case.retries == 0 && received >= required && !data_present { Decision::RetrySameHost } else { Decision::Rethrow }
}

/// Once on the same host, when the log of a batch could not be written: other nodes are chosen for it then.
pub(super) fn write_timeout(case: &Case, write_type: WriteType) -> Decision {
    match write_type {
        WriteType::BatchLog if case.retries == 0 => Decision::RetrySameHost,
        WriteType::BatchLog
        | WriteType::Simple
        | WriteType::Batch
        | WriteType::UnloggedBatch
        | WriteType::Counter
        | WriteType::Cas
        | WriteType::View
        | WriteType::Cdc => Decision::Rethrow,
    }
}

/// Once on the next host: this one may be cut off from the replicas.
pub(super) fn unavailable(case: &Case) -> Decision {
    if case.retries == 0 { Decision::RetryNextHost } else { Decision::Rethrow }
}

/// At the consistency that so many replicas can give. At EACH_QUORUM some drivers go down to ONE even when nobody answered;
/// that is left out here.
pub(super) fn downgraded(case: &Case, replicas: u32) -> Decision {
    if case.retries == 0 && replicas > 0 { Decision::RetryDowngraded } else { Decision::Rethrow }
}

/// At a lower consistency when too few answered, else like [`read_timeout`].
pub(super) fn downgraded_read(case: &Case, received: u32, required: u32, data_present: bool) -> Decision {
    if received < required { downgraded(case, received) } else { read_timeout(case, received, required, data_present) }
}

/// What one replica has is taken for written; several partitions are written again at a lower consistency, and the log of a
/// batch as it was.
pub(super) fn downgraded_write(case: &Case, write_type: WriteType, received: u32) -> Decision {
    match write_type {
        WriteType::Simple | WriteType::Batch if case.retries == 0 && received > 0 => Decision::Ignore,
        WriteType::UnloggedBatch => downgraded(case, received),
        WriteType::Simple
        | WriteType::Batch
        | WriteType::BatchLog
        | WriteType::Counter
        | WriteType::Cas
        | WriteType::View
        | WriteType::Cdc => write_timeout(case, write_type),
    }
}
