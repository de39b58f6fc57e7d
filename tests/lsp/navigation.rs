//! Ways through the workspace, across files of CQL and programs.

use lsp_types::request::{
    CodeLensRequest, DocumentSymbolRequest, GotoDefinition, PrepareRenameRequest, References, Rename, WorkspaceSymbolRequest,
};
use lsp_types::{DocumentSymbolResponse, GotoDefinitionResponse, Location};
use serde_json::{Value, json};

use super::client::{Client, as_each_editor, code, place};
use super::{FILES, PROGRAM, QUERIES, SCHEMA};

/// A place in a file, as requests name it.
fn there(client: &Client, file: &str, text: &str, word: &str) -> Value {
    json!({ "textDocument": client.document(file), "position": place(text, word) })
}

fn with(mut params: Value, name: &str, value: Value) -> Value {
    params[name] = value;
    params
}

/// The names of files with the lines in them.
fn places(found: &[Location]) -> Vec<(String, u32)> {
    let name = |found: &Location| found.uri.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    found.iter().map(|found| (name(found), found.range.start.line)).collect()
}

fn owned(places: &[(&str, u32)]) -> Vec<(String, u32)> {
    places.iter().map(|(file, line)| ((*file).to_owned(), *line)).collect()
}

fn read<T: serde::de::DeserializeOwned>(params: Value) -> T {
    serde_json::from_value(params).expect("what the protocol wants")
}

#[test]
fn leads_from_a_name_to_its_definition_and_back() {
    as_each_editor(&FILES, |client| {
        client.open("queries.cql");
        for (file, text) in [("queries.cql", QUERIES), ("Visits.java", PROGRAM)] {
            if file != "queries.cql" {
                client.open(file);
            }
            let found = client.request::<GotoDefinition>(read(there(client, file, text, "views = views")));
            let Some(GotoDefinitionResponse::Array(found)) = found else { panic!("{}: {found:?}", client.name) };
            assert_eq!(places(&found), owned(&[("schema.cql", 0)]), "{}", client.name);
            assert_eq!(found[0].range.start, place(SCHEMA, "views counter"));
        }
        let asked = with(there(client, "queries.cql", QUERIES, "pages"), "context", json!({ "includeDeclaration": true }));
        let found = client.request::<References>(read(asked)).unwrap_or_default();
        assert_eq!(places(&found), owned(&[("Visits.java", 4), ("queries.cql", 0), ("schema.cql", 0)]), "{}", client.name);
    });
}

#[test]
fn renames_everywhere_or_says_why_not() {
    as_each_editor(&FILES, |client| {
        client.open("schema.cql");
        let there = there(client, "schema.cql", SCHEMA, "views counter");
        assert!(client.request::<PrepareRenameRequest>(read(there.clone())).is_some(), "{}", client.name);
        let edit = client.request::<Rename>(read(with(there.clone(), "newName", json!("visits")))).expect("an edit");
        let edit = serde_json::to_string(&edit).expect("JSON");
        assert_eq!(edit.matches("\"newText\":\"visits\"").count(), 5, "{}: {edit}", client.name);
        for file in ["schema.cql", "queries.cql", "Visits.java"] {
            assert!(edit.contains(client.uri(file).as_str()), "{}: {edit}", client.name);
        }
        let (code, message) =
            client.ask("textDocument/rename", with(there, "newName", json!("page"))).expect_err("the name is taken");
        assert_eq!(code, lsp_server::ErrorCode::RequestFailed as i32);
        assert!(message.contains("there is a column `page` already"), "{message}");
    });
}

#[test]
fn shows_what_there_is() {
    as_each_editor(&FILES, |client| {
        client.open("schema.cql");
        let symbols = client.request::<DocumentSymbolRequest>(read(json!({ "textDocument": client.document("schema.cql") })));
        let names: Vec<String> = match symbols.expect("symbols") {
            DocumentSymbolResponse::Flat(symbols) => symbols.into_iter().map(|symbol| symbol.name).collect(),
            DocumentSymbolResponse::Nested(symbols) => symbols
                .into_iter()
                .flat_map(|symbol| {
                    let children = symbol.children.into_iter().flatten().map(|child| child.name);
                    std::iter::once(symbol.name).chain(children).collect::<Vec<_>>()
                })
                .collect(),
        };
        assert_eq!(names, ["pages", "page", "views", "orders", "id", "note", "tags"], "{}", client.name);
        let found = client.ask("workspace/symbol", json!({ "query": "view" })).expect("symbols");
        assert_eq!(found[0]["name"], "views", "{}", client.name);
        let _ = client.request::<WorkspaceSymbolRequest>(read(json!({ "query": "" })));
    });
}

#[test]
fn says_above_a_statement_what_it_is_and_above_a_table_who_uses_it() {
    let mut client = code(&FILES);
    client.open("queries.cql");
    client.open("schema.cql");
    let titles = |client: &mut Client, file: &str| {
        let lenses = client.request::<CodeLensRequest>(read(json!({ "textDocument": client.document(file) })));
        lenses.unwrap_or_default().into_iter().filter_map(|lens| Some(lens.command?.title)).collect::<Vec<_>>()
    };
    assert_eq!(titles(&mut client, "queries.cql"), ["not idempotent: counter update"]);
    assert_eq!(titles(&mut client, "schema.cql"), ["used by 2 statements", "used by 1 statement"]);
    client.settings = json!({ "codeLens": { "enable": false } });
    client.notify::<lsp_types::notification::DidChangeConfiguration>(lsp_types::DidChangeConfigurationParams {
        settings: json!(null),
    });
    // The server asks for the settings, and the client answers, before it asks for lenses again.
    let refused = client.ask("textDocument/prepareRename", there(&client, "queries.cql", QUERIES, "UPDATE"));
    assert!(refused.expect_err("a keyword").1.contains("no name"));
    assert_eq!(titles(&mut client, "queries.cql"), [""; 0]);
}
