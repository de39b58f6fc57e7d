//! A project: all its texts have been read once, and its schema is known.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use cqlint_analysis::syntax::{Dialects, Keyword, Parser, Piece, foreign};
use cqlint_analysis::{Definitions, Diagnostic, Schema, definitions};
use rayon::prelude::*;

use crate::conflicts;
use crate::find::{canonical, find};
use crate::host::{self, HostReader, Trust};
use crate::problem::shown;
use crate::{Ignoring, Outcome, Problem, read, read_stdin};

/// How many bytes of texts are kept between the two readings. The others are read again.
const KEPT: usize = 64 << 20;

/// A thread's stack: nested terms are read by recursion, to a bounded depth.
const STACK: usize = 8 << 20;

/// What a project is made of.
#[derive(Clone, Copy, Default)]
pub struct Input<'a> {
    /// Files and folders to check; what they define counts as schema, too.
    pub paths: &'a [PathBuf],
    /// Files and folders that are only read for their definitions.
    pub schema: &'a [PathBuf],
    /// Whether files that git ignores are passed over.
    pub ignoring: Ignoring,
    /// Who finds CQL in the source of programs; without, only files of CQL are read.
    pub hosts: Option<&'a dyn HostReader>,
}

/// How far the work is, for a progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many files were found.
    Found(usize),
    /// One more was read.
    Read,
    /// One more was checked.
    Checked,
}

/// Texts that have been read once, and the schema that they define.
pub struct Project<'a> {
    /// Sorted by path; those that are only schema come first.
    pub(crate) sources: Vec<Source>,
    pub(crate) schema: Schema,
    /// Definitions that disagree, by the number of the source.
    pub(crate) conflicts: BTreeMap<u32, Vec<Diagnostic>>,
    /// Paths that lead nowhere.
    pub(crate) problems: Vec<Problem>,
    pub(crate) pool: rayon::ThreadPool,
    pub(crate) hosts: Option<&'a dyn HostReader>,
}

#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// Whether it is to be checked, or only read for its definitions.
    pub(crate) checked: bool,
    /// The text, as long as there is room for it.
    pub(crate) text: Option<String>,
    pub(crate) size: usize,
    /// What is known of it when it is the source of a program.
    pub(crate) host: Option<Trust>,
    /// Why it is not checked after all.
    pub(crate) problem: Option<Problem>,
    definitions: Definitions,
    /// How many definitions do not parse, of a text that is not checked and so would not tell.
    broken: usize,
}

impl<'a> Project<'a> {
    /// Finds and reads the texts, and takes their definitions together.
    ///
    /// # Errors
    /// No thread could be started. What is wrong with a path comes with [`Project::check`].
    pub fn load(input: &Input<'a>, progress: &(dyn Fn(Step) + Sync)) -> io::Result<Self> {
        let found = find(input.paths, input.ignoring, input.hosts);
        let mut problems = found.problems;
        let mut sources = Vec::new();
        if !input.schema.is_empty() {
            let checked: HashSet<PathBuf> = found.files.iter().map(|path| canonical(path)).collect();
            let only_schema = find(input.schema, input.ignoring, None);
            problems.extend(only_schema.problems);
            let files = only_schema.files.into_iter().filter(|path| !checked.contains(&canonical(path)));
            sources.extend(files.map(|path| Source { path, ..Source::default() }));
        }
        sources.extend(found.files.into_iter().map(|path| Source { path, checked: true, ..Source::default() }));
        progress(Step::Found(sources.len()));

        let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build().map_err(io::Error::other)?;
        let room = AtomicUsize::new(KEPT);
        pool.install(|| {
            sources.par_iter_mut().for_each(|source| {
                source.load(&room, input.hosts);
                progress(Step::Read);
            });
        });
        let drivers = sources.iter().filter(|source| source.host == Some(Trust::Driver));
        let with_driver = host::folders(drivers.map(|source| source.path.as_path()));
        sources.retain(|source| source.host.is_none_or(|trust| host::is_trusted(trust, &source.path, &with_driver)));
        problems.extend(sources.iter().filter(|source| source.broken > 0).map(Source::weakness));
        let numbers = 0u32..;
        let schema = Schema::new(numbers.zip(sources.iter_mut().map(|source| std::mem::take(&mut source.definitions))));
        let source = |number: u32| sources.get(number as usize);
        let conflicts = conflicts::findings(
            schema.conflicts(),
            |number| source(number).map_or_else(String::new, |source| shown(&source.path)),
            |number, offsets| source(number).map_or_else(Vec::new, |source| source.lines(offsets)),
        );
        Ok(Self { sources, schema, conflicts, problems, pool, hosts: input.hosts })
    }

    /// What is known of tables, types and functions.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// How many files there are to check.
    #[must_use]
    pub fn files(&self) -> usize {
        self.sources.iter().filter(|source| source.checked).count()
    }

    /// What is wrong with the paths, as far as it is known before anything is checked.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().chain(self.sources.iter().filter_map(|source| source.problem.as_ref()))
    }
}

impl Source {
    fn load(&mut self, room: &AtomicUsize, hosts: Option<&dyn HostReader>) {
        let is_stdin = self.path == Path::new("-");
        let is_host = self.checked && hosts.is_some_and(|hosts| hosts.reads(&host::ending(&self.path)));
        let text = match if is_stdin { read_stdin() } else { read(&self.path) } {
            Ok(text) => text,
            Err(mut problem) => {
                // A video may have the ending of a program, too: it stops nothing.
                if is_host {
                    problem.outcome = Outcome::Skipped;
                }
                self.problem = Some(problem);
                return;
            }
        };
        if let Some(hosts) = hosts.filter(|_| is_host) {
            let trust = hosts.trust(&text);
            self.host = Some(trust);
            // Most of the others are never asked for again.
            if trust == Trust::Driver {
                self.keep(text, room, false);
            } else {
                self.size = text.len();
            }
            return;
        }
        if let Some(language) = foreign(&text).filter(|_| !holds_cql(&text)) {
            let message = format!("looks like {}, so it is skipped", language.name());
            self.problem = Some(Problem::skipped(&self.path, message));
            return;
        }
        self.definitions = definitions(&text);
        if !self.checked {
            self.broken = broken_definitions(&text);
        }
        self.keep(text, room, is_stdin);
    }

    /// Keeps the text as long as there is room for it.
    fn keep(&mut self, text: String, room: &AtomicUsize, always: bool) {
        self.size = text.len();
        let fits = room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |room| room.checked_sub(text.len())).is_ok();
        // Standard input can be read only once.
        if fits || always {
            self.text = Some(text);
        }
    }

    /// What does not parse is not known, and knowing less makes more verdicts depend.
    fn weakness(&self) -> Problem {
        let message = match self.broken {
            1 => "has a definition that does not parse, and so is not known".to_owned(),
            count => format!("has {count} definitions that do not parse, and so are not known"),
        };
        Problem::done(&self.path, message, Some(format!("see why with `cqlint {}`", shown(&self.path))))
    }

    /// The text, from memory or read again.
    pub(crate) fn take(&mut self) -> Result<String, Problem> {
        self.text.take().map_or_else(|| read(&self.path), Ok)
    }

    fn lines(&self, offsets: &[u32]) -> Vec<usize> {
        match &self.text {
            Some(text) => conflicts::lines(text, offsets),
            None => conflicts::lines(&read(&self.path).unwrap_or_default(), offsets),
        }
    }
}

/// Whether some statement parses. Then the text is CQL, whatever its first words look like.
fn holds_cql(text: &str) -> bool {
    let mut parser = Parser::new(Dialects::ALL);
    parser.script(text).any(|parsed| matches!(parsed.piece, Piece::Statement(_)))
}

fn broken_definitions(text: &str) -> usize {
    let mut parser = Parser::new(Dialects::ALL);
    let definitions = parser.script(text).only(|first| matches!(first, Keyword::Create | Keyword::Alter | Keyword::Drop));
    definitions.filter(|parsed| matches!(parsed.piece, Piece::Broken)).count()
}
