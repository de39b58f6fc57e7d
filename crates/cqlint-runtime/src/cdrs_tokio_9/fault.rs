//! What the driver's errors say of a request.

use cdrs_tokio::Error;
use cdrs_tokio::frame::message_error::{ErrorBody, ErrorType, WriteType as DriverWriteType};

use crate::policy::Fault;
use crate::retry::{Failure, WriteType};

/// What an error says of the request. Each error is named, so that nobody wonders whether it was thought of.
pub(super) fn fault(error: &Error) -> Fault {
    match error {
        Error::Server { body, .. } => answer(body),
        // The connection broke, before or behind the request: the driver does not tell.
        Error::Io(_) | Error::General(_) => Fault::Failed(Failure::ConnectionClosed),
        Error::Timeout(_) => Fault::Failed(Failure::ClientTimeout),
        // The handshake failed.
        Error::InvalidProtocol(_) | Error::UnexpectedAuthResponse(_) | Error::UnexpectedStartupResponse(_) => {
            Fault::Failed(Failure::NotSent)
        }
        // There was an answer, and nobody can read it.
        Error::UuidParse(_)
        | Error::FromUtf8(_)
        | Error::Utf8(_)
        | Error::Compression(_)
        | Error::UnknownConsistency(_)
        | Error::UnknownServerEvent(_)
        | Error::UnexpectedTopologyChangeType(_)
        | Error::UnexpectedStatusChangeType(_)
        | Error::UnexpectedSchemaChangeType(_)
        | Error::UnexpectedSchemaChangeTarget(_)
        | Error::UnexpectedErrorCode(_)
        | Error::UnexpectedWriteType(_)
        | Error::NonRequestOpcode(_)
        | Error::NonResponseOpcode(_)
        | Error::UnexpectedResultKind(_)
        | Error::UnexpectedColumnType(_)
        | Error::InvalidReplicationFormat { .. } => Fault::Unclear,
        // A later version of the driver may add others.
        _ => Fault::Unclear,
    }
}

fn answer(body: &ErrorBody) -> Fault {
    Fault::Failed(match &body.ty {
        ErrorType::Server => Failure::ServerError,
        ErrorType::Overloaded => Failure::Overloaded,
        ErrorType::IsBootstrapping => Failure::Bootstrapping,
        ErrorType::Truncate => Failure::TruncateError,
        ErrorType::Unavailable(error) => Failure::Unavailable { alive: number(error.alive), required: number(error.required) },
        ErrorType::WriteTimeout(error) => Failure::WriteTimeout {
            write_type: match write_type(&error.write_type) {
                Some(write_type) => write_type,
                None => return Fault::Unclear,
            },
            received: number(error.received),
            required: number(error.block_for),
        },
        ErrorType::ReadTimeout(error) => Failure::ReadTimeout {
            received: number(error.received),
            required: number(error.block_for),
            data_present: error.replica_has_responded(),
        },
        ErrorType::ReadFailure(_) => Failure::ReadFailure,
        ErrorType::WriteFailure(_) => Failure::WriteFailure,
        ErrorType::FunctionFailure(_) => Failure::FunctionFailure,
        // `Unprepared` among them: the driver prepares the statement again after it was told.
        ErrorType::Protocol
        | ErrorType::Authentication
        | ErrorType::Syntax
        | ErrorType::Unauthorized
        | ErrorType::Invalid
        | ErrorType::Config
        | ErrorType::AlreadyExists(_)
        | ErrorType::Unprepared(_) => return Fault::Refused,
        // A later version of the protocol may add others.
        _ => return Fault::Unclear,
    })
}

/// Nothing for a kind of write that is not known here.
fn write_type(write_type: &DriverWriteType) -> Option<WriteType> {
    Some(match write_type {
        DriverWriteType::Simple => WriteType::Simple,
        DriverWriteType::Batch => WriteType::Batch,
        DriverWriteType::UnloggedBatch => WriteType::UnloggedBatch,
        DriverWriteType::Counter => WriteType::Counter,
        DriverWriteType::BatchLog => WriteType::BatchLog,
        DriverWriteType::Cas => WriteType::Cas,
        DriverWriteType::View => WriteType::View,
        DriverWriteType::Cdc => WriteType::Cdc,
        DriverWriteType::Unknown(_) | _ => return None,
    })
}

fn number(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
