//! What is known of a statement that failed: what it does, how it is marked, what may have become of it.

use super::{Failure, WriteType};
use crate::Driver;

/// What is known of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it does.
    pub operation: Operation,
    /// What the program says of it.
    pub mark: Mark,
    /// Whether it may be executed twice: what cqlint says of it, which no policy knows.
    pub idempotent: bool,
}

/// What a statement does, as far as it decides how it can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// It reads.
    Read,
    /// It writes to one partition.
    Write,
    /// It writes to several partitions, one after the other: an unlogged batch, or an IN in a WHERE clause.
    Writes,
    /// A logged batch.
    LoggedBatch,
    /// It updates counters of one partition.
    Counter,
    /// It updates counters of several partitions.
    Counters,
    /// It has a condition.
    LightweightTransaction,
    /// TRUNCATE.
    Truncate,
    /// It changes tables, functions or permissions.
    Definition,
}

/// What a program says of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Nothing.
    Unset,
    /// That it is idempotent.
    Idempotent,
    /// That it is not.
    NotIdempotent,
    /// Nothing, but the driver is configured to take everything for idempotent.
    ByDefault,
}

impl Mark {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unset => "none",
            Self::Idempotent => "yes",
            Self::NotIdempotent => "no",
            Self::ByDefault => "default",
        }
    }

    /// Whether a driver takes the statement for idempotent.
    #[must_use]
    pub fn counts_for(self, driver: Driver) -> bool {
        match self {
            Self::Unset | Self::NotIdempotent => false,
            Self::Idempotent => driver.facts().mark.is_some(),
            Self::ByDefault => driver.facts().default_mark.is_some(),
        }
    }
}

impl Operation {
    /// All operations.
    pub const ALL: [Self; 9] = [
        Self::Read,
        Self::Write,
        Self::Writes,
        Self::LoggedBatch,
        Self::Counter,
        Self::Counters,
        Self::LightweightTransaction,
        Self::Truncate,
        Self::Definition,
    ];

    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Writes => "writes",
            Self::LoggedBatch => "logged_batch",
            Self::Counter => "counter",
            Self::Counters => "counters",
            Self::LightweightTransaction => "lightweight_transaction",
            Self::Truncate => "truncate",
            Self::Definition => "definition",
        }
    }

    /// Whether it only reads.
    #[must_use]
    pub const fn reads(self) -> bool {
        matches!(self, Self::Read)
    }

    /// How it can fail, each failure once with the numbers that make a difference.
    pub fn failures(self) -> impl Iterator<Item = Failure> {
        let [own, common]: [&[Failure]; 2] = match self {
            Self::Read => [&READ, &COMMON],
            Self::Write => [&WRITE, &OF_WRITES],
            Self::Writes => [&WRITES, &OF_WRITES],
            Self::LoggedBatch => [&LOGGED_BATCH, &OF_WRITES],
            Self::Counter | Self::Counters => [&COUNTER, &OF_WRITES],
            Self::LightweightTransaction => [&LIGHTWEIGHT_TRANSACTION, &OF_WRITES],
            Self::Truncate => [&[Failure::TruncateError], &COMMON],
            Self::Definition => [&[], &COMMON],
        };
        own.iter().chain(common).copied()
    }
}

impl Statement {
    /// Whether something of it may have been applied when it fails like this.
    #[must_use]
    pub const fn may_be_applied(self, failure: Failure) -> bool {
        match self.operation {
            Operation::Read => false,
            operation @ (Operation::Write
            | Operation::Writes
            | Operation::LoggedBatch
            | Operation::Counter
            | Operation::Counters
            | Operation::LightweightTransaction
            | Operation::Truncate
            | Operation::Definition) => match failure {
                // Writes read before they write anything. A transaction, too, but it may come to that after a proposal that
                // was refused.
                Failure::ReadTimeout { .. } | Failure::ReadFailure => matches!(operation, Operation::LightweightTransaction),
                // Replicas are counted for one partition after the other, and each is written to at once; only a logged batch
                // counts all of them first. For a transaction they are counted again when its proposal is accepted.
                Failure::Unavailable { .. } => {
                    matches!(operation, Operation::Writes | Operation::Counters | Operation::LightweightTransaction)
                }
                Failure::Bootstrapping | Failure::NotSent | Failure::FunctionFailure => false,
                // The log of a batch may have been written in one place, from where the batch is played again.
                Failure::WriteTimeout { .. }
                | Failure::Overloaded
                | Failure::ServerError
                | Failure::TruncateError
                | Failure::ConnectionClosed
                | Failure::ClientTimeout
                | Failure::WriteFailure => true,
            },
        }
    }
}

const fn reading(received: u32, data_present: bool) -> Failure {
    Failure::ReadTimeout { received, required: 2, data_present }
}

const fn writing(write_type: WriteType, received: u32) -> Failure {
    Failure::WriteTimeout { write_type, received, required: 2 }
}

const READ: [Failure; 4] = [reading(1, true), reading(2, false), Failure::ReadFailure, Failure::FunctionFailure];
const WRITE: [Failure; 4] =
    [writing(WriteType::Simple, 0), writing(WriteType::Simple, 1), writing(WriteType::View, 0), writing(WriteType::Cdc, 0)];
const WRITES: [Failure; 3] =
    [writing(WriteType::UnloggedBatch, 0), writing(WriteType::UnloggedBatch, 1), writing(WriteType::Simple, 1)];
/// A batch that turns out to write to one partition is written like any other write.
const LOGGED_BATCH: [Failure; 4] =
    [writing(WriteType::BatchLog, 0), writing(WriteType::Batch, 0), writing(WriteType::Batch, 1), writing(WriteType::Simple, 1)];
const COUNTER: [Failure; 2] = [writing(WriteType::Counter, 0), writing(WriteType::Counter, 1)];
const LIGHTWEIGHT_TRANSACTION: [Failure; 4] =
    [reading(2, false), writing(WriteType::Cas, 1), writing(WriteType::Simple, 0), writing(WriteType::Simple, 1)];
const OF_WRITES: [Failure; 9] = [
    Failure::WriteFailure,
    Failure::FunctionFailure,
    Failure::Unavailable { alive: 1, required: 2 },
    Failure::Overloaded,
    Failure::ServerError,
    Failure::Bootstrapping,
    Failure::ConnectionClosed,
    Failure::ClientTimeout,
    Failure::NotSent,
];
const COMMON: [Failure; 7] = [
    Failure::Unavailable { alive: 1, required: 2 },
    Failure::Overloaded,
    Failure::ServerError,
    Failure::Bootstrapping,
    Failure::ConnectionClosed,
    Failure::ClientTimeout,
    Failure::NotSent,
];
