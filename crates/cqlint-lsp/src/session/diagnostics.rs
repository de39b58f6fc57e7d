//! Findings: sent to clients that wait for them, and given to those that ask.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use cqlint_project::{Checked, Problem};
use lsp_types as lsp;
use lsp_types::notification::PublishDiagnostics;
use lsp_types::request::{CodeLensRefresh, InlayHintRefreshRequest, SemanticTokensRefresh, WorkspaceDiagnosticRefresh};

use super::Session;
use super::backlog::Backlog;
use crate::outgoing::Asked;
use crate::position::Lines;
use crate::to_proto;

/// What was told already.
#[derive(Default)]
pub(crate) struct Told {
    /// Configuration files of which something was told.
    configuration: BTreeMap<PathBuf, Vec<lsp::Diagnostic>>,
    /// What was found in all files, for a client that asks for all.
    workspace: BTreeMap<PathBuf, Report>,
}

/// What was found in a file.
#[derive(Clone)]
struct Report {
    uri: lsp::Uri,
    version: Option<i32>,
    items: Vec<lsp::Diagnostic>,
    /// Tells it from what else may be found.
    id: String,
}

impl Session {
    /// Tells what has changed: the findings themselves, or that it is time to ask for them.
    pub(crate) fn tell(&mut self) {
        self.settle();
        if !self.is_loaded() {
            return;
        }
        let untold = std::mem::take(&mut self.untold);
        if !self.client.pulls {
            for path in untold {
                let diagnostics = self.diagnostics(&path);
                let Some(document) = self.document(&path) else { continue };
                let params = lsp::PublishDiagnosticsParams::new(document.uri.clone(), diagnostics, Some(document.version));
                self.outgoing.notify::<PublishDiagnostics>(params);
            }
        } else if self.elsewhere {
            self.ask_again();
        }
        self.elsewhere = false;
    }

    /// Has the client ask again for all that it shows.
    pub(crate) fn ask_again(&mut self) {
        let client = self.client;
        if client.pulls_again {
            self.outgoing.ask::<WorkspaceDiagnosticRefresh>((), Asked::Other);
        }
        if client.asks_hints_again {
            self.outgoing.ask::<InlayHintRefreshRequest>((), Asked::Other);
        }
        if client.asks_lenses_again {
            self.outgoing.ask::<CodeLensRefresh>((), Asked::Other);
        }
        if client.asks_tokens_again {
            self.outgoing.ask::<SemanticTokensRefresh>((), Asked::Other);
        }
    }

    /// The findings of a file, as the client wants them.
    pub(crate) fn diagnostics(&mut self, path: &Path) -> Vec<lsp::Diagnostic> {
        let checked = self.checked(path).zip(self.uri(path));
        checked.map(|(checked, uri)| self.converted(&checked, path, &uri)).unwrap_or_default()
    }

    /// Tells what is wrong with configuration files, in the files.
    pub(crate) fn tell_problems(&mut self) {
        let mut by_path: BTreeMap<PathBuf, Vec<lsp::Diagnostic>> = BTreeMap::new();
        for problem in self.workspace().map(|workspace| workspace.problems().to_vec()).unwrap_or_default() {
            by_path.entry(PathBuf::from(&problem.path)).or_default().push(to_proto::problem(&problem));
        }
        let before = std::mem::take(&mut self.told.configuration);
        let gone = before.keys().filter(|path| !by_path.contains_key(*path)).map(|path| (path, &[][..]));
        let new =
            by_path.iter().filter(|(path, found)| before.get(*path) != Some(found)).map(|(path, found)| (path, found.as_slice()));
        for (path, found) in gone.chain(new) {
            if let Some(uri) = self.uri(path) {
                let params = lsp::PublishDiagnosticsParams::new(uri, found.to_vec(), None);
                self.outgoing.notify::<PublishDiagnostics>(params);
            }
        }
        self.told.configuration = by_path;
    }
}

/// Answers for one document.
pub(crate) fn document(session: &mut Session, params: lsp::DocumentDiagnosticParams) -> lsp::DocumentDiagnosticReportResult {
    let path = session.path(&params.text_document.uri);
    let items = session.diagnostics(&path);
    let id = result_id(&items);
    let report = if params.previous_result_id.as_ref() == Some(&id) {
        lsp::DocumentDiagnosticReport::Unchanged(lsp::RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport { result_id: id },
        })
    } else {
        lsp::DocumentDiagnosticReport::Full(lsp::RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id: Some(id), items },
        })
    };
    lsp::DocumentDiagnosticReportResult::Report(report)
}

/// Answers for all files: those with findings, and those of which the client may still show some.
pub(crate) fn workspace(session: &mut Session, params: lsp::WorkspaceDiagnosticParams) -> lsp::WorkspaceDiagnosticReportResult {
    let known: HashMap<String, String> =
        params.previous_result_ids.into_iter().map(|known| (known.uri.as_str().to_owned(), known.value)).collect();
    session.check_all();
    let report = |Report { uri, version, items, id }: Report| {
        let version = version.map(i64::from);
        match known.get(uri.as_str()) {
            Some(before) if *before == id => {
                let unchanged_document_diagnostic_report = lsp::UnchangedDocumentDiagnosticReport { result_id: id };
                lsp::WorkspaceDocumentDiagnosticReport::Unchanged(lsp::WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report,
                })
            }
            _ => {
                let full_document_diagnostic_report = lsp::FullDocumentDiagnosticReport { result_id: Some(id), items };
                lsp::WorkspaceDocumentDiagnosticReport::Full(lsp::WorkspaceFullDocumentDiagnosticReport {
                    uri,
                    version,
                    full_document_diagnostic_report,
                })
            }
        }
    };
    let is_told = |report: &&Report| !report.items.is_empty() || known.contains_key(report.uri.as_str());
    let items = session.told.workspace.values().filter(is_told).cloned().map(report).collect();
    lsp::WorkspaceDiagnosticReportResult::Report(lsp::WorkspaceDiagnosticReport { items })
}

impl Session {
    /// Finds what is in all files. Only those that may say something else are looked at: some clients ask every few seconds.
    fn check_all(&mut self) {
        self.settle();
        let backlog = self.unchecked.take();
        let Some(workspace) = self.workspace.as_ref() else { return };
        let checked: Vec<(PathBuf, Option<_>)> = match backlog {
            Backlog::All => {
                self.told.workspace.clear();
                workspace.check_all().into_iter().map(|(path, checked)| (path.to_path_buf(), Some(checked))).collect()
            }
            Backlog::Files(paths) => paths.into_iter().map(|path| (path.clone(), workspace.check(&path))).collect(),
        };
        for (path, checked) in checked {
            match checked.zip(self.uri(&path)) {
                Some((checked, uri)) => {
                    let items = self.converted(&checked, &path, &uri);
                    let version = self.document(&path).map(|document| document.version);
                    let id = result_id(&items);
                    self.told.workspace.insert(path, Report { uri, version, items, id });
                }
                None => _ = self.told.workspace.remove(&path),
            }
        }
    }

    /// What was found in a file, as the client wants it.
    fn converted(&self, checked: &Result<Checked, Problem>, path: &Path, uri: &lsp::Uri) -> Vec<lsp::Diagnostic> {
        match checked {
            Ok(checked) => {
                let lines = match self.document(path) {
                    Some(document) => Lines::known(document.text(), document.index(), self.client.encoding),
                    None => Lines::new(&checked.text, self.client.encoding),
                };
                checked.findings.iter().map(|finding| to_proto::diagnostic(finding, &lines, uri, &self.client)).collect()
            }
            Err(problem) => vec![to_proto::problem(problem)],
        }
    }
}

/// Tells what was found from anything else that may be found.
fn result_id(items: &[lsp::Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    for lsp::Diagnostic { range, severity, code, message, .. } in items {
        let place = [range.start.line, range.start.character, range.end.line, range.end.character];
        let code = match code {
            Some(lsp::NumberOrString::String(code)) => code,
            Some(lsp::NumberOrString::Number(_)) | None => "",
        };
        (place, *severity == Some(lsp::DiagnosticSeverity::ERROR), *severity == Some(lsp::DiagnosticSeverity::WARNING))
            .hash(&mut hasher);
        (code, message).hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}
