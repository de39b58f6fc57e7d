//! What the server can do, as it is told to the client.

use lsp_types as lsp;

use crate::actions::FIX_ALL;
use crate::client::Client;
use crate::commands::OPEN_RULE;
use crate::to_proto;

/// What this client is told.
pub(crate) fn capabilities(client: &Client) -> lsp::ServerCapabilities {
    let sync = lsp::TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(lsp::TextDocumentSyncKind::INCREMENTAL),
        save: Some(lsp::TextDocumentSyncSaveOptions::SaveOptions(lsp::SaveOptions { include_text: Some(false) })),
        ..lsp::TextDocumentSyncOptions::default()
    };
    let diagnostics = lsp::DiagnosticOptions {
        identifier: Some("cqlint".to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: true,
        work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
    };
    let actions = lsp::CodeActionOptions {
        code_action_kinds: Some(vec![lsp::CodeActionKind::QUICKFIX, lsp::CodeActionKind::new(FIX_ALL)]),
        resolve_provider: Some(true),
        ..lsp::CodeActionOptions::default()
    };
    let rename = if client.prepares_renames {
        let work_done_progress_options = lsp::WorkDoneProgressOptions::default();
        lsp::OneOf::Right(lsp::RenameOptions { prepare_provider: Some(true), work_done_progress_options })
    } else {
        lsp::OneOf::Left(true)
    };
    let tokens = lsp::SemanticTokensOptions {
        legend: to_proto::tokens::legend(),
        range: Some(true),
        full: Some(lsp::SemanticTokensFullOptions::Bool(true)),
        ..lsp::SemanticTokensOptions::default()
    };
    let completion = lsp::CompletionOptions {
        trigger_characters: Some([".", " ", "(", ","].map(str::to_owned).to_vec()),
        ..lsp::CompletionOptions::default()
    };
    let signatures = lsp::SignatureHelpOptions {
        trigger_characters: Some(["(", ","].map(str::to_owned).to_vec()),
        ..lsp::SignatureHelpOptions::default()
    };
    lsp::ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(lsp::TextDocumentSyncCapability::Options(sync)),
        diagnostic_provider: client.pulls.then_some(lsp::DiagnosticServerCapabilities::Options(diagnostics)),
        code_action_provider: client.takes_actions.then_some(lsp::CodeActionProviderCapability::Options(actions)),
        execute_command_provider: Some(lsp::ExecuteCommandOptions {
            commands: vec![OPEN_RULE.to_owned()],
            ..lsp::ExecuteCommandOptions::default()
        }),
        definition_provider: Some(lsp::OneOf::Left(true)),
        references_provider: Some(lsp::OneOf::Left(true)),
        document_highlight_provider: Some(lsp::OneOf::Left(true)),
        rename_provider: Some(rename),
        document_symbol_provider: Some(lsp::OneOf::Left(true)),
        workspace_symbol_provider: Some(lsp::OneOf::Left(true)),
        semantic_tokens_provider: Some(tokens.into()),
        folding_range_provider: Some(lsp::FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(lsp::SelectionRangeProviderCapability::Simple(true)),
        completion_provider: Some(completion),
        hover_provider: Some(lsp::HoverProviderCapability::Simple(true)),
        inlay_hint_provider: Some(lsp::OneOf::Left(true)),
        signature_help_provider: Some(signatures),
        code_lens_provider: Some(lsp::CodeLensOptions { resolve_provider: Some(false) }),
        workspace: Some(lsp::WorkspaceServerCapabilities {
            workspace_folders: Some(lsp::WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(lsp::OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..lsp::ServerCapabilities::default()
    }
}
