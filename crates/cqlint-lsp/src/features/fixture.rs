//! Pages for tests: `$0` in a text is where the cursor stands.

use std::path::Path;

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Analyzer, Diagnostic, Level, Options, Reasons, Schema, Suppressions};
use cqlint_embed::Source;
use cqlint_project::{HostFile, HostProgram, HostReader, HostText, Trust};

use crate::page::Page;

/// Finds nothing in programs.
pub(crate) struct NoHosts;

impl HostReader for NoHosts {
    fn reads(&self, _: &Path) -> bool {
        false
    }

    fn finds_cql(&self, _: &Path) -> bool {
        false
    }

    fn is_template(&self, _: &Path) -> bool {
        false
    }

    fn trust(&self, _: &Path, _: &str) -> Trust {
        Trust::Nothing
    }

    fn comment(&self, _: &Path) -> Option<&'static str> {
        None
    }

    fn adds_only_comments(&self, _: &Path, _: &str, _: &str, _: &[Span]) -> bool {
        false
    }

    fn read(&self, files: &[HostText<'_>]) -> Vec<HostFile> {
        vec![HostFile::default(); files.len()]
    }

    fn follow(&self, _: &[HostText<'_>]) -> Box<dyn HostProgram> {
        unreachable!("no file is read as a program")
    }
}

/// Shows a page, as a file of this name would be, with the tables that `schema` defines and those of the page itself.
pub(crate) fn with_page<T>(name: &str, text: &str, schema: &str, look: impl FnOnce(&Page<'_>, u32) -> T) -> T {
    let at = text.find("$0").unwrap_or(text.len());
    let text = text.replacen("$0", "", 1);
    let path = Path::new(name);
    let fragments = cqlint_embed::reads(path).then(|| cqlint_embed::read(&[Source { path, text: &text, trusted: true }]).remove(0));
    let fragments = fragments.filter(|_| !name.ends_with(".cql"));
    let own = if fragments.is_none() { text.as_str() } else { "" };
    let schema = Schema::from_text(&format!("{schema}\n;{own}"));
    let options = Options { schema: Some(&schema), ..Options::default() };
    look(&Page { path, text: &text, fragments: fragments.as_deref(), options: &options }, at as u32)
}

/// The files of the corpus of statements that some dialect accepts.
pub(crate) fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/accepted");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let texts: Vec<_> = files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect();
    assert!(texts.len() >= 18, "the corpus is found");
    texts
}

/// What is found on a page when nothing is configured.
pub(crate) fn findings(page: &Page<'_>) -> Vec<Diagnostic> {
    let mut analyzer = Analyzer::new(page.options.dialects);
    let mut found = Vec::new();
    let mut suppressions = match page.fragments {
        None => Suppressions::of_cql(page.text, page.options.dialects, Reasons::Needed),
        Some(fragments) => Suppressions::of_program(page.text, fragments, Reasons::Needed),
    };
    match page.fragments {
        None => {
            for statement in analyzer.statements(page.text, page.options) {
                found.extend(suppressions.statement(&statement, page.text, page.options));
            }
        }
        Some(fragments) => {
            for fragment in fragments {
                let mut analysis = analyzer.fragment(fragment, page.options);
                found.extend(suppressions.fragment(fragment, &mut analysis, page.options));
            }
        }
    }
    found.extend(suppressions.findings(page.options));
    found.retain(|finding| finding.level != Level::Off);
    found
}
