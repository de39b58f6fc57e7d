//! Reads everything once: the texts, and the CQL in those of programs.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;

use cqlint_analysis::{Definitions, Schema};
use rayon::prelude::*;

use crate::Problem;
use crate::configuration::{Lookup, Settings};
use crate::find::canonical;
use crate::gather::gather;
use crate::host::{self, HostFile, HostReader, HostText, Trust};
use crate::project::{Input, Step};
use crate::source::{Source, fingerprint};

/// How many bytes of texts are kept between the two readings. The others are read again.
const KEPT: usize = 64 << 20;

/// A thread's stack: nested terms are read by recursion, to a bounded depth.
const STACK: usize = 8 << 20;

/// What was found in the files of programs, and what is kept of them.
pub(crate) struct Reading<K> {
    pub(crate) files: Vec<HostFile>,
    pub(crate) kept: K,
}

/// What was read, before its definitions are taken together.
pub(crate) struct Loaded<K> {
    /// Sorted by path; those that are only schema come first.
    pub(crate) sources: Vec<Source>,
    /// Paths that lead nowhere, and configuration that cannot be used.
    pub(crate) problems: Vec<Problem>,
    /// What is in force for some of the texts.
    pub(crate) settings: Vec<Settings>,
    pub(crate) pool: rayon::ThreadPool,
    /// The paths to check, in their true form.
    pub(crate) asked: Vec<PathBuf>,
    /// What is kept of the program, with the numbers of its files among the sources.
    pub(crate) program: Option<(K, Vec<usize>)>,
}

impl<K: Send> Loaded<K> {
    /// Finds and reads the texts.
    ///
    /// # Errors
    /// No thread could be started.
    pub(crate) fn new(
        input: &Input<'_>,
        read: impl Fn(&dyn HostReader, &[HostText<'_>]) -> Reading<K> + Sync,
        progress: &(dyn Fn(Step) + Sync),
    ) -> io::Result<Self> {
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
        let program = input.hosts.map(|hosts| pool.install(|| read_hosts(&mut sources, &|files| read(hosts, files), &room)));
        problems.extend(sources.iter().filter(|source| source.broken > 0).map(Source::weakness));
        let missed = sources.iter().filter(|source| source.is_missed()).map(|source| source.path.as_path());
        problems.extend(lookup.problems(missed));
        let asked = asked.iter().map(|path| canonical(path)).collect();
        Ok(Self { sources, problems, settings: lookup.settings, pool, asked, program })
    }
}

/// The schema that the definitions of the sources make, in their order.
pub(crate) fn schema(definitions: impl Iterator<Item = Definitions>) -> Schema {
    Schema::new((0u32..).zip(definitions))
}

/// Finds the CQL in the files of programs, and what it defines.
fn read_hosts<K>(sources: &mut [Source], read: &dyn Fn(&[HostText<'_>]) -> Reading<K>, room: &AtomicUsize) -> (K, Vec<usize>) {
    let mut files: Vec<(usize, &mut Source)> = sources.iter_mut().enumerate().filter(|(_, source)| source.host.is_some()).collect();
    let texts: Vec<_> = files.par_iter_mut().map(|(_, source)| source.take()).collect();
    // One that cannot be read again is said to be so when it is checked.
    let readable = files.iter().zip(&texts).filter_map(|((_, source), text)| {
        Some(HostText { path: &source.path, text: text.as_ref().ok()?, trusted: source.trusted })
    });
    let Reading { files: found, kept } = read(&readable.collect::<Vec<_>>());
    let mut found = found.into_iter();
    let mut numbers = Vec::new();
    for ((number, source), text) in files.into_iter().zip(texts) {
        match text {
            Ok(text) => {
                numbers.push(number);
                source.found(found.next().unwrap_or_default());
                if !source.fragments.is_empty() || source.is_open {
                    source.fingerprint = Some(fingerprint(&text));
                    source.keep(text, room);
                }
            }
            Err(problem) => source.problem = Some(problem),
        }
    }
    (kept, numbers)
}
