//! A project: all its texts have been read once, and its schema is known.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use cqlint_analysis::{Diagnostic, Profile, Schema};

use crate::configuration::{Choice, Setting, Settings};
use crate::conflicts::conflicts;
use crate::host::HostReader;
use crate::load::{Loaded, Reading, schema};
use crate::problem::shown;
use crate::sieve::Memory;
use crate::source::Source;
use crate::{Allowing, Baseline, Changes, Ignoring, Problem};

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
    /// Texts that are open in an editor, by the paths that they have or will have: they count instead of the files.
    pub open: &'a [(PathBuf, String)],
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

impl Project {
    /// Finds and reads the texts, and takes their definitions together.
    ///
    /// # Errors
    /// No thread could be started. What is wrong with a path comes with [`Project::check`].
    pub fn load(input: &Input<'_>, progress: &(dyn Fn(Step) + Sync)) -> io::Result<Self> {
        let mut loaded = Loaded::new(input, |hosts, files| Reading { files: hosts.read(files), kept: () }, progress)?;
        let schema = schema(loaded.sources.iter_mut().map(|source| std::mem::take(&mut source.definitions)));
        let Loaded { sources, problems, settings, pool, asked, .. } = loaded;
        Ok(Self {
            conflicts: conflicts(&sources, &schema, &shown),
            sources,
            schema,
            problems,
            settings,
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

    /// Where all files are that were read, those that are only schema first.
    pub fn sources(&self) -> impl Iterator<Item = &Path> {
        self.sources.iter().map(|source| source.path.as_path())
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
    pub(crate) fn asked(&self) -> Vec<PathBuf> {
        let name = |path: &PathBuf| if path == Path::new("-") { self.stdin.unwrap_or(path).to_path_buf() } else { path.clone() };
        self.paths.iter().map(name).collect()
    }
}
