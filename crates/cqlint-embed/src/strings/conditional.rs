//! Expressions that choose one of several strings.

use cqlint_analysis::syntax::Span;

use crate::strings::changes::only;
use crate::strings::chunk::{Chunk, Chunks};
use crate::tree::Node;

/// What a conditional expression chooses from.
pub(crate) fn arms(node: Node<'_>) -> Option<Vec<Node<'_>>> {
    let arms: Vec<_> = match node.kind() {
        "ternary_expression" | "conditional_expression" | "if_expression" => {
            let named = |name: &str| node.child_by_field_name(name);
            // PHP calls it a body.
            match (named("consequence").or_else(|| named("body")), named("alternative")) {
                (Some(then), Some(other)) => vec![then, other],
                // `a ?: b` of C and PHP.
                (None, Some(other)) => vec![named("condition")?, other],
                // Python writes the condition between them, Kotlin before them.
                _ if node.kind() == "conditional_expression" => vec![node.named_child(0)?, node.named_child(2)?],
                _ => vec![node.named_child(1)?, node.named_child(2)?],
            }
        }
        _ => return None,
    };
    Some(arms.into_iter().map(inner).collect())
}

/// The only expression of a block.
fn inner(node: Node<'_>) -> Node<'_> {
    let mut node = only(node);
    for _ in 0..4 {
        let is_block = matches!(node.kind(), "block" | "else_clause" | "indented_block" | "statements");
        match node.named_child(0).filter(|_| is_block && node.named_child_count() == 1) {
            Some(child) => node = only(child),
            None => break,
        }
    }
    node
}

/// One of the texts, as far as the arms are texts: the same, a name or a value, or clauses.
pub(crate) fn any_of(arms: Vec<Option<Chunks>>, host: Span) -> Option<Chunks> {
    if arms.iter().all(Option::is_none) {
        return None;
    }
    let plain: Option<Vec<String>> = arms.into_iter().map(|arm| plain(&arm?)).collect();
    let holds_clauses =
        |text: &String| text.is_empty() || text.split_whitespace().nth(1).is_some() || text.starts_with([' ', '\n']);
    let chunk = match plain {
        Some(plain) if !plain.iter().any(holds_clauses) => Chunk::Hole { host, name: String::new(), bound: true },
        _ => Chunk::Clauses { host },
    };
    Some(vec![chunk])
}

/// The text of chunks without holes.
fn plain(chunks: &Chunks) -> Option<String> {
    chunks.iter().map(|chunk| if let Chunk::Text { value, .. } = chunk { Some(value.as_str()) } else { None }).collect()
}
