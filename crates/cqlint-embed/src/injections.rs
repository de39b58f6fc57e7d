//! Language injections: what editors are told of strings, by `// language=CassandraQL` and `@Language("CassandraQL")`.

use crate::tree::Node;

/// How editors call the language, in small letters.
const NAME: &str = "cassandraql";

/// How many lines there are at most from the injection to the string.
const LINES: usize = 4;

/// An injection that was read last, for the next string.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Injection {
    end: usize,
    /// Whether the string is all of it: `language=CassandraQL prefix="SELECT "` says that it is not.
    is_whole: bool,
}

/// Whether nodes of the kind may be one.
pub(crate) fn may_be(kind: &str) -> bool {
    kind.ends_with("comment") || kind == "annotation"
}

impl Injection {
    /// The injection that a comment or an annotation is.
    pub(crate) fn read(node: Node<'_>, text: &str) -> Option<Self> {
        let kind = node.kind();
        if !may_be(kind) {
            return None;
        }
        let is_comment = kind != "annotation";
        let said = text.get(node.byte_range())?.to_ascii_lowercase();
        let key = said.find("language")?;
        let behind = said.get(key + "language".len()..)?.trim_start();
        let value = if is_comment { behind.strip_prefix('=')? } else { behind.strip_prefix('(')? };
        let value = value.trim_start().trim_start_matches("value").trim_start_matches([' ', '=', '"']);
        let behind = value.strip_prefix(NAME)?;
        let is_whole = !behind.contains("prefix") && !behind.contains("suffix");
        Some(Self { end: node.end_byte(), is_whole })
    }

    /// Whether it is about the expression: nothing else may stand between.
    pub(crate) fn is_about(self, node: Node<'_>, text: &str) -> bool {
        let between = text.get(self.end..node.start_byte()).unwrap_or(";");
        !between.contains([';', '{', '}']) && between.matches('\n').count() <= LINES
    }

    /// Whether the string is a statement by itself.
    pub(crate) fn is_whole(self) -> bool {
        self.is_whole
    }
}
