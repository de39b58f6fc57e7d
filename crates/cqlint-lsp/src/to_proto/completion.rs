//! What is offered, as the protocol lists it.

use lsp_types as lsp;
use lsp_types::CompletionItemKind;

use crate::client::Client;
use crate::features::completion::{Completion, Kind};
use crate::position::Lines;

/// One line of the list.
pub(crate) fn item(found: Completion, lines: &Lines<'_>, client: &Client) -> lsp::CompletionItem {
    let snippet = found.snippet.filter(|_| client.fills_snippets);
    let format = snippet.as_ref().map(|_| lsp::InsertTextFormat::SNIPPET);
    let new_text = snippet.unwrap_or(found.insert);
    let kind = if client.completes_markdown { lsp::MarkupKind::Markdown } else { lsp::MarkupKind::PlainText };
    let documentation = found.documentation.map(|value| lsp::Documentation::MarkupContent(lsp::MarkupContent { kind, value }));
    lsp::CompletionItem {
        kind: Some(item_kind(found.kind)),
        detail: found.detail,
        documentation,
        // Editors sort by this as by a word.
        sort_text: Some(format!("{:06}", found.rank)),
        filter_text: (new_text != found.label).then(|| found.label.clone()),
        label: found.label,
        insert_text_format: format,
        text_edit: Some(lsp::CompletionTextEdit::Edit(lsp::TextEdit { range: lines.range(found.replaces), new_text })),
        ..lsp::CompletionItem::default()
    }
}

/// What the protocol calls it.
fn item_kind(kind: Kind) -> CompletionItemKind {
    match kind {
        Kind::Keyword => CompletionItemKind::KEYWORD,
        Kind::Table => CompletionItemKind::CLASS,
        Kind::Column => CompletionItemKind::PROPERTY,
        Kind::Field => CompletionItemKind::FIELD,
        Kind::Keyspace => CompletionItemKind::MODULE,
        Kind::Type => CompletionItemKind::STRUCT,
        Kind::Function => CompletionItemKind::FUNCTION,
        Kind::Option => CompletionItemKind::ENUM_MEMBER,
        Kind::Value => CompletionItemKind::VALUE,
        Kind::Marker => CompletionItemKind::VARIABLE,
        Kind::Rule => CompletionItemKind::REFERENCE,
        Kind::Template => CompletionItemKind::SNIPPET,
    }
}
