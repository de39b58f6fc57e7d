//! Findings in an editor are those of the command, at all times.

use std::fs;

use lsp_types::notification::{DidChangeWatchedFiles, DidSaveTextDocument};
use lsp_types::{DiagnosticSeverity, DidChangeWatchedFilesParams, DidSaveTextDocumentParams, FileChangeType, FileEvent};
use serde_json::json;

use super::client::{as_each_editor, at, code, codes, place};
use super::{FILES, PROGRAM, QUERIES, SCHEMA};

fn found(code: &str, line: u32) -> (String, u32) {
    (code.to_owned(), line)
}

#[test]
fn are_told_while_one_types() {
    as_each_editor(&FILES, |client| {
        let first = client.open("queries.cql");
        assert_eq!(codes(&first), [found("counter-update", 0)], "{}", client.name);
        assert_eq!(first[0].source.as_deref(), Some("cqlint"));
        assert_eq!(first[0].severity, Some(DiagnosticSeverity::WARNING));
        assert!(!first[0].message.contains('\n'), "one line: {}", first[0].message);
        assert_eq!(first[0].range.start, place(QUERIES, "views = views"), "{}", client.name);

        let appended = client.edit("queries.cql", Some(at(place(QUERIES, "note = ?"))), "tags = tags + ?, ");
        assert_eq!(codes(&appended), [found("counter-update", 0), found("list-append", 1)], "{}", client.name);
        let program = client.open("Visits.java");
        assert_eq!(codes(&program), [found("counter-update", 4)], "{}", client.name);
        assert_eq!(program[0].range.start, place(PROGRAM, "views = views"), "{}", client.name);
    });
}

#[test]
fn follow_the_schema_that_is_being_written() {
    as_each_editor(&FILES, |client| {
        client.open("queries.cql");
        client.open("schema.cql");
        client.edit_silently("schema.cql", None, &SCHEMA.replace("counter", "bigint"));
        client.diagnostics("schema.cql");
        client.edit_silently("queries.cql", Some(at(place(QUERIES, "UPDATE orders"))), " ");
        // Without counters `+ 1` is no CQL, which only the server says, but nothing counts twice any more.
        assert!(!codes(&client.diagnostics("queries.cql")).contains(&found("counter-update", 0)), "{}", client.name);
    });
}

#[test]
fn are_known_by_an_id_to_clients_that_ask() {
    let mut client = code(&FILES);
    client.open("queries.cql");
    let (id, first) = client.pull("queries.cql", None);
    assert_eq!(first.len(), 1);
    assert_eq!(client.pull("queries.cql", id.clone()), (id.clone(), Vec::new()));
    client.edit_silently("queries.cql", Some(at(place(QUERIES, "UPDATE pages"))), "\n");
    let (other, again) = client.pull("queries.cql", id.clone());
    assert_eq!(codes(&again), [found("counter-update", 1)]);
    assert_ne!(id, other);
}

#[test]
fn of_the_whole_workspace_are_given_once() {
    let mut client = code(&FILES);
    let ask = |known| json!({ "previousResultIds": known });
    let all = client.ask("workspace/diagnostic", ask(json!([]))).expect("an answer");
    let items = all["items"].as_array().expect("files");
    let names: Vec<_> =
        items.iter().map(|item| item["uri"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default()).collect();
    assert_eq!(names, ["Visits.java", "queries.cql", "schema.cql"]);
    let known: Vec<_> = items.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    let again = client.ask("workspace/diagnostic", ask(json!(known))).expect("an answer");
    for item in again["items"].as_array().expect("files") {
        assert_eq!(item["kind"], "unchanged");
    }
}

#[test]
fn obey_the_configuration_as_soon_as_it_is_written() {
    as_each_editor(&FILES, |client| {
        assert_eq!(codes(&client.open("queries.cql")), [found("counter-update", 0)]);
        fs::write(client.path("cqlint.toml"), "[rules]\ncounter-update = \"off\"\n").expect("a file");
        let text_document = client.document("queries.cql");
        client.notify::<DidSaveTextDocument>(DidSaveTextDocumentParams { text_document, text: None });
        // It is read in the background.
        while !client.settled("queries.cql").is_empty() {}
    });
}

#[test]
fn follow_files_that_change_outside_of_the_editor() {
    let mut client = code(&FILES);
    assert_eq!(codes(&client.open("queries.cql")), [found("counter-update", 0)]);
    fs::write(client.path("schema.cql"), SCHEMA.replace("counter", "bigint")).expect("a file");
    let event = FileEvent::new(client.uri("schema.cql"), FileChangeType::CHANGED);
    client.notify::<DidChangeWatchedFiles>(DidChangeWatchedFilesParams { changes: vec![event] });
    assert!(!codes(&client.diagnostics("queries.cql")).contains(&found("counter-update", 0)));
}

#[test]
fn of_texts_in_no_file_are_told() {
    let mut client = code(&FILES);
    let uri = "untitled:Untitled-1";
    client.notify::<lsp_types::notification::DidOpenTextDocument>(lsp_types::DidOpenTextDocumentParams {
        text_document: lsp_types::TextDocumentItem::new(uri.parse().expect("a URI"), "cql".to_owned(), 1, QUERIES.to_owned()),
    });
    let ask = json!({ "textDocument": { "uri": uri } });
    // It is none of the workspace's files until that is read anew.
    loop {
        let answer = client.ask("textDocument/diagnostic", ask.clone()).expect("an answer");
        if let Some([found]) = answer["items"].as_array().map(Vec::as_slice) {
            assert_eq!(found["code"], "counter-update");
            return;
        }
    }
}

#[test]
fn of_clinical_cql_are_one_quiet_note() {
    let clinical =
        "library Screening version '1.0'\nusing FHIR version '4.0.1'\ncontext Patient\ndefine \"Adults\":\n  AgeInYears() >= 18\n";
    as_each_editor(&[("screening.cql", clinical)], |client| {
        let found = client.open("screening.cql");
        let [found] = found.as_slice() else { panic!("{}: {found:?}", client.name) };
        assert_eq!(found.severity, Some(DiagnosticSeverity::INFORMATION));
        assert!(found.message.contains("Clinical"), "{}", found.message);
    });
}
