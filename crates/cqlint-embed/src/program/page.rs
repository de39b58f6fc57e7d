//! Text that is to be read, and the syntax tree of a text that changes again and again.

use std::borrow::Cow;

use tree_sitter::{InputEdit, Point, Tree};

use crate::Language;

/// The text of a file that is to be read.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Its syntax tree, where there is one already.
    pub(crate) tree: Option<Tree>,
}

impl<'a> Page<'a> {
    pub(crate) fn of(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), tree: None }
    }
}

/// A syntax tree that is kept for the next change, with its text.
#[derive(Debug)]
pub(crate) struct Kept {
    text: String,
    tree: Tree,
}

impl Kept {
    /// The tree of a text. What did not change is taken over from the one before.
    pub(crate) fn of(text: &str, language: Language, before: Option<Self>) -> Option<Self> {
        let tree = match before {
            Some(mut before) => {
                before.tree.edit(&edit(&before.text, text));
                language.parse_again(text, &before.tree)?
            }
            None => language.parse(text)?,
        };
        Some(Self { text: text.to_owned(), tree })
    }

    pub(crate) fn tree(&self) -> Tree {
        self.tree.clone()
    }
}

/// The one edit that makes the old text the new one: all between what they begin with and what they end with, both.
fn edit(old: &str, new: &str) -> InputEdit {
    let start = old.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (old.as_bytes().get(start..).unwrap_or_default(), new.as_bytes().get(start..).unwrap_or_default());
    let same = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old_end, new_end) = (old.len() - same, new.len() - same);
    InputEdit {
        start_byte: start,
        old_end_byte: old_end,
        new_end_byte: new_end,
        start_position: point(old, start),
        old_end_position: point(old, old_end),
        new_end_position: point(new, new_end),
    }
}

/// The line and the column of a place, in bytes.
fn point(text: &str, at: usize) -> Point {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
    Point::new(before.iter().filter(|byte| **byte == b'\n').count(), column)
}
