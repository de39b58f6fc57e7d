//! What each driver does with a statement when nobody has configured anything: those together that do the same.

use std::collections::BTreeSet;

use cqlint_analysis::drivers::retry::{Event, Mark, Operation, Policy, Statement, decide, is_unsafe};
use cqlint_analysis::drivers::{Driver, Facts, Retries};
use cqlint_analysis::{Fragment, StatementAnalysis, Verdict};

use super::Prose;

/// Tells of the drivers that execute the statement, or of all when nobody knows which do.
pub(super) fn describe(statement: &StatementAnalysis, fragment: Option<&Fragment>, prose: &mut Prose) {
    let verdict = statement.verdict;
    let known: BTreeSet<_> = fragment.into_iter().flat_map(Fragment::all_sites).filter_map(|site| site.driver).collect();
    let drivers: Vec<Driver> = if known.is_empty() { Driver::ALL.to_vec() } else { known.into_iter().collect() };
    match verdict {
        Verdict::Idempotent => {
            prose.paragraph("Mark it, so that drivers may repeat it when an answer is lost:");
            prose.list(grouped(&drivers, |driver| Some(marked(&driver.facts()))));
        }
        Verdict::Depends | Verdict::NotIdempotent => {
            let advice = if verdict == Verdict::Depends { "Do not mark it before that is known" } else { "Never mark it" };
            prose.paragraph(format!("{advice}. Without a mark, when the answer to a write is lost:"));
            prose.list(grouped(&drivers, |driver| Some(unmarked(&driver.facts()))));
            let again = grouped(&drivers, |driver| statement.operation.and_then(|operation| sent_again(driver, operation)));
            if !again.is_empty() {
                prose.paragraph("Even so it may be applied twice, unless another retry policy is set:");
                prose.list(again);
            }
        }
    }
}

/// What drivers do, each with those that do it, in the order of the drivers.
fn grouped(drivers: &[Driver], what: impl Fn(Driver) -> Option<String>) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    for driver in drivers {
        let Some(done) = what(*driver).map(|done| format!("{done}: ")) else { continue };
        let name = driver.facts().name;
        match groups.iter_mut().find(|known| known.starts_with(&done)) {
            Some(names) => {
                names.push_str(", ");
                names.push_str(name);
            }
            None => groups.push(done + name),
        }
    }
    groups
}

/// After which failures a driver sends what nobody has marked again, although it may have been applied.
fn sent_again(driver: Driver, operation: Operation) -> Option<String> {
    let default = Policy::of(driver).next()?;
    let statement = Statement { operation, mark: Mark::Unset, idempotent: false };
    let failures = operation.failures();
    let twice = failures.filter(|failure| is_unsafe(decide(default, Event::first(*failure), statement), *failure, statement));
    let mut names: Vec<String> = twice.map(|failure| format!("{failure:#}")).collect();
    names.dedup();
    (!names.is_empty()).then(|| format!("after {}", names.join(", ")))
}

fn marked(facts: &Facts) -> String {
    match (facts.mark, facts.retries) {
        (Some(mark), Retries::Always) => format!("`{mark}`; repeated without it, too"),
        (Some(mark), Retries::Marked) => format!("`{mark}`"),
        (Some(mark), Retries::MarkedWithPolicy | Retries::AlwaysWithPolicy) => format!("`{mark}`, and a retry policy"),
        (None, _) => "cannot be marked, and is not repeated".to_owned(),
    }
}

fn unmarked(facts: &Facts) -> String {
    let done = match facts.retries {
        Retries::Marked => "not repeated",
        Retries::MarkedWithPolicy => "not repeated, whatever the policy",
        Retries::Always => "repeated all the same: set a retry policy that does not",
        Retries::AlwaysWithPolicy => "repeated where a retry policy is set",
    };
    done.to_owned()
}
