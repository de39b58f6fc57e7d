//! The syntax tree of a file, as all of this crate sees it: its nodes in one row, from the outside in, each with its place in
//! it. Whoever asks for the parent or for a field of a node reads a few numbers, and need not search from the root.

mod grammar;
mod kept;
mod parts;

use std::fmt;
use std::ops::Range;

use crate::Language;
use grammar::Grammar;

use kept::{Before, Known};

pub(crate) use kept::Kept;
pub(crate) use parts::Part;

/// A syntax tree.
#[derive(Debug)]
pub(crate) struct Tree {
    /// What stands in a node comes right behind it.
    records: Vec<Record>,
    grammar: &'static Grammar,
}

/// What is known of a node. Nodes are called by their numbers in the row.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Record {
    start: u32,
    end: u32,
    /// The node around it; the root is around itself.
    parent: u32,
    /// The first one behind all that it contains.
    next: u32,
    kind: u16,
    /// What it is to its parent, or 0.
    field: u16,
    /// Whether some of what it contains has a field in it.
    has_fields: bool,
    parts: u8,
    /// What the parser calls it, in this tree and in those that take it over.
    id: usize,
}

/// What a node would be that is in no tree.
const NOTHING: Record = Record { start: 0, end: 0, parent: 0, next: 0, kind: 0, field: 0, has_fields: false, parts: 0, id: 0 };

impl Tree {
    /// Parses a text. Whatever is broken in it, there is a tree, unless this build does not know the language.
    pub(crate) fn parse(text: &str, language: Language) -> Option<Self> {
        Self::of(&language.parser()?.parse(text, None)?, language, None)
    }

    /// Goes through the tree of the parser, once. What it took over from the one before is not gone through again.
    fn of(parsed: &tree_sitter::Tree, language: Language, before: Option<Before<'_>>) -> Option<Self> {
        let grammar = Grammar::of(language)?;
        let mut cursor = parsed.walk();
        let mut tree = Self { records: Vec::with_capacity(parsed.root_node().descendant_count()), grammar };
        let mut parent = 0;
        loop {
            let (node, number) = (cursor.node(), tree.records.len() as u32);
            let (kind, field) = (node.kind_id(), cursor.field_id().map_or(0, u16::from));
            let (start, end) = (node.start_byte() as u32, node.end_byte() as u32);
            let parts = if number == 0 { u8::MAX } else { grammar.kind(kind).parts };
            let id = node.id();
            tree.records.push(Record { start, end, parent, next: number + 1, kind, field, has_fields: false, parts, id });
            if field != 0
                && let Some(above) = tree.records.get_mut(parent as usize)
            {
                above.has_fields = true;
            }
            let known = before.as_ref().and_then(|before| before.find(id, start));
            match known {
                Some(known) => tree.take_over(known, number),
                None if cursor.goto_first_child() => {
                    parent = number;
                    continue;
                }
                None => {}
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return Some(tree);
                }
                let next = tree.records.len() as u32;
                if let Some(above) = tree.records.get_mut(parent as usize) {
                    above.next = next;
                    parent = above.parent;
                }
            }
        }
    }

    /// All that a node of another tree contains is in the last one of this tree, too.
    fn take_over(&mut self, known: Known<'_>, number: u32) {
        let Some(own) = self.records.get_mut(number as usize) else { return };
        own.next = number + known.within.len() as u32 + 1;
        own.has_fields = known.record.has_fields;
        let (to, from) = (own.start, known.record.start);
        let own = |record: &Record| Record {
            start: to + (record.start - from),
            end: to + (record.end - from),
            parent: number + (record.parent - known.number),
            next: number + (record.next - known.number),
            ..*record
        };
        self.records.extend(known.within.iter().map(own));
    }

    /// The node that is around all others.
    pub(crate) fn root(&self) -> Node<'_> {
        Node { tree: self, number: 0 }
    }

    /// Visits the nodes of a part from the outside in, as long as `look` says to go on. Nothing in a node is visited for which
    /// it does not.
    pub(crate) fn visit<'t>(&'t self, part: Part, look: &mut impl FnMut(Node<'t>) -> bool) {
        let mut number = 0;
        while let Some(record) = self.records.get(number as usize) {
            let goes_on = record.parts & part as u8 == 0 || look(Node { tree: self, number });
            number = if goes_on { number + 1 } else { record.next };
        }
    }
}

/// A node of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t> {
    tree: &'t Tree,
    number: u32,
}

impl<'t> Node<'t> {
    fn record(self) -> &'t Record {
        self.tree.records.get(self.number as usize).unwrap_or(&NOTHING)
    }

    /// What no other node of the tree has.
    pub(crate) fn id(self) -> usize {
        self.number as usize
    }

    /// What the grammar calls nodes like this one.
    pub(crate) fn kind(self) -> &'static str {
        self.tree.grammar.kind(self.record().kind).name
    }

    /// Whether it is more than a sign or a word of the language.
    pub(crate) fn is_named(self) -> bool {
        self.tree.grammar.kind(self.record().kind).is_named
    }

    pub(crate) fn start_byte(self) -> usize {
        self.record().start as usize
    }

    pub(crate) fn end_byte(self) -> usize {
        self.record().end as usize
    }

    pub(crate) fn byte_range(self) -> Range<usize> {
        self.start_byte()..self.end_byte()
    }

    /// The node around it.
    pub(crate) fn parent(self) -> Option<Self> {
        (self.number > 0).then(|| Self { number: self.record().parent, ..self })
    }

    /// What it is to the node around it.
    pub(crate) fn field_name(self) -> Option<&'static str> {
        self.tree.grammar.field(self.record().field)
    }

    pub(crate) fn children(self) -> impl Iterator<Item = Self> + 't {
        let end = self.record().next;
        self.row(self.number + 1, end)
    }

    pub(crate) fn named_children(self) -> impl Iterator<Item = Self> + 't {
        self.children().filter(|child| child.is_named())
    }

    pub(crate) fn named_child(self, number: usize) -> Option<Self> {
        self.named_children().nth(number)
    }

    pub(crate) fn last_named_child(self) -> Option<Self> {
        self.named_children().last()
    }

    pub(crate) fn named_child_count(self) -> usize {
        self.named_children().count()
    }

    pub(crate) fn child_by_field_name(self, name: &str) -> Option<Self> {
        self.children_by_field_name(name).next()
    }

    pub(crate) fn children_by_field_name(self, name: &str) -> impl Iterator<Item = Self> {
        // Long lists have none.
        let end = if self.record().has_fields { self.record().next } else { 0 };
        self.row(self.number + 1, end).filter(move |child| child.field_name() == Some(name))
    }

    /// What stands behind it in the node around it.
    pub(crate) fn next_named_sibling(self) -> Option<Self> {
        let end = self.parent()?.record().next;
        self.row(self.record().next, end).find(|sibling| sibling.is_named())
    }

    /// The nodes from one number to another that stand side by side.
    fn row(self, from: u32, end: u32) -> impl Iterator<Item = Self> + 't {
        let mut number = from;
        std::iter::from_fn(move || {
            let node = (number < end).then_some(Self { number, ..self })?;
            number = node.record().next.max(number + 1);
            Some(node)
        })
    }
}

/// Only nodes of the same tree are compared.
impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {:?}", self.kind(), self.byte_range())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// Whatever is written into a text and taken out again: the tree is the one that the text has by itself.
    #[test]
    fn a_changed_tree_is_like_a_new_one() {
        for (ending, text) in crate::tree::parts::tests::SAMPLES {
            let Some(language) = Language::of_ending(ending) else { continue };
            let rows = |tree: &Tree| tree.records.iter().map(|record| Record { id: 0, ..*record }).collect::<Vec<_>>();
            let mut kept = Kept::of(text, language, None);
            for (number, (at, _)) in text.char_indices().step_by(97).enumerate() {
                let piece = ["x", "\n", "(", " + 1", "}", "\""].into_iter().nth(number % 6).unwrap_or_default();
                let changed = [text.get(..at).unwrap_or_default(), piece, text.get(at..).unwrap_or_default()].concat();
                for text in [changed.as_str(), text] {
                    kept = Kept::of(text, language, kept);
                    let new = kept.as_ref().and_then(|kept| Tree::of(kept.parsed(), language, None));
                    assert!(new.is_some(), "{ending}");
                    assert_eq!(kept.as_ref().map(|kept| rows(&kept.tree())), new.as_ref().map(rows), "{ending}: {piece} at {at}");
                }
            }
        }
    }

    /// Every node is what it is in the tree of the parser, and has the same nodes around it.
    #[test]
    fn nothing_is_lost() {
        for (ending, text) in crate::tree::parts::tests::SAMPLES {
            let Some(language) = Language::of_ending(ending) else { continue };
            let parsed = language.parser().and_then(|mut parser| parser.parse(text, None));
            let read = parsed.as_ref().and_then(|parsed| Tree::of(parsed, language, None));
            assert!(read.is_some(), "{ending}");
            let Some((parsed, tree)) = parsed.as_ref().zip(read) else { continue };
            let (mut cursor, mut known) = (parsed.walk(), HashMap::new());
            tree.visit(Part::All, &mut |node| {
                cursor.goto_descendant(node.id());
                known.insert(cursor.node().id(), node);
                true
            });
            assert_eq!(known.len(), parsed.root_node().descendant_count(), "{ending}");
            let own = |node: Option<tree_sitter::Node<'_>>| node.and_then(|node| known.get(&node.id()).copied());
            tree.visit(Part::All, &mut |node| {
                cursor.goto_descendant(node.id());
                let other = cursor.node();
                assert_eq!((node.kind(), node.is_named()), (other.kind(), other.is_named()), "{ending}");
                assert_eq!(node.byte_range(), other.byte_range(), "{ending}: {node:?}");
                assert_eq!(node.parent(), own(other.parent()), "{ending}: {node:?}");
                assert_eq!(node.next_named_sibling(), own(other.next_named_sibling()), "{ending}: {node:?}");
                let children: Vec<_> = other.children(&mut other.walk()).filter_map(|child| own(Some(child))).collect();
                assert_eq!(node.children().collect::<Vec<_>>(), children, "{ending}: {node:?}");
                for field in tree.grammar.fields() {
                    assert_eq!(
                        node.child_by_field_name(field),
                        own(other.child_by_field_name(field)),
                        "{ending}: {field} of {node:?}"
                    );
                }
                true
            });
        }
    }
}
