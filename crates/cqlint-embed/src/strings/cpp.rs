//! What C and C++ have of their own: raw literals, macros between literals, and how names are declared.

use crate::Language;
use crate::strings::chunk::{Chunk, Chunks};
use crate::strings::fold::{Folder, is_literal};
use crate::strings::literal::{Reader, Style, span};
use crate::tree::Node;

/// How many bytes of a raw literal stand before its text and behind it: `R"cql(` and `)cql"`.
pub(crate) fn raw_quotes(literal: &str) -> Option<(usize, usize)> {
    let (before, _) = literal.split_once('(')?;
    let (letters, delimiter) = before.split_once('"')?;
    letters.ends_with('R').then_some((before.len() + 1, delimiter.len() + 2))
}

impl<'t> Folder<'t> {
    /// Literals one behind the other, with macros between them and behind them.
    pub(crate) fn joined_literals(&self, node: Node<'t>, depth: usize) -> Chunks {
        let parts = node.named_children().filter_map(|part| match part.kind() {
            "identifier" | "ERROR" => Some(self.macro_between(part, depth)),
            kind if is_literal(kind) => self.literal(part, depth + 1),
            _ => None,
        });
        let chunks: Chunks = parts.flatten().collect();
        self.with_macro(chunks, node, depth)
    }

    /// What stands between two literals.
    fn macro_between(&self, node: Node<'t>, depth: usize) -> Chunks {
        let name = if node.kind() == "ERROR" { node.named_child(0).unwrap_or(node) } else { node };
        self.fold(name, depth + 1).unwrap_or_else(|| vec![macro_name(self.text_of(name), name.start_byte())])
    }

    /// A literal with the macro behind it: `"TRUNCATE " TABLE`, of which the tree knows only that it is wrong.
    pub(crate) fn with_macro(&self, chunks: Chunks, node: Node<'t>, depth: usize) -> Chunks {
        if self.language != Language::Cpp {
            return chunks;
        }
        let mut chunks = chunks;
        if node.kind() != "preproc_arg"
            && let Some((name, start)) = name_behind(self.text, node.end_byte())
        {
            let text = self.fold_name(name, node, depth);
            chunks.extend(text.unwrap_or_else(|| vec![macro_name(name, start)]));
        }
        with_sizes(chunks)
    }
}

/// `("a")` and `{"a"}` to `"a"`. Several are no text.
pub(crate) fn only_item(node: Node<'_>) -> Option<Node<'_>> {
    match node.kind() {
        "initializer_list" | "argument_list" => node.named_child(0).filter(|_| node.named_child_count() == 1),
        _ => Some(node),
    }
}

/// `C` of `A::B::C`.
pub(crate) fn last_part(name: Node<'_>) -> Node<'_> {
    let mut last = name;
    while last.kind() == "qualified_identifier"
        && let Some(inner) = last.child_by_field_name("name")
    {
        last = inner;
    }
    last
}

/// Whether what is declared is a stream, which writes over the text that it begins with.
pub(crate) fn is_stream(declarator: Node<'_>, text: &str) -> bool {
    let kind = declarator.parent().and_then(|above| above.child_by_field_name("type"));
    kind.and_then(|kind| text.get(kind.byte_range())).is_some_and(|kind| kind.ends_with("stream"))
}

/// What stands for a macro between literals.
fn macro_name(name: &str, start: usize) -> Chunk {
    Chunk::Hole { host: span(start, start + name.len()), name: name.to_owned(), bound: false }
}

/// `"ttl = %" PRIu64` is `%d`, whatever the size of the number.
fn with_sizes(chunks: Chunks) -> Chunks {
    let mut joined = Chunks::new();
    for chunk in chunks {
        let percent = match (joined.last_mut(), &chunk) {
            (Some(Chunk::Text { value, host, exact: true }), Chunk::Hole { name, .. })
                if name.starts_with("PRI") && value.ends_with('%') =>
            {
                value.pop();
                host.end -= 1;
                Some(host.end as usize)
            }
            _ => None,
        };
        joined.push(match (percent, &chunk) {
            (Some(start), Chunk::Hole { host, .. }) => {
                Chunk::Text { value: "%d".to_owned(), host: span(start, host.end as usize), exact: false }
            }
            _ => chunk,
        });
    }
    joined
}

/// The name behind a literal that ends at a place, and where it begins. Nothing but a macro can stand there.
fn name_behind(text: &str, end: usize) -> Option<(&str, usize)> {
    let rest = text.get(end..)?;
    let blanks = rest.len() - rest.trim_start().len();
    let word = rest.get(blanks..)?;
    let letters = word.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    (blanks > 0 && letters > 0).then(|| Some((word.get(..letters)?, end + blanks)))?
}

/// The text that a macro stands for, whose value begins at `at`: `#define QUERY "…" TABLE "…"`. The tree knows nothing of
/// it. Nothing for a macro that is no text.
pub(crate) fn macro_text(text: &str, mut at: usize, end: usize) -> Option<Chunks> {
    let mut chunks = Chunks::new();
    let mut is_text = false;
    while let Some(first) = text.get(at..end)?.chars().next() {
        let rest = text.get(at..end)?;
        let letters = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let behind = rest.get(letters..)?;
        if behind.starts_with('"') {
            let is_raw = rest.get(..letters)?.ends_with('R');
            let length = if is_raw { raw_length(rest)? } else { letters + plain_length(behind)? };
            let (before, after) = if is_raw { raw_quotes(rest)? } else { (letters + 1, 1) };
            let style = Style { raw: is_raw, ..Style::default() };
            let reader = Reader::new(text, at + before, at + length - after, style);
            chunks.extend(reader.plain_text());
            is_text = true;
            at += length;
        } else if letters > 0 {
            chunks.push(macro_name(rest.get(..letters)?, at));
            at += letters;
        } else if rest.starts_with("//") {
            break;
        } else if let Some(comment) = rest.strip_prefix("/*") {
            at += comment.find("*/")? + 4;
        } else if first.is_whitespace() || matches!(first, '\\' | '(' | ')') {
            at += first.len_utf8();
        } else {
            return None;
        }
    }
    is_text.then_some(chunks)
}

/// How long the literal is that a text begins with, its quotes included.
fn plain_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    let closing = text.bytes().skip(1).position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })?;
    Some(closing + 2)
}

fn raw_length(text: &str) -> Option<usize> {
    let (before, after) = raw_quotes(text)?;
    let delimiter = text.get(before.checked_sub(after - 1)?..before - 1)?;
    let closing = format!("){delimiter}\"");
    Some(before + text.get(before..)?.find(&closing)? + closing.len())
}
