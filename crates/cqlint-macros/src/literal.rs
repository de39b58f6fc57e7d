//! Which characters of a source file a byte of a string literal comes from.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use syn::LitStr;

/// A string literal and the file that it stands in.
pub(crate) struct Literal {
    /// For each byte of the value, and its end, where it begins in the text.
    origins: Vec<usize>,
    /// The file; the value itself when the literal is in none.
    pub(crate) text: Arc<str>,
    /// As rustc calls it.
    pub(crate) path: String,
}

impl Literal {
    pub(crate) fn new(literal: &LitStr, file: &Path) -> Self {
        let value = literal.value();
        let written = literal.token().to_string();
        let origins = origins(&written).filter(|origins| origins.len() == value.len() + 1);
        // rustc knows no `\r\n`, and no byte order mark.
        let text = fs::read_to_string(file).unwrap_or_default().replace("\r\n", "\n");
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let begin = literal.span().start();
        let start = offset(text, begin.line, begin.column)
            .filter(|start| text.get(*start..).is_some_and(|rest| rest.starts_with(&written)));
        match (origins, start) {
            (Some(origins), Some(start)) => Self {
                origins: origins.into_iter().map(|origin| start + origin).collect(),
                text: text.into(),
                path: literal.span().unwrap().file(),
            },
            _ => Self { origins: (0..=value.len()).collect(), text: value.as_str().into(), path: "<cql!>".to_owned() },
        }
    }

    /// The characters that the bytes of the value come from.
    pub(crate) fn place(&self, span: Range<usize>) -> Range<usize> {
        let end = self.text.len();
        let at = |byte: usize| self.origins.get(byte).copied().unwrap_or(end);
        at(span.start)..at(span.end).max(at(span.start))
    }
}

/// The byte at a line, counted from 1, and a column, counted from 0 in characters.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let rest = text.get(start..)?;
    let before: usize = rest.chars().take(column).map(char::len_utf8).sum();
    Some(start + before)
}

/// For each byte of a literal's value, and its end, the byte of the literal that it begins at.
fn origins(written: &str) -> Option<Vec<usize>> {
    let hashes = written.strip_prefix('r').map(|raw| raw.len() - raw.trim_start_matches('#').len());
    if let Some(hashes) = hashes {
        // r##"…"##
        return Some((hashes + 2..=written.len().checked_sub(hashes + 1)?).collect());
    }
    let mut origins = Vec::with_capacity(written.len());
    let end = written.rfind('"')?;
    let mut at = 1;
    while at < end {
        let rest = written.get(at..end)?;
        let (bytes, length) = character(rest)?;
        origins.extend(std::iter::repeat_n(at, bytes));
        at += length;
    }
    origins.push(end);
    Some(origins)
}

/// How many bytes the first character of a literal's inside has in its value, and how many where it is written.
fn character(rest: &str) -> Option<(usize, usize)> {
    let Some(escape) = rest.strip_prefix('\\') else {
        let length = rest.chars().next()?.len_utf8();
        return Some((length, length));
    };
    Some(match escape.chars().next()? {
        'x' => (1, 4),
        'u' => {
            let digits = escape.get(2..escape.find('}')?)?.replace('_', "");
            (char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?.len_utf8(), escape.find('}')? + 2)
        }
        // The end of a line, and the blanks that the next one begins with.
        '\n' => (0, rest.len() - escape.trim_start_matches([' ', '\n', '\r', '\t']).len()),
        _ => (1, 2),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_origin() {
        for (written, value, expected) in [
            (r#""abc""#, "abc", vec![1, 2, 3, 4]),
            (r##"r#"a"b"#"##, "a\"b", vec![3, 4, 5, 6]),
            (r#"r"a\n""#, "a\\n", vec![2, 3, 4, 5]),
            (r#""a\"b\nc""#, "a\"b\nc", vec![1, 2, 4, 5, 7, 8]),
            (r#""\x41\u{e4}z""#, "A\u{e4}z", vec![1, 5, 5, 11, 12]),
            ("\"ä z\"", "ä z", vec![1, 1, 3, 4, 5]),
            ("\"a \\\n   b\"", "a b", vec![1, 2, 8, 9]),
            ("\"a\nb\"", "a\nb", vec![1, 2, 3, 4]),
        ] {
            let found = origins(written);
            assert_eq!(found.as_deref(), Some(expected.as_slice()), "{written}");
            assert_eq!(expected.len(), value.len() + 1, "{written}");
        }
    }

    #[test]
    fn places_are_counted_in_characters() {
        assert_eq!(offset("a\nüb", 2, 1), Some(4));
        assert_eq!(offset("a", 1, 0), Some(0));
    }
}
