//! All writes of a run: each goes wrong once, and is known by its key.

use std::sync::atomic::{AtomicU32, Ordering};

use cqlint_cluster::{Fault, Kind, Request};
use cqlint_drivers::retry::{Failure, Mark, Statement};

use super::Way;
use super::forms::Known;

/// How often each form meets each fault on each way.
const ROUNDS: usize = 2;
/// What the key of each write begins with; its number follows.
const KEY: &[u8] = b"faulted-";
/// The digits of the number.
const DIGITS: usize = 6;

/// A write that goes wrong once.
pub(super) struct Write {
    pub(super) key: String,
    pub(super) way: Way,
    /// Which of the forms.
    pub(super) form: usize,
    pub(super) fault: Fault,
    sent: AtomicU32,
}

impl Write {
    /// How often its driver has sent it.
    pub(super) fn sent(&self) -> u32 {
        self.sent.load(Ordering::Relaxed)
    }
}

/// Every form with every fault, on every way.
pub(super) fn all(ways: &[Way], forms: &[Known]) -> Vec<Write> {
    let mut writes = Vec::new();
    for way in ways {
        for (form, known) in forms.iter().enumerate() {
            for fault in faults(known).into_iter().flat_map(|fault| [fault; ROUNDS]) {
                let key = format!("{}{:0DIGITS$}", KEY.escape_ascii(), writes.len());
                writes.push(Write { key, way: *way, form, fault, sent: AtomicU32::new(0) });
            }
        }
    }
    writes
}

/// How a write can go wrong: before the server sees it, and after, where that can be.
fn faults(known: &Known) -> Vec<Fault> {
    let statement = Statement { operation: known.operation, mark: Mark::Unset, idempotent: known.idempotent };
    let mut failures: Vec<Failure> = Vec::new();
    // Servers say of a TRUNCATE only that it failed, but drivers look at the error alone.
    for failure in known.operation.failures().chain([Failure::TruncateError]) {
        // What was not sent does not go wrong on its way.
        if failure != Failure::NotSent && !failures.iter().any(|other| other.is_like(&failure)) {
            failures.push(failure);
        }
    }
    let after = failures.iter().filter(|failure| statement.may_be_applied(**failure)).map(|failure| Fault::after(*failure));
    after.chain(failures.iter().map(|failure| Fault::before(*failure))).collect()
}

/// What goes wrong with a request: with the first attempt of each write, its fault.
pub(super) fn judge(writes: &[Write], request: &Request<'_>) -> Option<Fault> {
    match request.kind {
        Kind::Query | Kind::Execute | Kind::Batch => {}
        Kind::Prepare | Kind::Other => return None,
    }
    let begin = request.body.windows(KEY.len()).position(|window| window == KEY)? + KEY.len();
    let number = str::from_utf8(&request.body[begin..begin + DIGITS]).ok()?.parse::<usize>().ok()?;
    let write = &writes[number];
    let earlier = write.sent.fetch_add(1, Ordering::Relaxed);
    (earlier == 0).then_some(write.fault)
}
