//! What became of a lightweight transaction.
//!
//! A coordinator that times out does not know whether the transaction was applied, and to repeat it is no way to find out: the
//! second answer may be `[applied] = false` because the first attempt was applied. But when each transaction writes an id of its
//! own into the row, the row tells. `lwt::execute` of the driver's module writes once; no policy repeats the write, and nothing
//! sends it speculatively. When there is an answer, that decides. When `[applied]` is false and the row holds the id, an earlier
//! execution with this id was applied. When the coordinator has given up (a write timeout, an overload, a server error), the row is
//! read at the serial consistency, a few times when that fails, too:
//!
//! | the column holds | the outcome |
//! |---|---|
//! | the id | [`Outcome::Applied`] |
//! | what it held before | [`Outcome::NotApplied`] |
//! | anything else | [`Outcome::Unknown`]: another transaction has written over this one or instead of it |
//!
//! When it is the driver that has given up (a timeout of the client, a lost connection), the request may still reach a coordinator,
//! so a row that is as before says nothing: [`Outcome::Unknown`]. Who then wants to go on writes with a new id under the same
//! condition, `IF txn = ?` with the id that was found: of the two, one can be applied.
//!
//! # Limits
//!
//! That the row is as before is the last word only where serial reads are linearizable: on ScyllaDB, and on Cassandra from 3.0.24,
//! 3.11.10 and 4.0 on. Older ones may apply a proposal after a read that has not seen it (CASSANDRA-12126). And it takes that
//! nothing writes the column without a condition.

mod error;
mod settle;

pub(crate) use settle::{Sent, Unreadable, Witness, is_transaction, patiently, settle};

pub use error::Error;

/// What became of a lightweight transaction.
///
/// ```
/// use cqlint_runtime::lwt::Outcome;
///
/// fn tell(outcome: &Outcome<u64>) -> &'static str {
///     match outcome {
///         Outcome::Applied => "done",
///         Outcome::NotApplied { .. } => "somebody was faster",
///         Outcome::Unknown { .. } => "look at the row before anything is done again",
///     }
/// }
///
/// assert_eq!(tell(&Outcome::Applied), "done");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<V> {
    /// It was applied, once.
    Applied,
    /// It was not applied, and will not be.
    NotApplied {
        /// The id that the row has; nothing when it has none, or there is no row.
        found: Option<V>,
    },
    /// Nobody can say. Another transaction has written since, over this one or instead of it; or the row is as it was, and the
    /// request may still be under way.
    Unknown {
        /// The id that the row has.
        found: Option<V>,
    },
}
