//! Why nothing is known of a transaction.

use std::error;
use std::fmt;

/// Why a transaction has no outcome; `E` is the driver's error.
///
/// ```
/// use cqlint_runtime::lwt::Error;
///
/// let error: Error<std::io::Error> = Error::NotATransaction("UPDATE t SET v = 1 WHERE k = 1".to_owned());
/// assert!(error.to_string().starts_with("no lightweight transaction"));
/// ```
#[derive(Debug)]
pub enum Error<E> {
    /// The write has no condition, or does not parse. It was not sent.
    NotATransaction(String),
    /// The first column that the read gives cannot be an id of this type, or is none. The write was not sent.
    NoId(String),
    /// The write has failed, and certainly was not applied.
    NotApplied(Box<E>),
    /// The write may have been applied, and the row cannot be read.
    Unread {
        /// How the write has failed; nothing when it had an answer that does not tell the id.
        write: Option<Box<E>>,
        /// How reading has failed.
        read: Box<dyn error::Error + Send + Sync>,
    },
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATransaction(text) => write!(formatter, "no lightweight transaction, as it has no condition: {text}"),
            Self::NoId(text) => write!(formatter, "the first column is not an id of the type that is asked for: {text}"),
            Self::NotApplied(error) => write!(formatter, "not applied: {error}"),
            Self::Unread { write: Some(write), read } => {
                write!(formatter, "perhaps applied ({write}), and the row cannot be read: {read}")
            }
            Self::Unread { write: None, read } => write!(formatter, "perhaps applied, and the row cannot be read: {read}"),
        }
    }
}

impl<E: error::Error + 'static> error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::NotATransaction(_) | Self::NoId(_) => None,
            Self::NotApplied(error) => Some(error),
            Self::Unread { read, .. } => Some(read.as_ref()),
        }
    }
}
