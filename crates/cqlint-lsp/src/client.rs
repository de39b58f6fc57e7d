//! What the client has said that it can do. Nothing else is asked of it.

use lsp_types::{ClientCapabilities, InitializeParams};

use crate::position::Encoding;

/// What a client calls its command that shows places, when it has one and says so in `initializationOptions.commands`.
pub(crate) const SHOW_REFERENCES: &str = "cqlint.showReferences";

/// What matters of what a client announces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Client {
    /// In what columns are counted.
    pub(crate) encoding: Encoding,
    /// It asks for diagnostics; else they are sent to it.
    pub(crate) pulls: bool,
    /// It can be told to ask for diagnostics again.
    pub(crate) pulls_again: bool,
    /// A diagnostic may have other places that explain it.
    pub(crate) shows_related: bool,
    /// A diagnostic's code may be a link.
    pub(crate) links_codes: bool,
    /// It shows how far work is that the server has begun.
    pub(crate) shows_progress: bool,
    /// It opens a document that the server names.
    pub(crate) shows_documents: bool,
    /// It tells of changed files that the server names after its start.
    pub(crate) watches_files: bool,
    /// Code actions may have kinds and edits.
    pub(crate) takes_actions: bool,
    /// Hovers may be Markdown.
    pub(crate) reads_markdown: bool,
    /// The documentation of completions may be Markdown.
    pub(crate) completes_markdown: bool,
    /// A completion may have places to fill in.
    pub(crate) fills_snippets: bool,
    /// Symbols of a document may have children.
    pub(crate) nests_symbols: bool,
    /// Only whole lines can be folded.
    pub(crate) folds_lines: bool,
    /// It answers what settings are.
    pub(crate) tells_settings: bool,
    /// It can be told to ask for inlay hints again.
    pub(crate) asks_hints_again: bool,
    /// It can be told to ask for lenses again.
    pub(crate) asks_lenses_again: bool,
    /// It can be told to ask for colours again.
    pub(crate) asks_tokens_again: bool,
    /// An edit may say for which version of a document it is.
    pub(crate) versions_edits: bool,
    /// It asks for the edit of an action when a person has chosen it.
    pub(crate) resolves_edits: bool,
    /// It asks what would be renamed before it asks for a new name.
    pub(crate) prepares_renames: bool,
    /// It shows places by a command of its own.
    pub(crate) shows_references: bool,
    /// Parameters of signatures may be places in their label.
    pub(crate) places_parameters: bool,
}

impl Client {
    /// Takes it out of the first request.
    #[must_use]
    pub(crate) fn new(params: &InitializeParams) -> Self {
        let ClientCapabilities { workspace, text_document, window, general, .. } = &params.capabilities;
        let (workspace, text) = (workspace.as_ref(), text_document.as_ref());
        let window = window.as_ref();
        let published = text.and_then(|text| text.publish_diagnostics.as_ref());
        let offered = general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let is_markdown = |formats: Option<&Vec<lsp_types::MarkupKind>>| {
            formats.is_some_and(|formats| formats.contains(&lsp_types::MarkupKind::Markdown))
        };
        let yes = |said: Option<bool>| said.unwrap_or(false);
        Self {
            encoding: Encoding::negotiate(offered),
            pulls: text.is_some_and(|text| text.diagnostic.is_some()),
            pulls_again: yes(workspace.and_then(|workspace| workspace.diagnostic.as_ref()?.refresh_support)),
            shows_related: yes(published.and_then(|published| published.related_information)),
            links_codes: yes(published.and_then(|published| published.code_description_support)),
            shows_progress: yes(window.and_then(|window| window.work_done_progress)),
            shows_documents: window.and_then(|window| window.show_document.as_ref()).is_some_and(|show| show.support),
            watches_files: yes(workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref()?.dynamic_registration)),
            takes_actions: text
                .and_then(|text| text.code_action.as_ref())
                .is_some_and(|action| action.code_action_literal_support.is_some()),
            reads_markdown: is_markdown(text.and_then(|text| text.hover.as_ref()?.content_format.as_ref())),
            completes_markdown: is_markdown(
                text.and_then(|text| text.completion.as_ref()?.completion_item.as_ref()?.documentation_format.as_ref()),
            ),
            fills_snippets: yes(text.and_then(|text| text.completion.as_ref()?.completion_item.as_ref()?.snippet_support)),
            nests_symbols: yes(text.and_then(|text| text.document_symbol.as_ref()?.hierarchical_document_symbol_support)),
            folds_lines: yes(text.and_then(|text| text.folding_range.as_ref()?.line_folding_only)),
            tells_settings: yes(workspace.and_then(|workspace| workspace.configuration)),
            asks_hints_again: yes(workspace.and_then(|workspace| workspace.inlay_hint.as_ref()?.refresh_support)),
            asks_lenses_again: yes(workspace.and_then(|workspace| workspace.code_lens.as_ref()?.refresh_support)),
            asks_tokens_again: yes(workspace.and_then(|workspace| workspace.semantic_tokens.as_ref()?.refresh_support)),
            versions_edits: yes(workspace.and_then(|workspace| workspace.workspace_edit.as_ref()?.document_changes)),
            resolves_edits: text
                .and_then(|text| text.code_action.as_ref()?.resolve_support.as_ref())
                .is_some_and(|support| support.properties.iter().any(|property| property == "edit")),
            prepares_renames: yes(text.and_then(|text| text.rename.as_ref()?.prepare_support)),
            shows_references: params
                .initialization_options
                .as_ref()
                .and_then(|options| options.get("commands")?.as_array())
                .is_some_and(|commands| commands.iter().any(|command| command == SHOW_REFERENCES)),
            places_parameters: yes(text.and_then(|text| {
                text.signature_help.as_ref()?.signature_information.as_ref()?.parameter_information.as_ref()?.label_offset_support
            })),
        }
    }
}
