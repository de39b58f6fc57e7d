//! The host languages: by which endings their files are known, and who parses them.

use std::path::Path;

/// A language that CQL is embedded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// `.c`, `.h`, `.cc`, `.cpp`, `.cxx`, `.hpp`, `.hh`, `.hxx`, `.ipp`: C and C++
    Cpp,
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
    /// `.md`, `.markdown`, `.mdx`: the fences in it that are CQL
    Markdown,
    /// `.php`
    Php,
    /// `.py`, `.pyi`
    Python,
    /// `.rs`
    Rust,
    /// `.scala`, `.sc`
    Scala,
    /// `.cql.tmpl`, `.cql.j2` and the like: CQL that is completed before it is executed
    Template,
    /// `.ts`, `.mts`, `.cts`
    TypeScript,
    /// `.tsx`
    Tsx,
}

/// The ending of a file, without its dot, and its language.
const ENDINGS: &[(&str, Language)] = &[
    ("c", Language::Cpp),
    ("h", Language::Cpp),
    ("cc", Language::Cpp),
    ("cpp", Language::Cpp),
    ("cxx", Language::Cpp),
    ("hpp", Language::Cpp),
    ("hh", Language::Cpp),
    ("hxx", Language::Cpp),
    ("ipp", Language::Cpp),
    ("cs", Language::CSharp),
    ("go", Language::Go),
    ("java", Language::Java),
    ("js", Language::JavaScript),
    ("jsx", Language::JavaScript),
    ("mjs", Language::JavaScript),
    ("cjs", Language::JavaScript),
    ("kt", Language::Kotlin),
    ("kts", Language::Kotlin),
    ("md", Language::Markdown),
    ("markdown", Language::Markdown),
    ("mdx", Language::Markdown),
    ("php", Language::Php),
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

/// The endings of files of CQL.
const CQL: [&str; 2] = ["cql", "cqlsh"];

/// What stands behind them when the file is a template.
const TEMPLATES: [&str; 11] = ["tmpl", "tpl", "template", "gotmpl", "j2", "jinja", "jinja2", "mustache", "hbs", "erb", "in"];

impl Language {
    /// The language of the file with this name, when this build reads it. A file of CQL may be a template, too: whether it
    /// is one, its text says.
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use cqlint_embed::Language;
    ///
    /// assert_eq!(Language::of_path(Path::new("schema/v004.cql.tmpl")), Some(Language::Template));
    /// assert_eq!(Language::of_path(Path::new("page.tmpl")), None);
    /// ```
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        // Kotlin that builds programs holds no CQL.
        if name == "build.gradle.kts" {
            return None;
        }
        let (stem, ending) = name.rsplit_once('.')?;
        let cql = if TEMPLATES.contains(&ending) { stem.rsplit_once('.')?.1 } else { ending };
        if CQL.contains(&cql) { Some(Self::Template) } else { Self::of_ending(ending) }
    }

    /// Whether files with this name are CQL, unless their text says that it is completed before.
    pub(crate) fn is_cql(path: &Path) -> bool {
        path.extension().is_some_and(|ending| CQL.iter().any(|known| ending.eq_ignore_ascii_case(known)))
    }

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
        language.is_built_in().then_some(*language)
    }

    /// The endings of all languages that this build reads.
    pub fn endings() -> impl Iterator<Item = &'static str> {
        ENDINGS.iter().filter(|(_, language)| language.is_built_in()).map(|(ending, _)| *ending)
    }

    /// Who parses it, if this build reads it.
    pub(crate) fn parser(self) -> Option<tree_sitter::Parser> {
        let mut parser = tree_sitter::Parser::new();
        parser.set_language(&self.grammar()?).ok()?;
        Some(parser)
    }

    /// Whether this build reads it.
    fn is_built_in(self) -> bool {
        matches!(self, Language::Markdown | Language::Template) || self.grammar().is_some()
    }

    pub(crate) fn grammar(self) -> Option<tree_sitter::Language> {
        match self {
            #[cfg(feature = "c-sharp")]
            Language::CSharp => Some(tree_sitter_c_sharp::LANGUAGE.into()),
            #[cfg(feature = "cpp")]
            Language::Cpp => Some(tree_sitter_cpp::LANGUAGE.into()),
            #[cfg(feature = "go")]
            Language::Go => Some(tree_sitter_go::LANGUAGE.into()),
            #[cfg(feature = "java")]
            Language::Java => Some(tree_sitter_java::LANGUAGE.into()),
            #[cfg(feature = "javascript")]
            Language::JavaScript => Some(tree_sitter_javascript::LANGUAGE.into()),
            #[cfg(feature = "kotlin")]
            Language::Kotlin => Some(tree_sitter_kotlin_ng::LANGUAGE.into()),
            #[cfg(feature = "php")]
            Language::Php => Some(tree_sitter_php::LANGUAGE_PHP.into()),
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
