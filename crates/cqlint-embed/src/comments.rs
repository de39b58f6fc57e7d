//! Comments that are written into a program: they may change nothing else.

use std::collections::BTreeSet;

use cqlint_analysis::Fragment;
use cqlint_analysis::syntax::{Lexer, Span, Token, print};

use crate::tree::{Part, Tree};
use crate::{Language, fragments};

impl Language {
    /// What begins a comment that ends with its line. In documents and templates it is one of CQL.
    #[must_use]
    pub fn comment(self) -> &'static str {
        match self {
            Language::Python => "#",
            Language::Markdown | Language::Template => "--",
            Language::Cpp
            | Language::CSharp
            | Language::Go
            | Language::Java
            | Language::JavaScript
            | Language::Kotlin
            | Language::Php
            | Language::Rust
            | Language::Scala
            | Language::TypeScript
            | Language::Tsx => "//",
        }
    }
}

/// Whether `new` is the same program as `old` with comments at these places: each is one, no other token differs, and the same
/// CQL is found.
///
/// ```
/// use cqlint_analysis::syntax::Span;
/// use cqlint_embed::{adds_only_comments, Language};
///
/// let old = "a = 1\n'''\nb\n'''\n";
/// let adds = |new, start, end| adds_only_comments(old, new, Language::Python, &[Span::new(start, end)]);
/// assert!(adds("# c\na = 1\n'''\nb\n'''\n", 0, 3));
/// assert!(!adds("a = 1\n'''\n# c\nb\n'''\n", 10, 13));
/// ```
#[must_use]
pub fn adds_only_comments(old: &str, new: &str, language: Language, added: &[Span]) -> bool {
    let said = |text: &str| fragments(text, language).iter().map(in_one_line).collect::<Vec<_>>();
    let is_same_code = match (Code::read(old, language), Code::read(new, language)) {
        (Some(before), Some(after)) => {
            before.tokens == after.tokens && added.iter().all(|span| after.comments.contains(&span.start))
        }
        // What is no program has no other code.
        (before, after) => before.is_none() && after.is_none(),
    };
    is_same_code && said(old) == said(new)
}

fn in_one_line(fragment: &Fragment) -> String {
    let tokens: Vec<Token> = Lexer::new(fragment.text()).collect();
    print(fragment.text(), &tokens)
}

/// What a program is made of.
struct Code<'t> {
    tokens: Vec<(&'static str, &'t str)>,
    /// Where comments begin.
    comments: BTreeSet<u32>,
}

impl<'t> Code<'t> {
    fn read(text: &'t str, language: Language) -> Option<Self> {
        let tree = Tree::parse(text, language)?;
        let mut code = Self { tokens: Vec::new(), comments: BTreeSet::new() };
        tree.visit(Part::All, &mut |node| {
            if node.kind().contains("comment") {
                code.comments.insert(node.start_byte() as u32);
                return false;
            }
            if node.children().next().is_none() {
                code.tokens.push((node.kind(), text.get(node.byte_range()).unwrap_or_default()));
            }
            true
        });
        Some(code)
    }
}
