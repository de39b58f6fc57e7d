//! How a text is shown: what its characters mean, its colours, what stands beside it, what folds, and what is selected together.

use cqlint_analysis::syntax::Span;
use lsp_types as lsp;

use crate::features::{folding, hints, hover, selection, tokens};
use crate::session::Session;
use crate::to_proto;

/// What there is to say of a place.
pub(crate) fn hover(session: &mut Session, params: lsp::HoverParams) -> Option<lsp::Hover> {
    let asked = params.text_document_position_params;
    let path = session.path(&asked.text_document.uri);
    let reads_markdown = session.client.reads_markdown;
    let checked = session.checked(&path);
    let findings = checked.as_deref().and_then(|checked| checked.as_ref().ok()).map_or(&[][..], |checked| &checked.findings);
    session.look_with_names(&path, |page, lines, names| {
        let found = hover::hover(page, names, findings, lines.offset(asked.position))?;
        let (kind, value) = if reads_markdown {
            (lsp::MarkupKind::Markdown, found.prose.markdown())
        } else {
            (lsp::MarkupKind::PlainText, found.prose.plain())
        };
        let contents = lsp::HoverContents::Markup(lsp::MarkupContent { kind, value });
        Some(lsp::Hover { contents, range: Some(lines.range(found.span)) })
    })?
}

/// What stands beside the text.
pub(crate) fn inlay_hints(session: &mut Session, params: lsp::InlayHintParams) -> Option<Vec<lsp::InlayHint>> {
    if !session.settings.inlay_hints.enable {
        return None;
    }
    let path = session.path(&params.text_document.uri);
    session.look(&path, |page, lines| {
        let found = hints::hints(page, lines.span(params.range));
        found.into_iter().map(|hint| to_proto::hint(hint, lines)).collect()
    })
}

/// The colours of a text.
pub(crate) fn all_tokens(session: &mut Session, params: lsp::SemanticTokensParams) -> Option<lsp::SemanticTokensResult> {
    let path = session.path(&params.text_document.uri);
    session.look(&path, |page, lines| {
        let found = tokens::tokens(page, Span::new(0, page.text.len() as u32));
        to_proto::tokens::tokens(&found, lines).into()
    })
}

/// The colours of a part of it.
pub(crate) fn tokens_in(session: &mut Session, params: lsp::SemanticTokensRangeParams) -> Option<lsp::SemanticTokensRangeResult> {
    let path = session.path(&params.text_document.uri);
    session.look(&path, |page, lines| {
        let found = tokens::tokens(page, lines.span(params.range));
        to_proto::tokens::tokens(&found, lines).into()
    })
}

/// What can be folded.
pub(crate) fn folds(session: &mut Session, params: lsp::FoldingRangeParams) -> Option<Vec<lsp::FoldingRange>> {
    let path = session.path(&params.text_document.uri);
    let folds_lines = session.client.folds_lines;
    session.look(&path, |page, lines| {
        let fold = |fold: folding::Fold| {
            let lsp::Range { start, end } = lines.range(fold.span);
            lsp::FoldingRange {
                start_line: start.line,
                start_character: (!folds_lines).then_some(start.character),
                end_line: end.line,
                end_character: (!folds_lines).then_some(end.character),
                kind: match fold.kind {
                    folding::Kind::Code => None,
                    folding::Kind::Comment => Some(lsp::FoldingRangeKind::Comment),
                },
                collapsed_text: None,
            }
        };
        folding::folds(page).into_iter().map(fold).collect()
    })
}

/// What is selected, from the word at each place outwards.
pub(crate) fn selections(session: &mut Session, params: lsp::SelectionRangeParams) -> Option<Vec<lsp::SelectionRange>> {
    let path = session.path(&params.text_document.uri);
    session.look(&path, |page, lines| {
        let around = |position: &lsp::Position| {
            let outwards = selection::selections(page, lines.offset(*position));
            let grown = outwards.into_iter().rev().fold(None, |parent: Option<lsp::SelectionRange>, span| {
                Some(lsp::SelectionRange { range: lines.range(span), parent: parent.map(Box::new) })
            });
            // Each place has an answer.
            grown.unwrap_or(lsp::SelectionRange { range: lsp::Range::new(*position, *position), parent: None })
        };
        params.positions.iter().map(around).collect()
    })
}
