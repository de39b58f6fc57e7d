//! A text from the arguments: it is in no folder, so no configuration file counts unless one is named.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cqlint_analysis::Options;
use cqlint_project::configuration::{Choice, settings_for};
use cqlint_project::{Ignoring, Input, Project};

use crate::arguments::Decision;
use crate::exit::{Exit, Failure};

/// Does something with what verdicts on such texts are made with.
pub(crate) fn with_options(decision: &Decision, work: impl FnOnce(&Options<'_>) -> Result<Exit, Failure>) -> Result<Exit, Failure> {
    let flags = &decision.flags;
    let settings = settings_for(Path::new("."), flags.choice_without_file(), &flags.settings()).map_err(Failure::Paths)?;
    let schema: Vec<PathBuf> = decision.schema.iter().chain(&settings.schema).cloned().collect();
    // A schema that is named is wanted, even if git ignores it.
    let input = Input { schema: &schema, ignoring: Ignoring::Disregarded, choice: Choice::Isolated, ..Input::default() };
    let project = Project::load(&input, &|_| ())?;
    for problem in project.problems() {
        let help = problem.help.clone().unwrap_or_default();
        if problem.is_fatal() {
            return Err(Failure::Usage { message: problem.to_string(), help });
        }
        let _ = writeln!(io::stderr().lock(), "note: {problem}; {help}");
    }
    let deterministic = settings.deterministic();
    let known = Some(project.schema()).filter(|_| !schema.is_empty());
    work(&settings.options(known, &deterministic))
}
