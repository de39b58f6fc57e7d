//! `cqlint [PATH…]`: checks files and folders.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use cqlint_analysis::Level;
use cqlint_project::{Allowing, Checked, Event, Problem, Project};
use cqlint_report::{File, Summary, Trouble};

use crate::arguments::Check;
use crate::embedded::Embedded;
use crate::exit::{Exit, Failure};
use crate::outputs::Outputs;
use crate::progress::Progress;
use crate::{baseline, diff, paths, sums};

pub(crate) fn run(arguments: &Check) -> Result<Exit, Failure> {
    let writes =
        if arguments.fix { Some("--fix") } else { arguments.adoption.add_suppressions.as_ref().map(|_| "--add-suppressions") };
    if let Some(name) = writes.filter(|_| !arguments.diff && arguments.paths.iter().any(|path| path == Path::new("-"))) {
        let message = format!("`{name}` changes files, and standard input is none");
        return Err(Failure::Usage { message, help: "name the file, or see the changes with `--diff`".to_owned() });
    }
    let baseline = arguments.adoption.baseline()?;
    let changes = arguments.adoption.changes(&arguments.paths)?;
    let progress = if arguments.quiet { Progress::hidden() } else { Progress::new() };
    let step = |step| progress.step(step);
    let project =
        paths::load(&arguments.paths, &arguments.decision, &arguments.selection, arguments.no_ignore, arguments.quiet, &step)?;

    if arguments.show_files {
        drop(progress);
        return show_files(&project);
    }
    let project = if arguments.ignore_suppressions { project.without_suppressions() } else { project };
    let project = match baseline {
        Some(baseline) if arguments.adoption.write_baseline.is_some() => {
            return baseline::write(baseline, arguments, project, progress);
        }
        Some(baseline) => project.hiding(baseline),
        None => project,
    };
    let project = match changes {
        Some(changes) => project.only_in(changes),
        None => project,
    };
    let project = match &arguments.adoption.add_suppressions {
        Some(reason) => {
            let least = if arguments.strict { Level::Note } else { Level::Warn };
            project.allowing(Allowing { reason: reason.clone(), least, hosts: &Embedded })
        }
        None => project,
    };
    if arguments.diff {
        return diff::run(arguments, project, progress);
    }
    let mut run = Run {
        outputs: Outputs::open(&arguments.format, arguments.look, &progress)?,
        summary: Summary { profiles: project.profiles(), fixes: arguments.fixes(), ..Summary::default() },
        failed: false,
        quiet: arguments.quiet,
        mending: match &arguments.adoption.add_suppressions {
            Some(_) => Mending::Allowing,
            None if arguments.fix => Mending::Files,
            None => Mending::Nothing,
        },
    };
    project.check(&step, |event| run.event(event))?;

    let Run { outputs, summary, failed, .. } = run;
    outputs.finish(&summary, arguments)?;
    let notes = if arguments.strict { summary.notes } else { 0 };
    let fixed = if arguments.exit_non_zero_on_fix { summary.fixed } else { 0 };
    let found = summary.errors + summary.warnings + notes + fixed;
    Ok(match (failed, found) {
        (true, _) => Exit::Failed,
        (false, 1..) if !arguments.exit_zero => Exit::Findings,
        _ => Exit::Clean,
    })
}

/// One path on each line, as a shell would want them.
fn show_files(project: &Project) -> Result<Exit, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    project.paths().try_for_each(|path| writeln!(out, "{path}"))?;
    out.flush()?;
    let problems: Vec<_> = project.problems().filter(|problem| problem.is_fatal()).map(paths::told).collect();
    // When nobody reads it, so be it.
    problems.iter().for_each(|problem| _ = writeln!(io::stderr().lock(), "{problem}"));
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Failed })
}

struct Run<'a> {
    outputs: Outputs<'a>,
    summary: Summary,
    /// Something that was asked for could not be done.
    failed: bool,
    quiet: bool,
    mending: Mending,
}

/// What is mended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mending {
    Nothing,
    /// What can be mended, in its file.
    Files,
    /// The same, by comments that hide it from now on.
    Allowing,
}

impl Run<'_> {
    fn event(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Problem(problem) => self.problem(&problem),
            Event::File(mut file) => {
                self.mend(&mut file)?;
                self.file(&file)
            }
        }
    }

    fn mend(&mut self, file: &mut Checked) -> io::Result<()> {
        if self.mending == Mending::Nothing {
            return Ok(());
        }
        match file.mend(self.summary.fixes) {
            Ok(count) => {
                let sum = if self.mending == Mending::Allowing { &mut self.summary.hidden } else { &mut self.summary.fixed };
                *sum += count;
                Ok(())
            }
            Err(problem) => {
                self.failed = true;
                self.tell(&problem)
            }
        }
    }

    fn file(&mut self, file: &Checked) -> io::Result<()> {
        sums::add(&mut self.summary, &file.tally);
        self.summary.files += usize::from(!file.only_schema);
        if file.findings.is_empty() {
            return Ok(());
        }
        self.outputs.file(&File { path: &file.path, text: &file.text, findings: &file.findings, fixes: self.summary.fixes })?;
        if file.omitted() == 0 {
            return Ok(());
        }
        let message = format!("has {} more findings, which are only counted", file.omitted());
        self.outputs.trouble(&Trouble { path: &file.path, place: None, message: &message, help: None, fatal: false })
    }

    fn problem(&mut self, problem: &Problem) -> io::Result<()> {
        self.failed |= problem.is_fatal();
        if self.quiet && !problem.is_fatal() {
            return Ok(());
        }
        self.summary.troubles += problem.unchecked;
        self.tell(problem)
    }

    fn tell(&mut self, problem: &Problem) -> io::Result<()> {
        let command = paths::meant(problem);
        let help = command.as_deref().or(problem.help.as_deref());
        let fatal = problem.is_fatal();
        self.outputs.trouble(&Trouble { path: &problem.path, place: problem.place, message: &problem.message, help, fatal })
    }
}
