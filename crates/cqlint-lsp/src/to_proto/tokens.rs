//! Colours, as the protocol counts them: each from the one before.

use lsp_types as lsp;
use lsp_types::{SemanticTokenModifier, SemanticTokenType};

use crate::features::tokens::{Coloured, Kind};
use crate::position::Lines;

/// The modifiers, by their bits.
const MODIFIERS: [SemanticTokenModifier; 2] = [SemanticTokenModifier::DECLARATION, SemanticTokenModifier::READONLY];

/// What the numbers of types and the bits of modifiers mean.
pub(crate) fn legend() -> lsp::SemanticTokensLegend {
    lsp::SemanticTokensLegend {
        token_types: Kind::ALL.iter().map(|kind| SemanticTokenType::new(kind.name())).collect(),
        token_modifiers: MODIFIERS.to_vec(),
    }
}

/// The colours of a text, by place; none goes over the end of a line.
pub(crate) fn tokens(found: &[Coloured], lines: &Lines<'_>) -> lsp::SemanticTokens {
    let mut before = lsp::Position::default();
    let mut token = |found: &Coloured| {
        let lsp::Range { start, end } = lines.range(found.span);
        let is_same_line = start.line == before.line;
        let token = lsp::SemanticToken {
            delta_line: start.line.checked_sub(before.line)?,
            delta_start: if is_same_line { start.character.checked_sub(before.character)? } else { start.character },
            length: end.character.checked_sub(start.character).filter(|_| start.line == end.line)?,
            token_type: Kind::ALL.iter().position(|kind| *kind == found.kind)? as u32,
            token_modifiers_bitset: u32::from(found.is_declaration) | u32::from(found.is_readonly) << 1,
        };
        before = start;
        Some(token)
    };
    lsp::SemanticTokens { result_id: None, data: found.iter().filter_map(&mut token).collect() }
}
