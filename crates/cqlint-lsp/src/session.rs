//! What the server knows while a client is connected: its documents, and the workspace as they make it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use cqlint_analysis::Options;
use cqlint_analysis::syntax::Dialects;
use cqlint_project::{Affected, Checked, Problem, Workspace};
use lsp_types::Uri;

use crate::client::Client;
use crate::document::Document;
use crate::loading::Start;
use crate::names::{Index, Names};
use crate::outgoing::Outgoing;
use crate::page::Page;
use crate::position::Lines;
use crate::settings::Settings;
use crate::uri;

mod background;
mod backlog;
pub(crate) mod diagnostics;

use backlog::Backlog;
use diagnostics::Told;

/// After so long without a message what is stale is loaded anew.
const QUIET: Duration = Duration::from_millis(250);

/// What the server knows.
pub(crate) struct Session {
    pub(crate) client: Client,
    pub(crate) outgoing: Outgoing,
    pub(crate) settings: Settings,
    pub(crate) folders: Vec<PathBuf>,
    start: Start,
    /// By the path that each has or would have.
    documents: BTreeMap<PathBuf, Document>,
    /// Nothing until it is loaded for the first time.
    workspace: Option<Workspace>,
    /// Documents that have changed since the workspace was told.
    changed: BTreeSet<PathBuf>,
    /// Documents with findings that the client has not been told.
    pub(crate) untold: BTreeSet<PathBuf>,
    /// Whether other documents than those that were typed in have other findings now.
    pub(crate) elsewhere: bool,
    pub(crate) told: Told,
    checked: HashMap<PathBuf, Rc<Result<Checked, Problem>>>,
    /// The names in all files.
    names: Index,
    /// Those whose names have to be read again.
    unread: Backlog,
    /// Those whose findings have to be found again, for a client that asks for all.
    unchecked: Backlog,
    /// Since when the workspace has to be loaded anew.
    stale: Option<Instant>,
    background: background::Background,
}

impl Session {
    pub(crate) fn new(client: Client, outgoing: Outgoing, settings: Settings, folders: Vec<PathBuf>, start: Start) -> Self {
        Self {
            client,
            outgoing,
            settings,
            folders,
            start,
            documents: BTreeMap::new(),
            workspace: None,
            changed: BTreeSet::new(),
            untold: BTreeSet::new(),
            elsewhere: false,
            told: Told::default(),
            checked: HashMap::new(),
            names: Index::default(),
            unread: Backlog::All,
            unchecked: Backlog::All,
            stale: None,
            background: background::Background::default(),
        }
    }

    /// The endings of files that are read.
    pub(crate) fn endings(&self) -> &[String] {
        &self.start.endings
    }

    /// The path of a text: that of its file, or for one that is in no file yet, one where it might be.
    pub(crate) fn path(&self, uri: &Uri) -> PathBuf {
        uri::path(uri).unwrap_or_else(|| {
            let known = self.documents.iter().find(|(_, document)| document.uri == *uri);
            known.map_or_else(|| self.new_path(uri, ""), |(path, _)| path.clone())
        })
    }

    /// A path for a text that is in no file.
    fn new_path(&self, uri: &Uri, language: &str) -> PathBuf {
        let name = uri.as_str().rsplit(['/', ':']).next().unwrap_or_default();
        let ending = if matches!(language, "cql" | "cqlang") && !name.ends_with(".cql") { ".cql" } else { "" };
        self.folders.first().cloned().unwrap_or_default().join(format!("{name}{ending}"))
    }

    /// How the client calls a file.
    pub(crate) fn uri(&self, path: &Path) -> Option<Uri> {
        self.documents.get(path).map(|document| document.uri.clone()).or_else(|| uri::of(path))
    }

    /// The document with this path.
    pub(crate) fn document(&self, path: &Path) -> Option<&Document> {
        self.documents.get(path)
    }

    /// Takes in that a document was opened.
    pub(crate) fn open(&mut self, uri: Uri, language: String, version: i32, text: String) {
        let path = uri::path(&uri).unwrap_or_else(|| self.new_path(&uri, &language));
        self.documents.insert(path.clone(), Document::new(uri, language, version, text));
        self.changed.insert(path.clone());
        self.untold.insert(path);
        self.look_around();
    }

    /// Takes in that something was typed; not for a document that nobody has opened.
    pub(crate) fn change(&mut self, uri: &Uri, version: i32, changes: Vec<lsp_types::TextDocumentContentChangeEvent>) {
        let path = self.path(uri);
        let Some(document) = self.documents.get_mut(&path) else { return };
        document.change(version, changes, self.client.encoding);
        self.changed.insert(path.clone());
        self.untold.insert(path);
    }

    /// Takes in that a document was closed. The answer is its URI, if it was open.
    pub(crate) fn close(&mut self, uri: &Uri) -> Option<Uri> {
        let path = self.path(uri);
        let document = self.documents.remove(&path)?;
        self.changed.remove(&path);
        self.untold.remove(&path);
        if let Some(affected) = self.workspace.as_mut().map(|workspace| workspace.close(&path)) {
            self.affect(affected);
        }
        Some(document.uri)
    }

    /// Takes in that files have changed on the disk.
    pub(crate) fn reread(&mut self, path: &Path) {
        self.settle();
        if let Some(affected) = self.workspace.as_mut().map(|workspace| workspace.reread(path)) {
            self.affect(affected);
        }
    }

    /// The workspace, which knows what every document says now; nothing until it is loaded.
    pub(crate) fn workspace(&mut self) -> Option<&Workspace> {
        self.settle();
        self.workspace.as_ref()
    }

    /// Whether the workspace was loaded.
    pub(crate) fn is_loaded(&self) -> bool {
        self.workspace.is_some()
    }

    /// Tells the workspace what every document says now.
    pub(crate) fn settle(&mut self) {
        let Some(workspace) = &mut self.workspace else { return };
        let mut all = Vec::new();
        for path in std::mem::take(&mut self.changed) {
            if let Some(document) = self.documents.get(&path) {
                all.push(workspace.change(&path, document.text().to_owned()));
                self.checked.remove(&path);
                self.unread.add(path.clone());
                self.unchecked.add(path.clone());
            }
        }
        all.into_iter().for_each(|affected| self.affect(affected));
    }

    /// Takes in which files have other findings now.
    fn affect(&mut self, affected: Affected) {
        match affected {
            Affected::Files(paths) => {
                // The first is the one that was typed in: for that the client asks by itself.
                self.elsewhere |= paths.len() > 1;
                for path in paths {
                    self.checked.remove(&path);
                    self.unread.add(path.clone());
                    self.unchecked.add(path.clone());
                    if self.documents.contains_key(&path) {
                        self.untold.insert(path);
                    }
                }
            }
            Affected::All => self.affect_all(),
            Affected::Stale => {
                self.affect_all();
                self.grow_stale();
            }
        }
    }

    fn affect_all(&mut self) {
        self.elsewhere = true;
        self.unchecked = Backlog::All;
        self.checked.clear();
        self.untold.extend(self.documents.keys().cloned());
    }

    /// Takes in that the workspace has to be loaded anew.
    pub(crate) fn grow_stale(&mut self) {
        self.stale.get_or_insert_with(Instant::now);
    }

    /// What was found in a file, as it is now.
    pub(crate) fn checked(&mut self, path: &Path) -> Option<Rc<Result<Checked, Problem>>> {
        self.settle();
        if let Some(known) = self.checked.get(path) {
            return Some(Rc::clone(known));
        }
        let checked = Rc::new(self.workspace.as_ref()?.check(path)?);
        if self.documents.contains_key(path) {
            self.checked.insert(path.to_path_buf(), Rc::clone(&checked));
        }
        Some(checked)
    }

    /// The names in all files, as they are now; nothing until the workspace is loaded.
    pub(crate) fn names(&mut self) -> Option<&Index> {
        self.settle();
        let workspace = self.workspace.as_ref()?;
        match self.unread.take() {
            Backlog::All => {
                self.names = Index::default();
                for (path, names) in workspace.view_all(|view| Names::of(&Page::of(view))) {
                    self.names.set(path, names);
                }
            }
            Backlog::Files(paths) => {
                for path in paths {
                    match workspace.view(&path, |view| Names::of(&Page::of(view))) {
                        Some(names) => self.names.set(&path, names),
                        None => self.names.remove(&path),
                    }
                }
            }
        }
        Some(&self.names)
    }

    /// Looks at a text, with its lines as the client counts them. CQL that is open and none of the workspace's files is looked at
    /// all the same.
    pub(crate) fn look<T>(&mut self, path: &Path, look: impl FnOnce(&Page<'_>, &Lines<'_>) -> T) -> Option<T> {
        self.settle();
        self.look_at(path, look)
    }

    /// The same, with the names in all files.
    pub(crate) fn look_with_names<T>(&mut self, path: &Path, look: impl FnOnce(&Page<'_>, &Lines<'_>, &Index) -> T) -> Option<T> {
        self.names()?;
        self.look_at(path, |page, lines| look(page, lines, &self.names))
    }

    fn look_at<T>(&self, path: &Path, look: impl FnOnce(&Page<'_>, &Lines<'_>) -> T) -> Option<T> {
        let workspace = self.workspace.as_ref()?;
        let encoding = self.client.encoding;
        let document = self.documents.get(path);
        if !workspace.contains(path) {
            let document = document.filter(|document| document.is_cql() || path.extension().is_some_and(|own| own == "cql"))?;
            let options = Options { schema: Some(workspace.schema()), dialects: Dialects::ALL, ..Options::default() };
            let page = Page { path, text: document.text(), fragments: None, options: &options };
            return Some(look(&page, &Lines::known(document.text(), document.index(), encoding)));
        }
        workspace.view(path, |view| {
            let lines = match document {
                Some(document) => Lines::known(document.text(), document.index(), encoding),
                None => Lines::new(&view.text, encoding),
            };
            look(&Page::of(view), &lines)
        })
    }
}
