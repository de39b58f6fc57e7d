//! What the client asks: which question is answered where.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::request::{
    CodeActionRequest, CodeActionResolveRequest, CodeLensRequest, Completion, DocumentDiagnosticRequest, DocumentHighlightRequest,
    DocumentSymbolRequest, ExecuteCommand, FoldingRangeRequest, GotoDefinition, HoverRequest, InlayHintRequest,
    PrepareRenameRequest, References, Rename, Request as Method, SelectionRangeRequest, SemanticTokensFullRequest,
    SemanticTokensRangeRequest, SignatureHelpRequest, WorkspaceDiagnosticRequest, WorkspaceSymbolRequest,
};

use crate::refusal::Refusal;
use crate::session::{Session, diagnostics};
use crate::{actions, commands, navigation, reading, writing};

/// Whether a request is answered only once the workspace is loaded.
pub(crate) fn needs_workspace(method: &str) -> bool {
    method != ExecuteCommand::METHOD
}

/// Answers a request. Whatever happens, there is an answer.
pub(crate) fn answer(session: &mut Session, request: Request) -> Response {
    let asked = Asked { session, request };
    match asked.request.method.as_str() {
        DocumentDiagnosticRequest::METHOD => {
            asked.by::<DocumentDiagnosticRequest>(|session, params| Ok(diagnostics::document(session, params)))
        }
        WorkspaceDiagnosticRequest::METHOD => {
            asked.by::<WorkspaceDiagnosticRequest>(|session, params| Ok(diagnostics::workspace(session, params)))
        }
        CodeActionRequest::METHOD => asked.by::<CodeActionRequest>(|session, params| Ok(actions::actions(session, &params))),
        CodeActionResolveRequest::METHOD => asked.by::<CodeActionResolveRequest>(actions::resolve),
        GotoDefinition::METHOD => asked.by::<GotoDefinition>(|session, params| Ok(navigation::definition(session, params))),
        References::METHOD => asked.by::<References>(|session, params| Ok(navigation::references(session, params))),
        DocumentHighlightRequest::METHOD => {
            asked.by::<DocumentHighlightRequest>(|session, params| Ok(navigation::highlights(session, params)))
        }
        PrepareRenameRequest::METHOD => asked.by::<PrepareRenameRequest>(navigation::prepare_rename),
        Rename::METHOD => asked.by::<Rename>(navigation::rename),
        DocumentSymbolRequest::METHOD => {
            asked.by::<DocumentSymbolRequest>(|session, params| Ok(navigation::document_symbols(session, params)))
        }
        WorkspaceSymbolRequest::METHOD => {
            asked.by::<WorkspaceSymbolRequest>(|session, params| Ok(navigation::workspace_symbols(session, params)))
        }
        CodeLensRequest::METHOD => asked.by::<CodeLensRequest>(|session, params| Ok(navigation::lenses(session, params))),
        SemanticTokensFullRequest::METHOD => {
            asked.by::<SemanticTokensFullRequest>(|session, params| Ok(reading::all_tokens(session, params)))
        }
        SemanticTokensRangeRequest::METHOD => {
            asked.by::<SemanticTokensRangeRequest>(|session, params| Ok(reading::tokens_in(session, params)))
        }
        FoldingRangeRequest::METHOD => asked.by::<FoldingRangeRequest>(|session, params| Ok(reading::folds(session, params))),
        SelectionRangeRequest::METHOD => {
            asked.by::<SelectionRangeRequest>(|session, params| Ok(reading::selections(session, params)))
        }
        Completion::METHOD => asked.by::<Completion>(|session, params| Ok(writing::completions(session, params))),
        SignatureHelpRequest::METHOD => {
            asked.by::<SignatureHelpRequest>(|session, params| Ok(writing::signatures(session, params)))
        }
        HoverRequest::METHOD => asked.by::<HoverRequest>(|session, params| Ok(reading::hover(session, params))),
        InlayHintRequest::METHOD => asked.by::<InlayHintRequest>(|session, params| Ok(reading::inlay_hints(session, params))),
        ExecuteCommand::METHOD => asked.by::<ExecuteCommand>(commands::execute),
        _ => {
            let message = format!("cqlint does not answer `{}`", asked.request.method);
            Response::new_err(asked.request.id, ErrorCode::MethodNotFound as i32, message)
        }
    }
}

struct Asked<'s> {
    session: &'s mut Session,
    request: Request,
}

impl Asked<'_> {
    /// Has a request answered. What panics costs its own answer and no other.
    fn by<M: Method>(self, answer: fn(&mut Session, M::Params) -> Result<M::Result, Refusal>) -> Response {
        let Request { id, method, params } = self.request;
        let params = match serde_json::from_value::<M::Params>(params) {
            Ok(params) => params,
            Err(error) => {
                let message = format!("what `{method}` says is not understood: {error}");
                return Response::new_err(id, ErrorCode::InvalidParams as i32, message);
            }
        };
        let session = self.session;
        match catch_unwind(AssertUnwindSafe(|| answer(session, params))) {
            Ok(Ok(result)) => Response::new_ok(id, result),
            Ok(Err(refusal)) => Response::new_err(id, refusal.code as i32, refusal.message),
            Err(_) => {
                let message = format!("`{method}` could not be answered: please report it with the server's log");
                Response::new_err(id, ErrorCode::InternalError as i32, message)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use cqlint_project::Ignoring;
    use lsp_server::Connection;
    use lsp_types::request::CodeLensRequest;

    use super::*;
    use crate::client::Client;
    use crate::features::fixture::NoHosts;
    use crate::loading::{Configuration, Start};
    use crate::outgoing::Outgoing;
    use crate::settings::Settings;

    #[test]
    fn what_panics_costs_its_own_answer_only() {
        let start = Start {
            hosts: &NoHosts,
            endings: Vec::new(),
            settings: Vec::new(),
            configuration: Configuration::Isolated,
            schema: Vec::new(),
            ignoring: Ignoring::Honoured,
        };
        let outgoing = Outgoing::new(Connection::memory().0.sender);
        let mut session = Session::new(Client::default(), outgoing, Settings::default(), Vec::new(), start);
        let params = serde_json::json!({ "textDocument": { "uri": "file:///a.cql" } });
        let request = |id: i32| Request { id: id.into(), method: CodeLensRequest::METHOD.to_owned(), params: params.clone() };
        let asked = Asked { session: &mut session, request: request(1) };
        let failed = asked.by::<CodeLensRequest>(|_, _| unreachable!("on purpose"));
        let code = failed.response_result.map_err(|error| error.code);
        assert_eq!(code, Err(ErrorCode::InternalError as i32));
        let asked = Asked { session: &mut session, request: request(2) };
        assert!(asked.by::<CodeLensRequest>(|_, _| Ok(None)).response_result.is_ok());
    }
}
