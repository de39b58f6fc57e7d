//! How long an author waits: from one letter that is typed to the findings of the new text, beside the servers of ruff and of
//! squawk in the same run, each in its own language; and what memory ours has after many letters.
//!
//! `cargo bench -p cqlint-bench --bench latency`; `-- --memory` only the memory.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use cqlint_bench::lsp::{Diagnostics, Server};
use cqlint_bench::table::{Table, count, megabytes};
use cqlint_bench::typist::Typist;
use cqlint_bench::{Result, kept, measuring, peer, process, say, texts};

/// Edits of each file, in turns.
const EDITS: usize = 500;
const ROUNDS: usize = 50;
/// Edits after which memory is looked at, so many times.
const LETTERS: usize = 1_000;
const LOOKS: usize = 10;

/// A file, and who looks at it.
struct Case {
    program: PathBuf,
    arguments: &'static [&'static str],
    server: &'static str,
    file: &'static str,
    language: &'static str,
    text: String,
}

/// A case under way.
struct Contender<'a> {
    case: &'a Case,
    server: Server,
    typist: Typist,
    findings: usize,
    times: Vec<Duration>,
}

fn main() -> Result {
    // Servers answer with the path as it is.
    let folder = kept("latency")?.canonicalize()?;
    let cases = cases()?;
    for case in &cases {
        // A folder of its own: a server may look at the files beside one.
        std::fs::create_dir_all(folder.join(case.language))?;
        std::fs::write(folder.join(case.language).join(case.file), &case.text)?;
    }
    if !measuring() {
        return Ok(());
    }
    if !std::env::args().any(|argument| argument == "--memory") {
        say(format!("## From a letter to its findings\n\n{} edits of each file.\n", count(EDITS as u64)));
        for (how, diagnostics) in [("asked for", Diagnostics::Pull), ("sent", Diagnostics::Push)] {
            say(format!("Findings are {how}:\n\n{}", latencies(&cases, &folder, diagnostics)?));
        }
    }
    for case in cases.iter().filter(|case| case.server == "cqlint") {
        match start(case, &folder, Diagnostics::Pull) {
            Ok(contender) => say(memory(contender)?),
            Err(error) => say(format!("**{} does not run: {error}: skipped.**\n", case.server)),
        }
    }
    Ok(())
}

fn cases() -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    if let Some(program) = process::cqlint()? {
        let case =
            |file, language, text| Case { program: program.clone(), arguments: &["lsp"], server: "cqlint", file, language, text };
        cases.push(case("queries.cql", "cql", texts::cql()?));
        cases.push(case("Queries.java", "java", texts::java()?));
    }
    if let Some(program) = peer::ruff()? {
        let (file, language) = ("queries.py", "python");
        cases.push(Case { program, arguments: &["server"], server: "ruff", file, language, text: texts::python()? });
    }
    if let Some(program) = peer::squawk()? {
        let (file, language) = ("queries.sql", "sql");
        cases.push(Case { program, arguments: &["server"], server: "squawk", file, language, text: texts::sql()? });
    }
    Ok(cases)
}

fn latencies(cases: &[Case], folder: &Path, diagnostics: Diagnostics) -> Result<Table> {
    let mut contenders = Vec::new();
    // squawk sends none.
    for case in cases.iter().filter(|case| diagnostics == Diagnostics::Pull || case.server != "squawk") {
        match start(case, folder, diagnostics) {
            Ok(contender) => contenders.push(contender),
            Err(error) => say(format!("**{} does not run: {error}: skipped.**\n", case.server)),
        }
    }
    for _ in 0..ROUNDS {
        for Contender { server, typist, times, .. } in &mut contenders {
            for _ in 0..EDITS / ROUNDS {
                times.push(server.change(&typist.edit())?);
            }
        }
    }
    let mut table = Table::new(&["server", "file", "lines", "findings", "p50 ms", "p99 ms", "max ms"]);
    for Contender { case, typist, findings, times, .. } in &mut contenders {
        times.sort();
        let at = |percent: usize| times.get((times.len() * percent).div_ceil(100).saturating_sub(1));
        let shown = |time: Option<&Duration>| time.map_or_else(String::new, |time| format!("{:.2}", time.as_secs_f64() * 1e3));
        let numbers = [typist.lines(), *findings].map(|number| count(number as u64));
        let times = [at(50), at(99), at(100)].map(shown);
        table.row([case.server.to_owned(), case.file.to_owned()].into_iter().chain(numbers).chain(times));
    }
    Ok(table)
}

fn start<'a>(case: &'a Case, folder: &Path, diagnostics: Diagnostics) -> Result<Contender<'a>> {
    let typist = Typist::new(&case.text, 7);
    let folder = folder.join(case.language);
    let mut server = Server::start(Command::new(&case.program).args(case.arguments), &folder, diagnostics)?;
    let findings = server.open(&folder.join(case.file), case.language, &typist)?;
    Ok(Contender { case, server, typist, findings, times: Vec::new() })
}

fn memory(Contender { case, mut server, mut typist, .. }: Contender<'_>) -> Result<String> {
    let mut table = Table::new(&["edits", "MB"]);
    let mut look = |edits: usize, server: &Server| {
        let megabytes = server.memory().map_or_else(|| "not told here".to_owned(), megabytes);
        table.row([count(edits as u64), megabytes]);
    };
    look(0, &server);
    for looks in 1..=LOOKS {
        for _ in 0..LETTERS {
            server.change(&typist.edit())?;
        }
        look(looks * LETTERS, &server);
    }
    Ok(format!("Memory of {} with {}:\n\n{table}", case.server, case.file))
}
