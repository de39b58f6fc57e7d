//! Literals of PHP: between single and double quotes, and documents in the source.

use crate::strings::chunk::Chunks;
use crate::strings::literal::{Reader, Style};
use crate::tree::Node;

/// The parts of a literal.
pub(crate) fn read(node: Node<'_>, text: &str) -> Option<Chunks> {
    let (start, end) = (node.start_byte(), node.end_byte());
    // `b'…'`
    let prefix = usize::from(text.get(start..)?.starts_with(['b', 'B']));
    match node.kind() {
        "string" => {
            let style = Style { few_escapes: true, ..Style::default() };
            Some(between(text, start + prefix + 1, end.checked_sub(1)?, style)?.plain_text())
        }
        "encapsed_string" => {
            let reader = between(text, start + prefix + 1, end.checked_sub(1)?, Style::default())?;
            Some(reader.with_values(&values(node, text)))
        }
        // `<<<CQL` and `<<<'CQL'`; one without a line has no body.
        "heredoc" | "nowdoc" => {
            let Some(body) = node.child_by_field_name("value") else { return Some(Chunks::new()) };
            let style = Style { raw: node.kind() == "nowdoc", ..Style::default() };
            Some(between(text, body.start_byte(), body.end_byte(), style)?.with_values(&values(body, text)))
        }
        _ => None,
    }
}

fn between(text: &str, start: usize, end: usize, style: Style) -> Option<Reader<'_>> {
    text.get(start..end).map(|_| Reader::new(text, start, end, style))
}

/// Where `$name`, `{$name->field}` and `${name}` stand, with their braces.
fn values(node: Node<'_>, text: &str) -> Vec<(usize, usize)> {
    let is_value = |child: &Node<'_>| !matches!(child.kind(), "string_content" | "escape_sequence" | "nowdoc_string");
    let place = |child: Node<'_>| {
        let (start, end) = (child.start_byte(), child.end_byte());
        let before = text.get(..start).is_some_and(|before| before.ends_with('{'));
        let behind = text.get(end..).is_some_and(|behind| behind.starts_with('}'));
        if before && behind { (start - 1, end + 1) } else { (start, end) }
    };
    node.named_children().filter(is_value).map(place).collect()
}
