//! Introduces who reads files to who finds CQL in the files of programs.

use std::path::Path;

use cqlint_analysis::syntax::Span;
use cqlint_embed::{Evidence, Language, Source};
use cqlint_project::{HostFile, HostReader, HostText, Trust};

/// CQL in the files of programs.
pub(crate) struct Embedded;

impl HostReader for Embedded {
    fn reads(&self, path: &Path) -> bool {
        cqlint_embed::reads(path)
    }

    fn finds_cql(&self, path: &Path) -> bool {
        Language::of_path(path).is_some()
    }

    fn is_template(&self, path: &Path) -> bool {
        Language::of_path(path) == Some(Language::Template)
    }

    fn trust(&self, path: &Path, text: &str) -> Trust {
        match Evidence::of(path, text) {
            Evidence::Driver => Trust::Driver,
            Evidence::Itself => Trust::Itself,
            Evidence::Nothing => Trust::Nothing,
            Evidence::Unknown => Trust::Unknown,
        }
    }

    fn comment(&self, path: &Path) -> Option<&'static str> {
        Language::of_path(path).map(Language::comment)
    }

    fn adds_only_comments(&self, path: &Path, old: &str, new: &str, added: &[Span]) -> bool {
        Language::of_path(path).is_some_and(|language| cqlint_embed::adds_only_comments(old, new, language, added))
    }

    fn read(&self, files: &[HostText<'_>]) -> Vec<HostFile> {
        let sources: Vec<_> = files.iter().map(|file| Source { path: file.path, text: file.text, trusted: file.trusted }).collect();
        let found = cqlint_embed::read(&sources).into_iter();
        let calls = cqlint_embed::query_builder_calls(&sources);
        found.zip(calls).map(|(fragments, builder_calls)| HostFile { fragments, builder_calls }).collect()
    }
}
