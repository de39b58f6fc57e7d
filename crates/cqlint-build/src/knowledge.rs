//! What verdicts are made with: the schema of a package, and the configuration of its files, read as the command reads them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cqlint_analysis::{Analyzer, Diagnostic, Level, Options, Schema};
use cqlint_project::configuration::{Choice, Origin, Settings, settings_for};
use cqlint_project::{Checked, Event, Ignoring, Input, Problem, Project, read};

use crate::{Error, Mistake};

/// What the files of a package say.
#[derive(Default)]
pub(crate) struct Knowledge {
    /// Tables, types and functions.
    pub(crate) schema: Schema,
    /// The files with statements, in their order, as their author would write them.
    pub(crate) queries: Vec<String>,
    /// Paths that lead nowhere, and configuration that cannot be used: without them nothing else can be said.
    pub(crate) unreadable: Vec<Mistake>,
    /// What else stops the build.
    pub(crate) mistakes: Vec<Mistake>,
    /// What is worth a warning.
    pub(crate) warnings: Vec<Mistake>,
    /// Every file that counts, so that cargo and rustc look at it.
    pub(crate) files: BTreeSet<PathBuf>,
}

impl Knowledge {
    /// Reads and checks all files, as `cqlint QUERIES --schema SCHEMA` does.
    pub(crate) fn read(queries: &[PathBuf], schema: &[PathBuf]) -> Result<Self, Error> {
        // What is named here is wanted, even if git ignores it.
        let input = Input { paths: queries, schema, ignoring: Ignoring::Disregarded, ..Input::default() };
        let project =
            Project::load(&input, &|_| ()).map_err(|error| Mistake::new(format!("no thread could be started: {error}")))?;
        let mut knowledge = Self { schema: project.schema().clone(), queries: project.paths().collect(), ..Self::default() };
        let sources: Vec<PathBuf> = project.sources().map(Path::to_path_buf).collect();
        let told = project.check(&|_| (), |event| {
            knowledge.event(event);
            Ok(())
        });
        told.map_err(|error| Mistake::new(error.to_string()))?;
        for path in sources {
            // What is wrong with its configuration was told already.
            let Ok(settings) = settings(&path) else { continue };
            knowledge.files.extend(configured_in(&settings));
            if !knowledge.queries.iter().any(|query| Path::new(query) == path) {
                knowledge.definitions(&path, &settings);
            }
            knowledge.files.insert(path);
        }
        Ok(knowledge)
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::File(file) => self.file(*file),
            // That a definition does not parse is told with its picture.
            Event::Problem(problem) if problem.unchecked == 0 && !problem.is_fatal() => {}
            Event::Problem(problem) if problem.is_fatal() => self.unreadable.push(Mistake::of_problem(&problem)),
            Event::Problem(problem) => self.warnings.push(Mistake::of_problem(&problem)),
        }
    }

    /// What the command says of a file. That a statement does not parse is told with its name.
    fn file(&mut self, file: Checked) {
        let text: Arc<str> = file.text.into();
        for finding in file.findings.into_iter().filter(|finding| finding.rule.name != "syntax-error") {
            if !file.only_schema && stops(&finding) {
                self.mistakes.push(Mistake::found(finding, &file.path, &text));
            } else if finding.level >= Level::Warn {
                self.warnings.push(Mistake::found(finding, &file.path, &text));
            }
        }
    }

    /// What does not parse in a file that is only schema: without it, nobody knows its tables.
    fn definitions(&mut self, path: &Path, settings: &Settings) {
        let Ok(text) = read(path) else { return };
        let (deterministic, shown) = (settings.deterministic(), path.display().to_string());
        let options = settings.options(None, &deterministic);
        let shared: Arc<str> = text.as_str().into();
        for statement in Analyzer::new(options.dialects).statements(&text, &options) {
            if !statement.errors.is_empty() {
                let findings = statement.diagnostics(&text, &options).into_iter().filter(stops);
                self.mistakes.extend(findings.map(|finding| Mistake::found(finding, &shown, &shared)));
            }
        }
    }
}

/// Whether a finding stops the build: an error, or that a statement does not fit the schema. What is configured to be less than a
/// warning does not.
pub(crate) fn stops(finding: &Diagnostic) -> bool {
    finding.level == Level::Error || finding.level == Level::Warn && finding.rule.group == "schema"
}

/// What is in force for a file: what the closest configuration says.
pub(crate) fn settings(path: &Path) -> Result<Settings, Vec<Problem>> {
    settings_for(path, Choice::Closest, &[])
}

/// The files that said something.
pub(crate) fn configured_in(settings: &Settings) -> impl Iterator<Item = PathBuf> {
    settings.said.iter().filter_map(|setting| match &setting.origin {
        Origin::File { path, .. } => Some(PathBuf::from(path)),
        Origin::Default | Origin::Flag(_) => None,
    })
}

/// The options without what only says how loud something is told.
pub(crate) fn deciding<'o>(settings: &'o Settings, schema: &'o Schema, deterministic: &'o [&'o str]) -> Options<'o> {
    Options { levels: None, ..settings.options(Some(schema), deterministic) }
}
