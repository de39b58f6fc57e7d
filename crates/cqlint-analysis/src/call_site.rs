//! What the code around a statement does with it: plain data, which the finder of statements fills in.

use alloc::string::String;
use alloc::vec::Vec;

use cqlint_drivers::{ClientTimestamp, Driver};
use cqlint_syntax::Span;

use crate::{Edit, Timestamps};

/// A place in a program that executes a statement, or prepares it for that. Places are those of the host file.
///
/// What is not known is said to be unknown: nothing is reported about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallSite {
    /// The call that takes the statement.
    pub call: Span,
    /// Whose call it is.
    pub driver: Option<Driver>,
    /// Whether the call prepares the statement.
    pub prepares: bool,
    /// Whether the code marks the statement idempotent.
    pub mark: Mark,
    /// Whether the statement is executed as a member of a batch; the mark is then the batch's.
    pub in_batch: bool,
    /// Why a mark does nothing.
    pub inert: Option<Inert>,
    /// What repeats it.
    pub retry: Option<Retry>,
    /// What becomes of the answer.
    pub answer: Answer,
    /// What the application sets for all its statements.
    pub settings: Settings,
}

impl CallSite {
    /// Which timestamp a second attempt carries here, when the driver decides it.
    #[must_use]
    pub fn timestamps(&self) -> Option<Timestamps> {
        Some(match self.driver?.facts().timestamps {
            ClientTimestamp::None | ClientTimestamp::PerAttempt => Timestamps::PerAttempt,
            ClientTimestamp::PerRequest => Timestamps::PerRequest,
        })
    }
}

/// The host code's own claim that a statement is idempotent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// What happens to the statement is out of sight, or the mark is computed.
    #[default]
    Unknown,
    /// All of its way was seen, and nothing marks it.
    Absent {
        /// What would mark it, where that is simple.
        fix: Vec<Edit>,
    },
    /// It is marked.
    Set {
        /// As idempotent, or as not.
        value: bool,
        /// The marking code.
        span: Span,
    },
}

/// Why a mark does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inert {
    /// The setter answers a new statement, which nobody takes.
    Dropped(Span),
    /// The statement goes into a batch, which has a mark of its own.
    InBatch(Span),
}

/// What repeats a statement, beside the driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    /// The loop, annotation or call.
    pub span: Span,
    /// What people call it: "this loop", "`@Retryable`".
    pub by: String,
}

/// What becomes of the answer to a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    /// It goes somewhere out of sight.
    #[default]
    Unknown,
    /// The code asks whether a lightweight transaction was applied.
    Read,
    /// Nobody takes it.
    Ignored(Span),
}

/// What an application sets for all its statements, as far as its files tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Everything counts as idempotent; where that is said: `conf/application.conf:12`.
    pub default_mark: Option<String>,
    /// Whether that may be said out of sight.
    pub default_unknown: bool,
    /// Whether a retry policy is set anywhere; unknown when the sessions are made out of sight, or when the driver has one of
    /// its own.
    pub retry_policy: Option<bool>,
    /// Whether speculative executions are switched on anywhere; unknown when the sessions are made out of sight.
    pub speculation: Option<bool>,
}
