//! What became of the writes, counted.

use std::collections::BTreeMap;
use std::fmt;

use cqlint_cluster::{Fault, Moment};

use super::forms::Known;
use super::writes::Write;
use super::{Marking, Told, Way};

/// What became of some writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) writes: u32,
    /// Applied twice, by what the rows say.
    pub(super) twice: u32,
    /// Applied, but the application was told that the condition did not hold.
    pub(super) misled: u32,
    /// Failed, though a second attempt would have done no harm and is of use.
    pub(super) lost: u32,
}

impl Count {
    /// One write, with what the application was told and how often the rows say that it was applied.
    pub(super) fn of(known: &Known, write: &Write, told: &Told, times: i64) -> Self {
        let repeatable = Way { marking: Marking::Helper, ..write.way }.repeats(known, write.fault.failure);
        Self {
            writes: 1,
            twice: u32::from(times > 1),
            misled: u32::from(*told == Told::NotApplied && times > 0),
            lost: u32::from(matches!(told, Told::Failed(_)) && repeatable),
        }
    }

    fn add(&mut self, other: Self) {
        self.writes += other.writes;
        self.twice += other.twice;
        self.misled += other.misled;
        self.lost += other.lost;
    }
}

/// What became of the writes, for each marking.
type Counts = BTreeMap<Marking, Count>;

/// What became of all writes.
#[derive(Default)]
pub(super) struct Table {
    hazards: BTreeMap<&'static str, Counts>,
    faults: BTreeMap<String, Counts>,
    all: Counts,
}

impl Table {
    pub(super) fn add(&mut self, known: &Known, write: &Write, count: Count) {
        let rows =
            [self.hazards.entry(known.hazard).or_default(), self.faults.entry(name(write.fault)).or_default(), &mut self.all];
        for row in rows {
            row.entry(write.way.marking).or_default().add(count);
        }
    }

    /// Of all writes that were marked like this.
    pub(super) fn of(&self, marking: Marking) -> Count {
        self.all.get(&marking).copied().unwrap_or_default()
    }
}

/// What is above the tables.
const INTRODUCTION: &str = "\
<!-- Written by `CQLINT_BLESS=1 cargo test -p cqlint-tests faults`, which executes all this on a real Cassandra. -->

Each write goes wrong once on its way between the driver (scylla, cdrs-tokio) and Cassandra 5.0.6, before the server sees it or after it
has executed it. *twice*: the rows say that it was applied twice. *misled*: it was applied, and the application was told that its
condition did not hold. *lost*: it failed, though a second attempt would have done no harm and is of use. *all marked* and
*nothing marked* run under the drivers' default policies; a write whose answer does not come at all (client timeout) has a speculative
execution everywhere, which drivers begin only for what is marked.

";

/// A fault, for people.
fn name(fault: Fault) -> String {
    match fault.moment {
        Moment::AfterServer => format!("applied, then {:#}", fault.failure),
        Moment::BeforeServer => format!("not applied, {:#}", fault.failure),
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(INTRODUCTION)?;
        let hazards = self.hazards.iter().map(|(name, counts)| (*name, counts));
        show(formatter, "hazard", hazards.chain([("**all**", &self.all)]))?;
        formatter.write_str("\n")?;
        show(formatter, "fault", self.faults.iter().map(|(name, counts)| (name.as_str(), counts)))
    }
}

fn show<'a>(formatter: &mut fmt::Formatter<'_>, first: &str, rows: impl Iterator<Item = (&'a str, &'a Counts)>) -> fmt::Result {
    write!(formatter, "| {first} | writes, each |")?;
    for marking in Marking::ALL {
        write!(formatter, " {marking}: twice | misled | lost |")?;
    }
    writeln!(formatter, "\n|---|--:|{}", "--:|--:|--:|".repeat(Marking::ALL.len()))?;
    for (name, counts) in rows {
        write!(formatter, "| {name} | {} |", counts.values().map(|count| count.writes).max().unwrap_or_default())?;
        for Count { twice, misled, lost, .. } in Marking::ALL.map(|marking| counts.get(&marking).copied().unwrap_or_default()) {
            write!(formatter, " {twice} | {misled} | {lost} |")?;
        }
        formatter.write_str("\n")?;
    }
    Ok(())
}
