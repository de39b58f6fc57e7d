//! Introduces who reads files to who finds CQL in the files of programs.

use std::path::Path;

use cqlint_analysis::syntax::Span;
use cqlint_embed::{Evidence, Language, Source};
use cqlint_project::{HostChange, HostFile, HostProgram, HostReader, HostText, Trust};

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

    fn follow(&self, files: &[HostText<'_>]) -> Box<dyn HostProgram> {
        let owned = |file: &HostText<'_>| (file.path.to_path_buf(), file.text.to_owned(), file.trusted);
        let found = self.read(files);
        Box::new(Program { files: files.iter().map(owned).collect(), found })
    }
}

struct Program {
    files: Vec<(std::path::PathBuf, String, bool)>,
    found: Vec<HostFile>,
}

impl HostProgram for Program {
    fn file(&self, number: usize) -> HostFile {
        self.found.get(number).cloned().unwrap_or_default()
    }

    fn change(&mut self, number: usize, file: &HostText<'_>, _: &dyn Fn(usize) -> Option<String>) -> HostChange {
        if let Some((_, text, _)) = self.files.get_mut(number) {
            *text = file.text.to_owned();
        }
        let texts: Vec<_> = self.files.iter().map(|(path, text, trusted)| HostText { path, text, trusted: *trusted }).collect();
        self.found = Embedded.read(&texts);
        HostChange::Files(std::iter::once(number).chain(0..self.files.len()).collect())
    }
}
