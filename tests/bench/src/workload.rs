//! The statements to be classified: 200 that are committed, and 20,000 of the same generator with other seeds.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::{Result, kept, say};

/// One statement of the workload.
#[derive(Clone, Debug)]
pub struct Sample {
    /// `select`, `insert`, `update`, `delete` or `batch`.
    pub kind: String,
    /// The statement.
    pub cql: String,
}

impl Sample {
    /// What changes data.
    #[must_use]
    pub fn is_dml(&self) -> bool {
        self.kind != "select"
    }

    /// Below 150 bytes, as most prepared statements are.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.cql.len() < 150
    }
}

/// Statements that are measured together, by their places in the workload.
#[derive(Clone, Debug)]
pub struct Group {
    /// How the tables call it.
    pub name: String,
    /// The statements.
    pub places: Vec<usize>,
}

/// The groups of a workload, all of it first.
#[must_use]
pub fn groups(samples: &[Sample]) -> Vec<Group> {
    let group = |name: &str, belongs: &dyn Fn(&Sample) -> bool| {
        let places = samples.iter().enumerate().filter(|(_, sample)| belongs(sample)).map(|(place, _)| place);
        Group { name: name.to_owned(), places: places.collect() }
    };
    let mut groups = vec![
        group("all", &|_| true),
        group("DML", &Sample::is_dml),
        group("short DML", &|sample| sample.is_dml() && sample.is_short()),
    ];
    groups.extend(["select", "insert", "update", "delete", "batch"].map(|kind| group(kind, &|sample| sample.kind == kind)));
    groups
}

/// The 200 statements.
///
/// # Errors
/// When the file is damaged.
pub fn small() -> Result<Vec<Sample>> {
    read(include_str!("../data/workload.jsonl"))
}

/// The 20,000 statements, in which no branch predictor can learn the order; made once, and kept.
///
/// Nothing when they cannot be made here.
///
/// # Errors
/// When they cannot be kept.
pub fn large() -> Result<Option<Vec<Sample>>> {
    let file = kept("workload")?.join("large.jsonl");
    if let Ok(text) = fs::read_to_string(&file) {
        return read(&text).map(Some);
    }
    let mut text = String::new();
    for seed in 1..=100 {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/data/gen_workload.py");
        match Command::new("python3").arg(script).arg(seed.to_string()).output() {
            Ok(made) if made.status.success() => text.push_str(&String::from_utf8(made.stdout)?),
            _ => {
                say("**SKIPPED: python3 is not here, so the 20,000 statements cannot be made.**\n");
                return Ok(None);
            }
        }
    }
    fs::write(&file, &text)?;
    read(&text).map(Some)
}

fn read(text: &str) -> Result<Vec<Sample>> {
    let sample = |line: &str| {
        let value: Value = serde_json::from_str(line)?;
        let field = |name: &str| value.get(name).and_then(Value::as_str).ok_or("a line without kind or cql").map(str::to_owned);
        Ok(Sample { kind: field("kind")?, cql: field("cql")? })
    };
    text.lines().map(sample).collect()
}
