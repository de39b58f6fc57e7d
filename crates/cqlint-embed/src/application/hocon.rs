//! The keys and values of HOCON, the format of `application.conf`, without what it includes and substitutes.

use super::configuration::Entry;

/// No setting of a driver stands deeper.
const DEPTH: usize = 32;

/// What follows a key.
enum Next {
    Value,
    Object,
    Nothing,
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// How many lines end before a place.
    lines: (usize, usize),
    /// The keys above, and how many of them there were at each brace.
    above: Vec<String>,
    braces: Vec<usize>,
    entries: Vec<Entry>,
}

/// All values that stand at a key.
pub(crate) fn entries(text: &str) -> Vec<Entry> {
    let mut reader = Reader { text, at: 0, lines: (0, 0), above: Vec::new(), braces: Vec::new(), entries: Vec::new() };
    while !reader.rest().is_empty() {
        reader.step();
    }
    reader.entries
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, letters: impl Fn(char) -> bool) {
        self.at += self.rest().len() - self.rest().trim_start_matches(letters).len();
    }

    /// Reads one key, or what is not one.
    fn step(&mut self) {
        self.skip(|letter| letter.is_whitespace() || letter == ',');
        let Some(first) = self.rest().chars().next() else { return };
        match first {
            '}' => {
                if let Some(count) = self.braces.pop() {
                    self.above.truncate(count);
                }
                self.at += 1;
            }
            '{' => {
                self.braces.push(self.above.len());
                self.at += 1;
            }
            _ if self.is_comment() => self.skip(|letter| letter != '\n'),
            _ => self.entry(),
        }
    }

    fn is_comment(&self) -> bool {
        self.rest().starts_with('#') || self.rest().starts_with("//")
    }

    fn entry(&mut self) {
        let start = self.at;
        let key = self.scan(&['=', ':', '{', '}', '\n', ',']);
        let key: String = key.trim().trim_end_matches('+').chars().filter(|letter| *letter != '"' && *letter != ' ').collect();
        let next = match self.rest().chars().next() {
            Some('=' | ':') => {
                self.at += 1;
                self.skip(|letter| letter == ' ' || letter == '\t');
                if self.rest().starts_with('{') { Next::Object } else { Next::Value }
            }
            Some('{') => Next::Object,
            _ => Next::Nothing,
        };
        match next {
            Next::Object => self.open(key),
            Next::Value => {
                let value = self.value().trim().trim_matches('"').to_owned();
                if self.rest().starts_with('{') {
                    // What stands elsewhere is copied here, and an object joins it.
                    return self.open(key);
                }
                let line = self.line(start);
                if self.above.len() < DEPTH {
                    let path = if self.above.is_empty() { key } else { format!("{}.{key}", self.above.join(".")) };
                    self.entries.push(Entry { path, value, line });
                }
            }
            Next::Nothing if self.at == start => self.at += 1,
            Next::Nothing => {}
        }
    }

    /// The line of a place behind the last one, counted from 1.
    fn line(&mut self, at: usize) -> usize {
        let (lines, last) = self.lines;
        let ends = self.text.as_bytes().get(last..at).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
        self.lines = (lines + ends, at);
        1 + lines + ends
    }

    fn open(&mut self, key: String) {
        self.braces.push(self.above.len());
        self.above.push(key);
        self.at += 1;
    }

    /// A value up to its end, a list as a whole.
    fn value(&mut self) -> &'t str {
        if !self.rest().starts_with('[') {
            return self.scan(&['\n', ',', '{', '}']);
        }
        let start = self.at;
        let mut depth = 0usize;
        while let Some(first) = self.rest().chars().next() {
            match first {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {
                    self.scan(&['[', ']']);
                    continue;
                }
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Up to one of the letters outside of strings and substitutions, or to a comment, which is passed over.
    fn scan(&mut self, ends: &[char]) -> &'t str {
        let start = self.at;
        while let Some(first) = self.rest().chars().next() {
            let rest = self.rest();
            let closed = |open: &str, close: &str| rest.get(open.len()..)?.find(close).map(|at| open.len() + at + close.len());
            let length = if rest.starts_with("\"\"\"") {
                closed("\"\"\"", "\"\"\"")
            } else if first == '"' {
                closed("\"", "\"")
            } else if rest.starts_with("${") {
                closed("${", "}")
            } else if self.is_comment() {
                let found = self.text.get(start..self.at).unwrap_or_default();
                self.skip(|letter| letter != '\n');
                return found;
            } else if ends.contains(&first) {
                break;
            } else {
                Some(first.len_utf8())
            };
            self.at += length.unwrap_or(rest.len());
        }
        self.text.get(start..self.at).unwrap_or_default()
    }
}
