//! A transaction is settled: what is known after it was sent once, and what the row adds.

use std::error;
use std::future::Future;
use std::time::Duration;

use cqlint_analysis::{Options, analyze};

use super::{Error, Outcome};
use crate::policy::Fault;
use crate::retry::{Failure, Mark, Operation, Statement};

/// How long to wait before the row is read again, when reading has failed.
const PAUSES: [Duration; 2] = [Duration::from_millis(100), Duration::from_millis(400)];

/// Why a row cannot be read.
pub(crate) type Unreadable = Box<dyn error::Error + Send + Sync>;

/// What is known of a transaction that was sent.
pub(crate) enum Sent<V, E> {
    /// The answer says that it was applied.
    Applied,
    /// The condition does not hold; the row has this id.
    Refused(Option<V>),
    /// The condition does not hold; the answer does not show the column.
    RefusedWithoutId,
    /// There was an answer, which is not one to a transaction.
    Unclear,
    /// It has failed, and was certainly not applied.
    NotApplied(E),
    /// It has failed, and may have been applied.
    Lost(E, Witness),
}

impl<V, E> Sent<V, E> {
    /// What an error tells.
    pub(crate) fn failed(error: E, witness: Option<Witness>) -> Self {
        match witness {
            None => Self::NotApplied(error),
            Some(witness) => Self::Lost(error, witness),
        }
    }
}

/// What became of a transaction; the row is read only where that is not known yet.
pub(crate) async fn settle<V: PartialEq, E>(
    id: &V,
    previous: Option<&V>,
    sent: Sent<V, E>,
    read: impl Future<Output = Result<Option<V>, Unreadable>>,
) -> Result<Outcome<V>, Error<E>> {
    let unread = |write| move |read| Error::Unread { write, read };
    match sent {
        Sent::Applied => Ok(Outcome::Applied),
        Sent::Refused(found) => Ok(refused(id, found)),
        Sent::RefusedWithoutId => Ok(refused(id, read.await.map_err(unread(None))?)),
        Sent::Unclear => Ok(settled(id, previous, read.await.map_err(unread(None))?, Witness::Coordinator)),
        Sent::NotApplied(error) => Err(Error::NotApplied(Box::new(error))),
        Sent::Lost(error, witness) => Ok(settled(id, previous, read.await.map_err(unread(Some(Box::new(error))))?, witness)),
    }
}

/// Reads, and a few times more while that fails.
pub(crate) async fn patiently<T, E, F: Future<Output = Result<T, E>>>(read: impl Fn() -> F) -> Result<T, E> {
    for pause in PAUSES {
        if let Ok(answer) = read().await {
            return Ok(answer);
        }
        tokio::time::sleep(pause).await;
    }
    read().await
}

/// Whether a text is one statement, and has a condition.
pub(crate) fn is_transaction(text: &str) -> bool {
    let analysis = analyze(text, &Options::default());
    matches!(analysis.statements.as_slice(), [only] if only.operation == Some(Operation::LightweightTransaction))
}

/// Who said that it has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Witness {
    /// The coordinator, which has given up: nobody will begin with it any more.
    Coordinator,
    /// The driver, which has lost the request: a coordinator may begin with it later.
    Driver,
}

impl Witness {
    /// Who says so; nothing when the transaction was certainly not applied.
    pub(crate) fn of(fault: Fault) -> Option<Self> {
        let transaction = Statement { operation: Operation::LightweightTransaction, mark: Mark::Unset, idempotent: false };
        match fault {
            Fault::Refused => None,
            Fault::Failed(failure) if !transaction.may_be_applied(failure) => None,
            Fault::Failed(Failure::ConnectionClosed | Failure::ClientTimeout) => Some(Self::Driver),
            // There was an answer.
            Fault::Failed(_) | Fault::Unclear => Some(Self::Coordinator),
        }
    }
}

/// What the row tells after a failure.
fn settled<V: PartialEq>(id: &V, previous: Option<&V>, found: Option<V>, witness: Witness) -> Outcome<V> {
    match (found, witness) {
        (Some(found), _) if found == *id => Outcome::Applied,
        (found, Witness::Coordinator) if found.as_ref() == previous => Outcome::NotApplied { found },
        (found, Witness::Coordinator | Witness::Driver) => Outcome::Unknown { found },
    }
}

/// What an answer with `[applied] = false` tells, and the row with it: the condition does not hold. It may not hold because an
/// earlier execution with the same id was applied.
fn refused<V: PartialEq>(id: &V, found: Option<V>) -> Outcome<V> {
    match found {
        Some(found) if found == *id => Outcome::Applied,
        found => Outcome::NotApplied { found },
    }
}

#[cfg(test)]
mod tests {
    use super::{Witness, refused, settled};
    use crate::lwt::Outcome;

    #[test]
    fn the_row_tells() {
        use Witness::{Coordinator, Driver};
        const ID: i32 = 7;
        for (previous, found, witness, expected) in [
            (None, Some(7), Coordinator, Outcome::Applied),
            (None, Some(7), Driver, Outcome::Applied),
            (Some(6), Some(7), Driver, Outcome::Applied),
            (None, None, Coordinator, Outcome::NotApplied { found: None }),
            (Some(6), Some(6), Coordinator, Outcome::NotApplied { found: Some(6) }),
            // It may still be on its way.
            (None, None, Driver, Outcome::Unknown { found: None }),
            (Some(6), Some(6), Driver, Outcome::Unknown { found: Some(6) }),
            // Somebody else: after this one, or instead of it.
            (Some(6), Some(8), Coordinator, Outcome::Unknown { found: Some(8) }),
            (None, Some(8), Driver, Outcome::Unknown { found: Some(8) }),
            (Some(6), None, Coordinator, Outcome::Unknown { found: None }),
        ] {
            let outcome = settled(&ID, previous.as_ref(), found, witness);
            assert_eq!(outcome, expected, "before {previous:?}, now {found:?}, {witness:?}");
        }
    }

    #[test]
    fn a_condition_that_does_not_hold() {
        assert_eq!(refused(&7, Some(7)), Outcome::Applied);
        assert_eq!(refused(&7, Some(8)), Outcome::NotApplied { found: Some(8) });
        assert_eq!(refused(&7, None), Outcome::NotApplied { found: None });
    }
}
