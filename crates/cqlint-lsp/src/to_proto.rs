//! From places in bytes to the places of the protocol, and from what the features give to what it wants.

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Diagnostic, Edit, Level, Related};
use cqlint_project::Problem;
use lsp_types as lsp;
use lsp_types::NumberOrString;

use crate::client::Client;
use crate::features::hints::{self, Hint};
use crate::features::signature::Signature;
use crate::position::Lines;

pub(crate) mod completion;
pub(crate) mod symbols;
pub(crate) mod tokens;

/// With this name every diagnostic comes.
const SOURCE: &str = "cqlint";

/// A finding, for a text that the client knows by this URI.
pub(crate) fn diagnostic(finding: &Diagnostic, lines: &Lines<'_>, uri: &lsp::Uri, client: &Client) -> lsp::Diagnostic {
    // What is to be done, and why, is told by a hover: clients show what comes here as places to go to.
    let related = || {
        let place = |related: &Related| lsp::DiagnosticRelatedInformation {
            location: lsp::Location { uri: uri.clone(), range: lines.range(related.span) },
            message: related.message.clone(),
        };
        finding.related.iter().map(place).collect()
    };
    let is_superfluous = finding.rule.name == "unused-suppression";
    lsp::Diagnostic {
        range: lines.range(finding.span),
        severity: Some(severity(finding.level)),
        code: Some(NumberOrString::String(finding.rule.name.to_owned())),
        code_description: client
            .links_codes
            .then(|| finding.rule.url().parse().ok().map(|href| lsp::CodeDescription { href }))
            .flatten(),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: (client.shows_related && !finding.related.is_empty()).then(related),
        tags: is_superfluous.then(|| vec![lsp::DiagnosticTag::UNNECESSARY]),
        data: None,
    }
}

/// What is wrong with a file as a whole.
pub(crate) fn problem(problem: &Problem) -> lsp::Diagnostic {
    let place = |(line, column): (usize, usize)| lsp::Position {
        line: (line as u32).saturating_sub(1),
        character: (column as u32).saturating_sub(1),
    };
    let start = problem.place.map(place).unwrap_or_default();
    lsp::Diagnostic {
        range: lsp::Range { start, end: start },
        severity: Some(if problem.is_fatal() { lsp::DiagnosticSeverity::ERROR } else { lsp::DiagnosticSeverity::INFORMATION }),
        source: Some(SOURCE.to_owned()),
        message: match &problem.help {
            Some(help) => format!("{}: {help}", problem.message),
            None => problem.message.clone(),
        },
        ..lsp::Diagnostic::default()
    }
}

fn severity(level: Level) -> lsp::DiagnosticSeverity {
    match level {
        Level::Error => lsp::DiagnosticSeverity::ERROR,
        Level::Warn => lsp::DiagnosticSeverity::WARNING,
        Level::Note => lsp::DiagnosticSeverity::INFORMATION,
        Level::Off => lsp::DiagnosticSeverity::HINT,
    }
}

/// Words beside the text.
pub(crate) fn hint(hint: Hint, lines: &Lines<'_>) -> lsp::InlayHint {
    // What comes before a value names it, as the parameter of a call; what stands behind a name is about that.
    let kind = match hint.kind {
        hints::Kind::MarkerType | hints::Kind::KeyRole => lsp::InlayHintKind::TYPE,
        hints::Kind::InsertedColumn => lsp::InlayHintKind::PARAMETER,
    };
    lsp::InlayHint {
        position: lines.position(hint.at),
        label: lsp::InlayHintLabel::String(hint.label),
        kind: Some(kind),
        text_edits: None,
        tooltip: None,
        padding_left: Some(hint.kind == hints::Kind::KeyRole),
        padding_right: Some(hint.kind == hints::Kind::InsertedColumn),
        data: None,
    }
}

/// What is called at a place.
pub(crate) fn signature(found: Signature, client: &Client) -> lsp::SignatureInformation {
    let utf_16 = |text: Option<&str>| text.map_or(0, |text| text.encode_utf16().count()) as u32;
    let parameter = |place: &std::ops::Range<usize>| {
        let start = utf_16(found.label.get(..place.start));
        let text = found.label.get(place.clone());
        let label = if client.places_parameters {
            // Counted in UTF-16 whatever was agreed on: so the protocol has it.
            lsp::ParameterLabel::LabelOffsets([start, start + utf_16(text)])
        } else {
            lsp::ParameterLabel::Simple(text.unwrap_or_default().to_owned())
        };
        lsp::ParameterInformation { label, documentation: None }
    };
    let kind = lsp::MarkupKind::Markdown;
    lsp::SignatureInformation {
        parameters: Some(found.parameters.iter().map(parameter).collect()),
        active_parameter: Some(found.active as u32),
        documentation: found.documentation.map(|value| lsp::Documentation::MarkupContent(lsp::MarkupContent { kind, value })),
        label: found.label,
    }
}

/// Changes of one text.
pub(crate) fn edits(edits: &[Edit], lines: &Lines<'_>) -> Vec<lsp::TextEdit> {
    edits.iter().map(|edit| edit_at(edit.span, edit.text.clone(), lines)).collect()
}

/// One change of a text.
pub(crate) fn edit_at(span: Span, new_text: String, lines: &Lines<'_>) -> lsp::TextEdit {
    lsp::TextEdit { range: lines.range(span), new_text }
}

/// Changes of several texts, in the form that the client understands.
pub(crate) fn workspace_edit(
    texts: impl IntoIterator<Item = (lsp::Uri, Option<i32>, Vec<lsp::TextEdit>)>,
    client: &Client,
) -> lsp::WorkspaceEdit {
    if client.versions_edits {
        let edit = |(uri, version, edits): (lsp::Uri, Option<i32>, Vec<lsp::TextEdit>)| lsp::TextDocumentEdit {
            text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
        };
        let edits = texts.into_iter().map(edit).collect();
        return lsp::WorkspaceEdit { document_changes: Some(lsp::DocumentChanges::Edits(edits)), ..lsp::WorkspaceEdit::default() };
    }
    #[expect(clippy::mutable_key_type, reason = "the protocol's type; nothing in a URI changes")]
    let changes = texts.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
    lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() }
}
