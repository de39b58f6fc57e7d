//! A text that is open in an editor, and what is typed into it.

use lsp_types::{TextDocumentContentChangeEvent, Uri};

use crate::position::{Encoding, LineIndex};

/// An open text. The editor's is what counts, whatever the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// What the editor calls it.
    pub(crate) uri: Uri,
    /// What the editor calls the language: `cql`, `java`, …
    pub(crate) language: String,
    /// The editor's number of this state of the text.
    pub(crate) version: i32,
    text: String,
    index: LineIndex,
}

impl Document {
    /// A text that has just been opened.
    #[must_use]
    pub(crate) fn new(uri: Uri, language: String, version: i32, text: String) -> Self {
        let index = LineIndex::new(&text);
        Self { uri, language, version, text, index }
    }

    /// Whether the editor takes it for CQL, whatever the file is called. Neovim calls it `cqlang`.
    #[must_use]
    pub(crate) fn is_cql(&self) -> bool {
        matches!(self.language.as_str(), "cql" | "cqlang")
    }

    /// The text.
    #[must_use]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Its lines.
    #[must_use]
    pub(crate) fn index(&self) -> &LineIndex {
        &self.index
    }

    /// Makes changes, each in the text that the one before has left.
    pub(crate) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        self.version = version;
        for change in changes {
            let Some(range) = change.range else {
                self.text = change.text;
                self.index = LineIndex::new(&self.text);
                continue;
            };
            let start = self.index.offset(&self.text, range.start, encoding);
            let end = self.index.offset(&self.text, range.end, encoding).max(start);
            self.text.replace_range(start..end, &change.text);
            self.index = LineIndex::new(&self.text);
        }
    }
}

#[cfg(test)]
mod tests {
    use lsp_types::Range;
    use proptest::prelude::*;

    use super::*;

    /// What an editor sends when it replaces these bytes.
    fn replace(text: &str, bytes: std::ops::Range<usize>, by: &str, encoding: Encoding) -> TextDocumentContentChangeEvent {
        let range: Range = LineIndex::new(text).range(text, bytes, encoding);
        TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: by.to_owned() }
    }

    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec!["a", "é", "😀", "\n", "\r\n", "'", "\u{feff}", "SET n = n + 1;", "\t", ""]);
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn edits_leave_what_they_leave_in_the_editor(
            start in pieces(),
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), pieces()), 1..8),
        ) {
            let uri: Uri = "file:///a.cql".parse().expect("a URI");
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let mut editor = start.clone();
                let mut document = Document::new(uri.clone(), "cql".to_owned(), 1, start.clone());
                let mut changes = Vec::new();
                for (one, other, by) in &edits {
                    // A client names places on the borders of characters, and none between the two characters of a line's end.
                    let border = |text: &str, at: &prop::sample::Index| {
                        let borders: Vec<_> = (0..=text.len())
                            .filter(|at| text.is_char_boundary(*at))
                            .filter(|at| !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n')))
                            .collect();
                        borders[at.index(borders.len())]
                    };
                    let (one, other) = (border(&editor, one), border(&editor, other));
                    let bytes = one.min(other)..one.max(other);
                    changes.push(replace(&editor, bytes.clone(), by, encoding));
                    editor.replace_range(bytes, by);
                }
                document.change(2, changes, encoding);
                prop_assert_eq!(document.text(), editor.as_str());
                prop_assert_eq!(document.index(), &LineIndex::new(&editor));
            }
        }
    }
}
