//! What drivers do with a statement when it fails, under each of their retry policies.

use cqlint_analysis::Verdict;
use cqlint_analysis::drivers::retry::{Decision, Event, Failure, Policy, Statement, decide, is_unsafe};

mod json;
mod table;

pub use json::retries_json;
pub use table::retries_table;

/// A statement and the policies that are asked about it.
///
/// ```
/// use cqlint_analysis::Verdict;
/// use cqlint_analysis::drivers::Driver;
/// use cqlint_analysis::drivers::retry::{Mark, Operation, Policy, Statement};
/// use cqlint_report::{Retries, Style, retries_table};
///
/// let policies: Vec<_> = Policy::of(Driver::Java4).take(1).collect();
/// let retries = Retries {
///     text: "TRUNCATE t",
///     kind: "truncate",
///     verdict: Verdict::NotIdempotent,
///     profile: "driver",
///     reasons: vec!["truncate"],
///     facts: Statement { operation: Operation::Truncate, mark: Mark::Idempotent, idempotent: false },
///     policies: &policies,
/// };
/// assert_eq!(retries.unsafe_policies(), 1);
/// let table = retries_table(&retries, Style { color: false, width: 100 });
/// assert!(table.contains("\n✗ next host    truncate error; overloaded; server error; connection closed\n"), "{table}");
/// ```
#[derive(Clone, Debug)]
pub struct Retries<'a> {
    /// The statement.
    pub text: &'a str,
    /// What kind of statement it is: `create_table`.
    pub kind: &'a str,
    /// May it be executed twice?
    pub verdict: Verdict,
    /// The profile that the verdict was made under.
    pub profile: &'a str,
    /// The rules that say why not.
    pub reasons: Vec<&'a str>,
    /// What the policies and the server make of it.
    pub facts: Statement,
    /// The policies.
    pub policies: &'a [&'static Policy],
}

/// What becomes of one failure.
#[derive(Clone, Copy, Debug)]
struct Cell {
    failure: Failure,
    decision: Decision,
    /// It sends again what may have been applied and must not be applied twice.
    is_unsafe: bool,
}

impl Retries<'_> {
    /// How many of the policies can apply the statement twice.
    #[must_use]
    pub fn unsafe_policies(&self) -> usize {
        self.policies.iter().filter(|policy| self.cells(policy).any(|cell| cell.is_unsafe)).count()
    }

    fn cells(&self, policy: &Policy) -> impl Iterator<Item = Cell> {
        self.facts.operation.failures().map(|failure| {
            let decision = decide(policy, Event::first(failure), self.facts);
            Cell { failure, decision, is_unsafe: is_unsafe(decision, failure, self.facts) }
        })
    }
}
