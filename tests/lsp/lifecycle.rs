//! Beginning, end, and what comes between out of order.

use cqlint_lsp::Ended;
use lsp_server::{ErrorCode, Message, Notification, RequestId, Response};
use serde_json::json;

use super::FILES;
use super::client::{Client, code, code_capabilities, codes};

#[test]
fn what_is_out_of_order_is_refused_or_passed_over() {
    let mut client = Client::connect("impatient", &FILES);
    let refused = client.ask("textDocument/hover", json!({})).expect_err("too early");
    assert_eq!(refused.0, ErrorCode::ServerNotInitialized as i32);
    client.send(Response::new_ok(RequestId::from(99), json!(null)).into());
    client.send(Notification { method: "textDocument/didOpen".to_owned(), params: json!(3) }.into());
    assert_eq!(client.ask("initialize", json!(7)).expect_err("no parameters").0, ErrorCode::InvalidParams as i32);
    let capabilities = code_capabilities();
    client.initialize(&capabilities, json!({ "config": 3 }));
    client.notify::<lsp_types::notification::Initialized>(lsp_types::InitializedParams {});
    assert_eq!(client.ask("initialize", json!({})).expect_err("twice").0, ErrorCode::InvalidRequest as i32);
    assert_eq!(client.ask("cqlint/dance", json!({})).expect_err("unknown").0, ErrorCode::MethodNotFound as i32);
    assert_eq!(client.ask("textDocument/diagnostic", json!([])).expect_err("no parameters").0, ErrorCode::InvalidParams as i32);
    for told in ["textDocument/didChange", "textDocument/didClose", "textDocument/didSave"] {
        let params = json!({ "textDocument": { "uri": "file:///nowhere.cql", "version": 3 }, "contentChanges": [{ "text": "x" }] });
        client.send(Notification { method: told.to_owned(), params }.into());
    }
    let nowhere = client.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": "file:///nowhere.cql" } }));
    assert_eq!(nowhere.expect("an answer")["items"], json!([]));
    assert_eq!(codes(&client.open("queries.cql")).len(), 1);
}

#[test]
fn a_client_that_goes_ends_the_server() {
    assert_eq!(Client::connect("short", &FILES).hang_up(), Ended::Gone);
    assert_eq!(code(&FILES).hang_up(), Ended::Gone);
}

#[test]
fn a_request_can_be_withdrawn() {
    let mut client = Client::connect("fickle", &FILES);
    let capabilities = code_capabilities();
    client.initialize(&capabilities, json!(null));
    // Nothing is loaded yet, so it waits.
    let params = json!({ "textDocument": { "uri": client.uri("queries.cql") } });
    let id = client.ask_silently("textDocument/diagnostic", params);
    client.send(Message::Notification(Notification { method: "$/cancelRequest".to_owned(), params: json!({ "id": 2 }) }));
    assert_eq!(client.answer(&id).expect_err("withdrawn").0, ErrorCode::RequestCanceled as i32);
    client.notify::<lsp_types::notification::Initialized>(lsp_types::InitializedParams {});
    assert_eq!(codes(&client.open("queries.cql")).len(), 1);
}

#[test]
fn a_file_without_a_folder_is_served_alone() {
    let mut client = Client::connect("alone", &FILES);
    client.initialize_in(&code_capabilities(), json!(null), json!(null));
    client.notify::<lsp_types::notification::Initialized>(lsp_types::InitializedParams {});
    let mut found = client.open("queries.cql");
    // It becomes known when the workspace is read anew.
    while found.is_empty() {
        found = client.settled("queries.cql");
    }
    // Without the schema beside it nobody knows what is counted.
    assert_eq!(codes(&found)[0].1, 0);
}

#[test]
fn the_first_reading_is_shown() {
    let mut client = code(&FILES);
    client.open("queries.cql");
    client.end();
    let begin = client.progress.iter().position(|kind| kind == "begin");
    let end = client.progress.iter().position(|kind| kind == "end");
    // It may be over before the client is ready to be shown anything.
    assert_eq!(begin.is_some(), end.is_some());
    assert!(begin <= end, "{:?}", client.progress);
}

#[test]
fn the_configuration_that_the_editor_names_counts() {
    let files = [FILES[0], FILES[1], ("other/own.toml", "[rules]\ncounter-update = \"off\"\n")];
    let mut client = Client::connect("configured", &files);
    client.initialize(&code_capabilities(), json!({ "config": "other/own.toml" }));
    client.settings = json!({ "config": "other/own.toml" });
    client.notify::<lsp_types::notification::Initialized>(lsp_types::InitializedParams {});
    assert_eq!(codes(&client.open("queries.cql")), []);
    client.settings = json!({ "config": null });
    client.notify::<lsp_types::notification::DidChangeConfiguration>(lsp_types::DidChangeConfigurationParams {
        settings: json!(null),
    });
    while codes(&client.settled("queries.cql")) != [("counter-update".to_owned(), 0)] {}
}

#[test]
fn what_is_wrong_with_the_configuration_is_told_in_its_file() {
    let mut client = code(&[FILES[1], ("cqlint.toml", "\nprofile = \"brave\"\n")]);
    assert_eq!(codes(&client.open("queries.cql")), []);
    let told = client.told::<lsp_types::notification::PublishDiagnostics>();
    assert_eq!(told.uri, client.uri("cqlint.toml"));
    assert_eq!(told.diagnostics[0].range.start.line, 1);
    assert!(told.diagnostics[0].message.contains("brave"), "{:?}", told.diagnostics);
}
