//! The differences that have a reason: the table `differences.md`.

use std::sync::atomic::{AtomicU64, Ordering};

/// Who refuses what the other one accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refuser {
    Cassandra,
    Cqlint,
}

impl Refuser {
    fn named(name: &str) -> Self {
        match name {
            "Cassandra" => Self::Cassandra,
            "cqlint" => Self::Cqlint,
            _ => panic!("{name} is neither Cassandra nor cqlint"),
        }
    }
}

/// One row of the table.
pub(crate) struct Difference {
    pub(crate) refuser: Refuser,
    /// Of Cassandra; all of them when the row names none.
    versions: Vec<String>,
    /// What is said; `…` stands for anything.
    pub(crate) message: String,
    /// How many disagreements it explains.
    pub(crate) uses: AtomicU64,
}

/// Reads the table.
pub(crate) fn differences() -> Vec<Difference> {
    let rows = include_str!("differences.md").lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| {
        let cells: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [refuser, versions, message, reason] = cells[..] else { panic!("not four cells: {row}") };
        assert!(!reason.is_empty(), "a row without a reason: {row}");
        let versions = versions.split(", ").filter(|versions| *versions != "all").map(str::to_owned).collect();
        let message = message.trim_matches('`').to_owned();
        Difference { refuser: Refuser::named(refuser), versions, message, uses: AtomicU64::new(0) }
    })
    .collect()
}

impl Difference {
    /// Whether this row explains that `refuser` says `message`, at a version of Cassandra. It remembers that it did.
    pub(crate) fn explains(&self, refuser: Refuser, version: &str, message: &str) -> bool {
        let is_at = self.versions.is_empty() || self.versions.iter().any(|known| version.starts_with(known.as_str()));
        let explains = self.refuser == refuser && is_at && fits(&self.message, message);
        self.uses.fetch_add(u64::from(explains), Ordering::Relaxed);
        explains
    }
}

/// Whether the text is the pattern with something in place of each `…`.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('…') else { return pattern == text };
    let Some(text) = text.strip_prefix(start) else { return false };
    text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| fits(rest, &text[at..]))
}

#[test]
fn a_pattern_fits_the_whole_message() {
    assert!(fits("Multiple definition …", "Multiple definition of property 'a'"));
    assert!(fits("… of … 'a'", "Multiple definition of property 'a'"));
    assert!(!fits("Multiple …definition", "Multiple definition of property 'a'"));
    assert!(!fits("definition …", "Multiple definition of property 'a'"));
}
