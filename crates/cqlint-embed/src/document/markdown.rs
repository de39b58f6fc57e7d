//! Markdown: the CQL in its fences. Documentation is full of dots and alternatives, so what is no CQL is no mistake there.

use cqlint_analysis::Fragment;

use crate::document::Document;
use crate::strings::literal::span;

/// What fences call the language.
const NAMES: [&str; 3] = ["cql", "cassandra", "cassandraql"];

/// Whether there is a fence with CQL in a text.
pub(crate) fn has_cql(text: &str) -> bool {
    let mut fences = Fences::default();
    text.split_inclusive('\n').any(|line| fences.line(line) == Line::Opens)
}

/// The statements in the fences of a text.
pub(crate) fn fragments(text: &str) -> Vec<Fragment> {
    let mut found = Vec::new();
    let mut fences = Fences::default();
    let mut document = Document::default();
    // A statement that was typed into cqlsh ends with the next prompt, and below it stands what it answered.
    let mut typed = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        match fences.line(line) {
            Line::Cql(prefix) => {
                let content = line.get(prefix..).unwrap_or("");
                let prompt = prompt(content);
                if prompt.is_some() {
                    found.append(&mut std::mem::take(&mut document).statements());
                    typed = true;
                }
                let cut = prefix + prompt.unwrap_or_else(|| if typed { continuation(content) } else { 0 });
                document.push(line.get(cut..).unwrap_or(""), span(start + cut, end));
            }
            Line::Opens | Line::Other => {
                found.append(&mut std::mem::take(&mut document).statements());
                typed = false;
            }
        }
        start = end;
    }
    found.append(&mut document.statements());
    // Alternatives, and what is only there to be shown, is not what the project has.
    found.into_iter().map(Fragment::as_example).collect()
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// The first line of a fence with CQL.
    Opens,
    /// CQL, behind so many bytes of indentation and of signs for quotes.
    Cql(usize),
    /// Anything else.
    Other,
}

/// Goes through the lines of a text, and remembers in which fence it is.
#[derive(Debug, Default)]
struct Fences {
    open: Option<Fence>,
}

#[derive(Clone, Copy, Debug)]
struct Fence {
    letter: u8,
    length: usize,
    /// How far it is indented, behind the signs for quotes.
    indent: usize,
    /// How many quotes it stands in.
    quotes: usize,
    is_cql: bool,
}

impl Fences {
    fn line(&mut self, line: &str) -> Line {
        if let Some(fence) = self.open {
            match fence.prefix(line) {
                Some(prefix) => {
                    if fence.is_closed_by(line.get(prefix..).unwrap_or("")) {
                        self.open = None;
                        return Line::Other;
                    }
                    return if fence.is_cql { Line::Cql(prefix) } else { Line::Other };
                }
                // With the quote ends all that stands in it.
                None => self.open = None,
            }
        }
        self.open = Fence::opened_by(line);
        if self.open.is_some_and(|fence| fence.is_cql) { Line::Opens } else { Line::Other }
    }
}

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        let (mut at, mut quotes, mut indent) = (0, 0, 0);
        loop {
            let rest = line.get(at..)?;
            let marker = match rest.as_bytes().first()? {
                b' ' | b'\t' => 1,
                b'>' => {
                    (quotes, indent) = (quotes + 1, 0);
                    // The blank behind the sign belongs to it.
                    at += 1 + usize::from(rest.as_bytes().get(1) == Some(&b' '));
                    continue;
                }
                _ => list_marker(rest),
            };
            if marker == 0 {
                break;
            }
            (at, indent) = (at + marker, indent + marker);
        }
        let rest = line.get(at..)?;
        let letter = *rest.as_bytes().first().filter(|first| matches!(first, b'`' | b'~'))?;
        let length = rest.bytes().take_while(|byte| *byte == letter).count();
        let info = rest.get(length..)?.trim();
        // Backticks on one line are code within a sentence.
        let is_fence = length >= 3 && !(letter == b'`' && info.contains('`'));
        is_fence.then(|| Self { letter, length, indent, quotes, is_cql: is_cql(info) })
    }

    /// How many bytes of a line belong to what the fence stands in; nothing when it has ended.
    fn prefix(self, line: &str) -> Option<usize> {
        let bytes = line.as_bytes();
        let blanks = |from: usize| bytes.iter().skip(from).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let mut at = 0;
        for _ in 0..self.quotes {
            at += blanks(at);
            if bytes.get(at) != Some(&b'>') {
                return None;
            }
            at += 1 + usize::from(bytes.get(at + 1) == Some(&b' '));
        }
        Some(at + blanks(at).min(self.indent))
    }

    fn is_closed_by(self, content: &str) -> bool {
        let content = content.trim();
        content.len() >= self.length && content.bytes().all(|byte| byte == self.letter)
    }
}

/// How long the sign is with which an item of a list begins: `-`, `*`, `+`, `1.`, `1)`, with a blank behind it.
fn list_marker(text: &str) -> usize {
    let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let signs: &[u8] = if digits > 0 { b".)" } else { b"-*+" };
    let bytes = text.as_bytes();
    let is_marker = bytes.get(digits).is_some_and(|sign| signs.contains(sign)) && bytes.get(digits + 1) == Some(&b' ');
    if is_marker { digits + 2 } else { 0 }
}

/// Whether the words behind the first line of a fence begin with the name of CQL: `cql`, `CQL title="…"`, `{.cql}`.
fn is_cql(info: &str) -> bool {
    let info = info.trim_start_matches(['{', '.', ' ']);
    let end = info.find(|letter: char| !letter.is_alphanumeric() && !"-_+#".contains(letter)).unwrap_or(info.len());
    let name = info.get(..end).unwrap_or("");
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// How long the prompt of cqlsh is with which a line begins: `cqlsh>`, `cqlsh:house>`, `me@cqlsh:house>`.
fn prompt(line: &str) -> Option<usize> {
    let end = line.find('>')?;
    let before = line.get(..end)?.trim_start();
    let name = before.rsplit('@').next().unwrap_or(before);
    let behind = name.strip_prefix("cqlsh")?;
    let is_prompt = !before.contains(char::is_whitespace) && (behind.is_empty() || behind.starts_with(':'));
    is_prompt.then_some(end + 1)
}

/// How long the dots are that cqlsh writes before the further lines of a statement.
fn continuation(line: &str) -> usize {
    let dots = line.trim_start();
    if dots.starts_with("...") { line.len() - dots.len() + 3 } else { 0 }
}
