//! What the client tells.

use std::path::PathBuf;

use lsp_server::{Notification, Response};
use lsp_types as lsp;
use lsp_types::notification::{
    DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders, DidCloseTextDocument,
    DidOpenTextDocument, DidSaveTextDocument, Notification as _, PublishDiagnostics,
};
use lsp_types::request::{RegisterCapability, WorkspaceConfiguration};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::outgoing::Asked;
use crate::session::Session;
use crate::settings::Settings;
use crate::uri;

/// Takes in what is told. What is not understood is passed over, as the protocol wants it.
pub(crate) fn take_in(session: &mut Session, told: Notification) {
    match told.method.as_str() {
        DidOpenTextDocument::METHOD => with(told, |params: lsp::DidOpenTextDocumentParams| {
            let lsp::TextDocumentItem { uri, language_id, version, text } = params.text_document;
            session.open(uri, language_id, version, text);
        }),
        DidChangeTextDocument::METHOD => with(told, |params: lsp::DidChangeTextDocumentParams| {
            session.change(&params.text_document.uri, params.text_document.version, params.content_changes);
        }),
        DidSaveTextDocument::METHOD => with(told, |_: lsp::DidSaveTextDocumentParams| session.look_around()),
        DidCloseTextDocument::METHOD => with(told, |params: lsp::DidCloseTextDocumentParams| {
            // What was told of it is no longer true of anything that is open.
            if let Some(uri) = session.close(&params.text_document.uri).filter(|_| !session.client.pulls) {
                session.outgoing.notify::<PublishDiagnostics>(lsp::PublishDiagnosticsParams::new(uri, Vec::new(), None));
            }
        }),
        DidChangeWatchedFiles::METHOD => with(told, |params: lsp::DidChangeWatchedFilesParams| {
            for event in params.changes {
                let Some(path) = uri::path(&event.uri) else { continue };
                let is_known = session.workspace().is_some_and(|workspace| workspace.contains(&path));
                if event.typ == lsp::FileChangeType::CHANGED && is_known { session.reread(&path) } else { session.grow_stale() }
            }
        }),
        DidChangeWorkspaceFolders::METHOD => with(told, |params: lsp::DidChangeWorkspaceFoldersParams| {
            let paths = |folders: Vec<lsp::WorkspaceFolder>| folders.into_iter().filter_map(|folder| uri::path(&folder.uri));
            let removed: Vec<PathBuf> = paths(params.event.removed).collect();
            session.folders.retain(|folder| !removed.contains(folder));
            session.folders.extend(paths(params.event.added));
            session.load();
        }),
        DidChangeConfiguration::METHOD => {
            with(
                told,
                |params: lsp::DidChangeConfigurationParams| {
                    if session.client.tells_settings { ask_for_settings(session) } else { set(session, &params.settings) }
                },
            )
        }
        _ => {}
    }
}

/// Takes in the answer to what was asked.
pub(crate) fn answered(session: &mut Session, response: Response) {
    if session.outgoing.answered(&response) == Some(Asked::Settings)
        && let Ok(Value::Array(sections)) = response.response_result
        && let Some(section) = sections.first().filter(|section| section.is_object())
    {
        set(session, section);
    }
}

impl Session {
    /// The client is ready for what the server asks and tells.
    pub(crate) fn begin(&mut self) {
        if self.client.tells_settings {
            ask_for_settings(self);
        }
        if self.client.watches_files {
            self.watch();
        }
        self.show_loading();
    }

    /// Asks to be told of changes of files that are read.
    fn watch(&mut self) {
        let endings = self.endings().join(",");
        let globs = [format!("**/*.{{{endings}}}"), "**/{.cqlint,cqlint,pyproject,Cargo}.toml".to_owned()];
        let watcher = |glob: String| lsp::FileSystemWatcher { glob_pattern: lsp::GlobPattern::String(glob), kind: None };
        let options = lsp::DidChangeWatchedFilesRegistrationOptions { watchers: globs.into_iter().map(watcher).collect() };
        let registration = lsp::Registration {
            id: "cqlint/files".to_owned(),
            method: DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let params = lsp::RegistrationParams { registrations: vec![registration] };
        self.outgoing.ask::<RegisterCapability>(params, Asked::Other);
    }
}

fn ask_for_settings(session: &mut Session) {
    let item = lsp::ConfigurationItem { scope_uri: None, section: Some("cqlint".to_owned()) };
    session.outgoing.ask::<WorkspaceConfiguration>(lsp::ConfigurationParams { items: vec![item] }, Asked::Settings);
}

fn set(session: &mut Session, said: &Value) {
    let settings = Settings::read(said);
    let is_other_file = settings.config != session.settings.config;
    let is_shown_otherwise = settings != session.settings;
    session.settings = settings;
    if is_other_file {
        session.load();
    }
    if is_shown_otherwise {
        session.ask_again();
    }
}

fn with<P: DeserializeOwned>(told: Notification, take_in: impl FnOnce(P)) {
    if let Ok(params) = serde_json::from_value(told.params) {
        take_in(params);
    }
}
