//! `cqlint [PATH…]`: checks files and folders.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use clap::CommandFactory;
use cqlint_project::{Checked, Event, Ignoring, Input, Outcome, Problem, Project, Tally};
use cqlint_report::{File, Format, Reporter, Summary, Trouble};

use crate::arguments::{Arguments, Check};
use crate::embedded::Embedded;
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::terminal;

pub(crate) fn run(arguments: &Check) -> Result<Exit, Failure> {
    let progress = if arguments.quiet { Progress::hidden() } else { Progress::new() };
    let step = |step| progress.step(step);
    let ignoring = if arguments.no_ignore { Ignoring::Disregarded } else { Ignoring::Honoured };
    let input = Input { paths: &arguments.paths, schema: &arguments.decision.schema, ignoring, hosts: Some(&Embedded) };
    let project = Project::load(&input, &step)?;
    if project.files() == 0 && project.problems().next().is_none() && !arguments.quiet {
        say_that_there_is_nothing(arguments);
    }

    let mut out = BufWriter::with_capacity(1 << 16, progress.beside(io::stdout().lock()));
    let mut run = Run {
        reporter: Reporter::new(arguments.format, terminal::style(arguments.look), &mut out),
        summary: Summary { profile: arguments.decision.profile.name, ..Summary::default() },
        failed: false,
        quiet: arguments.quiet,
    };
    let deterministic = arguments.decision.deterministic();
    project.check(&arguments.decision.options(&deterministic), &step, |event| run.event(event))?;

    let Run { reporter, summary, failed, .. } = run;
    match arguments.format {
        // What is only for people can be left out.
        Format::Full | Format::Concise if arguments.quiet => drop(reporter),
        _ => drop(reporter.finish(&summary, arguments.statistics)?),
    }
    out.flush()?;
    let found = summary.errors + summary.warnings + if arguments.strict { summary.notes } else { 0 };
    Ok(match (failed, found) {
        (true, _) => Exit::Failed,
        (false, 1..) if !arguments.exit_zero => Exit::Findings,
        _ => Exit::Clean,
    })
}

struct Run<W: Write> {
    reporter: Reporter<W>,
    summary: Summary,
    /// Something that was asked for could not be done.
    failed: bool,
    quiet: bool,
}

impl<W: Write> Run<W> {
    fn event(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Problem(problem) => self.problem(&problem),
            Event::File(file) => self.file(&file),
        }
    }

    fn file(&mut self, file: &Checked) -> io::Result<()> {
        add(&mut self.summary, &file.tally);
        self.summary.files += usize::from(!file.only_schema);
        if file.findings.is_empty() {
            return Ok(());
        }
        self.reporter.file(&File { path: &file.path, text: &file.text, findings: &file.findings })?;
        if file.omitted() == 0 {
            return Ok(());
        }
        let message = format!("has {} more findings, which are only counted", file.omitted());
        self.reporter.trouble(&Trouble { path: &file.path, message: &message, help: None, fatal: false })
    }

    fn problem(&mut self, problem: &Problem) -> io::Result<()> {
        self.failed |= problem.is_fatal();
        if self.quiet && !problem.is_fatal() {
            return Ok(());
        }
        self.summary.troubles += usize::from(problem.outcome != Outcome::Done);
        let command = meant(problem);
        let help = command.as_deref().or(problem.help.as_deref());
        let fatal = problem.is_fatal();
        self.reporter.trouble(&Trouble { path: &problem.path, message: &problem.message, help, fatal })
    }
}

fn add(summary: &mut Summary, tally: &Tally) {
    summary.statements += tally.statements;
    summary.idempotent += tally.idempotent;
    summary.not_idempotent += tally.not_idempotent;
    summary.depends += tally.depends;
    summary.errors += tally.errors;
    summary.warnings += tally.warnings;
    summary.notes += tally.notes;
    let merge = |into: &mut BTreeMap<&'static str, usize>, from: &BTreeMap<&'static str, usize>| {
        for (name, count) in from {
            *into.entry(name).or_default() += count;
        }
    };
    merge(&mut summary.depends_on, &tally.depends_on);
    merge(&mut summary.by_rule, &tally.by_rule);
}

/// A path that does not exist may be a subcommand with a slip of the finger.
fn meant(problem: &Problem) -> Option<String> {
    let word = problem.path.as_str();
    let is_word = word.chars().all(|character| character.is_ascii_alphabetic());
    if !problem.is_fatal() || !is_word || Path::new(word).exists() {
        return None;
    }
    let commands = Arguments::command();
    let names = commands.get_subcommands().map(clap::Command::get_name);
    let close = names.map(|name| (strsim::damerau_levenshtein(name, word), name)).min()?;
    (close.0 <= 2).then(|| format!("did you mean `cqlint {}`?", close.1))
}

fn say_that_there_is_nothing(arguments: &Check) {
    let paths: Vec<_> = arguments.paths.iter().map(|path| path.display().to_string()).collect();
    let text = format!(
        "no CQL in {}\n\n  help: hidden folders and what git ignores are passed over (see --no-ignore); \
         a file that is named itself is checked whatever its ending\n",
        paths.join(", ")
    );
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
