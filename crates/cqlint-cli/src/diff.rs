//! `cqlint --diff`: what `--fix` would change, and nothing else.

use std::io::{self, BufWriter, Write};

use cqlint_analysis::Safety;
use cqlint_project::{Checked, Event, Problem, Project};
use cqlint_report::{Style, diff};

use crate::arguments::Check;
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::{paths, terminal};

pub(crate) fn run(arguments: &Check, project: Project, progress: Progress) -> Result<Exit, Failure> {
    let mut run = Run {
        out: BufWriter::with_capacity(1 << 16, progress.beside(io::stdout().lock())),
        style: terminal::style(arguments.look),
        complaints: Vec::new(),
        failed: false,
        quiet: arguments.quiet,
        fixes: arguments.fixes(),
        findings: 0,
        files: 0,
        more: 0,
    };
    let step = |step| progress.step(step);
    project.check(&step, |event| run.event(event))?;

    let Run { mut out, mut complaints, failed, findings, files, more, .. } = run;
    out.flush()?;
    drop(out);
    drop(progress);
    if !arguments.quiet {
        let (finding, file) = (if findings == 1 { "" } else { "s" }, if files == 1 { "" } else { "s" });
        let more = if more == 0 { String::new() } else { format!(" ({more} more with --unsafe-fixes)") };
        let done = if arguments.adoption.add_suppressions.is_some() { "allowed" } else { "fixed" };
        complaints.push(match findings {
            0 => format!("nothing would be {done}{more}"),
            _ => format!("{findings} finding{finding} in {files} file{file} would be {done}{more}"),
        });
    }
    let mut stderr = io::stderr().lock();
    for line in complaints {
        // When nobody reads it, so be it.
        let _ = writeln!(stderr, "{line}");
    }
    Ok(match (failed, findings) {
        (true, _) => Exit::Failed,
        (false, 1..) if !arguments.exit_zero => Exit::Findings,
        _ => Exit::Clean,
    })
}

struct Run<W: Write> {
    out: W,
    style: Style,
    /// What is said on standard error when all is done.
    complaints: Vec<String>,
    /// Something that was asked for could not be done.
    failed: bool,
    quiet: bool,
    /// The fixes that would be made.
    fixes: Safety,
    /// How many findings would be mended, in how many files.
    findings: usize,
    files: usize,
    /// How many more could be mended.
    more: usize,
}

impl<W: Write> Run<W> {
    fn event(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Problem(problem) => {
                self.problem(&problem);
                Ok(())
            }
            Event::File(file) => self.file(&file),
        }
    }

    fn file(&mut self, file: &Checked) -> io::Result<()> {
        if self.fixes == Safety::Safe && !file.only_schema {
            self.more += file.tally.unsafe_fixable;
        }
        let Some(mended) = file.mended(self.fixes) else { return Ok(()) };
        self.findings += mended.count();
        self.files += 1;
        self.out.write_all(diff(&file.path, &file.text, &mended.text, self.style).as_bytes())
    }

    fn problem(&mut self, problem: &Problem) {
        self.failed |= problem.is_fatal();
        if self.quiet && !problem.is_fatal() {
            return;
        }
        self.complaints.push(paths::told(problem));
    }
}
