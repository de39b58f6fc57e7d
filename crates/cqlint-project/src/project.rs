//! A project: all its texts have been read once, and its schema is known.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use cqlint_analysis::syntax::{Dialects, Keyword, Parser, Piece, foreign};
use cqlint_analysis::{Definitions, Diagnostic, Fragment, Profile, Schema, definitions};
use rayon::prelude::*;

use crate::configuration::{Choice, Lookup, Setting, Settings};
use crate::conflicts;
use crate::find::{canonical, has_cql_ending};
use crate::gather::gather;
use crate::host::{self, HostReader, HostText, Trust};
use crate::problem::shown;
use crate::sieve::Memory;
use crate::{Allowing, Baseline, Changes, Ignoring, Outcome, Problem, read, read_stdin};

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
    /// Which configuration files count.
    pub choice: Choice<'a>,
    /// What the command line says, which counts more than every file.
    pub flags: &'a [Setting],
    /// What standard input is called: then it is read and configured like a file of this name.
    pub stdin: Option<&'a Path>,
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
pub struct Project {
    /// Sorted by path; those that are only schema come first.
    pub(crate) sources: Vec<Source>,
    pub(crate) schema: Schema,
    /// Definitions that disagree, by the number of the source.
    pub(crate) conflicts: BTreeMap<u32, Vec<Diagnostic>>,
    /// Paths that lead nowhere, and configuration that cannot be used.
    pub(crate) problems: Vec<Problem>,
    /// What is in force for some of the texts.
    pub(crate) settings: Vec<Settings>,
    pub(crate) pool: rayon::ThreadPool,
    /// The paths to check, in their true form.
    pub(crate) asked: Vec<PathBuf>,
    /// What is to be allowed by comments.
    pub(crate) allowing: Option<Allowing>,
    /// Whether comments hide nothing.
    pub(crate) unsuppressed: bool,
    /// What has changed, when only that is asked for.
    pub(crate) changes: Option<Changes>,
    /// What becomes of findings that are known.
    pub(crate) memory: Memory<Baseline>,
}

#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// Whether it is to be checked, or only read for its definitions.
    pub(crate) checked: bool,
    /// Whether it is standard input, whatever it is called.
    pub(crate) is_stdin: bool,
    /// The number of its settings; nothing when its configuration cannot be used.
    pub(crate) settings: Option<usize>,
    /// The text, as long as there is room for it.
    pub(crate) text: Option<String>,
    pub(crate) size: usize,
    /// What is known of it when it is a file of a program.
    pub(crate) host: Option<Trust>,
    /// Whether what looks like CQL in a file of a program is taken for it.
    pub(crate) trusted: bool,
    /// The CQL in it, when it is a file of a program.
    pub(crate) fragments: Vec<Fragment>,
    /// How many statements in it have no text.
    builder_calls: usize,
    /// What the text was when its CQL was found, if it is to be read again: places in another text would lead astray.
    fingerprint: Option<u64>,
    /// Why it is not checked after all.
    pub(crate) problem: Option<Problem>,
    definitions: Definitions,
    /// How many definitions do not parse, of a text that is not checked and so would not tell.
    broken: usize,
}

impl Project {
    /// Finds and reads the texts, and takes their definitions together.
    ///
    /// # Errors
    /// No thread could be started. What is wrong with a path comes with [`Project::check`].
    pub fn load(input: &Input<'_>, progress: &(dyn Fn(Step) + Sync)) -> io::Result<Self> {
        let mut lookup = Lookup::new(input.choice, input.flags);
        let (mut sources, mut problems) = gather(input, &mut lookup);
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
        // Of the others only those are read that belong to something whose build file or configuration names a driver.
        let says_drivers = |source: &&Source| {
            source.host == Some(Trust::Itself) && input.hosts.is_some_and(|hosts| !hosts.finds_cql(&source.path))
        };
        let asked = input.asked();
        let set_up = host::folders(sources.iter().filter(says_drivers).map(|source| source.path.as_path()));
        sources.retain_mut(|source| {
            let Some(trust) = source.host else { return true };
            source.trusted = host::is_trusted(trust, &source.path, &asked, &with_driver);
            let is_below = || source.path.ancestors().skip(1).any(|folder| set_up.contains(folder));
            source.trusted || trust == Trust::Unknown && is_below()
        });
        if let Some(hosts) = input.hosts {
            pool.install(|| read_hosts(&mut sources, hosts, &room));
        }
        problems.extend(sources.iter().filter(|source| source.broken > 0).map(Source::weakness));
        let numbers = 0u32..;
        let schema = Schema::new(numbers.zip(sources.iter_mut().map(|source| std::mem::take(&mut source.definitions))));
        let is_program = |number: u32| {
            let host = sources.get(number as usize).and_then(|source| source.host);
            // A template is written to define things.
            host.is_some_and(|trust| trust != Trust::Itself)
        };
        let source = |number: u32| sources.get(number as usize);
        let conflicts = conflicts::findings(
            schema.conflicts(),
            |number| source(number).map_or_else(String::new, |source| shown(&source.path)),
            |number, offsets| source(number).map_or_else(Vec::new, |source| source.lines(offsets)),
            is_program,
        );
        let missed = sources.iter().filter(|source| source.is_missed()).map(|source| source.path.as_path());
        problems.extend(lookup.problems(missed));
        let asked = asked.iter().map(|path| canonical(path)).collect();
        Ok(Self {
            sources,
            schema,
            conflicts,
            problems,
            settings: lookup.settings,
            pool,
            asked,
            allowing: None,
            unsuppressed: false,
            changes: None,
            memory: Memory::Nothing,
        })
    }

    /// Hides what the baseline knows, and says at the end when something in it is no longer found.
    #[must_use]
    pub fn hiding(self, baseline: Baseline) -> Self {
        Self { memory: Memory::Hides(baseline), ..self }
    }

    /// Mends findings by comments that allow them, and by nothing else.
    #[must_use]
    pub fn allowing(self, allowing: Allowing) -> Self {
        Self { allowing: Some(allowing), ..self }
    }

    /// Tells also what comments hide.
    #[must_use]
    pub fn without_suppressions(self) -> Self {
        Self { unsuppressed: true, ..self }
    }

    /// Leaves out what stands on lines that have not changed.
    #[must_use]
    pub fn only_in(self, changes: Changes) -> Self {
        Self { changes: Some(changes), ..self }
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

    /// The files that are checked, in their order, as the user would write them.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        self.sources.iter().filter(|source| source.checked).map(|source| shown(&source.path))
    }

    /// The profiles of the verdicts, each once. Where nothing is checked, that of the working folder.
    #[must_use]
    pub fn profiles(&self) -> Vec<&'static str> {
        let checked = self.sources.iter().filter(|source| source.checked);
        let mut in_force: Vec<_> = checked.filter_map(|source| self.settings.get(source.settings?)).collect();
        if in_force.is_empty() {
            in_force.extend(self.settings.first());
        }
        let is_used = |profile: &&Profile| in_force.iter().any(|settings| settings.profile == **profile);
        let names: Vec<_> = Profile::ALL.iter().filter(is_used).map(|profile| profile.name).collect();
        if names.is_empty() { vec![Profile::default().name] } else { names }
    }

    /// How many calls in programs make a statement without any text: those of query builders.
    #[must_use]
    pub fn builder_calls(&self) -> usize {
        self.sources.iter().map(|source| source.builder_calls).sum()
    }

    /// What is wrong with the paths, as far as it is known before anything is checked.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().chain(self.sources.iter().filter_map(|source| source.problem.as_ref()))
    }
}

impl Input<'_> {
    /// The paths that were asked for, by their names.
    fn asked(&self) -> Vec<PathBuf> {
        let name = |path: &PathBuf| if path == Path::new("-") { self.stdin.unwrap_or(path).to_path_buf() } else { path.clone() };
        self.paths.iter().map(name).collect()
    }
}

impl Source {
    /// A text that is only read for its definitions.
    pub(crate) fn to_define(path: PathBuf) -> Self {
        Self { path, ..Self::default() }
    }

    /// A text to check: a file, or standard input.
    pub(crate) fn to_check(path: PathBuf, stdin: Option<&Path>) -> Self {
        let is_stdin = path == Path::new("-");
        let path = stdin.filter(|_| is_stdin).map_or(path, Path::to_path_buf);
        Self { path, is_stdin, checked: true, ..Self::default() }
    }

    /// Whether it would be checked if its configuration could be used.
    fn is_missed(&self) -> bool {
        self.checked && self.settings.is_none() && (self.host.is_none() || !self.fragments.is_empty())
    }

    fn load(&mut self, room: &AtomicUsize, hosts: Option<&dyn HostReader>) {
        let is_wanted = |hosts: &dyn HostReader| if self.checked { hosts.reads(&self.path) } else { hosts.is_template(&self.path) };
        let may_be_host = hosts.is_some_and(is_wanted);
        let is_cql = has_cql_ending(&self.path);
        let text = match if self.is_stdin { read_stdin() } else { read(&self.path) } {
            Ok(text) => text,
            Err(mut problem) => {
                // A video may have the ending of a program, too: it stops nothing.
                if may_be_host && !is_cql {
                    problem.outcome = Outcome::Skipped;
                }
                // What cannot hold CQL is missed by nobody.
                if !hosts.is_some_and(|hosts| may_be_host && !hosts.finds_cql(&self.path)) {
                    self.problem = Some(problem);
                } else {
                    self.host = Some(Trust::Nothing);
                }
                return;
            }
        };
        let trust = hosts.filter(|_| may_be_host).map(|hosts| hosts.trust(&self.path, &text));
        // CQL is read as CQL, unless it says that it is something else, as templates do.
        if let Some(trust) = trust.filter(|trust| !is_cql || *trust == Trust::Itself) {
            self.host = Some(trust);
            // Most of the others are never asked for again.
            if matches!(trust, Trust::Driver | Trust::Itself) || self.is_stdin {
                self.keep(text, room);
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
        self.keep(text, room);
    }

    /// Keeps the text as long as there is room for it.
    fn keep(&mut self, text: String, room: &AtomicUsize) {
        self.size = text.len();
        let fits = room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |room| room.checked_sub(text.len())).is_ok();
        // Standard input can be read only once.
        if fits || self.is_stdin {
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
        let Some(text) = self.text.take() else {
            let text = read(&self.path)?;
            let is_same = self.fingerprint.is_none_or(|before| before == fingerprint(&text));
            let changed = || Problem::failed(&self.path, "has changed while it was checked", "run the command again");
            return if is_same { Ok(text) } else { Err(changed()) };
        };
        Ok(text)
    }

    fn lines(&self, offsets: &[u32]) -> Vec<usize> {
        match &self.text {
            Some(text) => conflicts::lines(text, offsets),
            None => conflicts::lines(&read(&self.path).unwrap_or_default(), offsets),
        }
    }
}

/// Finds the CQL in the files of programs, and what it defines.
fn read_hosts(sources: &mut [Source], hosts: &dyn HostReader, room: &AtomicUsize) {
    let mut files: Vec<&mut Source> = sources.iter_mut().filter(|source| source.host.is_some()).collect();
    let texts: Vec<_> = files.par_iter_mut().map(|source| source.take()).collect();
    // One that cannot be read again is said to be so when it is checked.
    let readable = files
        .iter()
        .zip(&texts)
        .filter_map(|(source, text)| Some(HostText { path: &source.path, text: text.as_ref().ok()?, trusted: source.trusted }));
    let mut found = hosts.read(&readable.collect::<Vec<_>>()).into_iter();
    for (source, text) in files.into_iter().zip(texts) {
        match text {
            Ok(text) => {
                let file = found.next().unwrap_or_default();
                source.fragments = file.fragments;
                source.builder_calls = file.builder_calls;
                for fragment in &source.fragments {
                    source.definitions.append(Definitions::of_fragment(fragment));
                }
                if !source.fragments.is_empty() {
                    source.fingerprint = Some(fingerprint(&text));
                    source.keep(text, room);
                }
            }
            Err(problem) => source.problem = Some(problem),
        }
    }
}

fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
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
