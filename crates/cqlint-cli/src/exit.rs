//! How a run ends: the codes that scripts rely on, and the failures behind code 2.

use std::io::{self, Write};
use std::process::ExitCode;

use cqlint_project::Problem;

use crate::paths;

/// The exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing to report.
    Clean = 0,
    /// Something was found.
    Findings = 1,
    /// The job could not be done, or not all of it.
    Failed = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Why there is no result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The output, or a thread.
    Io(io::Error),
    /// The command asks for something that cannot be done; with what to do instead.
    Usage { message: String, help: String },
    /// Something is wrong with files that decide how the work is done.
    Paths(Vec<Problem>),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Usage { message: problem.to_string(), help: problem.help.unwrap_or_default() }
    }
}

impl Failure {
    /// Says why on standard error. When the reader of the output has gone away, that is his right and no failure.
    pub(crate) fn report(self) -> Exit {
        let text = match self {
            Failure::Io(error) if error.kind() == io::ErrorKind::BrokenPipe => return Exit::Clean,
            Failure::Io(error) => format!("error: {error}\n"),
            Failure::Usage { message, help } => format!("error: {message}\n\n  help: {help}\n"),
            Failure::Paths(problems) => problems.iter().map(|problem| paths::told(problem) + "\n").collect(),
        };
        let _ = io::stderr().lock().write_all(text.as_bytes());
        Exit::Failed
    }
}
