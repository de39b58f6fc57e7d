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
    pub(crate) fn of(text: &str, language: Language, mut before: Option<Self>) -> Option<Self> {
        let edit = before.as_mut().map(|before| {
            let edit = edit(&before.text, text);
            before.parsed.edit(&edit);
            edit
        });
        let parsed = language.parser()?.parse(text, before.as_ref().map(|before| &before.parsed))?;
        // As long as the old tree of the parser lives, nothing new is where something old was.
        let known = before.as_ref().zip(edit.as_ref()).map(|(before, edit)| Before { tree: &before.tree, edit });
        let tree = Arc::new(Tree::of(&parsed, language, known)?);
        Some(Self { text: text.to_owned(), parsed, tree })
    }

    pub(crate) fn tree(&self) -> Arc<Tree> {
        Arc::clone(&self.tree)
    }

    #[cfg(test)]
    pub(super) fn parsed(&self) -> &tree_sitter::Tree {
        &self.parsed
    }
}

/// How many nodes that begin at the same place are looked at: a long sum has as many as it has terms.
const MOST: usize = 64;

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
        let mut here = records.iter().enumerate().skip(first).take(MOST).take_while(|(_, record)| record.start as usize == start);
        let (number, record) = here.find(|(_, record)| record.id == id)?;
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
