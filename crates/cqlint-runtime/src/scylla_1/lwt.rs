//! Lightweight transactions whose outcome is settled, and which are never repeated.

use std::sync::Arc;

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
use crate::lwt::{Outcome, Sent, Unreadable, Witness, is_transaction, patiently, settle};

/// Why [`execute`] has no outcome.
///
/// ```
/// use cqlint_runtime::scylla_1::lwt::Error;
///
/// let error = Error::NotATransaction("UPDATE t SET v = 1 WHERE k = 1".to_owned());
/// assert!(error.to_string().starts_with("no lightweight transaction"));
/// ```
pub type Error = crate::lwt::Error<ExecutionError>;

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
/// The write is sent once. When its answer is missing, the row is read at the serial consistency, and settles it: [`lwt`](crate::lwt)
/// has the table, and its limits.
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
    let sent = match session.execute_unpaged(&transaction.once(), values).await {
        Ok(answer) => answered(answer, &column).unwrap_or(Sent::Unclear),
        Err(error) => {
            let witness = witness(&error);
            Sent::failed(error, witness)
        }
    };
    settle(&transaction.id, transaction.previous.as_ref(), sent, transaction.found(session, &key)).await
}

impl<V: Id> Transaction<'_, V> {
    /// The name of the column with the id, when the statements are what they have to be.
    fn check(&self) -> Result<String, Error> {
        if !is_transaction(self.write.get_statement()) {
            return Err(Error::NotATransaction(self.write.get_statement().to_owned()));
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
        first_value(patiently(|| session.execute_unpaged(&read, key)).await?)
    }
}

/// The first value of the first row.
fn first_value<V: Id>(answer: QueryResult) -> Result<Option<V>, Unreadable> {
    let rows = answer.into_rows_result()?;
    let Some(row) = rows.rows::<ColumnIterator<'_, '_>>()?.next() else { return Ok(None) };
    let Some(column) = row?.next() else { return Ok(None) };
    let column = column?;
    Ok(Option::<V>::deserialize(column.spec.typ(), column.slice)?)
}

/// Reads an answer; nothing when it is not one to a transaction. Cassandra shows the columns of the condition, or for IF NOT EXISTS the
/// row, and only when it was not applied; ScyllaDB shows what the columns held in both cases.
fn answered<V: Id>(answer: QueryResult, column: &str) -> Option<Sent<V, ExecutionError>> {
    let rows = answer.into_rows_result().ok()?;
    let row = rows.rows::<ColumnIterator<'_, '_>>().ok()?.next()?.ok()?;
    let (mut applied, mut told) = (None, Sent::RefusedWithoutId);
    for value in row {
        let value = value.ok()?;
        if value.spec.name() == "[applied]" {
            applied = bool::deserialize(value.spec.typ(), value.slice).ok();
        } else if value.spec.name() == column {
            told = Sent::Refused(Option::<V>::deserialize(value.spec.typ(), value.slice).ok()?);
        }
    }
    if applied? { Some(Sent::Applied) } else { Some(told) }
}

/// Who says that it has failed; nothing when it was certainly not applied.
fn witness(error: &ExecutionError) -> Option<Witness> {
    match error {
        // Nothing was sent.
        ExecutionError::BadQuery(_)
        | ExecutionError::EmptyPlan
        | ExecutionError::PrepareError(_)
        | ExecutionError::ConnectionPoolError(_) => None,
        ExecutionError::LastAttemptError(error) => Witness::of(fault(error)),
        // The timeout, and what is not known yet.
        _ => Some(Witness::Driver),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use scylla::client::session::Session;
    use scylla::errors::{
        BrokenConnectionError, BrokenConnectionErrorKind, DbError, ExecutionError, RequestAttemptError, WriteType,
    };
    use scylla::statement::Consistency;

    use super::{Transaction, execute, witness};
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
            assert_eq!(witness(&error), expected, "{error}");
        }
    }

    /// A program may execute a transaction in a task of its own; that this compiles is the test.
    #[expect(dead_code, reason = "it is only compiled")]
    fn it_may_go_to_another_thread(session: &Session, transaction: &Transaction<'_, i64>) -> impl Send {
        execute(session, transaction, (5, 7_i64), (5,))
    }
}
