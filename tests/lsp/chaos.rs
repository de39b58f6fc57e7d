//! A client that sends anything: nothing ends the server, and each request has one answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use lsp_server::{Message, Notification, RequestId, Response};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::client::{Client, code, codes};
use super::{FILES, QUERIES};
use crate::cli::cqlint;

/// What clients ask and tell, and what none does.
const METHODS: [&str; 36] = [
    "initialize",
    "initialized",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didChange",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "textDocument/diagnostic",
    "textDocument/codeAction",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/hover",
    "textDocument/inlayHint",
    "textDocument/prepareRename",
    "textDocument/references",
    "textDocument/rename",
    "textDocument/selectionRange",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range",
    "textDocument/signatureHelp",
    "textDocument/codeLens",
    "textDocument/formatting",
    "codeAction/resolve",
    "workspace/diagnostic",
    "workspace/symbol",
    "workspace/executeCommand",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "$/cancelRequest",
    "$/nonsense",
    "",
];

fn file() -> impl Strategy<Value = &'static str> {
    select(vec!["queries.cql", "schema.cql", "Visits.java", "new.cql", "no/such.cql", "cqlint.toml", "?%20#.cql"])
}

fn number() -> impl Strategy<Value = Value> {
    select(vec![json!(0), json!(1), json!(7), json!(40), json!(4_294_967_295_u64), json!(-1), json!(1.5), json!("1"), json!(null)])
}

fn position() -> impl Strategy<Value = Value> {
    (0..3u32, 0..60u32, number(), number(), 0..4u32).prop_map(|(line, character, strange, stranger, which)| match which {
        0 => json!({ "line": strange, "character": stranger }),
        1 => json!({ "line": line, "character": strange }),
        _ => json!({ "line": line, "character": character }),
    })
}

fn text() -> impl Strategy<Value = String> {
    let pieces =
        ["", QUERIES, "'", "/*", "\r\n", "😀", "\u{feff}", "\0", "CREATE TABLE t (", "(((((((((((", "-- cqlint: allow ", "}"];
    prop::collection::vec(select(pieces.to_vec()), 0..6).prop_map(|pieces| pieces.concat())
}

/// Parameters that fit many methods, some of them wrong.
fn params() -> impl Strategy<Value = (&'static str, Value)> {
    let names = select(vec!["", "textDocument", "position", "range", "contentChanges", "newName", "context", "uri", "version"]);
    let wrong = select(vec![json!(null), json!(3), json!([]), json!({}), json!("x"), json!([[[[]]]])]);
    (file(), position(), position(), text(), number(), names, wrong, 0..5u32).prop_map(
        |(file, start, end, text, number, name, wrong, is_wrong)| {
            let mut params = json!({
                "textDocument": { "uri": file, "version": number, "languageId": "cql", "text": text },
                "position": start,
                "positions": [start, end],
                "range": { "start": start, "end": end },
                "contentChanges": [{ "range": { "start": start, "end": end }, "text": text }, { "text": QUERIES }],
                "newName": text,
                "query": text,
                "context": { "diagnostics": [], "includeDeclaration": true, "only": ["quickfix", "source"] },
                "previousResultIds": [],
                "title": "x",
                "data": { "uri": file, "version": number, "what": { "kind": "fix", "rule": "x", "start": 9, "end": 1 } },
                "command": "cqlint.openRule",
                "arguments": [number],
                "settings": { "cqlint": { "config": file, "codeLens": number } },
                "changes": [{ "uri": file, "type": number }],
                "event": { "added": [], "removed": [{ "uri": file, "name": "" }] },
                "id": number,
            });
            if is_wrong == 0 {
                params[name] = wrong;
            }
            (file, params)
        },
    )
}

#[derive(Clone, Debug)]
enum Sent {
    Request(&'static str, Value),
    Notification(&'static str, Value),
    Response(i32, Value),
}

fn sent() -> impl Strategy<Value = (&'static str, Sent)> {
    (select(METHODS.to_vec()), params(), 0..20u32, any::<bool>()).prop_map(|(method, (file, params), kind, is_asked)| {
        let is_told = method.contains("/did") || method.starts_with('$') || method == "initialized";
        let sent = match kind {
            0 => Sent::Response(7, params),
            1 if is_asked => Sent::Request(method, params),
            1 => Sent::Notification(method, params),
            _ if is_told => Sent::Notification(method, params),
            _ => Sent::Request(method, params),
        };
        (file, sent)
    })
}

/// Puts the true URI of a file into the places where its name stands.
fn with_uris(client: &Client, file: &str, params: Value) -> Value {
    let uri = json!(client.uri(file));
    match params {
        Value::String(text) if text == file => uri,
        Value::Array(all) => all.into_iter().map(|one| with_uris(client, file, one)).collect(),
        Value::Object(all) => all.into_iter().map(|(name, one)| (name, with_uris(client, file, one))).collect(),
        other => other,
    }
}

#[test]
fn ten_thousand_messages_end_nothing() {
    let mut client = code(&FILES);
    let mut runner =
        TestRunner::new_with_rng(Config::default(), proptest::test_runner::TestRng::deterministic_rng(Default::default()));
    let messages = sent();
    let (mut answers, mut refusals) = (0, 0);
    for _ in 0..10_000 {
        let (file, sent) = messages.new_tree(&mut runner).expect("a message").current();
        match sent {
            Sent::Request(method, params) => {
                let params = with_uris(&client, file, params);
                match client.ask(method, params) {
                    Ok(_) => answers += 1,
                    Err((code, message)) => {
                        assert_ne!(code, lsp_server::ErrorCode::InternalError as i32, "{method}: {message}");
                        refusals += 1;
                    }
                }
            }
            Sent::Notification(method, params) => {
                let params = with_uris(&client, file, params);
                client.send(Message::Notification(Notification { method: method.to_owned(), params }));
            }
            Sent::Response(id, value) => client.send(Response::new_ok(RequestId::from(id), value).into()),
        }
    }
    assert!(answers > 1000 && refusals > 1000, "{answers} answers and {refusals} refusals");
    let added = json!({ "event": { "removed": [], "added": [{ "uri": client.uri(""), "name": "again" }] } });
    client.send(Message::Notification(Notification { method: "workspace/didChangeWorkspaceFolders".to_owned(), params: added }));
    client.settings = json!({});
    client.send(Message::Notification(Notification {
        method: "workspace/didChangeConfiguration".to_owned(),
        params: json!({ "settings": null }),
    }));
    let mut found = client.open_as("queries.cql", QUERIES, "cql");
    client.open_as("schema.cql", super::SCHEMA, "cql");
    for _ in 0..200 {
        if codes(&found) == [("counter-update".to_owned(), 0)] {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
        found = client.pull("queries.cql", None).1;
    }
    panic!("{found:?}");
}

#[test]
fn bytes_that_are_no_messages_end_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = cqlint(folder.path())
        .args(["lsp", "--stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server starts");
    let mut input = server.stdin.take().expect("a pipe");
    let mut output = BufReader::new(server.stdout.take().expect("a pipe"));
    let frame = |content: &str| format!("Content-Length: {}\r\n\r\n{content}", content.len());
    let ask = |id: u32, method: &str| {
        frame(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": { "capabilities": {} } }).to_string())
    };
    let mut next = |id: u32| loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(output.read_line(&mut line).expect("a line"), 0, "the server has ended");
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().expect("a length"),
                None => break,
            }
        }
        let mut content = vec![0; length];
        output.read_exact(&mut content).expect("a message");
        let message: Value = serde_json::from_slice(&content).expect("JSON");
        if message["id"] == id && message.get("method").is_none() {
            return message;
        }
    };
    let noise = ["{", "[]", "\u{0}\u{1}", "{\"id\":1}", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":7}", "null", "\"x\""];
    for id in 1..200 {
        let strange = noise[id as usize % noise.len()];
        input.write_all(frame(strange).as_bytes()).expect("it listens");
        input.write_all(b"Content-Length: x\r\nHost: nowhere\r\n\r\n").expect("it listens");
        let method = if id == 1 { "initialize" } else { "textDocument/nonsense" };
        input.write_all(ask(id, method).as_bytes()).expect("it listens");
        let answer = next(id);
        assert_eq!(answer.get("result").is_some(), id == 1, "{answer}");
    }
    // The client dies, and so does the server.
    drop(input);
    assert_eq!(server.wait().expect("it ends").code(), Some(1));
}
