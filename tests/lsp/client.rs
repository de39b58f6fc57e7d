//! A client for tests. It insists on good manners: each message is what was waited for, and none is left over at the end.

use std::collections::{HashMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use cqlint_lsp::{Ended, serve};
use crossbeam_channel::Sender;
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use lsp_types as lsp;
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{Diagnostic, Position, Range, Uri};
use serde_json::{Value, json};

/// So long is waited for a message before it is said to be missing.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client, with a folder of its own.
pub(crate) struct Client {
    pub(crate) name: String,
    sender: Sender<Message>,
    receiver: Receiver<Message>,
    server: Option<JoinHandle<Ended>>,
    folder: tempfile::TempDir,
    next: i32,
    versions: HashMap<String, i32>,
    /// What was told and not asked for yet.
    told: VecDeque<Notification>,
    /// What the server has asked, in its order.
    pub(crate) asked: Vec<Request>,
    /// What a person was shown of work in the background.
    pub(crate) progress: Vec<Value>,
    pub(crate) capabilities: lsp::ServerCapabilities,
    pulls: bool,
    /// The settings that it answers.
    pub(crate) settings: Value,
}

/// What each editor announces.
pub(crate) fn editors() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/capabilities");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let read = |path: &PathBuf| serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("JSON");
    files.iter().map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), read(path))).collect()
}

/// Does the same as each of the editors.
pub(crate) fn as_each_editor(files: &[(&str, &str)], act: impl Fn(&mut Client)) {
    for (name, capabilities) in editors() {
        act(&mut Client::start(&name, &capabilities, files));
    }
}

/// What Visual Studio Code announces.
pub(crate) fn code_capabilities() -> Value {
    editors().into_iter().find(|(name, _)| name == "vscode-client-11").expect("an editor").1
}

/// Visual Studio Code, with these files.
pub(crate) fn code(files: &[(&str, &str)]) -> Client {
    Client::start("vscode-client-11", &code_capabilities(), files)
}

impl Client {
    pub(crate) fn start(name: &str, capabilities: &Value, files: &[(&str, &str)]) -> Self {
        let mut client = Self::connect(name, files);
        client.initialize(capabilities, json!(null));
        client.notify::<notification::Initialized>(lsp::InitializedParams {});
        client
    }

    /// A client that has said nothing yet.
    pub(crate) fn connect(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (file, text) in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let (own, theirs) = Connection::memory();
        // What the server says is heard at once, as editors do: else both might wait for the other to listen.
        let (heard, receiver) = channel();
        let Connection { sender, receiver: said } = own;
        thread::spawn(move || said.into_iter().try_for_each(|message| heard.send(message)));
        let server = thread::Builder::new().stack_size(8 << 20).spawn(move || serve(&theirs, cqlint_cli::language_server()));
        Self {
            name: name.to_owned(),
            sender,
            receiver,
            server: Some(server.expect("a thread")),
            folder,
            next: 0,
            versions: HashMap::new(),
            told: VecDeque::new(),
            asked: Vec::new(),
            progress: Vec::new(),
            capabilities: lsp::ServerCapabilities::default(),
            pulls: false,
            settings: json!({}),
        }
    }

    pub(crate) fn initialize(&mut self, capabilities: &Value, options: Value) {
        let folder = self.uri("");
        self.initialize_in(capabilities, options, json!([{ "uri": folder, "name": "workspace" }]));
    }

    /// The same, with other folders than the client's own.
    pub(crate) fn initialize_in(&mut self, capabilities: &Value, options: Value, folders: Value) {
        let params = json!({
            "processId": null,
            "rootUri": null,
            "capabilities": capabilities,
            "initializationOptions": options,
            "workspaceFolders": folders,
        });
        let answer = self.ask("initialize", params).expect("an answer");
        let result: lsp::InitializeResult = serde_json::from_value(answer).expect("what the server can do");
        assert_eq!(result.server_info.map(|info| info.name).as_deref(), Some("cqlint"));
        self.capabilities = result.capabilities;
        self.pulls = capabilities["textDocument"]["diagnostic"].is_object();
        assert_eq!(self.capabilities.diagnostic_provider.is_some(), self.pulls, "{}", self.name);
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub(crate) fn uri(&self, file: &str) -> Uri {
        let path = self.path(file).to_string_lossy().trim_end_matches('/').to_owned();
        format!("file://{path}").parse().expect("a URI")
    }

    pub(crate) fn document(&self, file: &str) -> lsp::TextDocumentIdentifier {
        lsp::TextDocumentIdentifier { uri: self.uri(file) }
    }

    /// The place of the first occurrence of a word, as the client counts.
    pub(crate) fn place(&self, text: &str, word: &str) -> Position {
        let at = text.find(word).unwrap_or_else(|| panic!("{word} in {text}"));
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        let encoding = self.capabilities.position_encoding.clone();
        let column = match encoding.as_ref().map(|encoding| encoding.as_str()) {
            Some("utf-8") => line.len(),
            Some("utf-32") => line.chars().count(),
            _ => line.encode_utf16().count(),
        };
        Position::new(text[..at].matches('\n').count() as u32, column as u32)
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("a file")
    }

    /// Opens a file, and gives its findings.
    pub(crate) fn open(&mut self, file: &str) -> Vec<Diagnostic> {
        let text = self.text(file);
        self.open_as(file, &text, "cql")
    }

    /// Opens a text that may not be in the file.
    pub(crate) fn open_as(&mut self, file: &str, text: &str, language: &str) -> Vec<Diagnostic> {
        self.versions.insert(file.to_owned(), 1);
        self.notify::<notification::DidOpenTextDocument>(lsp::DidOpenTextDocumentParams {
            text_document: lsp::TextDocumentItem::new(self.uri(file), language.to_owned(), 1, text.to_owned()),
        });
        self.diagnostics(file)
    }

    /// Replaces a range, and gives the findings after it.
    pub(crate) fn edit(&mut self, file: &str, range: Option<Range>, text: &str) -> Vec<Diagnostic> {
        self.edit_silently(file, range, text);
        self.diagnostics(file)
    }

    /// Replaces a range.
    pub(crate) fn edit_silently(&mut self, file: &str, range: Option<Range>, text: &str) {
        let version = self.versions.get_mut(file).expect("an open file");
        *version += 1;
        let text_document = lsp::VersionedTextDocumentIdentifier { uri: self.uri(file), version: self.versions[file] };
        let content_changes = vec![lsp::TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }];
        self.notify::<notification::DidChangeTextDocument>(lsp::DidChangeTextDocumentParams { text_document, content_changes });
    }

    /// The findings of a file that is open: asked for, or waited for, as the editor does.
    pub(crate) fn diagnostics(&mut self, file: &str) -> Vec<Diagnostic> {
        if self.pulls { self.pull(file, None).1 } else { self.pushed(file) }
    }

    /// The findings of a file after what goes on in the background: the next that are told, or those that there are now.
    pub(crate) fn settled(&mut self, file: &str) -> Vec<Diagnostic> {
        if !self.pulls {
            return self.pushed(file);
        }
        thread::sleep(Duration::from_millis(20));
        self.pull(file, None).1
    }

    /// Asks for the findings of a file. The answer is their id, and the findings; none when they are the same as before.
    pub(crate) fn pull(&mut self, file: &str, previous: Option<String>) -> (Option<String>, Vec<Diagnostic>) {
        let params = json!({ "textDocument": self.document(file), "previousResultId": previous });
        let answer = self.ask(request::DocumentDiagnosticRequest::METHOD, params).expect("an answer");
        let items = answer.get("items").cloned().unwrap_or_else(|| json!([]));
        (answer["resultId"].as_str().map(str::to_owned), serde_json::from_value(items).expect("findings"))
    }

    /// Waits for the findings of the file as it is now.
    fn pushed(&mut self, file: &str) -> Vec<Diagnostic> {
        let (uri, version) = (self.uri(file), self.versions[file]);
        loop {
            let told = self.told::<notification::PublishDiagnostics>();
            // Those of other files may come between, and older ones.
            if told.uri == uri && told.version == Some(version) {
                return told.diagnostics;
            }
        }
    }

    /// Waits until this is told.
    pub(crate) fn told<N: notification::Notification>(&mut self) -> N::Params {
        loop {
            let at = self.told.iter().position(|told| told.method == N::METHOD);
            if let Some(told) = at.and_then(|at| self.told.remove(at)) {
                return serde_json::from_value(told.params).expect("what the protocol wants");
            }
            assert!(self.receive().is_none(), "an answer that nobody waits for");
        }
    }

    /// Tells something.
    pub(crate) fn notify<N: notification::Notification>(&self, params: N::Params) {
        self.send(Notification::new(N::METHOD.to_owned(), params).into());
    }

    pub(crate) fn send(&self, message: Message) {
        self.sender.send_timeout(message, PATIENCE).expect("the server listens");
    }

    /// Asks, and waits for the answer.
    pub(crate) fn request<R: request::Request>(&mut self, params: R::Params) -> R::Result {
        let params = serde_json::to_value(params).expect("JSON");
        let answer = self.ask(R::METHOD, params).unwrap_or_else(|(code, message)| panic!("{}: {code} {message}", R::METHOD));
        serde_json::from_value(answer).expect("what the protocol wants")
    }

    /// Asks, and waits for the answer or the refusal.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Result<Value, (i32, String)> {
        let id = self.ask_silently(method, params);
        self.answer(&id)
    }

    /// Asks.
    pub(crate) fn ask_silently(&mut self, method: &str, params: Value) -> RequestId {
        self.next += 1;
        let id = RequestId::from(self.next);
        self.send(Request { id: id.clone(), method: method.to_owned(), params }.into());
        id
    }

    /// Waits for the answer to what was asked.
    pub(crate) fn answer(&mut self, id: &RequestId) -> Result<Value, (i32, String)> {
        loop {
            if let Some(response) = self.receive() {
                assert_eq!(&response.id, id, "answers come in their order");
                return response.response_result.map_err(|error| (error.code, error.message));
            }
        }
    }

    /// Takes the next message; what the server asks is answered at once.
    fn receive(&mut self) -> Option<Response> {
        let message = self.receiver.recv_timeout(PATIENCE).expect("a message from the server");
        match message {
            Message::Response(response) => return Some(response),
            Message::Notification(told) => {
                if told.method == notification::Progress::METHOD {
                    self.progress.push(told.params["value"]["kind"].clone());
                } else {
                    self.told.push_back(told);
                }
            }
            Message::Request(asked) => {
                let answer = match asked.method.as_str() {
                    request::WorkspaceConfiguration::METHOD => json!([self.settings]),
                    request::ShowDocument::METHOD => json!({ "success": true }),
                    _ => json!(null),
                };
                self.send(Response::new_ok(asked.id.clone(), answer).into());
                self.asked.push(asked);
            }
        }
        None
    }

    /// Has the server end, and looks that nothing is left over.
    pub(crate) fn end(&mut self) {
        let Some(server) = self.server.take() else { return };
        assert_eq!(self.ask("shutdown", json!(null)), Ok(json!(null)));
        self.notify::<notification::Exit>(());
        assert_eq!(server.join().expect("no panic"), Ended::Asked, "{}", self.name);
        while let Ok(message) = self.receiver.try_recv() {
            assert!(!matches!(message, Message::Response(_)), "an answer that nobody waits for");
        }
        let is_left = |told: &&Notification| told.method != notification::PublishDiagnostics::METHOD || !self.pulls;
        let left: Vec<_> = self.told.iter().filter(is_left).map(|told| told.method.as_str()).collect();
        let others = left.iter().filter(|method| **method != notification::PublishDiagnostics::METHOD);
        assert_eq!(others.count(), 0, "{}: told and never read: {left:?}", self.name);
    }

    /// The server's thread, to be ended in another way.
    pub(crate) fn hang_up(mut self) -> Ended {
        let server = self.server.take().expect("a server");
        drop(std::mem::replace(&mut self.sender, Connection::memory().0.sender));
        server.join().expect("no panic")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if !thread::panicking() {
            self.end();
        }
    }
}

/// The codes of findings, with the lines on which they begin.
pub(crate) fn codes(found: &[Diagnostic]) -> Vec<(String, u32)> {
    let code = |found: &Diagnostic| match &found.code {
        Some(lsp::NumberOrString::String(code)) => code.clone(),
        _ => String::new(),
    };
    found.iter().map(|found| (code(found), found.range.start.line)).collect()
}

/// The place of the first occurrence of a word, in a text whose line has nothing but ASCII before it.
pub(crate) fn place(text: &str, word: &str) -> Position {
    let at = text.find(word).unwrap_or_else(|| panic!("{word} in {text}"));
    let before = &text[..at];
    let line = before.rsplit('\n').next().unwrap_or_default();
    assert!(line.is_ascii(), "ask the client for the place of {word}");
    Position::new(before.matches('\n').count() as u32, line.len() as u32)
}

/// An empty range.
pub(crate) fn at(position: Position) -> Range {
    Range::new(position, position)
}
