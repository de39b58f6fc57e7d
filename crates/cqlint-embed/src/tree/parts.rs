//! Which nodes of a tree somebody looks at. Most of a tree is of no interest to anybody, and to ask each node again what it is
//! would be most of the time that a file takes: the kinds are asked, once.

use crate::injections;
use crate::sites::Call;
use crate::strings::{changes, definitions, fold, scopes};

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
    /// Every node.
    All = 16,
}

impl Part {
    const EACH: [Self; 5] = [Self::Names, Self::Strings, Self::Calls, Self::Words, Self::All];

    /// Whether nodes of the kind may have to do with it.
    fn has(self, kind: &str) -> bool {
        match self {
            Part::Names => scopes::is_scope(kind) || scopes::binds(kind) || definitions::defines(kind) || changes::may_change(kind),
            Part::Strings => fold::makes_string(kind) || injections::may_be(kind),
            Part::Calls => Call::is_kind(kind),
            Part::Words => is_word(kind),
            Part::All => true,
        }
    }
}

/// All that look at nodes of a kind, as bits.
pub(super) fn of(kind: &str) -> u8 {
    Part::EACH.into_iter().filter(|part| part.has(kind)).fold(0, |parts, part| parts | part as u8)
}

/// Whether a node of the kind may be a name. PHP's `$name` has one in it.
fn is_word(kind: &str) -> bool {
    kind.ends_with("identifier") || matches!(kind, "variable_name" | "name")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::Language;
    use crate::strings::constants::Constants;
    use crate::strings::fold::Folder;
    use crate::tree::Tree;

    macro_rules! samples {
        ($($ending:literal),*) => {
            [$(($ending, include_str!(concat!("../../../../tests/embed/statements.", $ending)))),*]
        };
    }

    /// The endings of files, and what stands in them.
    pub(in crate::tree) const SAMPLES: [(&str, &str); 11] =
        samples!["cpp", "cs", "go", "java", "js", "kt", "php", "py", "rs", "scala", "ts"];

    /// Every node that a part has something to do with is of one of its kinds.
    #[test]
    fn no_kind_is_missing() {
        for (ending, text) in SAMPLES {
            let parsed = Language::of_ending(ending).and_then(|language| Some((language, Tree::parse(text, language)?)));
            // Left out of this build.
            let Some((language, tree)) = parsed else { continue };
            let nothing = Default::default();
            let folder = Folder::new(text, language, Constants::read(&tree, text, language), &nothing);
            tree.visit(Part::All, &mut |node| {
                let is = |part: Part| match part {
                    Part::Names => {
                        let binds = !scopes::bound(node, text).is_empty();
                        node.is_named() && (binds || definitions::read(node, text, language).is_some())
                            || !changes::changes(node, text).is_empty()
                    }
                    Part::Strings => folder.is_string(node) || injections::Injection::read(node, text).is_some(),
                    Part::Calls => Call::read(node, text).is_some(),
                    Part::Words => is_word(node.kind()),
                    Part::All => true,
                };
                let missed = Part::EACH.into_iter().find(|part| is(*part) && !part.has(node.kind()));
                assert_eq!(missed, None, "{} of {ending}", node.kind());
                true
            });
        }
    }
}
