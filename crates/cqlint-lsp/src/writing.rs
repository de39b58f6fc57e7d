//! What is offered while one writes.

use lsp_types as lsp;

use crate::features::completion;
use crate::session::Session;
use crate::to_proto;

/// What may stand at a place.
pub(crate) fn completions(session: &mut Session, params: lsp::CompletionParams) -> Option<lsp::CompletionResponse> {
    let asked = params.text_document_position;
    let path = session.path(&asked.text_document.uri);
    let client = session.client;
    session.look(&path, |page, lines| {
        let found = completion::complete(page, lines.offset(asked.position));
        let items = found.into_iter().map(|found| to_proto::completion::item(found, lines, &client)).collect();
        lsp::CompletionResponse::Array(items)
    })
}
