//! String literals: what they say, character by character, and where each comes from.

use cqlint_analysis::syntax::Span;

use crate::Language;
use crate::strings::chunk::{Chunk, Chunks};
use crate::strings::{cpp, php};
use crate::tree::Node;

/// Nodes inside a literal that stand for values of the program.
const HOLES: [&str; 2] = ["interpolation", "template_substitution"];

/// How a literal is written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    /// A backslash stays one.
    pub(crate) raw: bool,
    /// Letters that are written twice: `{{` is one brace, `""` one quote.
    pub(crate) doubled: &'static str,
    /// `$name` and `${…}` stand for values, whatever the tree says.
    pub(crate) dollars: bool,
    /// With a line that ends with a backslash go the blanks that begin the next one.
    pub(crate) indents: bool,
    /// Only `\\` and `\'` are escapes.
    pub(crate) few_escapes: bool,
}

/// The parts of a literal. Nothing for a node that is none.
pub(crate) fn read(node: Node<'_>, text: &str, language: Language) -> Option<Chunks> {
    let whole = text.get(node.byte_range())?;
    if language == Language::Php {
        return php::read(node, text);
    }
    if node.kind() == "preproc_arg" {
        return cpp::macro_text(text, node.start_byte(), node.end_byte());
    }
    let prefix = whole.find(['"', '\'', '`'])?;
    let quote = whole.as_bytes().get(prefix).copied()? as char;
    let letters = whole.get(..prefix)?;
    // r##"…"##
    let hashes = letters.bytes().filter(|byte| *byte == b'#').count();
    let count = whole.get(prefix..)?.bytes().take_while(|byte| *byte == quote as u8).count();
    let verbatim = letters.contains('@');
    // Two quotes are an empty string. Only in C# do more than three open one; elsewhere the fourth belongs to the text.
    let opening = match count {
        _ if verbatim => 1,
        0..3 => 1,
        _ if language == Language::CSharp => count,
        _ => 3,
    };
    let (opening, closing) =
        if count >= 6 && !verbatim && whole.len() == prefix + count { (count / 2, count / 2) } else { (opening, opening) };
    let raw_quotes = if language == Language::Cpp { cpp::raw_quotes(whole) } else { None };
    let (before, behind) = raw_quotes.unwrap_or((prefix + opening, closing + hashes));
    let start = node.start_byte() + before;
    let end = node.end_byte().checked_sub(behind)?;
    if start > end || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
        return Some(Chunks::new());
    }
    let triple = opening >= 3;
    let has_letter = |letter: char| letters.chars().any(|known| known.eq_ignore_ascii_case(&letter));
    let plain = Style::default();
    let style = match language {
        Language::Cpp => Style { raw: raw_quotes.is_some(), ..plain },
        Language::Go => Style { raw: quote == '`', ..plain },
        Language::Rust => Style { raw: has_letter('r'), indents: true, ..plain },
        Language::Python => Style { raw: has_letter('r'), doubled: if has_letter('f') { "{}" } else { "" }, ..plain },
        Language::CSharp => {
            let doubled = match (verbatim, letters.contains('$')) {
                (true, true) => "\"{}",
                (true, false) => "\"",
                (false, true) => "{}",
                (false, false) => "",
            };
            Style { raw: verbatim || triple, doubled, ..plain }
        }
        Language::Kotlin => Style { raw: triple, dollars: true, ..plain },
        Language::Scala => {
            // Escapes are read in s"""…""", too.
            let raw = letters == "raw" || triple && !matches!(letters, "s" | "f");
            Style { raw, doubled: if letters.is_empty() { "" } else { "$" }, ..plain }
        }
        Language::Java
        | Language::JavaScript
        | Language::Markdown
        | Language::Php
        | Language::Template
        | Language::TypeScript
        | Language::Tsx => plain,
    };
    let tagged = match language {
        Language::JavaScript | Language::TypeScript | Language::Tsx => {
            node.kind() == "template_string" && node.parent().is_some_and(|parent| parent.kind() == "call_expression")
        }
        Language::Scala => !matches!(letters, "s" | "f" | "raw"),
        _ => false,
    };
    let mut reader = Reader { tagged, ..Reader::new(text, start, end, style) };
    let mut holes: Vec<Node<'_>> = node.named_children().filter(|child| HOLES.contains(&child.kind())).collect();
    // Scala keeps them one level deeper.
    if let Some(inner) = node.named_child(1).filter(|inner| inner.kind() == "interpolated_string") {
        holes.extend(inner.named_children().filter(|child| HOLES.contains(&child.kind())));
    }
    if !style.dollars {
        for hole in holes {
            reader.until(hole.start_byte());
            reader.hole(hole.end_byte());
        }
    }
    reader.until(end);
    Some(reader.chunks)
}

/// Reads what stands between quotes.
pub(crate) struct Reader<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    style: Style,
    /// Whether a function of the driver takes the parts and binds the values: JavaScript's cql`…`, Scala's cql"…".
    tagged: bool,
    chunks: Chunks,
}

impl<'t> Reader<'t> {
    /// Between these places.
    pub(crate) fn new(text: &'t str, start: usize, end: usize, style: Style) -> Self {
        Self { text, at: start, end, style, tagged: false, chunks: Chunks::new() }
    }

    /// Its text, when there is nothing in it that stands for a value.
    pub(crate) fn plain_text(mut self) -> Chunks {
        self.until(self.end);
        self.chunks
    }

    /// Its text, and a hole at each of these places.
    pub(crate) fn with_values(mut self, places: &[(usize, usize)]) -> Chunks {
        for (start, end) in places {
            self.until(*start);
            self.hole(*end);
        }
        self.plain_text()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..self.end).unwrap_or("")
    }

    fn hole(&mut self, end: usize) {
        let host = span(self.at, end);
        let inner = self.text.get(self.at..end).unwrap_or("");
        let name = inner.trim_start_matches(['$', '{', '#']).trim_end_matches('}').trim();
        // As other languages write it.
        let name = name.replace("->", ".");
        self.chunks.push(Chunk::Hole { host, name, bound: self.tagged });
        self.at = end;
    }

    /// Plain text and escapes up to a place.
    fn until(&mut self, place: usize) {
        while self.at < place.min(self.end) {
            let rest = self.text.get(self.at..place.min(self.end)).unwrap_or("");
            let Some(first) = rest.chars().next() else { return };
            let special = |letter: char| match letter {
                '\\' => !self.style.raw,
                '$' if self.style.dollars => true,
                letter => self.style.doubled.contains(letter),
            };
            if !special(first) {
                let plain = rest.find(special).unwrap_or(rest.len());
                self.plain(plain);
                continue;
            }
            match first {
                '\\' => self.escape(),
                '$' if self.style.dollars => self.dollar(),
                // Written twice, meant once.
                other if rest.get(1..).is_some_and(|rest| rest.starts_with(other)) => self.replace(2, &other.to_string()),
                _ => self.plain(1),
            }
        }
    }

    fn plain(&mut self, length: usize) {
        let value = self.text.get(self.at..self.at + length).unwrap_or("").to_owned();
        self.chunks.push(Chunk::Text { value, host: span(self.at, self.at + length), exact: true });
        self.at += length.max(1);
    }

    fn replace(&mut self, length: usize, value: &str) {
        let end = (self.at + length).min(self.end);
        self.chunks.push(Chunk::Text { value: value.to_owned(), host: span(self.at, end), exact: false });
        self.at = end;
    }

    /// `$name` or `${…}`.
    fn dollar(&mut self) {
        let behind = self.rest().get(1..).unwrap_or("");
        let length = match behind.strip_prefix('{') {
            Some(inside) => closing_brace(inside).map(|end| end + 3),
            None => {
                let name = behind.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(behind.len());
                (name > 0 && !behind.starts_with(|first: char| first.is_ascii_digit())).then_some(name + 1)
            }
        };
        match length {
            // Kotlin has no other way to write it in a raw string.
            Some(length) if self.rest().get(..length) == Some("${'$'}") => self.replace(length, "$"),
            Some(length) => self.hole(self.at + length),
            None => self.plain(1),
        }
    }

    fn escape(&mut self) {
        let rest = self.rest();
        let letter = rest.chars().nth(1).unwrap_or('\\');
        if self.style.few_escapes && !matches!(letter, '\\' | '\'') {
            return self.plain(1);
        }
        let hex = |from: usize, length: usize| {
            let digits = rest.get(from..from + length)?;
            char::from_u32(u32::from_str_radix(digits, 16).ok()?)
        };
        let (length, value) = match letter {
            'n' => (2, Some('\n')),
            't' => (2, Some('\t')),
            'r' => (2, Some('\r')),
            '0' => (2, Some('\0')),
            'x' => (4, hex(2, 2)),
            'u' if rest.get(2..3) == Some("{") => {
                let end = rest.find('}').unwrap_or(2);
                (end + 1, hex(3, end.saturating_sub(3)))
            }
            'u' => match pair(rest) {
                Some(letter) => (12, Some(letter)),
                None => (6, hex(2, 4)),
            },
            'U' => (10, hex(2, 8)),
            '\n' | '\r' if self.style.indents => {
                let blank = rest.get(1..).unwrap_or("");
                (1 + blank.len() - blank.trim_start().len(), None)
            }
            '\n' => (2, None),
            '\r' => (if rest.get(2..3) == Some("\n") { 3 } else { 2 }, None),
            other => (1 + other.len_utf8(), Some(other)),
        };
        let value = value.map(String::from).unwrap_or_default();
        self.replace(length, &value);
    }
}

/// `\ud83d\ude42`: one letter in two escapes.
fn pair(text: &str) -> Option<char> {
    let unit = |start: usize| u16::from_str_radix(text.get(start..)?.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let units = [unit(0)?, unit(6)?];
    let letter = char::decode_utf16(units).next()?.ok()?;
    (letter.len_utf16() == units.len()).then_some(letter)
}

/// Where the brace is closed that was opened before the text.
fn closing_brace(text: &str) -> Option<usize> {
    let mut open = 1;
    text.char_indices().find_map(|(place, letter)| {
        match letter {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        (open == 0).then_some(place)
    })
}

pub(crate) fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}
