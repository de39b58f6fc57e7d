//! Finding by finding beside the `cqlint` of crates.io: what each reports of the same statements, and how long it takes.
//!
//! `cargo bench -p cqlint-bench --bench findings` reads the repository's own corpus, its example and the workload; with a folder
//! behind `--` it reads that one. A finding of the peer counts as reported by us when one of the rules beside its name is found
//! in the same statement; what we do not report is listed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cqlint_analysis::{Analyzer, Options};
use cqlint_bench::rounds::median;
use cqlint_bench::table::{Table, count, ratio, seconds};
use cqlint_bench::{Result, measuring, peer, process, root, say, tree};
use cqlint_syntax::Span;
use serde_json::Value;

/// Its rules by name, and ours that say the same.
const RULES: [(&str, &[&str]); 13] = [
    ("allow-filtering", &["allow-filtering"]),
    ("select-star", &["select-star"]),
    ("unbounded-select", &["unbounded-select"]),
    ("count-scan", &["count-scan"]),
    ("large-in", &["large-in"]),
    ("large-batch", &["large-batch"]),
    ("native-secondary-index", &["native-secondary-index"]),
    ("lightweight-transaction", &["lightweight-transaction"]),
    ("destructive", &["destructive-change", "truncate"]),
    ("non-idempotent-ddl", &["schema-change"]),
    ("list-column", &["list-column"]),
    ("null-write", &["null-write"]),
    ("wide-table", &["wide-table"]),
];

/// What is off by itself is switched on, as `--select ALL` does for the peer.
const ALL_OF_OURS: [&str; 4] = ["--format=json", "--rule=performance=warn", "--rule=migration=warn", "--rule=model=warn"];

/// So many of what we do not report are shown for each rule.
const SHOWN: usize = 12;

/// One finding: where it begins, by whose rule.
struct Found {
    path: PathBuf,
    at: u32,
    rule: String,
}

fn main() -> Result {
    if !measuring() {
        return Ok(());
    }
    say("## Findings beside crates.io cqlint 0.1.0\n");
    let (Some(ours), Some(peer)) = (process::cqlint()?, peer::crates_io_cqlint()?) else { return Ok(()) };
    let own = std::env::args_os().skip(1).map(PathBuf::from).find(|path| path.is_dir());
    let workload = tree::scripts("2,000 .cql files", 2_000, 9)?;
    let folders = match own {
        Some(folder) => vec![folder],
        None => vec![root().join("tests/corpus/accepted"), root().join("tests/example"), workload.folder.clone()],
    };
    for folder in &folders {
        compare(folder, &ours, &peer)?;
        times(folder, &ours, &peer)?;
    }
    Ok(())
}

fn compare(folder: &Path, ours: &Path, peer: &Path) -> Result {
    let theirs = theirs(folder, peer)?;
    let ours = own(folder, ours)?;
    let mut statements: BTreeMap<PathBuf, (String, Vec<Span>)> = BTreeMap::new();
    let mut table = Table::new(&["its rule", "its findings", "ours too", "not ours", "ours in all"]);
    let mut missing = String::new();
    for (rule, same) in RULES {
        let said = theirs.iter().filter(|found| found.rule == rule);
        let (mut both, mut only) = (0, Vec::new());
        for found in said {
            if !statements.contains_key(&found.path) {
                statements.insert(found.path.clone(), split(&found.path)?);
            }
            let Some((text, spans)) = statements.get(&found.path) else { continue };
            let statement = spans.iter().find(|span| span.touches(found.at)).copied().unwrap_or(Span::new(found.at, found.at + 60));
            let is_same = |own: &&Found| own.path == found.path && statement.touches(own.at) && same.contains(&own.rule.as_str());
            if ours.iter().any(|own| is_same(&own)) {
                both += 1;
            } else {
                only.push(one_line(statement.text(text)));
            }
        }
        let in_all = ours.iter().filter(|own| same.contains(&own.rule.as_str())).count();
        table.row([rule.to_owned(), count(both + only.len() as u64), count(both), count(only.len() as u64), count(in_all as u64)]);
        only.sort();
        only.dedup();
        for statement in only.iter().take(SHOWN) {
            missing += &format!("- {rule}: `{statement}`\n");
        }
    }
    let name = folder.strip_prefix(root()).unwrap_or(folder).display().to_string();
    say(format!("### {name}\n\n{table}\nReported by it and not by us (each once, at most {SHOWN} a rule):\n\n{missing}"));
    Ok(())
}

fn theirs(folder: &Path, peer: &Path) -> Result<Vec<Found>> {
    let output = Command::new(peer).args(["check", "--select", "ALL", "--output-format", "json"]).arg(folder).output()?;
    let found: Value = serde_json::from_slice(&output.stdout)?;
    let field = |entry: &Value, name: &str| entry.pointer(name).cloned().unwrap_or_default();
    let one = |entry: &Value| {
        Some(Found {
            path: fs::canonicalize(field(entry, "/file").as_str()?).ok()?,
            at: u32::try_from(field(entry, "/finding/start").as_u64()?).ok()?,
            rule: field(entry, "/finding/name").as_str()?.to_owned(),
        })
    };
    Ok(found.as_array().map(|entries| entries.iter().filter_map(one).collect()).unwrap_or_default())
}

fn own(folder: &Path, ours: &Path) -> Result<Vec<Found>> {
    let output = Command::new(ours).arg(folder).args(ALL_OF_OURS).arg("--isolated").output()?;
    let found: Value = serde_json::from_slice(&output.stdout)?;
    let one = |entry: &Value| {
        Some(Found {
            path: fs::canonicalize(entry.get("path")?.as_str()?).ok()?,
            at: u32::try_from(entry.get("start")?.as_u64()?).ok()?,
            rule: entry.get("rule")?.as_str()?.to_owned(),
        })
    };
    Ok(found.get("findings").and_then(Value::as_array).map(|all| all.iter().filter_map(one).collect()).unwrap_or_default())
}

/// The text of a file and where its statements are.
fn split(path: &Path) -> Result<(String, Vec<Span>)> {
    let text = fs::read_to_string(path)?;
    let options = Options::default();
    let mut analyzer = Analyzer::new(options.dialects);
    let spans = analyzer.statements(&text, &options).map(|statement| statement.span).collect();
    Ok((text, spans))
}

fn one_line(statement: &str) -> String {
    let line = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(110) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

/// The two with their default rules and with all, in turns.
fn times(folder: &Path, ours: &Path, peer: &Path) -> Result {
    let run = |binary: &Path, arguments: &[&str]| process::run(Command::new(binary).args(arguments).arg(folder));
    let contenders: [(&str, &Path, &[&str]); 4] = [
        ("crates.io cqlint 0.1.0", peer, &["check", "--output-format", "json"]),
        ("crates.io cqlint 0.1.0, all rules", peer, &["check", "--select", "ALL", "--output-format", "json"]),
        ("cqlint", ours, &["--format=json", "--isolated"]),
        ("cqlint, all rules", ours, &[ALL_OF_OURS[0], ALL_OF_OURS[1], ALL_OF_OURS[2], ALL_OF_OURS[3], "--isolated"]),
    ];
    let mut walls: Vec<Vec<f64>> = vec![Vec::new(); contenders.len()];
    // The first round fills the cache of the system and counts for nothing.
    for round in 0..=7 {
        for ((_, binary, arguments), walls) in contenders.iter().zip(&mut walls) {
            let wall = run(binary, arguments)?.wall.as_secs_f64();
            if round > 0 {
                walls.push(wall);
            }
        }
    }
    let middles: Vec<_> = walls.into_iter().map(median).collect();
    let first = middles.first().copied().unwrap_or(f64::NAN);
    let mut table = Table::new(&["tool", "wall", "to the first"]);
    for ((name, ..), middle) in contenders.iter().zip(&middles) {
        table.row([(*name).to_owned(), seconds(*middle), ratio(*middle, first)]);
    }
    say(format!("{table}"));
    Ok(())
}
