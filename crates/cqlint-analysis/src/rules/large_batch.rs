//! `large-batch`: a batch of many writes to many partitions.

use alloc::format;
use alloc::vec::Vec;

use cqlint_syntax::Statement;

use crate::inspection::{Inspection, Partitions};
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `large_batch.md`.
pub(crate) static RULE: Rule = Rule {
    name: "large-batch",
    summary: "a batch has many writes to several partitions: one node has to see all of them through",
    docs: include_str!("large_batch.md"),
    level: Level::Warn,
    group: "performance",
    asks: Asks::Statement(check),
};

/// The most writes that a batch to several partitions should have: `unlogged_batch_across_partitions_warn_threshold` in
/// `cassandra.yaml`.
const WRITES: usize = 10;

/// `BEGIN BATCH …` with more writes than that.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    let Statement::Batch(batch) = inspection.statement else { return };
    let writes = batch.members.len();
    if writes <= WRITES {
        return;
    }
    let (label, level) = match inspection.partitions(batch.members) {
        Partitions::One => return,
        Partitions::Several => ("they go to several partitions", Level::Warn),
        Partitions::Unknown => ("fine only when all go to one partition", Level::Note),
    };
    let message = format!("a batch of {writes} writes");
    let mut finding = Diagnostic::new(&RULE, batch.head, message, label);
    finding.level = level;
    finding.note =
        Some("one node takes all of them, keeps those of a logged batch twice, and waits for each partition's nodes".into());
    finding.help =
        Some("execute the writes by themselves, several at a time; keep a batch for what must not be seen by half".into());
    findings.push(finding);
}
