//! What an author gets while reading and writing, as the protocol carries it.

use lsp_types::request::{
    Completion, FoldingRangeRequest, HoverRequest, InlayHintRequest, SelectionRangeRequest, SemanticTokensFullRequest,
    SignatureHelpRequest,
};
use lsp_types::{CompletionResponse, CompletionTextEdit, HoverContents, InlayHintLabel, SemanticTokensResult};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::client::{Client, as_each_editor};
use super::{FILES, PROGRAM, QUERIES, SCHEMA};

fn read<T: DeserializeOwned>(params: Value) -> T {
    serde_json::from_value(params).expect("what the protocol wants")
}

fn there(client: &Client, file: &str, text: &str, word: &str) -> Value {
    json!({ "textDocument": client.document(file), "position": client.place(text, word) })
}

fn hover(client: &mut Client, file: &str, text: &str, word: &str) -> String {
    let hover = client.request::<HoverRequest>(read(there(client, file, text, word)));
    let Some(HoverContents::Markup(markup)) = hover.map(|hover| hover.contents) else { panic!("nothing over {word}") };
    markup.value
}

#[test]
fn hovers_say_what_a_thing_is() {
    as_each_editor(&FILES, |client| {
        for (file, text) in [("queries.cql", QUERIES), ("Visits.java", PROGRAM)] {
            client.open(file);
            let verdict = hover(client, file, text, "UPDATE pages");
            assert!(verdict.to_lowercase().contains("not idempotent"), "{}: {verdict}", client.name);
            let finding = hover(client, file, text, "views + 1");
            assert!(finding.contains("counter-update") && finding.contains("counter"), "{}: {finding}", client.name);
            let table = hover(client, file, text, "pages SET");
            assert!(table.contains("views") && table.contains("counter"), "{}: {table}", client.name);
        }
    });
}

#[test]
fn hovers_tell_of_what_is_told_elsewhere_and_of_nothing_more() {
    let allowed = format!("-- cqlint: allow counter-update\n{QUERIES}");
    let configuration = ("cqlint.toml", "suppressions-need-reason = false\n");
    as_each_editor(&[FILES[0], ("queries.cql", &allowed), configuration], |client| {
        assert!(client.open("queries.cql").is_empty(), "{}", client.name);
        for word in ["cqlint: allow", "views + 1"] {
            let asked = there(client, "queries.cql", &allowed, word);
            let said = client.request::<HoverRequest>(read(asked)).map(|hover| format!("{:?}", hover.contents)).unwrap_or_default();
            assert!(!said.contains("bad-suppression") && !said.contains("**warn**"), "{}: {said}", client.name);
        }
    });
}

/// The labels that are offered where `|` stands in the text, which is put in the place of the file's.
fn offered(client: &mut Client, file: &str, text: &str) -> Vec<String> {
    let position = client.place(text, "|");
    client.edit(file, None, &text.replacen('|', "", 1));
    let asked = json!({ "textDocument": client.document(file), "position": position });
    let Some(CompletionResponse::Array(items)) = client.request::<Completion>(read(asked)) else { panic!("no list") };
    assert!(items.iter().all(|item| matches!(item.text_edit, Some(CompletionTextEdit::Edit(_)))));
    assert!(items.is_sorted_by_key(|item| item.sort_text.clone()), "{}", client.name);
    items.into_iter().map(|item| item.label).collect()
}

#[test]
fn completions_fit_their_places() {
    as_each_editor(&FILES, |client| {
        client.open("queries.cql");
        client.open("Visits.java");
        for (text, label) in [
            ("UPD|", "UPDATE"),
            ("SELECT | FROM orders", "note"),
            ("/* é😀 */ SELECT * FROM or|", "orders"),
            ("UPDATE orders SET note = 'x' WHERE |", "id"),
            ("CREATE TABLE t (k in|", "int"),
            ("-- cqlint: allow counter-u|\nUPDATE pages SET views = views + 1 WHERE page = ?", "counter-update"),
        ] {
            let labels = offered(client, "queries.cql", text);
            assert!(labels.iter().any(|offered| offered == label), "{}: {text}: {labels:?}", client.name);
        }
        let labels = offered(client, "Visits.java", &PROGRAM.replace("views = views", "vi| = views"));
        assert!(labels.iter().any(|offered| offered == "views"), "{}: {labels:?}", client.name);
    });
}

#[test]
fn colours_are_within_their_lines() {
    as_each_editor(&FILES, |client| {
        for (file, text) in [("queries.cql", QUERIES), ("Visits.java", PROGRAM), ("schema.cql", SCHEMA)] {
            client.open(file);
            let asked = json!({ "textDocument": client.document(file) });
            let Some(SemanticTokensResult::Tokens(tokens)) = client.request::<SemanticTokensFullRequest>(read(asked)) else {
                panic!("no colours")
            };
            let (mut line, mut column, mut words) = (0, 0, Vec::new());
            for token in tokens.data {
                column = if token.delta_line == 0 { column + token.delta_start } else { token.delta_start };
                line += token.delta_line;
                let of = text.lines().nth(line as usize).expect("a line");
                words.push(of.get(column as usize..(column + token.length) as usize).expect("in the line"));
            }
            let first = if file == "schema.cql" { "CREATE" } else { "UPDATE" };
            assert_eq!(words.first(), Some(&first), "{}: {words:?}", client.name);
        }
    });
}

#[test]
fn hints_and_signatures_tell_types() {
    as_each_editor(&FILES, |client| {
        client.open("queries.cql");
        let end = json!({ "line": 9, "character": 0 });
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": end });
        let hints =
            client.request::<InlayHintRequest>(read(json!({ "textDocument": client.document("queries.cql"), "range": range })));
        let labels: Vec<_> = hints
            .unwrap_or_default()
            .into_iter()
            .map(|hint| match hint.label {
                InlayHintLabel::String(label) => label,
                InlayHintLabel::LabelParts(_) => panic!("one label"),
            })
            .collect();
        assert_eq!(labels, [": text", ": text", ": uuid"], "{}", client.name);
        let call = "SELECT * FROM orders WHERE token(id) > token(5";
        client.edit("queries.cql", None, call);
        let help = client.request::<SignatureHelpRequest>(read(there(client, "queries.cql", call, "5"))).expect("a signature");
        assert!(help.signatures[0].label.starts_with("token("), "{}: {:?}", client.name, help.signatures);
    });
}

#[test]
fn what_belongs_together_folds_and_is_selected() {
    let text = "CREATE TABLE a (\n  k int PRIMARY KEY,\n  v text\n);\n";
    as_each_editor(&[("schema.cql", text)], |client| {
        client.open("schema.cql");
        let asked = json!({ "textDocument": client.document("schema.cql") });
        let folds = client.request::<FoldingRangeRequest>(read(asked)).unwrap_or_default();
        assert!(folds.iter().any(|fold| fold.start_line == 0 && fold.end_line >= 2), "{}: {folds:?}", client.name);
        let asked = json!({ "textDocument": client.document("schema.cql"), "positions": [client.place(text, "int")] });
        let selected = client.request::<SelectionRangeRequest>(read(asked)).unwrap_or_default();
        let outwards = std::iter::successors(selected.first(), |inner| inner.parent.as_deref());
        let lines: Vec<_> = outwards.map(|range| (range.range.start.line, range.range.end.line)).collect();
        assert!(lines.len() >= 3 && lines.is_sorted_by(|inner, outer| outer.0 <= inner.0 && inner.1 <= outer.1), "{lines:?}");
    });
}
