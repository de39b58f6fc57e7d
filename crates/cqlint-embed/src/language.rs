//! The host languages: by which endings their files are known, and who parses them.

use tree_sitter::Tree;

/// A language that CQL is embedded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// `.cs`
    CSharp,
    /// `.go`
    Go,
    /// `.java`
    Java,
    /// `.js`, `.jsx`, `.mjs`, `.cjs`
    JavaScript,
    /// `.kt`, `.kts`
    Kotlin,
    /// `.py`, `.pyi`
    Python,
    /// `.rs`
    Rust,
    /// `.scala`, `.sc`
    Scala,
    /// `.ts`, `.mts`, `.cts`
    TypeScript,
    /// `.tsx`
    Tsx,
}

/// The ending of a file, without its dot, and its language.
const ENDINGS: &[(&str, Language)] = &[
    ("cs", Language::CSharp),
    ("go", Language::Go),
    ("java", Language::Java),
    ("js", Language::JavaScript),
    ("jsx", Language::JavaScript),
    ("mjs", Language::JavaScript),
    ("cjs", Language::JavaScript),
    ("kt", Language::Kotlin),
    ("kts", Language::Kotlin),
    ("py", Language::Python),
    ("pyi", Language::Python),
    ("rs", Language::Rust),
    ("scala", Language::Scala),
    ("sc", Language::Scala),
    ("ts", Language::TypeScript),
    ("mts", Language::TypeScript),
    ("cts", Language::TypeScript),
    ("tsx", Language::Tsx),
];

impl Language {
    /// The language of files with this ending, when this build reads it.
    ///
    /// ```
    /// use cqlint_embed::Language;
    ///
    /// assert_eq!(Language::of_ending("go"), Some(Language::Go));
    /// assert_eq!(Language::of_ending("cql"), None);
    /// ```
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        let (_, language) = ENDINGS.iter().find(|(known, _)| *known == ending)?;
        language.grammar().map(|_| *language)
    }

    /// The endings of all languages that this build reads.
    pub fn endings() -> impl Iterator<Item = &'static str> {
        ENDINGS.iter().filter(|(_, language)| language.grammar().is_some()).map(|(ending, _)| *ending)
    }

    /// The syntax tree of a text. Whatever is broken in it, there is one.
    pub(crate) fn parse(self, text: &str) -> Option<Tree> {
        let mut parser = tree_sitter::Parser::new();
        parser.set_language(&self.grammar()?).ok()?;
        parser.parse(text, None)
    }

    fn grammar(self) -> Option<tree_sitter::Language> {
        match self {
            #[cfg(feature = "c-sharp")]
            Language::CSharp => Some(tree_sitter_c_sharp::LANGUAGE.into()),
            #[cfg(feature = "go")]
            Language::Go => Some(tree_sitter_go::LANGUAGE.into()),
            #[cfg(feature = "java")]
            Language::Java => Some(tree_sitter_java::LANGUAGE.into()),
            #[cfg(feature = "javascript")]
            Language::JavaScript => Some(tree_sitter_javascript::LANGUAGE.into()),
            #[cfg(feature = "kotlin")]
            Language::Kotlin => Some(tree_sitter_kotlin_ng::LANGUAGE.into()),
            #[cfg(feature = "python")]
            Language::Python => Some(tree_sitter_python::LANGUAGE.into()),
            #[cfg(feature = "rust")]
            Language::Rust => Some(tree_sitter_rust::LANGUAGE.into()),
            #[cfg(feature = "scala")]
            Language::Scala => Some(tree_sitter_scala::LANGUAGE.into()),
            #[cfg(feature = "typescript")]
            Language::TypeScript => Some(tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into()),
            #[cfg(feature = "typescript")]
            Language::Tsx => Some(tree_sitter_typescript::LANGUAGE_TSX.into()),
            // Left out of this build.
            #[allow(unreachable_patterns, reason = "with all features nothing is left out")]
            _ => None,
        }
    }
}
