//! Introduces who reads files to who finds CQL in the files of programs.

use std::path::Path;

use cqlint_analysis::syntax::Span;
use cqlint_embed::{Changed, Evidence, Language, Program, Source};
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
        let sources: Vec<_> = files.iter().map(source).collect();
        let found = cqlint_embed::read(&sources).into_iter();
        let calls = cqlint_embed::query_builder_calls(&sources);
        found.zip(calls).map(|(fragments, builder_calls)| HostFile { fragments, builder_calls }).collect()
    }

    fn follow(&self, files: &[HostText<'_>]) -> Box<dyn HostProgram> {
        let sources: Vec<_> = files.iter().map(source).collect();
        Box::new(Followed { builder_calls: cqlint_embed::query_builder_calls(&sources), program: Program::new(&sources) })
    }
}

/// The files of programs, while they change.
struct Followed {
    program: Program,
    builder_calls: Vec<usize>,
}

impl HostProgram for Followed {
    fn file(&self, number: usize) -> HostFile {
        let builder_calls = self.builder_calls.get(number).copied().unwrap_or_default();
        HostFile { fragments: self.program.fragments(number), builder_calls }
    }

    fn change(&mut self, number: usize, file: &HostText<'_>, text_of: &dyn Fn(usize) -> Option<String>) -> HostChange {
        match self.program.change(number, &source(file), text_of) {
            Changed::Files(files) => HostChange::Files(files),
            Changed::Everything => HostChange::Everything,
        }
    }
}

fn source<'a>(file: &HostText<'a>) -> Source<'a> {
    Source { path: file.path, text: file.text, trusted: file.trusted }
}
