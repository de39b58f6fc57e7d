//! Hostile texts at two sizes, each in a process of its own: nothing may crash, time must stay linear and memory bounded.
//!
//! The process that prints the table starts itself again for each measurement, so that a stack that overflows ends one
//! cell and not the table, and so that peaks do not mix.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cqlint_analysis::{Analyzer, Options};
use cqlint_bench::hostile::{CASES, Case};
use cqlint_bench::table::{Table, count, megabytes, ratio, seconds};
use cqlint_bench::{Result, kept, measuring, process, say};
use wait4::Wait4;

/// Whatever takes longer is not linear.
const LIMIT: Duration = Duration::from_secs(60);

/// What one text cost through the library.
struct Cost {
    bytes: u64,
    time: f64,
    statements: u64,
    errors: u64,
    peak: u64,
}

fn main() -> Result {
    let arguments: Vec<_> = std::env::args().collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)
    };
    if let (Some(name), Some(size)) = (value("--case"), value("--size")) {
        let case = CASES.iter().find(|case| case.name == name).ok_or("no such case")?;
        return child(case, size.parse()?, value("--write").map(Path::new));
    }
    say("## Hostile texts: at one size and at twice that, through the library and through the command\n");
    let binary = if measuring() { process::cqlint()? } else { None };
    let headings = [
        "text",
        "size",
        "MB",
        "library",
        "library, 2 x",
        "growth",
        "statements",
        "errors",
        "peak MB, 2 x",
        "command, 2 x",
        "exit",
        "peak MB",
    ];
    let mut table = Table::new(&headings);
    let mut wrong = Vec::new();
    for case in CASES.iter().filter(|case| value("--only").is_none_or(|only| case.name.contains(only.as_str()))) {
        let size = if measuring() { case.size } else { case.size / 100 };
        let (once, twice) = (library(case, size)?, library(case, 2 * size)?);
        if !once.1.is_empty() || !twice.1.is_empty() {
            wrong.push(format!("{}: {} / {}", case.name, once.1, twice.1));
        }
        let row = [case.name.to_owned(), count(2 * size as u64)].into_iter().chain(cells(&once, &twice));
        let command = match &binary {
            Some(binary) if twice.1.is_empty() => command(binary, case, 2 * size)?,
            _ => [const { String::new() }; 3],
        };
        table.row(row.chain(command));
    }
    say(&table);
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("did not end well:\n{}", wrong.join("\n")).into())
}

/// The process of one measurement.
fn child(case: &Case, size: usize, write: Option<&Path>) -> Result {
    let text = (case.text)(size)?;
    if let Some(path) = write {
        return Ok(fs::write(path, text)?);
    }
    thread::spawn(|| {
        thread::sleep(LIMIT);
        #[expect(clippy::exit, reason = "nothing else ends a thread that never returns")]
        std::process::exit(124);
    });
    let options = Options::default();
    let mut analyzer = Analyzer::new(options.dialects);
    let start = Instant::now();
    let (mut statements, mut errors) = (0_u64, 0);
    for statement in analyzer.statements(&text, &options) {
        statements += 1;
        errors += statement.errors.len() as u64;
    }
    let time = start.elapsed().as_nanos();
    say(format!("{} {time} {statements} {errors}", text.len()));
    Ok(())
}

/// One measurement; with a word in case it did not end well.
fn library(case: &Case, size: usize) -> Result<(Cost, String)> {
    let mut again = again(case, size)?;
    let mut child = again.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let out = child.stdout.take();
    let ended = child.wait4()?;
    let said = out.map(std::io::read_to_string).transpose()?.unwrap_or_default();
    let mut figures = said.split_whitespace().map(|figure| figure.parse::<u64>().unwrap_or(0));
    let mut figure = || figures.next().unwrap_or(0);
    let (bytes, time, statements, errors) = (figure(), figure() as f64 / 1e9, figure(), figure());
    let word = match ended.status.code() {
        Some(0) => String::new(),
        Some(124) => format!("> {} s", LIMIT.as_secs()),
        _ => ended.status.to_string(),
    };
    Ok((Cost { bytes, time, statements, errors, peak: ended.rusage.maxrss }, word))
}

fn again(case: &Case, size: usize) -> Result<Command> {
    let mut again = Command::new(std::env::current_exe()?);
    again.args(["--case", case.name, "--size", &size.to_string()]);
    Ok(again)
}

fn cells(once: &(Cost, String), twice: &(Cost, String)) -> [String; 7] {
    let time = |measured: &(Cost, String)| if measured.1.is_empty() { seconds(measured.0.time) } else { measured.1.clone() };
    [
        megabytes(twice.0.bytes),
        time(once),
        time(twice),
        ratio(twice.0.time, once.0.time),
        count(twice.0.statements),
        count(twice.0.errors),
        megabytes(twice.0.peak),
    ]
}

/// The same text as a file, through the command.
fn command(binary: &Path, case: &Case, size: usize) -> Result<[String; 3]> {
    let file: PathBuf = kept("stress")?.join("hostile.cql");
    let written = again(case, size)?.arg("--write").arg(&file).status()?;
    if !written.success() {
        return Err("the text cannot be written".into());
    }
    let run = process::run(Command::new(binary).arg(&file))?;
    fs::remove_file(&file)?;
    let exit = run.status.code().map_or_else(|| run.status.to_string(), |code| code.to_string());
    Ok([seconds(run.wall.as_secs_f64()), exit, megabytes(run.peak)])
}
