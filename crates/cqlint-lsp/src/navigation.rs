//! Ways through the workspace: from a name to what it means, and to everything that speaks of it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use cqlint_analysis::syntax::Span;
use lsp_types as lsp;
use serde_json::json;

use crate::client::SHOW_REFERENCES;
use crate::features::outline::search::search;
use crate::features::{lens, outline};
use crate::names::{Declarations, Index, Occurrence};
use crate::position::Lines;
use crate::refusal::Refusal;
use crate::session::Session;
use crate::to_proto;

/// So many symbols are shown: who looks for one types more letters.
const MOST_SYMBOLS: usize = 256;

/// Places in files, apart from the index that they were found in.
type Places = Vec<(PathBuf, Span)>;

/// Where the thing is defined.
pub(crate) fn definition(session: &mut Session, params: lsp::GotoDefinitionParams) -> Option<lsp::GotoDefinitionResponse> {
    let asked = params.text_document_position_params;
    let found = session.ask_names(&asked, |names, path, at| places(names.definition(path, at)))?;
    Some(lsp::GotoDefinitionResponse::Array(session.locations(found)))
}

/// Where it is spoken of.
pub(crate) fn references(session: &mut Session, params: lsp::ReferenceParams) -> Option<Vec<lsp::Location>> {
    let declarations = if params.context.include_declaration { Declarations::Included } else { Declarations::Left };
    let asked = params.text_document_position;
    let found = session.ask_names(&asked, |names, path, at| places(names.references(path, at, declarations)))?;
    Some(session.locations(found))
}

/// Where it is spoken of in the same text.
pub(crate) fn highlights(session: &mut Session, params: lsp::DocumentHighlightParams) -> Option<Vec<lsp::DocumentHighlight>> {
    let asked = params.text_document_position_params;
    let path = session.path(&asked.text_document.uri);
    let found = session.ask_names(&asked, |names, path, at| {
        let kind = |place: &Occurrence<'_>| {
            if place.sense.defines() { lsp::DocumentHighlightKind::WRITE } else { lsp::DocumentHighlightKind::READ }
        };
        names.highlights(path, at).into_iter().map(|place| (place.span, kind(&place))).collect::<Vec<_>>()
    })?;
    session.look(&path, |_, lines| {
        let highlight = |(span, kind)| lsp::DocumentHighlight { range: lines.range(span), kind: Some(kind) };
        found.into_iter().map(highlight).collect()
    })
}

/// What would be renamed.
pub(crate) fn prepare_rename(
    session: &mut Session,
    asked: lsp::TextDocumentPositionParams,
) -> Result<Option<lsp::PrepareRenameResponse>, Refusal> {
    let path = session.path(&asked.text_document.uri);
    let current = session.ask_names(&asked, |names, path, at| match names.prepare_rename(path, at) {
        Ok(current) => Ok((current.span, current.name.to_owned())),
        Err(refusal) => Err(Refusal::failed(refusal.to_string())),
    });
    let Some((span, placeholder)) = current.transpose()? else { return Ok(None) };
    Ok(session.look(&path, |_, lines| lsp::PrepareRenameResponse::RangeWithPlaceholder { range: lines.range(span), placeholder }))
}

/// Renames it everywhere.
pub(crate) fn rename(session: &mut Session, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>, Refusal> {
    let asked = params.text_document_position;
    let new_name = params.new_name;
    let renaming = session.ask_names(&asked, |names, path, at| match names.rename(path, at, &new_name) {
        Ok(renaming) => {
            let file = |(path, spans): (&Path, _)| (path.to_path_buf(), Vec::from_iter(spans));
            Ok((renaming.text, renaming.places.into_iter().map(file).collect::<Vec<(PathBuf, Vec<Span>)>>()))
        }
        Err(refusal) => Err(Refusal::failed(refusal.to_string())),
    });
    let Some((text, files)) = renaming.transpose()? else { return Ok(None) };
    let mut edits = Vec::new();
    for (path, spans) in files {
        let version = session.document(&path).map(|document| document.version);
        let file = session
            .look(&path, |_, lines| spans.iter().map(|span| to_proto::edit_at(*span, text.clone(), lines)).collect::<Vec<_>>());
        let uri = session.uri(&path);
        // A file that is gone meanwhile is not half of a rename.
        let (Some(uri), Some(file)) = (uri, file) else {
            return Err(Refusal::failed(format!("{} cannot be read any more", path.display())));
        };
        edits.push((uri, version, file));
    }
    Ok(Some(to_proto::workspace_edit(edits, &session.client)))
}

/// What is defined and done in a text.
pub(crate) fn document_symbols(session: &mut Session, params: lsp::DocumentSymbolParams) -> Option<lsp::DocumentSymbolResponse> {
    let uri = params.text_document.uri;
    let path = session.path(&uri);
    let nests = session.client.nests_symbols;
    session.look(&path, |page, lines| {
        let symbols = outline::outline(page);
        if nests {
            let symbols = symbols.into_iter().map(|symbol| to_proto::symbols::nested(symbol, lines)).collect();
            return lsp::DocumentSymbolResponse::Nested(symbols);
        }
        let mut flat = Vec::new();
        symbols.iter().for_each(|symbol| to_proto::symbols::flat(symbol, None, &uri, lines, &mut flat));
        lsp::DocumentSymbolResponse::Flat(flat)
    })
}

/// What is defined anywhere.
pub(crate) fn workspace_symbols(session: &mut Session, params: lsp::WorkspaceSymbolParams) -> Option<lsp::WorkspaceSymbolResponse> {
    let found: Vec<_> = search(session.names()?, &params.query, MOST_SYMBOLS)
        .into_iter()
        .map(|found| (to_proto::symbols::of_workspace(&found), found.path.to_path_buf(), found.span))
        .collect();
    let places = found.iter().map(|(_, path, span)| (path.clone(), *span)).collect();
    let symbols = found.into_iter().zip(session.locations(places)).map(|((symbol, ..), location)| symbol(location));
    Some(lsp::WorkspaceSymbolResponse::Flat(symbols.collect()))
}

/// The lines above statements and definitions.
pub(crate) fn lenses(session: &mut Session, params: lsp::CodeLensParams) -> Option<Vec<lsp::CodeLens>> {
    if !session.settings.code_lens.enable {
        return None;
    }
    let uri = params.text_document.uri;
    let path = session.path(&uri);
    let found = session.look_with_names(&path, |page, lines, names| {
        let all = lens::verdicts(page).into_iter().chain(lens::uses(page, names));
        all.map(|lens| (lines.range(lens.span), lens.title, places(lens.places))).collect::<Vec<_>>()
    })?;
    let shows_references = session.client.shows_references;
    let mut lenses = Vec::new();
    for (range, title, places) in found {
        let shows = shows_references && !places.is_empty();
        let arguments = shows.then(|| vec![json!(uri), json!(range.start), json!(session.locations(places))]);
        let command = if shows { SHOW_REFERENCES } else { "" };
        let command = lsp::Command { title, command: command.to_owned(), arguments };
        lenses.push(lsp::CodeLens { range, command: Some(command), data: None });
    }
    Some(lenses)
}

fn places(found: Vec<Occurrence<'_>>) -> Places {
    found.into_iter().map(|place| (place.path.to_path_buf(), place.span)).collect()
}

impl Session {
    /// Asks the names about a place in a text.
    fn ask_names<T>(&mut self, asked: &lsp::TextDocumentPositionParams, ask: impl FnOnce(&Index, &Path, u32) -> T) -> Option<T> {
        let path = self.path(&asked.text_document.uri);
        self.look_with_names(&path, |_, lines, names| ask(names, &path, lines.offset(asked.position)))
    }

    /// Places as the client knows them. Each file is looked at once.
    fn locations(&mut self, places: Places) -> Vec<lsp::Location> {
        let mut by_file: HashMap<&Path, Vec<(usize, Span)>> = HashMap::new();
        for (number, (path, span)) in places.iter().enumerate() {
            by_file.entry(path).or_default().push((number, *span));
        }
        let mut found = Vec::new();
        for (path, spans) in by_file {
            let Some(uri) = self.uri(path) else { continue };
            let ranges = self.look(path, |_, lines: &Lines<'_>| {
                spans.iter().map(|(number, span)| (*number, lines.range(*span))).collect::<Vec<_>>()
            });
            let location = |(number, range)| (number, lsp::Location { uri: uri.clone(), range });
            found.extend(ranges.unwrap_or_default().into_iter().map(location));
        }
        found.sort_by_key(|(number, _)| *number);
        found.into_iter().map(|(_, location)| location).collect()
    }
}
