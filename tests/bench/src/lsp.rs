//! A client of language servers that does no more than it must: it opens a file, changes it, and waits for what is found.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Result;
use crate::typist::{Edit, Typist};

/// A server that says nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who begins to speak of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Diagnostics {
    /// The client asks for them, as new editors do.
    Pull,
    /// The server sends them when it has them.
    Push,
}

/// A message, and when its last byte was read.
type Arrived = (Instant, Value);

/// A server in a process of its own, and one open file.
pub struct Server {
    child: Child,
    input: ChildStdin,
    messages: Receiver<std::result::Result<Arrived, String>>,
    diagnostics: Diagnostics,
    requests: u64,
    uri: String,
}

impl Server {
    /// Starts it in a folder.
    ///
    /// # Errors
    /// When it does not start, or does not answer as a language server.
    pub fn start(command: &mut Command, folder: &Path, diagnostics: Diagnostics) -> Result<Self> {
        let streams = command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = streams.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { return Err("no pipes".into()) };
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            loop {
                let message = read(&mut output).map_err(|error| error.to_string());
                let ended = message.is_err();
                if sender.send(message).is_err() || ended {
                    return;
                }
            }
        });
        let mut server = Self { child, input, messages, diagnostics, requests: 0, uri: String::new() };
        let mut abilities = json!({ "publishDiagnostics": { "versionSupport": true } });
        if let (Diagnostics::Pull, Some(abilities)) = (diagnostics, abilities.as_object_mut()) {
            abilities.insert("diagnostic".to_owned(), json!({}));
        }
        let root = format!("file://{}", folder.display());
        server.ask(
            "initialize",
            json!({
                "processId": std::process::id(),
                "rootUri": root,
                "workspaceFolders": [{ "uri": root, "name": "bench" }],
                "capabilities": { "textDocument": abilities },
            }),
        )?;
        server.tell("initialized", json!({}))?;
        Ok(server)
    }

    /// Opens a file of the folder: how many findings it has.
    ///
    /// # Errors
    /// When the server is gone, or silent.
    pub fn open(&mut self, file: &Path, language: &str, typist: &Typist) -> Result<usize> {
        self.uri = format!("file://{}", file.display());
        let document = json!({ "uri": self.uri, "languageId": language, "version": 0, "text": typist.text() });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }))?;
        let (_, found) = self.findings(0)?;
        Ok(found)
    }

    /// Makes an edit: how long it takes until its findings are there.
    ///
    /// # Errors
    /// When the server is gone, or silent.
    pub fn change(&mut self, edit: &Edit) -> Result<Duration> {
        let begin = Instant::now();
        let range = json!({ "start": edit.start, "end": edit.end });
        let changes = json!([{ "range": range, "text": edit.text }]);
        let document = json!({ "uri": self.uri, "version": edit.version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }))?;
        let (arrived, _) = self.findings(edit.version)?;
        Ok(arrived.duration_since(begin))
    }

    /// Resident memory in bytes; nothing where the system does not tell.
    #[must_use]
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kilobytes * 1024)
    }

    /// When the findings of a version were there, and how many.
    fn findings(&mut self, version: u64) -> Result<(Instant, usize)> {
        let (arrived, found) = match self.diagnostics {
            Diagnostics::Pull => {
                let (arrived, report) = self.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": self.uri } }))?;
                (arrived, report.get("items").cloned())
            }
            Diagnostics::Push => {
                let uri = self.uri.clone();
                let (arrived, message) = self.until(|message| {
                    let (method, params) = (message.get("method"), message.get("params"));
                    let of = |name: &str| params.and_then(|params| params.get(name));
                    method.is_some_and(|method| method == "textDocument/publishDiagnostics")
                        && of("uri").is_some_and(|own| *own == uri)
                        && of("version").is_some_and(|own| *own == version)
                })?;
                (arrived, message.pointer("/params/diagnostics").cloned())
            }
        };
        Ok((arrived, found.as_ref().and_then(Value::as_array).map_or(0, Vec::len)))
    }

    fn ask(&mut self, method: &str, params: Value) -> Result<Arrived> {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        let (arrived, mut answer) =
            self.until(|message| message.get("method").is_none() && message.get("id").is_some_and(|own| *own == id))?;
        match answer.get("error") {
            Some(error) => Err(format!("{method}: {error}").into()),
            None => Ok((arrived, answer.get_mut("result").map(Value::take).unwrap_or_default())),
        }
    }

    fn tell(&mut self, method: &str, params: Value) -> Result {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    fn send(&mut self, message: &Value) -> Result {
        let message = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{message}", message.len())?;
        Ok(self.input.flush()?)
    }

    /// The next message that is wanted. What the server asks meanwhile is answered with nothing.
    fn until(&mut self, is_wanted: impl Fn(&Value) -> bool) -> Result<Arrived> {
        loop {
            let (arrived, message) = self.messages.recv_timeout(PATIENCE).map_err(|_| "the server is silent")??;
            if is_wanted(&message) {
                return Ok((arrived, message));
            }
            if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
                let items = message.pointer("/params/items").and_then(Value::as_array).map(Vec::len);
                let nothing = items.map_or(Value::Null, |items| Value::Array(vec![Value::Null; items]));
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": nothing }))?;
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut BufReader<ChildStdout>) -> Result<Arrived> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line)? == 0 {
            return Err("the server has ended".into());
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes)?;
    Ok((Instant::now(), serde_json::from_slice(&bytes)?))
}
