//! The syntax tree of a text that changes again and again: what did not change is not parsed again.

use std::sync::Arc;

use tree_sitter::{InputEdit, Point};

use super::{Record, Tree};
use crate::Language;

/// A syntax tree that is kept for the next change, with its text.
#[derive(Debug)]
pub(crate) struct Kept {
    text: String,
    parsed: tree_sitter::Tree,
    tree: Arc<Tree>,
}

impl Kept {
    /// The tree of a text. What did not change is taken over from the one before.
    pub(crate) fn of(text: &str, language: Language, before: Option<Self>) -> Option<Self> {
        let mut parser = language.parser()?;
        let (parsed, tree) = match before {
            Some(mut before) => {
                let edit = edit(&before.text, text);
                before.parsed.edit(&edit);
                let parsed = parser.parse(text, Some(&before.parsed))?;
                // As long as the old tree lives, nothing new is where something old was.
                let tree = Tree::of(&parsed, language, Some(Before { tree: &before.tree, edit: &edit }))?;
                (parsed, tree)
            }
            None => {
                let parsed = parser.parse(text, None)?;
                let tree = Tree::of(&parsed, language, None)?;
                (parsed, tree)
            }
        };
        Some(Self { text: text.to_owned(), parsed, tree: Arc::new(tree) })
    }

    pub(crate) fn tree(&self) -> Arc<Tree> {
        Arc::clone(&self.tree)
    }

    #[cfg(test)]
    pub(super) fn parsed(&self) -> &tree_sitter::Tree {
        &self.parsed
    }
}

/// The tree of a text before it was edited.
pub(super) struct Before<'a> {
    tree: &'a Tree,
    edit: &'a InputEdit,
}

/// A node that is in the old tree and in the new one.
pub(super) struct Known<'a> {
    pub(super) number: u32,
    pub(super) record: &'a Record,
    /// What it contains.
    pub(super) within: &'a [Record],
}

impl<'a> Before<'a> {
    /// The node that begins at a place of the new text, when the parser took it over with all that it contains.
    pub(super) fn find(&self, id: usize, start: u32) -> Option<Known<'a>> {
        let edit = self.edit;
        let start = start as usize;
        let start = if start < edit.new_end_byte { start } else { start - edit.new_end_byte + edit.old_end_byte };
        let records = &self.tree.records;
        let first = records.partition_point(|record| (record.start as usize) < start);
        let here = records.iter().enumerate().skip(first).take_while(|(_, record)| record.start as usize == start);
        let (number, record) = here.into_iter().find(|(_, record)| record.id == id)?;
        Some(Known { number: number as u32, record, within: records.get(number + 1..record.next as usize)? })
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
