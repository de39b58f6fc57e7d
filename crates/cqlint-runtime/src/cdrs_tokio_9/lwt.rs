//! Lightweight transactions whose outcome is settled, and which are never repeated.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use cdrs_tokio::consistency::Consistency;
use cdrs_tokio::frame::Envelope;
use cdrs_tokio::frame::message_response::ResponseBody;
use cdrs_tokio::frame::message_result::{BodyResResultRows, ResResultBody};
use cdrs_tokio::query::{PreparedQuery, QueryValues};
use cdrs_tokio::retry::FallthroughRetryPolicy;
use cdrs_tokio::statement::{StatementParams, StatementParamsBuilder};
use cdrs_tokio::types::rows::Row;
use cdrs_tokio::types::{ByIndex, IntoRustByIndex};
use cqlint_analysis::syntax::ast::TermKind;
use cqlint_analysis::syntax::{Dialects, Parser, Piece, Statement};
use tokio::time::timeout;

use super::Requests;
use super::fault::fault;
use crate::lwt::{Outcome, Sent, Unreadable, Witness, is_transaction, patiently, settle};

/// Why [`execute`] has no outcome.
///
/// ```
/// use cqlint_runtime::cdrs_tokio_9::lwt::Error;
///
/// let error = Error::NotATransaction("UPDATE t SET v = 1 WHERE k = 1".to_owned());
/// assert!(error.to_string().starts_with("no lightweight transaction"));
/// ```
pub type Error = crate::lwt::Error<cdrs_tokio::Error>;

/// A value that the driver can read out of a column.
///
/// ```
/// use cqlint_runtime::cdrs_tokio_9::lwt::Id;
///
/// fn is_id<V: Id>() {}
/// is_id::<i64>();
/// is_id::<String>();
/// ```
pub trait Id: PartialEq + Sized {
    #[doc(hidden)]
    fn of(row: &Row, index: usize) -> Result<Option<Self>, Unreadable>;
}

impl<V: PartialEq> Id for V
where
    Row: IntoRustByIndex<V>,
{
    fn of(row: &Row, index: usize) -> Result<Option<V>, Unreadable> {
        Ok(row.by_index(index)?)
    }
}

/// A lightweight transaction that leaves its id in the row.
///
/// ```no_run
/// # use cqlint_runtime::cdrs_tokio_9::{MarkedSession, Requests};
/// use std::time::Duration;
///
/// use cdrs_tokio::consistency::Consistency;
/// use cdrs_tokio::query_values;
/// use cqlint_runtime::cdrs_tokio_9::lwt::{Transaction, execute};
/// use cqlint_runtime::lwt::Outcome;
/// # fn new_id() -> i64 { 5 }
///
/// # async fn example<S: Requests>(session: &MarkedSession<S>) -> Result<(), Box<dyn std::error::Error>> {
/// let take = session.prepare("UPDATE shop.stock SET amount = ?, txn = ? WHERE item = ? IF txn = ?").await?;
/// let read = session.prepare("SELECT txn, amount FROM shop.stock WHERE item = ?").await?;
/// let (before, amount): (i64, i32) = (4, 10);
///
/// let id = new_id();
/// let transaction = Transaction {
///     write: &take,
///     read: &read,
///     id,
///     previous: Some(before),
///     serial: Consistency::Serial,
///     consistency: Consistency::LocalQuorum,
///     timeout: Duration::from_secs(5),
/// };
/// // The session below the marked one: there is nothing to mark.
/// match execute(&**session, &transaction, query_values!(amount - 1, id, "tea", before), query_values!("tea")).await? {
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
    pub write: &'a PreparedQuery,
    /// Reads the row; the column with the id comes first, under its own name.
    pub read: &'a PreparedQuery,
    /// The id: a new one for each transaction.
    pub id: V,
    /// The id that the row had when the program read it; nothing for null, and for no row.
    pub previous: Option<V>,
    /// The serial consistency of the write and of the read: `Serial` or `LocalSerial`; the server refuses others. All transactions on
    /// a table have to agree on it.
    pub serial: Consistency,
    /// The consistency of the write, once it is decided.
    pub consistency: Consistency,
    /// How long to wait for each answer. The driver itself waits for ever.
    pub timeout: Duration,
}

/// Executes a transaction once, and says what became of it.
///
/// The write is sent once. When its answer is missing, the row is read at the serial consistency, and settles it: [`lwt`](crate::lwt)
/// has the table, and its limits.
///
/// # Limits
///
/// With version 4 of the protocol the driver cannot read a write timeout of a transaction, and tells it like a connection that broke:
/// when the row is as before, the outcome is [`Outcome::Unknown`]. With version 5 it is [`Outcome::NotApplied`].
///
/// # Errors
///
/// [`Error::NotApplied`] when the transaction certainly was not applied, for example because it is not valid; [`Error::Unread`] when it may
/// have been applied and the row could not be read, or its first column is no id of this type; [`Error::NotATransaction`] and
/// [`Error::NoId`] before anything is sent.
///
/// ```no_run
/// # use cqlint_runtime::cdrs_tokio_9::Requests;
/// # use cqlint_runtime::cdrs_tokio_9::lwt::Transaction;
/// use cdrs_tokio::query_values;
/// use cqlint_runtime::cdrs_tokio_9::lwt;
/// use cqlint_runtime::lwt::Outcome;
///
/// # async fn example<S: Requests>(session: &S, open: Transaction<'_, i64>) -> Result<(), lwt::Error> {
/// // INSERT INTO shop.carts (id, owner, txn) VALUES (?, ?, ?) IF NOT EXISTS
/// let outcome = lwt::execute(session, &open, query_values!(7, "Ann", open.id), query_values!(7)).await?;
/// assert_eq!(outcome, Outcome::Applied);
/// # Ok(())
/// # }
/// ```
pub async fn execute<S: Requests, V: Id>(
    session: &S,
    transaction: &Transaction<'_, V>,
    values: impl Into<QueryValues>,
    key: impl Into<QueryValues>,
) -> Result<Outcome<V>, Error> {
    let column = transaction.check()?;
    let parameters = transaction.once(values.into());
    let sent = match transaction.in_time(session.send_prepared(transaction.write, &parameters)).await {
        Ok(answer) => answered(&answer, &column).unwrap_or(Sent::Unclear),
        Err(error) => {
            let witness = witness(&error);
            Sent::failed(error, witness)
        }
    };
    settle(&transaction.id, transaction.previous.as_ref(), sent, transaction.found(session, key.into())).await
}

impl<V: Id> Transaction<'_, V> {
    /// The name of the column with the id, when the statements are what they have to be.
    fn check(&self) -> Result<String, Error> {
        if !is_transaction(&self.write.query) {
            return Err(Error::NotATransaction(self.write.query.clone()));
        }
        first_column(&self.read.query).ok_or_else(|| Error::NoId(self.read.query.clone()))
    }

    /// The parameters of the write, which nobody repeats.
    fn once(&self, values: QueryValues) -> StatementParams {
        StatementParamsBuilder::new()
            .with_values(values)
            .with_consistency(self.consistency)
            .with_serial_consistency(self.serial)
            .idempotent(false)
            .with_retry_policy(Arc::new(FallthroughRetryPolicy))
            .build()
    }

    /// The id in the row, now.
    async fn found<S: Requests>(&self, session: &S, key: QueryValues) -> Result<Option<V>, Unreadable> {
        let parameters = StatementParamsBuilder::new().with_values(key).with_consistency(self.serial).idempotent(true).build();
        let answer = patiently(|| self.in_time(session.send_prepared(self.read, &parameters))).await?;
        let rows = rows(&answer).ok_or("the answer has no rows")?;
        Ok(Row::from_body(rows).first().map(|row| V::of(row, 0)).transpose()?.flatten())
    }

    async fn in_time(&self, answer: impl Future<Output = cdrs_tokio::Result<Envelope>>) -> cdrs_tokio::Result<Envelope> {
        match timeout(self.timeout, answer).await {
            Ok(answer) => answer,
            Err(_) => Err(cdrs_tokio::Error::Timeout(format!("no answer within {:?}", self.timeout))),
        }
    }
}

/// The first column that a text selects, by its own name: the driver keeps nothing of what the server says of the columns.
fn first_column(text: &str) -> Option<String> {
    let mut parser = Parser::new(Dialects::ALL);
    let mut script = parser.script(text);
    let Piece::Statement(Statement::Select(select)) = script.next()?.piece else { return None };
    let first = script.tree().list(select.selectors).first().filter(|first| !select.json && first.alias.is_none())?;
    match first.term.kind {
        TermKind::Column(name) => Some(name.value(text).into_owned()),
        _ => None,
    }
}

fn rows(answer: &Envelope) -> Option<BodyResResultRows> {
    match answer.response_body().ok()? {
        ResponseBody::Result(ResResultBody::Rows(rows)) => Some(rows),
        _ => None,
    }
}

/// Reads an answer; nothing when it is not one to a transaction. Cassandra shows the columns of the condition, or for IF NOT EXISTS the
/// row, and only when it was not applied; ScyllaDB shows what the columns held in both cases.
fn answered<V: Id>(answer: &Envelope, column: &str) -> Option<Sent<V, cdrs_tokio::Error>> {
    let rows = rows(answer)?;
    let place = |name: &str| rows.metadata.col_specs.iter().position(|spec| spec.name == name);
    let (applied, id) = (place("[applied]")?, place(column));
    let row = Row::from_body(rows).into_iter().next()?;
    match (row.by_index(applied).ok()??, id) {
        (true, _) => Some(Sent::Applied),
        (false, Some(id)) => Some(Sent::Refused(V::of(&row, id).ok()?)),
        (false, None) => Some(Sent::RefusedWithoutId),
    }
}

/// Who says that it has failed; nothing when it was certainly not applied.
fn witness(error: &cdrs_tokio::Error) -> Option<Witness> {
    let witness = Witness::of(fault(error))?;
    match error {
        cdrs_tokio::Error::Server { .. } => Some(witness),
        // Whatever cannot be read may have been the answer to another request: it fails all that share its connection.
        _ => Some(Witness::Driver),
    }
}

#[cfg(test)]
mod tests;
