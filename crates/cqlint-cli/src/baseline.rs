//! `cqlint --write-baseline FILE`: writes down what is found, and tells nothing else.

use std::io::{self, Write};

use cqlint_project::{Baseline, Event, Problem, Project};

use crate::arguments::Check;
use crate::exit::{Exit, Failure};
use crate::paths;
use crate::progress::Progress;

/// `before` is what is known already; of the paths that are checked it is found again.
pub(crate) fn write(before: Baseline, arguments: &Check, project: Project, progress: Progress) -> Result<Exit, Failure> {
    let mut problems: Vec<Problem> = Vec::new();
    let baseline = project.record(before, &|step| progress.step(step), |event| {
        if let Event::Problem(problem) = event {
            problems.push(problem);
        }
        Ok(())
    })?;
    drop(progress);
    let path = baseline.path().display();
    let failed = problems.iter().any(Problem::is_fatal);
    let mut lines: Vec<_> = problems.iter().filter(|problem| problem.is_fatal() || !arguments.quiet).map(paths::told).collect();
    if failed {
        // What could not be read would look new later.
        lines.push(format!("error: {path} is not written, because not everything could be checked"));
    } else {
        baseline.write()?;
        let (count, files) = (baseline.count(), baseline.files());
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let said = format!("{path} knows {count} finding{} in {files} file{}", plural(count), plural(files));
        lines.extend(Some(said).filter(|_| !arguments.quiet));
    }
    let mut stderr = io::stderr().lock();
    for line in lines {
        // When nobody reads it, so be it.
        let _ = writeln!(stderr, "{line}");
    }
    Ok(if failed { Exit::Failed } else { Exit::Clean })
}
