//! Has every text analysed, many at once, and hands the results over in their order.

use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};

use cqlint_analysis::syntax::Dialects;
use cqlint_analysis::{Analyzer, Diagnostic, Options};
use rayon::prelude::*;

use crate::baseline::{Known, Left};
use crate::configuration::Settings;
use crate::project::Step;
use crate::sieve::Memory;
use crate::source::Source;
use crate::{Baseline, Problem, Project, StatementRecord, Tally};

mod text;

pub(crate) use text::{Check, Detail};

/// So many findings are kept for one file; the others are only counted. Nobody reads more, and a file may be large.
pub const FINDINGS_LIMIT: usize = 10_000;

/// So many files, or bytes, are checked before the results are handed over.
const CHUNK: (usize, usize) = (256, 4 << 20);

/// What became of a path.
#[derive(Debug)]
pub enum Event {
    /// It was checked.
    File(Box<Checked>),
    /// It was not.
    Problem(Problem),
}

/// A file that was checked.
#[derive(Debug, Default)]
pub struct Checked {
    /// The path as the user would write it.
    pub path: String,
    /// Where the file is; for standard input what it is called, `-` unless it has a name.
    pub location: PathBuf,
    /// The text; empty when there is nothing to show of it.
    pub text: String,
    /// What was found, by place; at most [`FINDINGS_LIMIT`].
    pub findings: Vec<Diagnostic>,
    /// What was counted, with the findings above the limit.
    pub tally: Tally,
    /// The statements, by place; only [`Project::inventory`] lists them.
    pub statements: Vec<StatementRecord>,
    /// Whether the file was only read for its definitions, which disagree with others.
    pub only_schema: bool,
    /// What is to be written into a baseline, or what one knows and was not found.
    pub(crate) known: Known,
}

impl Project {
    /// Analyses every file with the settings that are in force for it, many at once, and reports them in their order.
    ///
    /// # Errors
    /// Those of `report`, which also end the work.
    pub fn check(self, progress: &(dyn Fn(Step) + Sync), report: impl FnMut(Event) -> io::Result<()>) -> io::Result<()> {
        self.analyse(Detail::Findings, progress, report)
    }

    /// The same, with the statements of each file listed.
    ///
    /// # Errors
    /// As for [`Project::check`].
    pub fn inventory(self, progress: &(dyn Fn(Step) + Sync), report: impl FnMut(Event) -> io::Result<()>) -> io::Result<()> {
        self.analyse(Detail::Statements, progress, report)
    }

    /// Checks every file and tells of no finding: the baseline knows them afterwards. What it knew of the files that were asked
    /// for is forgotten.
    ///
    /// # Errors
    /// As for [`Project::check`].
    pub fn record(
        mut self,
        mut baseline: Baseline,
        progress: &(dyn Fn(Step) + Sync),
        mut report: impl FnMut(Event) -> io::Result<()>,
    ) -> io::Result<Baseline> {
        baseline.forget(&self.asked);
        let mut recorded = baseline.clone();
        self.memory = Memory::Records(baseline);
        self.analyse(Detail::Findings, progress, |mut event| {
            if let Event::File(file) = &mut event {
                recorded.learn(&file.location, std::mem::take(&mut file.known));
            }
            report(event)
        })?;
        Ok(recorded)
    }

    fn analyse(
        self,
        detail: Detail,
        progress: &(dyn Fn(Step) + Sync),
        mut report: impl FnMut(Event) -> io::Result<()>,
    ) -> io::Result<()> {
        let Self { mut sources, schema, mut conflicts, problems, settings, pool, asked, allowing, unsuppressed, changes, memory } =
            self;
        let mut left = match &memory {
            Memory::Hides(baseline) => Some(Left::new(baseline, &asked)),
            Memory::Nothing | Memory::Records(_) => None,
        };
        let unusable = sources.iter().filter(|source| source.settings.is_none());
        unusable.for_each(|source| left.iter_mut().for_each(|left| left.pass_over(&source.path)));
        let mut tell = |event: Event| {
            left.iter_mut().for_each(|left| left.event(&event));
            report(event)
        };
        problems.into_iter().try_for_each(|problem| tell(Event::Problem(problem)))?;

        let deterministic: Vec<Vec<&str>> = settings.iter().map(Settings::deterministic).collect();
        let lent = settings.iter().zip(&deterministic);
        let options: Vec<Options<'_>> = lent.map(|(settings, names)| settings.options(Some(&schema), names)).collect();
        let mut jobs: Vec<Job<'_>> = (0u32..)
            .zip(&mut sources)
            .map(|(number, source)| {
                let check = source.settings.and_then(|own| {
                    Some(Check {
                        options: options.get(own)?,
                        reasons: settings.get(own)?.reasons,
                        conflicts: conflicts.remove(&number).unwrap_or_default(),
                        detail,
                        allowing: allowing.as_ref(),
                        unsuppressed,
                        changes: changes.as_ref(),
                        memory: &memory,
                    })
                });
                Job { source, check }
            })
            .collect();
        let chunks = chunks(&jobs);
        let (sender, receiver) = sync_channel(2);
        // This thread writes what was found while the others go on.
        pool.in_place_scope(|scope| {
            let jobs = &mut jobs;
            scope.spawn(move |_| work(jobs, chunks, progress, &sender));
            receiver.into_iter().flatten().flatten().try_for_each(&mut tell)
        })?;
        left.and_then(|left| left.problem()).map_or(Ok(()), |problem| report(Event::Problem(problem)))
    }
}

/// A text to check.
struct Job<'p> {
    source: &'p mut Source,
    /// Nothing when its configuration cannot be used.
    check: Option<Check<'p>>,
}

type Results = Vec<Option<Event>>;

fn work(mut jobs: &mut [Job<'_>], chunks: Vec<Range<usize>>, progress: &(dyn Fn(Step) + Sync), sender: &SyncSender<Results>) {
    for chunk in chunks {
        let Some((now, later)) = jobs.split_at_mut_checked(chunk.len()) else { return };
        jobs = later;
        let check = |kept: &mut (Dialects, Analyzer), job: &mut Job<'_>| {
            let dialects = job.check.as_ref().map_or(kept.0, |check| check.options.dialects);
            // Neighbours mostly have the same settings.
            if dialects != kept.0 {
                *kept = (dialects, Analyzer::new(dialects));
            }
            let event = job.check(&mut kept.1);
            progress(Step::Checked);
            event
        };
        let results = now.par_iter_mut().map_init(|| (Dialects::ALL, Analyzer::new(Dialects::ALL)), check).collect();
        if sender.send(results).is_err() {
            // Nobody listens any more.
            return;
        }
    }
}

/// Where one hand-over ends and the next one begins.
fn chunks(jobs: &[Job<'_>]) -> Vec<Range<usize>> {
    let mut chunks: Vec<Range<usize>> = Vec::new();
    let mut size = 0;
    for (at, job) in jobs.iter().enumerate() {
        size += job.source.size;
        match chunks.last_mut() {
            Some(last) if last.len() < CHUNK.0 && size <= CHUNK.1 => last.end = at + 1,
            _ => {
                chunks.push(at..at + 1);
                size = job.source.size;
            }
        }
    }
    chunks
}

impl Job<'_> {
    fn check(&mut self, analyzer: &mut Analyzer) -> Option<Event> {
        // What is wrong with its configuration is told once for all its files.
        let check = self.check.take()?;
        if let Some(problem) = self.source.problem.take() {
            return Some(Event::Problem(problem));
        }
        if !self.source.checked && check.conflicts.is_empty() || self.source.host.is_some() && self.source.fragments.is_empty() {
            return None;
        }
        Some(match self.source.take() {
            Ok(text) => Event::File(Box::new(check.text(self.source, text, analyzer))),
            Err(problem) => Event::Problem(problem),
        })
    }
}

impl Checked {
    fn keep(&mut self, finding: Diagnostic) {
        self.tally.finding(&finding);
        if self.findings.len() < FINDINGS_LIMIT {
            self.findings.push(finding);
        }
    }

    /// How many findings were only counted.
    #[must_use]
    pub fn omitted(&self) -> usize {
        (self.tally.errors + self.tally.warnings + self.tally.notes).saturating_sub(self.findings.len())
    }
}
