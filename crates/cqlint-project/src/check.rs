//! Has every text analysed, many at once, and hands the results over in their order.

use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};

use cqlint_analysis::{Analyzer, Diagnostic, Fragment, Level, Options, Suppressions};
use rayon::prelude::*;

use crate::problem::shown;
use crate::project::{Source, Step};
use crate::{Problem, Project, StatementRecord, Tally};

/// So many findings are kept for one file; the others are only counted. Nobody reads more, and a file may be large.
pub const FINDINGS_LIMIT: usize = 10_000;

/// So many files, or bytes, are checked before the results are handed over.
const CHUNK: (usize, usize) = (256, 4 << 20);

/// What became of a path.
#[derive(Debug)]
pub enum Event {
    /// It was checked.
    File(Checked),
    /// It was not.
    Problem(Problem),
}

/// A file that was checked.
#[derive(Debug, Default)]
pub struct Checked {
    /// The path as the user would write it.
    pub path: String,
    /// Where the file is; `-` for standard input.
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
}

/// What is asked about each file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// What was found.
    Findings,
    /// The statements, too.
    Statements,
}

impl Project {
    /// Analyses every file, many at once, and reports them in their order. The schema in `options` is replaced by the
    /// project's own.
    ///
    /// # Errors
    /// Those of `report`, which also end the work.
    pub fn check(
        self,
        options: &Options<'_>,
        progress: &(dyn Fn(Step) + Sync),
        report: impl FnMut(Event) -> io::Result<()>,
    ) -> io::Result<()> {
        self.analyse(Detail::Findings, options, progress, report)
    }

    /// The same, with the statements of each file listed.
    ///
    /// # Errors
    /// As for [`Project::check`].
    pub fn inventory(
        self,
        options: &Options<'_>,
        progress: &(dyn Fn(Step) + Sync),
        report: impl FnMut(Event) -> io::Result<()>,
    ) -> io::Result<()> {
        self.analyse(Detail::Statements, options, progress, report)
    }

    fn analyse(
        self,
        detail: Detail,
        options: &Options<'_>,
        progress: &(dyn Fn(Step) + Sync),
        mut report: impl FnMut(Event) -> io::Result<()>,
    ) -> io::Result<()> {
        let Self { mut sources, schema, mut conflicts, problems, pool } = self;
        problems.into_iter().try_for_each(|problem| report(Event::Problem(problem)))?;

        let options = Options { schema: Some(&schema), ..*options };
        let mut jobs: Vec<Job<'_>> = (0u32..)
            .zip(&mut sources)
            .map(|(number, source)| Job { source, conflicts: conflicts.remove(&number).unwrap_or_default(), detail })
            .collect();
        let chunks = chunks(&jobs);
        let (sender, receiver) = sync_channel(2);
        // This thread writes what was found while the others go on.
        pool.in_place_scope(|scope| {
            let (jobs, options) = (&mut jobs, &options);
            scope.spawn(move |_| work(jobs, chunks, options, progress, &sender));
            receiver.into_iter().flatten().flatten().try_for_each(&mut report)
        })
    }
}

/// A text and what is known of it already.
struct Job<'p> {
    source: &'p mut Source,
    conflicts: Vec<Diagnostic>,
    detail: Detail,
}

type Results = Vec<Option<Event>>;

fn work(
    mut jobs: &mut [Job<'_>],
    chunks: Vec<Range<usize>>,
    options: &Options<'_>,
    progress: &(dyn Fn(Step) + Sync),
    sender: &SyncSender<Results>,
) {
    for chunk in chunks {
        let Some((now, later)) = jobs.split_at_mut_checked(chunk.len()) else { return };
        jobs = later;
        let check = |analyzer: &mut Analyzer, job: &mut Job<'_>| {
            let event = job.check(analyzer, options);
            progress(Step::Checked);
            event
        };
        let results = now.par_iter_mut().map_init(|| Analyzer::new(options.dialects), check).collect();
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
    fn check(&mut self, analyzer: &mut Analyzer, options: &Options<'_>) -> Option<Event> {
        if let Some(problem) = self.source.problem.take() {
            return Some(Event::Problem(problem));
        }
        let only_schema = !self.source.checked;
        if only_schema && self.conflicts.is_empty() {
            return None;
        }
        let is_host = self.source.host.is_some();
        if is_host && self.source.fragments.is_empty() {
            return None;
        }
        let text = match self.source.take() {
            Ok(text) => text,
            Err(problem) => return Some(Event::Problem(problem)),
        };
        let location = self.source.path.clone();
        let mut checked = Checked { path: shown(&location), location, only_schema, ..Checked::default() };
        let mut suppressions = match self.source.fragments.as_slice() {
            [] => Suppressions::of_cql(&text, options.dialects),
            fragments => Suppressions::of_program(&text, fragments),
        };
        for finding in std::mem::take(&mut self.conflicts) {
            if !suppressions.hides(&finding) {
                checked.keep(finding);
            }
        }
        if is_host {
            for fragment in &self.source.fragments {
                checked.fragment(fragment, self.detail, analyzer, options, &mut suppressions);
            }
        } else if !only_schema {
            for statement in analyzer.statements(&text, options) {
                checked.tally.statement(&statement, options.profile);
                if self.detail == Detail::Statements {
                    checked.statements.push(StatementRecord::new(&statement, &text, options.profile));
                }
                for finding in suppressions.statement(&statement, &text, options) {
                    checked.keep(finding);
                }
            }
        }
        if !only_schema {
            suppressions.findings(options).into_iter().for_each(|finding| checked.keep(finding));
        }
        checked.tally.hidden = suppressions.hidden();
        checked.findings.sort_by_key(|finding| finding.span);
        checked.statements.sort_by_key(|statement| statement.span);
        if !checked.findings.is_empty() || !checked.statements.is_empty() {
            checked.text = text;
        }
        Some(Event::File(checked))
    }
}

impl Checked {
    /// What stands in a host file. A constant that is used in several statements is told of once.
    fn fragment(
        &mut self,
        fragment: &Fragment,
        detail: Detail,
        analyzer: &mut Analyzer,
        options: &Options<'_>,
        suppressions: &mut Suppressions<'_>,
    ) {
        let mut analysis = analyzer.fragment(fragment, options);
        for statement in &analysis.statements {
            self.tally.statement(statement, options.profile);
            if detail == Detail::Statements {
                self.statements.push(StatementRecord::of_fragment(statement, fragment, options.profile));
            }
        }
        for finding in suppressions.fragment(fragment, &mut analysis, options) {
            let is_known = |known: &Diagnostic| known.rule == finding.rule && known.span.start == finding.span.start;
            if !self.findings.iter().any(is_known) {
                self.keep(finding);
            }
        }
    }

    fn keep(&mut self, finding: Diagnostic) {
        self.tally.finding(&finding);
        if finding.level != Level::Off && self.findings.len() < FINDINGS_LIMIT {
            self.findings.push(finding);
        }
    }

    /// How many findings were only counted.
    #[must_use]
    pub fn omitted(&self) -> usize {
        (self.tally.errors + self.tally.warnings + self.tally.notes).saturating_sub(self.findings.len())
    }
}
