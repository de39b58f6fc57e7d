//! `cqlint [PATH…]`: checks files and folders.

use std::io;
use std::path::Path;

use cqlint_project::{Checked, Event, Problem};
use cqlint_report::{File, Summary, Trouble};

use crate::arguments::Check;
use crate::exit::{Exit, Failure};
use crate::outputs::Outputs;
use crate::progress::Progress;
use crate::{baseline, diff, paths, sums};

pub(crate) fn run(arguments: &Check) -> Result<Exit, Failure> {
    if arguments.fix && !arguments.diff && arguments.paths.iter().any(|path| path == Path::new("-")) {
        let message = "`--fix` mends files, and standard input is none".to_owned();
        return Err(Failure::Usage { message, help: "name the file, or see the changes with `--diff`".to_owned() });
    }
    let baseline = arguments.adoption.baseline()?;
    let changes = arguments.adoption.changes(&arguments.paths)?;
    let progress = if arguments.quiet { Progress::hidden() } else { Progress::new() };
    let step = |step| progress.step(step);
    let project =
        paths::load(&arguments.paths, &arguments.decision, &arguments.selection, arguments.no_ignore, arguments.quiet, &step)?;

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
    if arguments.diff {
        return diff::run(arguments, project, progress);
    }
    let mut run = Run {
        outputs: Outputs::open(&arguments.format, arguments.look, &progress)?,
        summary: Summary { profiles: project.profiles(), fixes: arguments.fixes(), ..Summary::default() },
        failed: false,
        quiet: arguments.quiet,
        mending: arguments.fix,
    };
    project.check(&step, |event| run.event(event))?;

    let Run { outputs, summary, failed, .. } = run;
    outputs.finish(&summary, arguments)?;
    let found = summary.errors + summary.warnings + if arguments.strict { summary.notes } else { 0 };
    Ok(match (failed, found) {
        (true, _) => Exit::Failed,
        (false, 1..) if !arguments.exit_zero => Exit::Findings,
        _ => Exit::Clean,
    })
}

struct Run<'a> {
    outputs: Outputs<'a>,
    summary: Summary,
    /// Something that was asked for could not be done.
    failed: bool,
    quiet: bool,
    /// Whether the files are mended.
    mending: bool,
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
        if !self.mending {
            return Ok(());
        }
        match file.mend(self.summary.fixes) {
            Ok(count) => {
                self.summary.fixed += count;
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
