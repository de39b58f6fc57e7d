//! The nodes of a syntax tree that somebody looks at. Most of a tree is of no interest to anybody, and to go through all of it is
//! most of the time that a file takes: it is done once.

use std::sync::OnceLock;

use tree_sitter::{Language as Grammar, Node};

use crate::sites::Call;
use crate::strings::{changes, definitions, fold, scopes};
use crate::{Language, injections};

/// Who looks at nodes of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What defines and changes names, and where they are known.
    Names = 1,
    /// What may make a string, and what is said of it.
    Strings = 2,
    /// Calls, and the making of objects.
    Calls = 4,
    /// Where names stand.
    Words = 8,
}

impl Part {
    const ALL: [Self; 4] = [Self::Names, Self::Strings, Self::Calls, Self::Words];

    /// Whether nodes of the kind may have to do with it.
    fn has(self, kind: &str) -> bool {
        match self {
            Part::Names => scopes::is_scope(kind) || scopes::binds(kind) || definitions::defines(kind) || changes::may_change(kind),
            Part::Strings => fold::makes_string(kind) || injections::may_be(kind),
            Part::Calls => Call::is_kind(kind),
            Part::Words => is_word(kind),
        }
    }
}

/// Whether a node of the kind may be a name. PHP's `$name` has one in it.
fn is_word(kind: &str) -> bool {
    kind.ends_with("identifier") || matches!(kind, "variable_name" | "name")
}

/// The parts that look at the kinds of nodes of each language, by the number of the kind.
static KINDS: [OnceLock<Vec<u8>>; 16] = [const { OnceLock::new() }; 16];

fn kinds(grammar: &Grammar) -> Vec<u8> {
    let parts = |kind: &str| Part::ALL.iter().filter(|part| part.has(kind)).fold(0, |parts, part| parts | *part as u8);
    let kinds = 0..u16::try_from(grammar.node_kind_count()).unwrap_or(u16::MAX);
    kinds.map(|kind| grammar.node_kind_for_id(kind).map_or(u8::MAX, parts)).collect()
}

/// A node, and the number of the first one behind all that it contains.
#[derive(Debug)]
struct Line<'t> {
    node: Node<'t>,
    parts: u8,
    next: usize,
}

/// The nodes, from the outside in.
#[derive(Debug)]
pub(crate) struct Outline<'t> {
    lines: Vec<Line<'t>>,
}

impl<'t> Outline<'t> {
    /// Goes through a whole tree. The root, and what is broken, is of interest to everybody.
    pub(crate) fn read(root: Node<'t>, language: Language) -> Self {
        let known = KINDS.get(language as usize).map(|known| known.get_or_init(|| kinds(&root.language())).as_slice());
        let parts = |node: Node<'t>| known.and_then(|known| known.get(usize::from(node.kind_id())).copied()).unwrap_or(u8::MAX);
        let mut outline = Self { lines: Vec::new() };
        // The numbers of the nodes around the one at hand, where they are of interest.
        let mut around = Vec::new();
        let mut cursor = root.walk();
        loop {
            let node = cursor.node();
            let parts = if outline.lines.is_empty() { u8::MAX } else { parts(node) };
            let number = (parts != 0).then_some(outline.lines.len());
            if number.is_some() {
                outline.lines.push(Line { node, parts, next: 0 });
            }
            if cursor.goto_first_child() {
                around.push(number);
                continue;
            }
            outline.end(number);
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return outline;
                }
                outline.end(around.pop().flatten());
            }
        }
    }

    fn end(&mut self, number: Option<usize>) {
        let next = self.lines.len();
        if let Some(line) = number.and_then(|number| self.lines.get_mut(number)) {
            line.next = next;
        }
    }

    /// Visits the nodes of a part from the outside in, as long as `look` says to go on.
    pub(crate) fn visit(&self, part: Part, look: &mut impl FnMut(Node<'t>) -> bool) {
        let mut number = 0;
        while let Some(line) = self.lines.get(number) {
            let goes_on = line.parts & part as u8 == 0 || look(line.node);
            number = if goes_on { number + 1 } else { line.next };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strings::constants::Constants;
    use crate::strings::fold::Folder;

    macro_rules! samples {
        ($($ending:literal),*) => {
            [$(($ending, include_str!(concat!("../../../tests/embed/statements.", $ending)))),*]
        };
    }

    /// Every node that a part has something to do with is of one of its kinds.
    #[test]
    fn no_kind_is_missing() {
        let samples = samples!["cpp", "cs", "go", "java", "js", "kt", "php", "py", "rs", "scala", "ts"];
        for (ending, text) in samples {
            let parsed = Language::of_ending(ending).and_then(|language| Some((language, language.parse(text)?)));
            // Left out of this build.
            let Some((language, tree)) = parsed else { continue };
            let (root, nothing) = (tree.root_node(), Default::default());
            let outline = Outline::read(root, language);
            let folder = Folder::new(text, language, Constants::read(&outline, text, language), &nothing);
            crate::visit(root, &mut |node| {
                let is = |part: Part| match part {
                    Part::Names => {
                        let binds = !scopes::bound(node, text).is_empty();
                        node.is_named() && (binds || definitions::read(node, text, language).is_some())
                            || !changes::changes(node, text).is_empty()
                    }
                    Part::Strings => folder.is_string(node) || injections::Injection::read(node, text).is_some(),
                    Part::Calls => Call::read(node, text).is_some(),
                    Part::Words => is_word(node.kind()),
                };
                let missed = Part::ALL.into_iter().find(|part| is(*part) && !part.has(node.kind()));
                assert_eq!(missed, None, "{} of {ending}", node.kind());
                true
            });
        }
    }
}
