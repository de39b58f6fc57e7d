//! What became of a lightweight transaction.
//!
//! A coordinator that times out does not know whether the transaction was applied, and to repeat it is no way to find out: the
//! second answer may be `[applied] = false` because the first attempt was applied. But when each transaction writes an id of its
//! own into the row, the row tells. `lwt::execute` of the driver's module writes once, and where the answer is missing it reads
//! the row at a serial consistency.

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

/// Who said that it has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Witness {
    /// The coordinator, which has given up: nobody will begin with it any more.
    Coordinator,
    /// The driver, which has lost the request: a coordinator may begin with it later.
    Driver,
}

/// What the row tells after a failure.
pub(crate) fn settled<V: PartialEq>(id: &V, previous: Option<&V>, found: Option<V>, witness: Witness) -> Outcome<V> {
    match (found, witness) {
        (Some(found), _) if found == *id => Outcome::Applied,
        (found, Witness::Coordinator) if found.as_ref() == previous => Outcome::NotApplied { found },
        (found, Witness::Coordinator | Witness::Driver) => Outcome::Unknown { found },
    }
}

/// What an answer with `[applied] = false` tells, and the row with it: the condition does not hold. It may not hold because an
/// earlier execution with the same id was applied.
pub(crate) fn refused<V: PartialEq>(id: &V, found: Option<V>) -> Outcome<V> {
    match found {
        Some(found) if found == *id => Outcome::Applied,
        found => Outcome::NotApplied { found },
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Witness, refused, settled};

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
