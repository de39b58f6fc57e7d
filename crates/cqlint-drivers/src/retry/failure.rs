//! How a request can fail.

use core::fmt;

/// Why there is no result. The numbers are those of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// The coordinator waited in vain for replicas that it read from.
    ReadTimeout {
        /// So many have answered.
        received: u32,
        /// So many had to.
        required: u32,
        /// Whether the one that was asked for the rows is among them; the others answer with digests.
        data_present: bool,
    },
    /// The coordinator waited in vain for replicas that it wrote to.
    WriteTimeout {
        /// What it was writing.
        write_type: WriteType,
        /// So many have answered.
        received: u32,
        /// So many had to.
        required: u32,
    },
    /// The coordinator knows too few living replicas. It may have begun with others: see [`Statement`](super::Statement).
    Unavailable {
        /// So many are alive.
        alive: u32,
        /// So many are needed.
        required: u32,
    },
    /// The coordinator has too much to do. It may notice that halfway.
    Overloaded,
    /// Something went wrong in the coordinator.
    ServerError,
    /// A TRUNCATE failed.
    TruncateError,
    /// The coordinator is only starting.
    Bootstrapping,
    /// The connection was lost while the request was under way.
    ConnectionClosed,
    /// The driver itself has waited long enough.
    ClientTimeout,
    /// No connection took the request.
    NotSent,
    /// A replica failed to read.
    ReadFailure,
    /// A replica failed to write. Others may not have.
    WriteFailure,
    /// A user function failed.
    FunctionFailure,
}

/// What a coordinator was writing when it waited in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WriteType {
    /// One partition; also the last phase of a lightweight transaction.
    Simple,
    /// A logged batch, whose log is written.
    Batch,
    /// The log of a batch.
    BatchLog,
    /// Several partitions, without a log.
    UnloggedBatch,
    /// A counter.
    Counter,
    /// The proposal of a lightweight transaction.
    Cas,
    /// The lock of a partition with materialized views.
    View,
    /// A table whose changes are captured.
    Cdc,
}

impl WriteType {
    /// The name in the protocol.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Simple => "SIMPLE",
            Self::Batch => "BATCH",
            Self::BatchLog => "BATCH_LOG",
            Self::UnloggedBatch => "UNLOGGED_BATCH",
            Self::Counter => "COUNTER",
            Self::Cas => "CAS",
            Self::View => "VIEW",
            Self::Cdc => "CDC",
        }
    }
}

impl Failure {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadTimeout { .. } => "read_timeout",
            Self::WriteTimeout { .. } => "write_timeout",
            Self::Unavailable { .. } => "unavailable",
            Self::Overloaded => "overloaded",
            Self::ServerError => "server_error",
            Self::TruncateError => "truncate_error",
            Self::Bootstrapping => "bootstrapping",
            Self::ConnectionClosed => "connection_closed",
            Self::ClientTimeout => "client_timeout",
            Self::NotSent => "not_sent",
            Self::ReadFailure => "read_failure",
            Self::WriteFailure => "write_failure",
            Self::FunctionFailure => "function_failure",
        }
    }

    /// Whether it is the same failure, perhaps with other numbers.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.name() == other.name() && self.write_type() == other.write_type()
    }

    /// What was being written when it timed out.
    #[must_use]
    pub const fn write_type(&self) -> Option<WriteType> {
        match self {
            Self::WriteTimeout { write_type, .. } => Some(*write_type),
            Self::ReadTimeout { .. }
            | Self::Unavailable { .. }
            | Self::Overloaded
            | Self::ServerError
            | Self::TruncateError
            | Self::Bootstrapping
            | Self::ConnectionClosed
            | Self::ClientTimeout
            | Self::NotSent
            | Self::ReadFailure
            | Self::WriteFailure
            | Self::FunctionFailure => None,
        }
    }
}

/// For people: `write timeout COUNTER (1 of 2)`; without its numbers as `{:#}`.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadTimeout { .. } => f.write_str("read timeout")?,
            Self::WriteTimeout { write_type, .. } => write!(f, "write timeout {}", write_type.name())?,
            Self::Unavailable { .. } => f.write_str("unavailable")?,
            Self::Overloaded => f.write_str("overloaded")?,
            Self::ServerError => f.write_str("server error")?,
            Self::TruncateError => f.write_str("truncate error")?,
            Self::Bootstrapping => f.write_str("bootstrapping")?,
            Self::ConnectionClosed => f.write_str("connection closed")?,
            Self::ClientTimeout => f.write_str("client timeout")?,
            Self::NotSent => f.write_str("not sent")?,
            Self::ReadFailure => f.write_str("read failure")?,
            Self::WriteFailure => f.write_str("write failure")?,
            Self::FunctionFailure => f.write_str("function failure")?,
        }
        if f.alternate() {
            return Ok(());
        }
        match self {
            Self::ReadTimeout { received, required, data_present: true } => write!(f, " ({received} of {required}, with data)"),
            Self::ReadTimeout { received, required, data_present: false } => write!(f, " ({received} of {required}, no data)"),
            Self::WriteTimeout { received, required, .. } => write!(f, " ({received} of {required})"),
            Self::Unavailable { alive, required } => write!(f, " ({alive} of {required})"),
            Self::Overloaded
            | Self::ServerError
            | Self::TruncateError
            | Self::Bootstrapping
            | Self::ConnectionClosed
            | Self::ClientTimeout
            | Self::NotSent
            | Self::ReadFailure
            | Self::WriteFailure
            | Self::FunctionFailure => Ok(()),
        }
    }
}
