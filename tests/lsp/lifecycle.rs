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
