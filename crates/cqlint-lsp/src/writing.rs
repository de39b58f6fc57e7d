//! What is offered while one writes.

use lsp_types as lsp;

use crate::features::{completion, signature};
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

/// What is called at a place, and with what.
pub(crate) fn signatures(session: &mut Session, params: lsp::SignatureHelpParams) -> Option<lsp::SignatureHelp> {
    let asked = params.text_document_position_params;
    let path = session.path(&asked.text_document.uri);
    let client = session.client;
    let signatures: Vec<_> = session.look(&path, |page, lines| {
        let found = signature::signatures(page, lines.offset(asked.position));
        found.into_iter().map(|found| to_proto::signature(found, &client)).collect()
    })?;
    let first = signatures.first()?;
    Some(lsp::SignatureHelp { active_signature: Some(0), active_parameter: first.active_parameter, signatures })
}
