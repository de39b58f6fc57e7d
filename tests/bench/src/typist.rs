//! Somebody who types a letter somewhere in a text, takes it away again, and goes on elsewhere.

use serde_json::{Value, json};

use crate::tree::Numbers;

/// A text of ASCII that is edited: there a column is the same in every encoding.
#[derive(Clone, Debug)]
pub struct Typist {
    lines: Vec<String>,
    numbers: Numbers,
    version: u64,
    typed: Option<(usize, usize)>,
}

/// One change of a text.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The version that it makes.
    pub version: u64,
    /// Where it begins.
    pub start: Value,
    /// Where it ends.
    pub end: Value,
    /// What stands there then.
    pub text: &'static str,
}

impl Typist {
    /// All who begin with the same number type at the same places of the same text.
    #[must_use]
    pub fn new(text: &str, seed: u64) -> Self {
        Self { lines: text.lines().map(str::to_owned).collect(), numbers: Numbers(seed), version: 0, typed: None }
    }

    /// The text as it was in the beginning.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }

    /// How many lines it has.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    /// The next edit.
    pub fn edit(&mut self) -> Edit {
        self.version += 1;
        let (line, column, length, text) = match self.typed.take() {
            Some((line, column)) => (line, column, 1, ""),
            None => {
                let line = (self.numbers.any() % self.lines.len().max(1) as u64) as usize;
                let columns = self.lines.get(line).map_or(0, String::len) + 1;
                let column = (self.numbers.any() % columns as u64) as usize;
                self.typed = Some((line, column));
                (line, column, 0, "x")
            }
        };
        let place = |column| json!({ "line": line, "character": column });
        Edit { version: self.version, start: place(column), end: place(column + length), text }
    }
}
