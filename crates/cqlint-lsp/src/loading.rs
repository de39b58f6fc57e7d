//! The workspace is loaded in the background, while messages are answered.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cqlint_project::configuration::{Choice, Setting};
use cqlint_project::{HostReader, Ignoring, Input, Step, Workspace};
use crossbeam_channel::Sender;

/// What is read, and how: what the command's arguments say.
#[derive(Clone)]
pub struct Start {
    /// Who finds CQL in the source of programs.
    pub hosts: &'static dyn HostReader,
    /// The endings of files that hold CQL, to be watched.
    pub endings: Vec<String>,
    /// What the command line says, which counts more than every file.
    pub settings: Vec<Setting>,
    /// Which configuration files count.
    pub configuration: Configuration,
    /// Files and folders that are only read for their definitions.
    pub schema: Vec<PathBuf>,
    /// Whether files that git ignores are passed over.
    pub ignoring: Ignoring,
}

/// Which configuration files count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Configuration {
    /// For each file the closest, or the one that the editor's settings name.
    Closest,
    /// This one.
    Named(PathBuf),
    /// None.
    Isolated,
}

/// What the background tells.
pub(crate) enum Report {
    /// So many files were found.
    Found(usize),
    /// So many of them are read.
    Read(usize),
    /// It is done.
    Loaded(io::Result<Box<Workspace>>),
}

/// What is to be loaded.
pub(crate) struct Order {
    pub(crate) start: Start,
    /// The one that the editor's settings name.
    pub(crate) config: Option<PathBuf>,
    /// Folders, and files outside of them.
    pub(crate) paths: Vec<PathBuf>,
    /// What editors hold.
    pub(crate) open: Vec<(PathBuf, String)>,
}

impl Order {
    /// Loads in the background; what is told arrives where `reports` leads.
    pub(crate) fn carry_out(self, reports: Sender<Report>) {
        let all_said = reports.clone();
        let work = move || {
            let loaded = self.load(&reports);
            // When nobody waits for it any more, so be it.
            let _ = reports.send(Report::Loaded(loaded.map(Box::new)));
        };
        if let Err(error) = thread::Builder::new().name("load".to_owned()).spawn(work) {
            let _ = all_said.send(Report::Loaded(Err(error)));
        }
    }

    fn load(&self, reports: &Sender<Report>) -> io::Result<Workspace> {
        let choice = match (&self.start.configuration, &self.config) {
            (Configuration::Isolated, _) => Choice::Isolated,
            (Configuration::Named(path), _) | (Configuration::Closest, Some(path)) => Choice::Named(path),
            (Configuration::Closest, None) => Choice::Closest,
        };
        let input = Input {
            paths: &self.paths,
            schema: &self.start.schema,
            ignoring: self.start.ignoring,
            choice,
            flags: &self.start.settings,
            open: &self.open,
            ..Input::default()
        };
        let read = AtomicUsize::new(0);
        Workspace::load(&input, Some(self.start.hosts), &|step| {
            let report = match step {
                Step::Found(files) => Some(Report::Found(files)),
                // A person sees no more than so many of them.
                Step::Read => Some(1 + read.fetch_add(1, Ordering::Relaxed)).filter(|read| read % 128 == 0).map(Report::Read),
                Step::Checked => None,
            };
            if let Some(report) = report {
                let _ = reports.send(report);
            }
        })
    }
}
