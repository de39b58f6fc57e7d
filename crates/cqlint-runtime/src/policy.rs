//! What the retry policies for both drivers decide with; each driver's own file says what its errors mean.

use crate::retry::{Decision, Event, Failure, Mark, Operation, Policy, RETRIES, Statement, decide, is_unsafe};

/// What an error of a driver says of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It failed in one of the ways that are known.
    Failed(Failure),
    /// It was refused, and would be again. Nothing was applied.
    Refused,
    /// It may have been applied, and asking again helps nothing: an answer that nobody understands.
    Unclear,
}

/// What a policy knows before anything fails.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Caution {
    policy: &'static Policy,
    operation: Operation,
    max_retries: u32,
}

impl Caution {
    /// With the policy for a driver. What the statement does is not known yet, so it may be what needs the most care.
    pub(crate) const fn new(policy: &'static Policy) -> Self {
        Self { policy, operation: Operation::LightweightTransaction, max_retries: RETRIES }
    }

    pub(crate) const fn max_retries(self, max_retries: u32) -> Self {
        Self { max_retries, ..self }
    }

    pub(crate) const fn operation(self, operation: Operation) -> Self {
        Self { operation, ..self }
    }

    /// What becomes of a request that was sent again so often before.
    pub(crate) fn decide(self, fault: Fault, retries: u32, marked: bool) -> Decision {
        let Fault::Failed(failure) = fault else { return Decision::Rethrow };
        if retries >= self.max_retries {
            return Decision::Rethrow;
        }
        // The table has a bound of its own; here it is the caller's.
        let event = Event { failure, retries: retries.min(RETRIES - 1) };
        decide(self.policy, event, self.statement(marked))
    }

    /// Whether another policy's decision may stand.
    pub(crate) fn allows(self, decision: Decision, fault: Fault, retries: u32, marked: bool) -> bool {
        if !decision.repeats() {
            return true;
        }
        let may_repeat = match fault {
            Fault::Failed(failure) => !is_unsafe(decision, failure, self.statement(marked)),
            Fault::Refused => true,
            Fault::Unclear => marked || self.operation.reads(),
        };
        may_repeat && retries < self.max_retries
    }

    const fn statement(self, marked: bool) -> Statement {
        let mark = if marked { Mark::Idempotent } else { Mark::Unset };
        Statement { operation: self.operation, mark, idempotent: marked }
    }
}

#[cfg(test)]
mod tests {
    use super::{Caution, Fault};
    use crate::retry::{Decision, FOR_CDRS_TOKIO, FOR_SCYLLA, Failure, Operation, WriteType};

    fn cautions() -> impl Iterator<Item = Caution> {
        [&FOR_SCYLLA, &FOR_CDRS_TOKIO].into_iter().map(Caution::new)
    }

    #[test]
    fn what_is_not_marked_and_may_be_applied_is_never_repeated() {
        for caution in cautions() {
            for operation in Operation::ALL {
                let caution = caution.operation(operation);
                for failure in operation.failures() {
                    let may_be_applied = caution.statement(false).may_be_applied(failure);
                    let fault = Fault::Failed(failure);
                    assert!(!may_be_applied || !caution.decide(fault, 0, false).repeats(), "{operation:?}: {failure}");
                    let allowed = caution.allows(Decision::RetryNextHost, fault, 0, false);
                    assert_eq!(allowed, !may_be_applied, "wrapped, {operation:?}: {failure}");
                }
            }
        }
    }

    #[test]
    fn an_unknown_statement_is_treated_as_a_transaction() {
        let unavailable = Fault::Failed(Failure::Unavailable { alive: 1, required: 2 });
        for caution in cautions() {
            assert_eq!(caution.decide(unavailable, 0, false), Decision::Rethrow);
            assert_eq!(caution.operation(Operation::Write).decide(unavailable, 0, false), Decision::RetryNextHost);
        }
    }

    #[test]
    fn retries_are_counted() {
        let late = Fault::Failed(Failure::WriteTimeout { write_type: WriteType::Simple, received: 1, required: 2 });
        for caution in cautions() {
            for (max, retries, expected) in [
                (0, 0, Decision::Rethrow),
                (1, 0, Decision::RetrySameHost),
                (1, 1, Decision::Rethrow),
                (9, 8, Decision::RetrySameHost),
                (9, 9, Decision::Rethrow),
            ] {
                let caution = caution.operation(Operation::Write).max_retries(max);
                assert_eq!(caution.decide(late, retries, true), expected, "{max} {retries}");
                assert_eq!(caution.allows(Decision::RetrySameHost, late, retries, true), expected.repeats(), "{max} {retries}");
            }
        }
    }

    #[test]
    fn what_was_refused_or_is_unclear_is_told() {
        for caution in cautions().map(|caution| caution.operation(Operation::Write)) {
            for fault in [Fault::Refused, Fault::Unclear] {
                assert_eq!(caution.decide(fault, 0, true), Decision::Rethrow);
            }
            assert!(caution.allows(Decision::RetryNextHost, Fault::Refused, 0, false));
            assert!(!caution.allows(Decision::RetryNextHost, Fault::Unclear, 0, false));
            assert!(caution.allows(Decision::RetryNextHost, Fault::Unclear, 0, true));
            assert!(caution.allows(Decision::Ignore, Fault::Unclear, 9, false));
        }
    }
}
