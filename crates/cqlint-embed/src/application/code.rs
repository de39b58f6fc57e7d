//! Source text without what is not code: comments, and strings where they are in the way.
//!
//! What is left out is replaced by spaces, so that all places stay. A full lexer is not needed: a mistake in one of a
//! dozen languages must end with the line.

use super::kind::Family;

/// A text, twice.
#[derive(Debug)]
pub(crate) struct Code {
    /// Without comments.
    pub(crate) with_strings: String,
    /// Without comments, and with empty strings.
    pub(crate) bare: String,
    /// Where lines end.
    ends: Vec<usize>,
}

/// So much is looked at on both sides of a word. It bounds the time that a file of many words takes.
const WINDOW: usize = 4096;

/// What stands before and behind a word at a place.
pub(crate) fn around<'t>(text: &'t str, start: usize, word: &str) -> Option<(&'t str, &'t str)> {
    let (before, rest) = text.split_at_checked(start)?;
    let after = rest.strip_prefix(word)?;
    let first = (before.len().saturating_sub(WINDOW)..=before.len()).find(|at| before.is_char_boundary(*at))?;
    let end = (0..=after.len().min(WINDOW)).rev().find(|at| after.is_char_boundary(*at))?;
    Some((before.get(first..)?, after.get(..end)?))
}

/// A string and how it ends.
struct Quote {
    open: usize,
    close: String,
    escapes: bool,
    lines: bool,
}

impl Code {
    pub(crate) fn of(text: &str, family: Family) -> Self {
        let (mut with_strings, mut bare) = (text.as_bytes().to_vec(), text.as_bytes().to_vec());
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        let mut at = 0;
        while let Some(rest) = text.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
            let before = text.as_bytes().get(..at).unwrap_or_default();
            if let Some(length) = comment(rest, family) {
                blank(&mut with_strings, at, at + length);
                blank(&mut bare, at, at + length);
                at += length;
            } else if let Some(quote) = quote(before, rest, family) {
                let length = quote.content(rest.get(quote.open..).unwrap_or_default());
                blank(&mut bare, at + quote.open, at + quote.open + length);
                at += quote.open + length + quote.close.len();
            } else {
                at += 1 + rest.iter().skip(1).position(|byte| may_begin(*byte, family)).unwrap_or(rest.len());
            }
        }
        let text = |bytes| String::from_utf8(bytes).unwrap_or_default();
        Self { with_strings: text(with_strings), bare: text(bare), ends }
    }

    /// The line of a place, counted from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < at)
    }
}

impl Quote {
    /// How long the string is without its quotes.
    fn content(&self, inside: &[u8]) -> usize {
        let mut at = 0;
        while let Some(rest) = inside.get(at..).filter(|rest| !rest.is_empty()) {
            match rest.first() {
                _ if rest.starts_with(self.close.as_bytes()) => return at,
                Some(b'\n') if !self.lines => return at,
                Some(b'\\') if self.escapes => at += 2,
                _ => at += 1,
            }
        }
        inside.len()
    }
}

fn blank(bytes: &mut [u8], start: usize, end: usize) {
    let end = end.min(bytes.len());
    for byte in bytes.get_mut(start..end).into_iter().flatten() {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// Whether a comment or a string may begin with a byte. Most of a text begins none.
fn may_begin(byte: u8, family: Family) -> bool {
    matches!(byte, b'/' | b'#' | b'"' | b'\'' | b'`') || byte == b'r' && family == Family::Rust
}

/// How long the comment is that begins here.
fn comment(rest: &[u8], family: Family) -> Option<usize> {
    let hash = matches!(family, Family::Python | Family::Php);
    if family != Family::Python && rest.starts_with(b"/*") {
        let end = rest.windows(2).skip(2).position(|two| two == b"*/");
        return Some(end.map_or(rest.len(), |end| end + 4));
    }
    let is_line = hash && rest.starts_with(b"#") || family != Family::Python && rest.starts_with(b"//");
    is_line.then(|| rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()))
}

fn quote(before: &[u8], rest: &[u8], family: Family) -> Option<Quote> {
    let simple = |close: &str, escapes, lines| Some(Quote { open: close.len(), close: close.to_owned(), escapes, lines });
    let triple = matches!(family, Family::Jvm | Family::Python | Family::CSharp);
    match rest.first()? {
        b'"' if triple && rest.starts_with(b"\"\"\"") => simple("\"\"\"", family == Family::Python, true),
        b'"' if family == Family::CSharp && (before.ends_with(b"@") || before.ends_with(b"@$")) => simple("\"", false, true),
        b'"' => simple("\"", true, matches!(family, Family::Rust | Family::Php)),
        b'r' if family == Family::Rust && !before.last().is_some_and(u8::is_ascii_alphanumeric) => {
            let hashes = rest.iter().skip(1).take_while(|byte| **byte == b'#').count();
            let close = format!("\"{}", "#".repeat(hashes));
            (rest.get(hashes + 1) == Some(&b'"')).then_some(Quote { open: hashes + 2, close, escapes: false, lines: true })
        }
        b'`' if family == Family::Go => simple("`", false, true),
        b'`' if family == Family::JavaScript => simple("`", true, true),
        b'\'' if family == Family::Python && rest.starts_with(b"'''") => simple("'''", true, true),
        b'\'' if matches!(family, Family::Python | Family::JavaScript) => simple("'", true, false),
        b'\'' if family == Family::Php => simple("'", true, true),
        // A character, and not the name of a lifetime.
        b'\'' if rest.get(1) == Some(&b'\\') || ends_after_one(rest) => simple("'", true, false),
        _ => None,
    }
}

/// Whether a quote stands behind the letter that follows this one.
fn ends_after_one(rest: &[u8]) -> bool {
    let is_inside = |byte: &&u8| (0x80..0xc0).contains(*byte);
    let length = 1 + rest.iter().skip(2).take_while(is_inside).count();
    rest.get(1 + length) == Some(&b'\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_told_from_code() {
        let cases = [
            (Family::Go, "a // b\nc", "a     \nc", "a     \nc"),
            (Family::Go, "\"http://x\" /* y\n */ z", "\"http://x\"     \n    z", "\"        \"     \n    z"),
            (Family::Python, "a # b's\n'c' \"\"\"d\n\"\"\"e", "a      \n'c' \"\"\"d\n\"\"\"e", "a      \n' ' \"\"\" \n\"\"\"e"),
            (Family::CSharp, "@\"a\\\" + b", "@\"a\\\" + b", "@\"  \" + b"),
            (Family::Rust, "r#\"a\"b\"# 'a 'b'", "r#\"a\"b\"# 'a 'b'", "r#\"   \"# 'a ' '"),
            (Family::Jvm, "'\"' // é", "'\"'      ", "' '      "),
            (Family::JavaScript, "'open\nb", "'open\nb", "'    \nb"),
        ];
        for (family, text, with_strings, bare) in cases {
            let code = Code::of(text, family);
            assert_eq!((code.with_strings.as_str(), code.bare.as_str()), (with_strings, bare), "{text}");
        }
    }
}
