//! What the driver's errors say of a request.

use scylla::errors::{DbError, RequestAttemptError, WriteType as Told};

use crate::policy::Fault;
use crate::retry::{Failure, WriteType};

/// What became of an attempt.
pub(super) fn fault(error: &RequestAttemptError) -> Fault {
    match error {
        RequestAttemptError::DbError(error, _) => answered(error),
        RequestAttemptError::BrokenConnectionError(_) => Fault::Failed(Failure::ConnectionClosed),
        RequestAttemptError::UnableToAllocStreamId => Fault::Failed(Failure::NotSent),
        // Nothing was sent, or the server does not know the statement any more.
        RequestAttemptError::SerializationError(_)
        | RequestAttemptError::CqlRequestSerialization(_)
        | RequestAttemptError::RepreparedIdChanged { .. }
        | RequestAttemptError::RepreparedIdMissingInBatch => Fault::Refused,
        // There is an answer; and what is not known yet may mean anything.
        RequestAttemptError::BodyExtensionsParseError(_)
        | RequestAttemptError::CqlResultParseError(_)
        | RequestAttemptError::CqlErrorParseError(_)
        | RequestAttemptError::UnexpectedResponse(_)
        | RequestAttemptError::NonfinishedPagingState
        | _ => Fault::Unclear,
    }
}

/// What the server says.
fn answered(error: &DbError) -> Fault {
    match error {
        DbError::ReadTimeout { received, required, data_present, .. } => Fault::Failed(Failure::ReadTimeout {
            received: count(*received),
            required: count(*required),
            data_present: *data_present,
        }),
        DbError::WriteTimeout { write_type, received, required, .. } => match written(write_type) {
            Some(write_type) => {
                Fault::Failed(Failure::WriteTimeout { write_type, received: count(*received), required: count(*required) })
            }
            None => Fault::Unclear,
        },
        DbError::Unavailable { alive, required, .. } => {
            Fault::Failed(Failure::Unavailable { alive: count(*alive), required: count(*required) })
        }
        DbError::Overloaded => Fault::Failed(Failure::Overloaded),
        DbError::ServerError => Fault::Failed(Failure::ServerError),
        DbError::TruncateError => Fault::Failed(Failure::TruncateError),
        DbError::IsBootstrapping => Fault::Failed(Failure::Bootstrapping),
        DbError::ReadFailure { .. } => Fault::Failed(Failure::ReadFailure),
        DbError::WriteFailure { .. } => Fault::Failed(Failure::WriteFailure),
        DbError::FunctionFailure { .. } => Fault::Failed(Failure::FunctionFailure),
        DbError::SyntaxError
        | DbError::Invalid
        | DbError::AlreadyExists { .. }
        | DbError::AuthenticationError
        | DbError::Unauthorized
        | DbError::ConfigError
        | DbError::Unprepared { .. }
        | DbError::ProtocolError
        | DbError::RateLimitReached { rejected_by_coordinator: true, .. } => Fault::Refused,
        // Replicas may differ in what they refused; and what is not known yet may mean anything.
        DbError::RateLimitReached { rejected_by_coordinator: false, .. } | DbError::Other(_) | _ => Fault::Unclear,
    }
}

fn written(told: &Told) -> Option<WriteType> {
    Some(match told {
        Told::Simple => WriteType::Simple,
        Told::Batch => WriteType::Batch,
        Told::UnloggedBatch => WriteType::UnloggedBatch,
        Told::Counter => WriteType::Counter,
        Told::BatchLog => WriteType::BatchLog,
        Told::Cas => WriteType::Cas,
        Told::View => WriteType::View,
        Told::Cdc => WriteType::Cdc,
        Told::Other(_) => return None,
    })
}

/// The protocol's numbers are signed, and never negative.
fn count(told: i32) -> u32 {
    u32::try_from(told).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use scylla::errors::{
        BrokenConnectionError, BrokenConnectionErrorKind, DbError, OperationType, RequestAttemptError, WriteType as Told,
    };
    use scylla::statement::Consistency;

    use super::fault;
    use crate::policy::Fault;
    use crate::retry::{Failure, WriteType};

    const CONSISTENCY: Consistency = Consistency::Quorum;

    fn write_timeout(write_type: Told) -> DbError {
        DbError::WriteTimeout { consistency: CONSISTENCY, received: 1, required: 2, write_type }
    }

    #[test]
    fn what_the_server_says() {
        let failed = |write_type| Fault::Failed(Failure::WriteTimeout { write_type, received: 1, required: 2 });
        let limited =
            |rejected_by_coordinator| DbError::RateLimitReached { op_type: OperationType::Write, rejected_by_coordinator };
        for (error, expected) in [
            (write_timeout(Told::Simple), failed(WriteType::Simple)),
            (write_timeout(Told::Batch), failed(WriteType::Batch)),
            (write_timeout(Told::UnloggedBatch), failed(WriteType::UnloggedBatch)),
            (write_timeout(Told::Counter), failed(WriteType::Counter)),
            (write_timeout(Told::BatchLog), failed(WriteType::BatchLog)),
            (write_timeout(Told::Cas), failed(WriteType::Cas)),
            (write_timeout(Told::View), failed(WriteType::View)),
            (write_timeout(Told::Cdc), failed(WriteType::Cdc)),
            (write_timeout(Told::Other("NEW".to_owned())), Fault::Unclear),
            (
                DbError::ReadTimeout { consistency: CONSISTENCY, received: 2, required: 2, data_present: false },
                Fault::Failed(Failure::ReadTimeout { received: 2, required: 2, data_present: false }),
            ),
            (
                DbError::Unavailable { consistency: CONSISTENCY, required: 2, alive: -1 },
                Fault::Failed(Failure::Unavailable { alive: 0, required: 2 }),
            ),
            (DbError::Overloaded, Fault::Failed(Failure::Overloaded)),
            (DbError::ServerError, Fault::Failed(Failure::ServerError)),
            (DbError::TruncateError, Fault::Failed(Failure::TruncateError)),
            (DbError::IsBootstrapping, Fault::Failed(Failure::Bootstrapping)),
            (DbError::SyntaxError, Fault::Refused),
            (DbError::Invalid, Fault::Refused),
            (DbError::Unauthorized, Fault::Refused),
            (limited(true), Fault::Refused),
            (limited(false), Fault::Unclear),
            (DbError::Other(0x1234), Fault::Unclear),
        ] {
            let name = error.to_string();
            assert_eq!(fault(&RequestAttemptError::DbError(error, String::new())), expected, "{name}");
        }
    }

    #[test]
    fn what_the_driver_says() {
        for (error, expected) in [
            (BrokenConnectionError::from(BrokenConnectionErrorKind::ChannelError).into(), Fault::Failed(Failure::ConnectionClosed)),
            (RequestAttemptError::UnableToAllocStreamId, Fault::Failed(Failure::NotSent)),
            (RequestAttemptError::RepreparedIdMissingInBatch, Fault::Refused),
            (RequestAttemptError::NonfinishedPagingState, Fault::Unclear),
        ] {
            assert_eq!(fault(&error), expected, "{error}");
        }
    }
}
