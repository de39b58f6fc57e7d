//! Symbols, as the protocol sorts them: it knows no tables, but classes.

use cqlint_analysis::What;
use lsp_types as lsp;
use lsp_types::SymbolKind;

use crate::features::outline::Symbol;
use crate::features::outline::search::Found;
use crate::position::Lines;

/// A symbol of a document, with what belongs to it.
#[expect(deprecated, reason = "the protocol's type has a field that is no longer used")]
pub(crate) fn nested(symbol: Symbol, lines: &Lines<'_>) -> lsp::DocumentSymbol {
    let Symbol { name, detail, what, span, name_span, children } = symbol;
    lsp::DocumentSymbol {
        name,
        detail: Some(detail).filter(|detail| !detail.is_empty()),
        kind: kind(what),
        tags: None,
        deprecated: None,
        range: lines.range(span),
        selection_range: lines.range(name_span),
        children: Some(children.into_iter().map(|child| nested(child, lines)).collect()),
    }
}

/// The same for clients that want a list.
#[expect(deprecated, reason = "the protocol's type has a field that is no longer used")]
pub(crate) fn flat(
    symbol: &Symbol,
    container: Option<&str>,
    uri: &lsp::Uri,
    lines: &Lines<'_>,
    found: &mut Vec<lsp::SymbolInformation>,
) {
    found.push(lsp::SymbolInformation {
        name: symbol.name.clone(),
        kind: kind(symbol.what),
        tags: None,
        deprecated: None,
        location: lsp::Location { uri: uri.clone(), range: lines.range(symbol.span) },
        container_name: container.map(str::to_owned),
    });
    symbol.children.iter().for_each(|child| flat(child, Some(&symbol.name), uri, lines, found));
}

/// A symbol of the workspace, once its place is known.
#[expect(deprecated, reason = "the protocol's type has a field that is no longer used")]
pub(crate) fn of_workspace(found: &Found<'_>) -> impl FnOnce(lsp::Location) -> lsp::SymbolInformation + use<> {
    let (name, kind, container_name) = (found.name.to_owned(), kind(Some(found.what)), found.container.map(str::to_owned));
    move |location| lsp::SymbolInformation { name, kind, tags: None, deprecated: None, location, container_name }
}

fn kind(what: Option<What>) -> SymbolKind {
    match what {
        Some(What::Keyspace) => SymbolKind::NAMESPACE,
        Some(What::Table) => SymbolKind::CLASS,
        Some(What::View) => SymbolKind::INTERFACE,
        Some(What::Index) => SymbolKind::KEY,
        Some(What::Column) => SymbolKind::PROPERTY,
        Some(What::Type) => SymbolKind::STRUCT,
        Some(What::Field) => SymbolKind::FIELD,
        Some(What::Function | What::Aggregate) => SymbolKind::FUNCTION,
        Some(What::Role) => SymbolKind::CONSTANT,
        None => SymbolKind::EVENT,
    }
}
