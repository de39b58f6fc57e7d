//! Files while they change, as in an editor: each is checked as a run of the command would check it then.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;

use cqlint_analysis::{Analyzer, Definitions, Diagnostic, Fragment, Options, Schema};
use rayon::prelude::*;

use crate::check::{Check, Checked, Detail};
use crate::configuration::Settings;
use crate::conflicts::conflicts;
use crate::host::{HostChange, HostProgram, HostReader, HostText, Trust};
use crate::load::{Loaded, Reading, schema};
use crate::problem::shown;
use crate::project::{Input, Step};
use crate::sieve::Memory;
use crate::source::Source;
use crate::{Problem, read};

mod allow;
mod changes;

pub use allow::Reach;

/// How many bytes of texts are kept that no editor holds. The others are read again.
const KEPT: usize = 64 << 20;

/// The files of some folders, with those texts that an editor holds.
///
/// ```
/// use cqlint_project::{Affected, Input, Workspace};
///
/// let folder = tempfile::tempdir()?;
/// let (schema, queries) = (folder.path().join("schema.cql"), folder.path().join("queries.cql"));
/// std::fs::write(&schema, "CREATE TABLE t (k int PRIMARY KEY, c int);")?;
/// std::fs::write(&queries, "UPDATE t SET c = c + 1 WHERE k = 0;")?;
///
/// let paths = [folder.path().to_path_buf()];
/// let mut workspace = Workspace::load(&Input { paths: &paths, ..Input::default() }, None, &|_| ())?;
/// let text = "CREATE TABLE t (k int PRIMARY KEY, c counter);".to_owned();
/// assert_eq!(workspace.change(&schema, text), Affected::All);
/// let checked = workspace.check(&queries).expect("one of its files").expect("it can be read");
/// assert_eq!(checked.findings[0].rule.name, "counter-update");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Workspace {
    hosts: Option<&'static dyn HostReader>,
    sources: Vec<Source>,
    numbers: HashMap<PathBuf, usize>,
    settings: Vec<Settings>,
    problems: Vec<Problem>,
    program: Option<Program>,
    schema: Schema,
    /// Definitions that disagree, by the number of the source.
    conflicts: BTreeMap<u32, Vec<Diagnostic>>,
    /// Texts that an editor holds and that are none of its files, with what was last known of them.
    strangers: HashMap<PathBuf, Option<Trust>>,
    /// The folders; paths are told from there.
    folders: Vec<PathBuf>,
    pool: rayon::ThreadPool,
    room: AtomicUsize,
}

/// The files of programs.
struct Program {
    files: Box<dyn HostProgram>,
    /// The number of the source of each.
    sources: Vec<usize>,
}

/// Which files have other findings after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Affected {
    /// These, as far as there are any; the changed one first.
    Files(Vec<PathBuf>),
    /// All may have: the schema is another one.
    All,
    /// All may have, and the workspace has to be loaded anew to know which files there are and what they have in common. Until
    /// then the changed file is known as well as can be.
    Stale,
}

/// A file as it is now, with what is in force for it.
pub struct View<'a> {
    /// Where it is.
    pub path: &'a Path,
    /// What it says.
    pub text: Cow<'a, str>,
    /// The CQL in it, when it is a file of a program; else it is CQL.
    pub fragments: Option<&'a [Fragment]>,
    /// What a verdict is made with.
    pub options: Options<'a>,
}

impl Workspace {
    /// Finds and reads the files of the folders, and the texts that are open.
    ///
    /// # Errors
    /// No thread could be started. What is wrong with a path is one of its [`Workspace::problems`].
    pub fn load(input: &Input<'_>, hosts: Option<&'static dyn HostReader>, progress: &(dyn Fn(Step) + Sync)) -> io::Result<Self> {
        let follow = |hosts: &dyn HostReader, files: &[HostText<'_>]| {
            let program = hosts.follow(files);
            Reading { files: (0..files.len()).map(|number| program.file(number)).collect(), kept: program }
        };
        let input = Input { hosts: hosts.map(|hosts| hosts as &dyn HostReader), ..*input };
        let Loaded { sources, problems, settings, pool, program, .. } = Loaded::new(&input, follow, progress)?;
        let numbers: HashMap<_, _> = sources.iter().enumerate().map(|(number, source)| (source.path.clone(), number)).collect();
        let strangers = input.open.iter().filter(|(path, _)| !numbers.contains_key(path));
        let strangers = strangers.map(|(path, text)| (path.clone(), trust(hosts, path, text))).collect();
        let mut workspace = Self {
            hosts,
            numbers,
            settings,
            problems,
            program: program.map(|(files, sources)| Program { files, sources }),
            schema: Schema::default(),
            conflicts: BTreeMap::new(),
            strangers,
            folders: input.paths.to_vec(),
            pool,
            room: AtomicUsize::new(KEPT),
            sources,
        };
        workspace.define();
        Ok(workspace)
    }

    /// What is wrong with paths, and with configuration files.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What is known of tables, types and functions.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Whether it is one of the files that are read.
    #[must_use]
    pub fn contains(&self, path: &Path) -> bool {
        self.numbers.contains_key(path)
    }

    /// The findings of a file as it is now, those of an editor's text in front of the file's; nothing when it is none of the
    /// files that are checked, or its configuration cannot be used.
    ///
    /// # Errors
    /// It cannot be read, or is no CQL.
    pub fn check(&self, path: &Path) -> Option<Result<Checked, Problem>> {
        self.check_source(*self.numbers.get(path)?)
    }

    /// The findings of all files, in their order. They are checked on all threads.
    #[must_use]
    pub fn check_all(&self) -> Vec<(&Path, Result<Checked, Problem>)> {
        let check = |number: usize| Some((self.sources.get(number)?.path.as_path(), self.check_source(number)?));
        self.pool.install(|| (0..self.sources.len()).into_par_iter().filter_map(check).collect())
    }

    /// Looks at a file as it is now; nothing when it is none of the workspace, or cannot be read.
    pub fn view<T>(&self, path: &Path, look: impl FnOnce(&View<'_>) -> T) -> Option<T> {
        self.view_source(self.source(path)?, look)
    }

    /// Looks at all files, in their order, on all threads.
    pub fn view_all<T: Send>(&self, look: impl Fn(&View<'_>) -> T + Sync) -> Vec<(&Path, T)> {
        let view = |source: &'_ Source| self.view_source(source, &look);
        let found: Vec<Option<T>> = self.pool.install(|| self.sources.par_iter().map(view).collect());
        self.sources.iter().zip(found).filter_map(|(source, found)| Some((source.path.as_path(), found?))).collect()
    }

    fn view_source<T>(&self, source: &Source, look: impl FnOnce(&View<'_>) -> T) -> Option<T> {
        let settings = self.settings.get(source.settings?)?;
        let deterministic = settings.deterministic();
        let options = settings.options(Some(&self.schema), &deterministic);
        let fragments = source.host.is_some().then_some(source.fragments.as_slice());
        Some(look(&View { path: &source.path, text: text(source)?, fragments, options }))
    }

    fn source(&self, path: &Path) -> Option<&Source> {
        self.sources.get(*self.numbers.get(path)?)
    }

    fn check_source(&self, number: usize) -> Option<Result<Checked, Problem>> {
        let source = self.sources.get(number)?;
        let settings = self.settings.get(source.settings?)?;
        if let Some(problem) = &source.problem {
            return Some(Err(problem.clone()));
        }
        let conflicts = self.conflicts.get(&(number as u32)).cloned().unwrap_or_default();
        let deterministic = settings.deterministic();
        let check = Check {
            options: &settings.options(Some(&self.schema), &deterministic),
            reasons: settings.reasons,
            conflicts,
            detail: Detail::Findings,
            allowing: None,
            unsuppressed: false,
            changes: None,
            memory: &Memory::Nothing,
        };
        let mut analyzer = Analyzer::new(settings.dialects);
        let text = match &source.text {
            Some(text) => text.clone(),
            None => match read(&source.path) {
                Ok(text) => text,
                Err(problem) => return Some(Err(problem)),
            },
        };
        Some(Ok(check.text(source, text, &mut analyzer)))
    }

    /// Takes all definitions together.
    fn define(&mut self) {
        self.schema = schema(self.sources.iter().map(|source| source.definitions.clone()));
        let name = |path: &Path| {
            let below = self.folders.iter().find_map(|folder| path.strip_prefix(folder).ok());
            below.map_or_else(|| shown(path), |below| below.display().to_string())
        };
        self.conflicts = conflicts(&self.sources, &self.schema, &name);
    }
}

/// The text of a source, from memory or from its file.
fn text(source: &Source) -> Option<Cow<'_, str>> {
    match &source.text {
        Some(text) => Some(Cow::Borrowed(text)),
        None => read(&source.path).ok().map(Cow::Owned),
    }
}

fn trust(hosts: Option<&dyn HostReader>, path: &Path, text: &str) -> Option<Trust> {
    hosts.filter(|hosts| hosts.reads(path)).map(|hosts| hosts.trust(path, text))
}
