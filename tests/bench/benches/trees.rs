//! Folders of many files: the command as a whole process, beside reading the same bytes and beside its peer, in turns.

use std::path::PathBuf;
use std::process::Command;

use cqlint_bench::process::{self, Run};
use cqlint_bench::rounds::median;
use cqlint_bench::table::{Table, count, megabytes, ratio, seconds};
use cqlint_bench::tree::{self, Tree};
use cqlint_bench::{Result, measuring, peer, say};

const READ: &str = "read every byte, 2 threads";
const LOOK: &str = "read, and look for verbs of CQL";

/// A command to be run on a folder.
struct Tool {
    name: &'static str,
    binary: PathBuf,
    arguments: &'static [&'static str],
    /// Whether it is run on files that it does not look at.
    anywhere: bool,
}

fn main() -> Result {
    say("## Trees of files: whole processes, median of 5, in turns, warm cache\n");
    let mut tools = vec![Tool { name: READ, binary: env!("CARGO_BIN_EXE_read_tree").into(), arguments: &[], anywhere: true }];
    if !measuring() {
        return runs(&tree::scripts("20 .cql files", 20, 10)?, &tools, 1);
    }
    if let Some(binary) = process::cqlint()? {
        tools.push(Tool { name: "cqlint", binary: binary.clone(), arguments: &[], anywhere: true });
        tools.push(Tool { name: "cqlint, concise", binary, arguments: &["--format", "concise"], anywhere: true });
    }
    if let Some(binary) = peer::crates_io_cqlint()? {
        tools.push(Tool { name: "crates.io cqlint 0.1.0", binary, arguments: &["check"], anywhere: false });
    }
    for tree in [
        tree::scripts("2,000 .cql files", 2_000, 9)?,
        tree::scripts("20,000 .cql files", 20_000, 16)?,
        tree::without_cql("20,000 files without CQL", 20_000, 170)?,
    ] {
        runs(&tree, &tools, 5)?;
    }
    if let Some(tree) = tree::programs("the sources of crates, with the Rust driver among them") {
        let looking = Tool { name: LOOK, binary: env!("CARGO_BIN_EXE_read_tree").into(), arguments: &["--verbs"], anywhere: true };
        tools.insert(1, looking);
        runs(&tree, &tools, 5)?;
    }
    Ok(())
}

fn runs(tree: &Tree, tools: &[Tool], rounds: usize) -> Result {
    let has_cql = tree.name.contains(".cql");
    let tools: Vec<_> = tools.iter().filter(|tool| has_cql || tool.anywhere).collect();
    let run = |tool: &Tool| process::run(Command::new(&tool.binary).args(tool.arguments).arg(&tree.folder));
    let mut results: Vec<Vec<Run>> = vec![Vec::new(); tools.len()];
    // The first round fills the cache of the system and counts for nothing.
    for round in 0..=rounds {
        for (tool, results) in tools.iter().zip(&mut results) {
            let result = run(tool)?;
            if round > 0 {
                results.push(result);
            }
        }
    }

    let middle = |runs: &[Run], figure: fn(&Run) -> f64| median(runs.iter().map(figure).collect());
    let wall = |run: &Run| run.wall.as_secs_f64();
    let reading = results.first().map_or(f64::NAN, |runs| middle(runs, wall));
    let mut table = Table::new(&["tool", "wall", "to reading", "CPU", "files/s", "MB/s", "peak MB", "exit"]);
    for (tool, runs) in tools.iter().zip(&results) {
        let time = middle(runs, wall);
        table.row([
            tool.name.to_owned(),
            seconds(time),
            ratio(time, reading),
            seconds(middle(runs, |run| run.cpu.as_secs_f64())),
            count((tree.files as f64 / time) as u64),
            count((tree.bytes as f64 / 1e6 / time) as u64),
            megabytes(runs.iter().map(|run| run.peak).max().unwrap_or(0)),
            runs.first().and_then(|run| run.status.code()).map_or("killed".into(), |code| code.to_string()),
        ]);
    }
    say(format!("### {}: {} MB\n\n{table}", tree.name, megabytes(tree.bytes)));
    Ok(())
}
