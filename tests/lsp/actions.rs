//! What can be done about a finding, and what the text is then.

use lsp_types::notification::ShowMessage;
use lsp_types::request::{CodeActionRequest, CodeActionResolveRequest, ExecuteCommand, Request, ShowDocument};
use lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, CodeActionParams, DocumentChanges, ExecuteCommandParams,
    OneOf, Range, TextEdit, WorkspaceEdit,
};

use super::client::{Client, as_each_editor, at};

const SCHEMA: &str = "CREATE TABLE orders (id uuid PRIMARY KEY, note text);\n";
const QUERIES: &str = "-- 😀\nINSERT INTO orders (id, note) VALUES (?, 'é') ; INSERT INTO orders (id) VALUES (now());\n";

/// The actions at a place, as the editor would have them when a person has chosen.
fn actions(client: &mut Client, file: &str, range: Range, only: Option<Vec<CodeActionKind>>) -> Vec<CodeAction> {
    let context = CodeActionContext { only, ..CodeActionContext::default() };
    let params = CodeActionParams {
        text_document: client.document(file),
        range,
        context,
        work_done_progress_params: lsp_types::WorkDoneProgressParams::default(),
        partial_result_params: lsp_types::PartialResultParams::default(),
    };
    let found = client.request::<CodeActionRequest>(params).unwrap_or_default();
    let mut all = Vec::new();
    for action in found {
        let CodeActionOrCommand::CodeAction(action) = action else { panic!("a command") };
        all.push(if action.data.is_some() { client.request::<CodeActionResolveRequest>(action) } else { action });
    }
    all
}

fn edits(edit: &WorkspaceEdit) -> Vec<TextEdit> {
    if let Some(DocumentChanges::Edits(documents)) = &edit.document_changes {
        let edit = |edit: &OneOf<TextEdit, _>| match edit {
            OneOf::Left(edit) => edit.clone(),
            OneOf::Right(_) => panic!("an annotated edit"),
        };
        return documents.iter().flat_map(|document| document.edits.iter().map(edit)).collect();
    }
    edit.changes.iter().flatten().flat_map(|(_, edits)| edits.clone()).collect()
}

fn titles(actions: &[CodeAction]) -> Vec<&str> {
    actions.iter().map(|action| action.title.as_str()).collect()
}

#[test]
fn mend_and_allow_and_explain() {
    as_each_editor(&[("orders.cql", SCHEMA), ("queries.cql", QUERIES)], |client| {
        client.open("queries.cql");
        let here = at(client.place(QUERIES, "now()"));
        let all = actions(client, "queries.cql", here, None);
        assert!(titles(&all).contains(&"Allow server-key here"), "{}: {:?}", client.name, titles(&all));
        let allow = all.iter().find(|action| action.title == "Allow server-key here").expect("an action");
        let [edit] = &edits(allow.edit.as_ref().expect("an edit"))[..] else { panic!("one edit") };
        assert!(edit.new_text.contains("cqlint: allow server-key: TODO: say why"), "{}", edit.new_text);
        assert!(allow.diagnostics.as_ref().is_some_and(|found| found.len() == 1));
        let shows = all.iter().find(|action| action.title == "Show the page of server-key").expect("an action");
        let command = shows.command.clone().expect("a command");
        client.request::<ExecuteCommand>(ExecuteCommandParams {
            command: command.command,
            arguments: command.arguments.unwrap_or_default(),
            ..ExecuteCommandParams::default()
        });
        let is_shown = client.asked.iter().any(|asked| asked.method == ShowDocument::METHOD);
        if !is_shown {
            assert!(client.told::<ShowMessage>().message.contains("cqlint explain server-key"), "{}", client.name);
        }
    });
}

#[test]
fn mend_everything_at_once() {
    as_each_editor(&[("schema.cql", "CREATE TABLE a (k int PRIMARY KEY);\nCREATE TABLE b (k int PRIMARY KEY);\n")], |client| {
        client.open("schema.cql");
        let whole = Range::new(lsp_types::Position::new(0, 0), lsp_types::Position::new(9, 0));
        let only = Some(vec![CodeActionKind::SOURCE_FIX_ALL]);
        let all = actions(client, "schema.cql", whole, only);
        let [action] = all.as_slice() else { panic!("{}: {:?}", client.name, titles(&all)) };
        assert_eq!(action.kind, Some(CodeActionKind::new("source.fixAll.cqlint")));
        let edits = edits(action.edit.as_ref().expect("an edit"));
        assert_eq!(edits.iter().map(|edit| edit.new_text.trim()).collect::<Vec<_>>(), ["IF NOT EXISTS"; 2], "{}", client.name);
    });
}
