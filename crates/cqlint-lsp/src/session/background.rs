//! When the workspace is loaded, and what becomes of documents meanwhile.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use cqlint_project::configuration::FILES;
use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_types as lsp;
use lsp_types::notification::{Progress, ShowMessage};
use lsp_types::request::WorkDoneProgressCreate;

use super::backlog::Backlog;
use super::{QUIET, Session};
use crate::loading::{Order, Report};
use crate::outgoing::Asked;

/// What a person is shown of it: the first loading, from when the client is ready for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progressing {
    /// The client is not ready; so many files were found.
    Early(Option<usize>),
    /// The client is ready, and nothing was found yet.
    Ready,
    /// It is shown how many of so many files are read.
    Shown(usize),
    Over,
}

/// What goes on in the background.
pub(crate) struct Background {
    sender: Sender<Report>,
    pub(crate) reports: Receiver<Report>,
    /// What is being loaded: the documents with the versions that it knows.
    running: Option<HashMap<PathBuf, i32>>,
    /// The configuration files when it was begun, each with what tells that it has changed.
    configuration: Vec<(PathBuf, Option<(SystemTime, u64)>)>,
    /// How far it is, while a person can be shown that.
    progress: Progressing,
}

impl Default for Background {
    fn default() -> Self {
        let (sender, reports) = unbounded();
        Self { sender, reports, running: None, configuration: Vec::new(), progress: Progressing::Early(None) }
    }
}

impl Session {
    /// What the background tells.
    pub(crate) fn reports(&self) -> Receiver<Report> {
        self.background.reports.clone()
    }

    /// Begins to load the workspace, unless that is going on; then it is loaded once more.
    pub(crate) fn load(&mut self) {
        if self.background.running.is_some() {
            self.grow_stale();
            return;
        }
        self.stale = None;
        self.background.configuration = self.configuration();
        self.background.running = Some(self.documents.iter().map(|(path, document)| (path.clone(), document.version)).collect());
        let is_below = |path: &Path| self.folders.iter().any(|folder| path.starts_with(folder));
        let has_cql_ending = |path: &Path| path.extension().is_some_and(|own| own == "cql" || own == "cqlsh");
        // As the command does with files that are named.
        let named = self
            .documents
            .iter()
            .filter(|(path, document)| !is_below(path) || document.is_cql() && !has_cql_ending(path) || !path.exists());
        let paths = self.folders.iter().cloned().chain(named.map(|(path, _)| path.clone())).collect();
        let open = self.documents.iter().map(|(path, document)| (path.clone(), document.text().to_owned())).collect();
        let config = self.settings.config.clone();
        let config = config.map(|config| self.folders.first().map_or(config.clone(), |folder| folder.join(config)));
        Order { start: self.start.clone(), config, paths, open }.carry_out(self.background.sender.clone());
    }

    /// How long may be waited for messages before [`Session::idle`] has something to do.
    pub(crate) fn patience(&self) -> Duration {
        let waited = self.stale.filter(|_| self.background.running.is_none()).map(|since| since.elapsed());
        waited.map_or(Duration::from_secs(3600), |waited| QUIET.saturating_sub(waited))
    }

    /// Does what can wait until nobody asks for anything.
    pub(crate) fn idle(&mut self) {
        if self.background.running.is_none() && self.stale.is_some_and(|since| since.elapsed() >= QUIET) {
            self.load();
        }
    }

    /// Takes in what the background tells.
    pub(crate) fn hear(&mut self, report: Report) {
        match report {
            Report::Found(files) => self.show_begin(files),
            Report::Read(files) => self.show_progress(files),
            Report::Loaded(loaded) => {
                self.show_end();
                let known = self.background.running.take().unwrap_or_default();
                match loaded {
                    Ok(workspace) => {
                        self.workspace = Some(*workspace);
                        self.catch_up(&known);
                    }
                    Err(error) => {
                        let message = format!("cqlint cannot read the workspace: {error}");
                        self.outgoing.notify::<ShowMessage>(lsp::ShowMessageParams { typ: lsp::MessageType::ERROR, message });
                    }
                }
            }
        }
    }

    /// What was opened, typed and closed while the workspace was loaded.
    fn catch_up(&mut self, known: &HashMap<PathBuf, i32>) {
        self.affect_all();
        self.unread = Backlog::All;
        let is_new = |path: &Path, version: i32| known.get(path) != Some(&version);
        self.changed =
            self.documents.iter().filter(|(path, document)| is_new(path, document.version)).map(|(path, _)| path.clone()).collect();
        let closed: Vec<_> = known.keys().filter(|path| !self.documents.contains_key(*path)).cloned().collect();
        for path in closed {
            if let Some(affected) = self.workspace.as_mut().map(|workspace| workspace.close(&path)) {
                self.affect(affected);
            }
        }
        self.settle();
        self.tell_problems();
    }

    /// Looks whether configuration files have changed: not every client watches them. What only the disk knows is loaded anew
    /// where the client does not watch at all.
    pub(crate) fn look_around(&mut self) {
        if !self.is_loaded() {
            return;
        }
        if self.configuration() != self.background.configuration || !self.client.watches_files {
            self.grow_stale();
        }
    }

    /// The configuration files that may count, each with what tells that it has changed.
    fn configuration(&self) -> Vec<(PathBuf, Option<(SystemTime, u64)>)> {
        let of_documents = self.documents.keys().filter_map(|path| path.parent());
        let mut folders: Vec<&Path> =
            self.folders.iter().map(PathBuf::as_path).chain(of_documents).flat_map(Path::ancestors).collect();
        folders.sort_unstable();
        folders.dedup();
        let files = folders.into_iter().flat_map(|folder| FILES.iter().map(|name| folder.join(name)));
        let named = self.settings.config.iter().cloned();
        let state = |path: PathBuf| {
            let metadata = fs::metadata(&path).ok();
            let state = metadata.and_then(|metadata| Some((metadata.modified().ok()?, metadata.len())));
            (path, state)
        };
        files.chain(named).map(state).collect()
    }

    /// The client is ready to be shown how far the first loading is.
    pub(crate) fn show_loading(&mut self) {
        if let Progressing::Early(found) = self.background.progress {
            self.background.progress = if self.is_loaded() { Progressing::Over } else { Progressing::Ready };
            found.into_iter().for_each(|files| self.show_begin(files));
        }
    }

    fn show_begin(&mut self, files: usize) {
        match self.background.progress {
            Progressing::Ready if self.client.shows_progress => self.background.progress = Progressing::Shown(files),
            Progressing::Early(_) => {
                self.background.progress = Progressing::Early(Some(files));
                return;
            }
            Progressing::Ready | Progressing::Shown(_) | Progressing::Over => return,
        }
        self.outgoing.ask::<WorkDoneProgressCreate>(lsp::WorkDoneProgressCreateParams { token: token() }, Asked::Other);
        self.show(lsp::WorkDoneProgress::Begin(lsp::WorkDoneProgressBegin {
            title: "cqlint".to_owned(),
            cancellable: Some(false),
            message: Some(format!("reading {files} files")),
            percentage: Some(0),
        }));
    }

    fn show_progress(&self, read: usize) {
        let Progressing::Shown(files) = self.background.progress else { return };
        self.show(lsp::WorkDoneProgress::Report(lsp::WorkDoneProgressReport {
            cancellable: Some(false),
            message: Some(format!("{read} of {files} files")),
            percentage: Some((read * 100 / files.max(1)).min(100) as u32),
        }));
    }

    fn show_end(&mut self) {
        if matches!(self.background.progress, Progressing::Shown(_)) {
            self.show(lsp::WorkDoneProgress::End(lsp::WorkDoneProgressEnd { message: None }));
        }
        if self.background.progress != Progressing::Early(None) {
            self.background.progress = Progressing::Over;
        }
    }

    fn show(&self, progress: lsp::WorkDoneProgress) {
        let value = lsp::ProgressParamsValue::WorkDone(progress);
        self.outgoing.notify::<Progress>(lsp::ProgressParams { token: token(), value });
    }
}

/// The one thing that is shown to go on.
fn token() -> lsp::NumberOrString {
    lsp::NumberOrString::String("cqlint/load".to_owned())
}
