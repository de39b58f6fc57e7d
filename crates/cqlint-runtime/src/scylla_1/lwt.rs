//! Lightweight transactions whose outcome is settled, and which are never repeated.

mod error;

use std::sync::Arc;
use std::time::Duration;

use cqlint_analysis::{Options, analyze};
use scylla::client::session::Session;
use scylla::deserialize::row::ColumnIterator;
use scylla::deserialize::value::DeserializeValue;
use scylla::errors::ExecutionError;
use scylla::policies::retry::FallthroughRetryPolicy;
use scylla::response::query_result::QueryResult;
use scylla::serialize::row::SerializeRow;
use scylla::statement::prepared::PreparedStatement;
use scylla::statement::{Consistency, SerialConsistency};

use super::fault::fault;
use crate::lwt::{Outcome, Witness, refused, settled};
use crate::policy::Fault;
use crate::retry::{Failure, Mark, Operation, Statement};

pub use error::Error;

/// How long to wait before the row is read again, when reading has failed.
const PAUSES: [Duration; 2] = [Duration::from_millis(100), Duration::from_millis(400)];

/// A value that the driver can read out of a column.
///
/// ```
/// use cqlint_runtime::scylla_1::lwt::Id;
///
/// fn is_id<V: Id>() {}
/// is_id::<i64>();
/// is_id::<String>();
/// ```
pub trait Id: PartialEq + for<'frame, 'metadata> DeserializeValue<'frame, 'metadata> {}

impl<V: PartialEq + for<'frame, 'metadata> DeserializeValue<'frame, 'metadata>> Id for V {}

/// A lightweight transaction that leaves its id in the row.
///
/// ```no_run
/// # use scylla::client::session::Session;
/// use cqlint_runtime::lwt::Outcome;
/// use cqlint_runtime::scylla_1::lwt::{Transaction, execute};
/// use scylla::statement::SerialConsistency;
/// # fn new_id() -> i64 { 5 }
///
/// # async fn example(session: &Session) -> Result<(), Box<dyn std::error::Error>> {
/// let take = session.prepare("UPDATE shop.stock SET amount = ?, txn = ? WHERE item = ? IF txn = ?").await?;
/// let read = session.prepare("SELECT txn, amount FROM shop.stock WHERE item = ?").await?;
/// let (before, amount): (i64, i32) = (4, 10);
///
/// let id = new_id();
/// let transaction =
///     Transaction { write: &take, read: &read, id, previous: Some(before), serial: SerialConsistency::Serial };
/// match execute(session, &transaction, (amount - 1, id, "tea", before), ("tea",)).await? {
///     Outcome::Applied => println!("taken"),
///     Outcome::NotApplied { .. } => println!("somebody was faster"),
///     Outcome::Unknown { found } => println!("the last one was {found:?}"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Transaction<'a, V> {
    /// The write with its condition. It sets a column of the row to the id.
    pub write: &'a PreparedStatement,
    /// Reads the row; the column with the id comes first.
    pub read: &'a PreparedStatement,
    /// The id: a new one for each transaction.
    pub id: V,
    /// The id that the row had when the program read it; nothing for null, and for no row.
    pub previous: Option<V>,
    /// The serial consistency of the write and of the read. All transactions on a table have to agree on it.
    pub serial: SerialConsistency,
}

/// Executes a transaction once, and says what became of it.
///
/// The write is sent once: no policy repeats it, and nothing sends it speculatively. When there is an answer, that decides. When
/// `[applied]` is false and the row holds the id, an earlier execution with this id was applied. When the coordinator has given up
/// (a write timeout, an overload, a server error), the row is read at the serial consistency, a few times when that fails, too:
///
/// | the column holds | the outcome |
/// |---|---|
/// | the id | [`Outcome::Applied`] |
/// | what it held before | [`Outcome::NotApplied`] |
/// | anything else | [`Outcome::Unknown`]: another transaction has written over this one or instead of it |
///
/// When it is the driver that has given up (a timeout of the client, a lost connection), the request may still reach a coordinator, so
/// a row that is as before says nothing: [`Outcome::Unknown`]. Who then wants to go on writes with a new id under the same
/// condition, `IF txn = ?` with the id that was found: of the two, one can be applied.
///
/// # Limits
///
/// That the row is as before is the last word only where serial reads are linearizable: on ScyllaDB, and on Cassandra from 3.0.24,
/// 3.11.10 and 4.0 on. Older ones may apply a proposal after a read that has not seen it (CASSANDRA-12126). And it takes that
/// nothing writes the column without a condition.
///
/// # Errors
///
/// [`Error::NotApplied`] when the transaction certainly was not applied, for example because it is not valid; [`Error::Unread`] when it may
/// have been applied and the row could not be read; [`Error::NotATransaction`] and [`Error::NoId`] before anything is sent.
///
/// ```no_run
/// # use scylla::client::session::Session;
/// # use cqlint_runtime::scylla_1::lwt::Transaction;
/// use cqlint_runtime::lwt::Outcome;
/// use cqlint_runtime::scylla_1::lwt;
///
/// # async fn example(session: &Session, open: Transaction<'_, i64>) -> Result<(), lwt::Error> {
/// // INSERT INTO shop.carts (id, owner, txn) VALUES (?, ?, ?) IF NOT EXISTS
/// let outcome = lwt::execute(session, &open, (7, "Ann", open.id), (7,)).await?;
/// assert_eq!(outcome, Outcome::Applied);
/// # Ok(())
/// # }
/// ```
pub async fn execute<V: Id>(
    session: &Session,
    transaction: &Transaction<'_, V>,
    values: impl SerializeRow,
    key: impl SerializeRow,
) -> Result<Outcome<V>, Error> {
    let column = transaction.check()?;
    let settled = |found, witness| settled(&transaction.id, transaction.previous.as_ref(), found, witness);
    let unread = |write| move |read| Error::Unread { write, read };
    match session.execute_unpaged(&transaction.once(), values).await {
        Ok(answer) => match answered(answer, &column) {
            Some(Answer::Applied) => Ok(Outcome::Applied),
            Some(Answer::Refused(found)) => Ok(refused(&transaction.id, found)),
            Some(Answer::RefusedWithoutId) => {
                Ok(refused(&transaction.id, transaction.found(session, &key).await.map_err(unread(None))?))
            }
            None => Ok(settled(transaction.found(session, &key).await.map_err(unread(None))?, Witness::Coordinator)),
        },
        Err(error) => {
            let Some(witness) = may_be_applied(&error) else { return Err(Error::NotApplied(Box::new(error))) };
            Ok(settled(transaction.found(session, &key).await.map_err(unread(Some(Box::new(error))))?, witness))
        }
    }
}

impl<V: Id> Transaction<'_, V> {
    /// The name of the column with the id, when the statements are what they have to be.
    fn check(&self) -> Result<String, Error> {
        let analysis = analyze(self.write.get_statement(), &Options::default());
        match analysis.statements.as_slice() {
            [only] if only.operation == Some(Operation::LightweightTransaction) => {}
            _ => return Err(Error::NotATransaction(self.write.get_statement().to_owned())),
        }
        let specs = self.read.get_current_result_set_col_specs();
        let first = specs.get().get_by_index(0).filter(|spec| Option::<V>::type_check(spec.typ()).is_ok());
        first.map(|spec| spec.name().to_owned()).ok_or_else(|| Error::NoId(self.read.get_statement().to_owned()))
    }

    /// The write, which nobody repeats.
    fn once(&self) -> PreparedStatement {
        let mut write = self.write.clone();
        write.set_serial_consistency(Some(self.serial));
        write.set_is_idempotent(false);
        write.set_retry_policy(Some(Arc::new(FallthroughRetryPolicy::new())));
        write
    }

    /// The id in the row, now.
    async fn found(&self, session: &Session, key: &impl SerializeRow) -> Result<Option<V>, Unreadable> {
        let mut read = self.read.clone();
        read.set_consistency(match self.serial {
            SerialConsistency::Serial => Consistency::Serial,
            SerialConsistency::LocalSerial => Consistency::LocalSerial,
        });
        read.set_is_idempotent(true);
        let mut answer = session.execute_unpaged(&read, key).await;
        for pause in PAUSES {
            if answer.is_ok() {
                break;
            }
            tokio::time::sleep(pause).await;
            answer = session.execute_unpaged(&read, key).await;
        }
        first_value(answer?)
    }
}

type Unreadable = Box<dyn std::error::Error + Send + Sync>;

/// The first value of the first row.
fn first_value<V: Id>(answer: QueryResult) -> Result<Option<V>, Unreadable> {
    let rows = answer.into_rows_result()?;
    let Some(row) = rows.rows::<ColumnIterator<'_, '_>>()?.next() else { return Ok(None) };
    let Some(column) = row?.next() else { return Ok(None) };
    let column = column?;
    Ok(Option::<V>::deserialize(column.spec.typ(), column.slice)?)
}

/// What an answer tells.
enum Answer<V> {
    Applied,
    /// The condition does not hold; the row has this id.
    Refused(Option<V>),
    /// The condition does not hold; the answer does not show the column.
    RefusedWithoutId,
}

/// Reads an answer; nothing when it is not one to a transaction. Cassandra shows the columns of the condition, or for IF NOT EXISTS the
/// row, and only when it was not applied; ScyllaDB shows what the columns held in both cases.
fn answered<V: Id>(answer: QueryResult, column: &str) -> Option<Answer<V>> {
    let rows = answer.into_rows_result().ok()?;
    let row = rows.rows::<ColumnIterator<'_, '_>>().ok()?.next()?.ok()?;
    let (mut applied, mut told) = (None, Answer::RefusedWithoutId);
    for value in row {
        let value = value.ok()?;
        if value.spec.name() == "[applied]" {
            applied = bool::deserialize(value.spec.typ(), value.slice).ok();
        } else if value.spec.name() == column {
            told = Answer::Refused(Option::<V>::deserialize(value.spec.typ(), value.slice).ok()?);
        }
    }
    if applied? { Some(Answer::Applied) } else { Some(told) }
}

/// Whether the transaction may have been applied in spite of the error, and who says so.
fn may_be_applied(error: &ExecutionError) -> Option<Witness> {
    let transaction = Statement { operation: Operation::LightweightTransaction, mark: Mark::Unset, idempotent: false };
    match error {
        // Nothing was sent.
        ExecutionError::BadQuery(_)
        | ExecutionError::EmptyPlan
        | ExecutionError::PrepareError(_)
        | ExecutionError::ConnectionPoolError(_) => None,
        ExecutionError::LastAttemptError(error) => match fault(error) {
            Fault::Refused => None,
            Fault::Failed(failure) if !transaction.may_be_applied(failure) => None,
            Fault::Failed(Failure::ConnectionClosed | Failure::ClientTimeout) => Some(Witness::Driver),
            // There was an answer.
            Fault::Failed(_) | Fault::Unclear => Some(Witness::Coordinator),
        },
        // The timeout, and what is not known yet.
        _ => Some(Witness::Driver),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use scylla::errors::{
        BrokenConnectionError, BrokenConnectionErrorKind, DbError, ExecutionError, RequestAttemptError, WriteType,
    };
    use scylla::statement::Consistency;

    use super::may_be_applied;
    use crate::lwt::Witness;

    fn answered(error: DbError) -> ExecutionError {
        RequestAttemptError::DbError(error, String::new()).into()
    }

    #[test]
    fn who_says_that_it_has_failed() {
        let late =
            |write_type| answered(DbError::WriteTimeout { consistency: Consistency::One, received: 1, required: 2, write_type });
        let lost: RequestAttemptError = BrokenConnectionError::from(BrokenConnectionErrorKind::ChannelError).into();
        for (error, expected) in [
            (late(WriteType::Cas), Some(Witness::Coordinator)),
            (late(WriteType::Simple), Some(Witness::Coordinator)),
            (late(WriteType::Other("NEW".to_owned())), Some(Witness::Coordinator)),
            (answered(DbError::ServerError), Some(Witness::Coordinator)),
            (answered(DbError::Unavailable { consistency: Consistency::One, required: 2, alive: 1 }), Some(Witness::Coordinator)),
            (answered(DbError::Invalid), None),
            (answered(DbError::IsBootstrapping), None),
            (RequestAttemptError::UnableToAllocStreamId.into(), None),
            (lost.into(), Some(Witness::Driver)),
            (ExecutionError::RequestTimeout(Duration::from_secs(1)), Some(Witness::Driver)),
            (ExecutionError::EmptyPlan, None),
        ] {
            assert_eq!(may_be_applied(&error), expected, "{error}");
        }
    }
}
