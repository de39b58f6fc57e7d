//! The paths that are asked for: what is read there, and what a person is told about them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use cqlint_project::{Ignoring, Input, Problem, Project, Step};

use crate::arguments::{Arguments, Decision};
use crate::embedded::Embedded;
use crate::flags::Selection;

/// A path that does not exist may be a subcommand with a slip of the finger.
pub(crate) fn meant(problem: &Problem) -> Option<String> {
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

/// A problem for standard error, where the output has no place for it.
pub(crate) fn told(problem: &Problem) -> String {
    let level = if problem.is_fatal() { "error" } else { "note" };
    let command = meant(problem);
    let help = command.as_deref().or(problem.help.as_deref());
    let help = help.map(|help| format!("\n    help: {help}")).unwrap_or_default();
    format!("{level}: {problem}{help}")
}

/// Reads what the paths stand for, and the schema beside them; says so when there is nothing.
///
/// # Errors
/// No thread could be started.
pub(crate) fn load(
    paths: &[PathBuf],
    decision: &Decision,
    selection: &Selection,
    no_ignore: bool,
    quiet: bool,
    step: &(dyn Fn(Step) + Sync),
) -> io::Result<Project> {
    let ignoring = if no_ignore { Ignoring::Disregarded } else { Ignoring::Honoured };
    let mut flags = decision.flags.settings();
    flags.extend(selection.settings());
    let input = Input {
        paths,
        schema: &decision.schema,
        ignoring,
        hosts: Some(&Embedded),
        choice: decision.flags.choice(),
        flags: &flags,
        stdin: selection.stdin_filename.as_deref(),
        open: &[],
    };
    let project = Project::load(&input, step)?;
    if project.files() == 0 && project.problems().next().is_none() && !quiet {
        say_that_there_is_nothing(paths);
    }
    Ok(project)
}

/// Says on standard error what was looked for, and where that is not.
fn say_that_there_is_nothing(paths: &[PathBuf]) {
    let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    let text = format!(
        "no CQL in {}\n\n  help: hidden folders and what git ignores are passed over (see --no-ignore), and what is configured (see `cqlint config`); \
         a file that is named itself is checked whatever its ending\n",
        paths.join(", ")
    );
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
