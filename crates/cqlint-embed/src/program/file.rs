//! A file of a program: what its own text says, and what was read in it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use cqlint_analysis::Settings;
use cqlint_analysis::drivers::Driver;
use cqlint_analysis::syntax::Span;

use crate::application::Heard;
use crate::file::Found;
use crate::program::index::Names;
use crate::program::page::Page;
use crate::tree::Kept;
use crate::{Language, Source, evidence};

/// A file, and what was read in it.
#[derive(Debug, Default)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) language: Option<Language>,
    pub(crate) trusted: bool,
    /// What it says about drivers and their settings.
    pub(crate) heard: Heard,
    /// Whether it says that the application speaks with another database, too.
    pub(crate) depends_on_other: bool,
    /// Whether there may be statements in its text; else only those that are made of constants of other files.
    pub(crate) is_worth_it: bool,
    /// The driver that it uses, and what is set for that.
    pub(crate) driver: Option<Driver>,
    pub(crate) settings: Settings,
    /// What was found in it, and what it knew of the others then.
    pub(crate) found: Option<Found>,
    pub(crate) names: Names,
    /// The expressions that make the constants that it tells of.
    pub(crate) homes: Vec<Span>,
    /// The files that know some of its constants.
    pub(crate) users: BTreeSet<usize>,
    /// Its syntax tree, when it changed before.
    kept: Option<Kept>,
}

impl File {
    pub(crate) fn new(source: &Source<'_>) -> Self {
        let (path, language) = (source.path.to_path_buf(), Language::of_path(source.path));
        let mut file = Self { path, language, ..Self::default() };
        file.hear(source);
        file
    }

    /// Takes down what its text says of itself. Answers whether the whole application is told something else now.
    pub(crate) fn hear(&mut self, source: &Source<'_>) -> bool {
        // Each of these goes through the whole text.
        let about_others = || (evidence::depends_on_other(source.path, source.text), evidence::is_worth_it(source.text));
        let (heard, (depends_on_other, is_worth_it)) = rayon::join(|| Heard::of(source), about_others);
        let is_news = self.heard != heard || (self.trusted, self.depends_on_other) != (source.trusted, depends_on_other);
        self.is_worth_it = is_worth_it;
        (self.trusted, self.depends_on_other, self.heard) = (source.trusted, depends_on_other, heard);
        is_news
    }

    /// Its new text, with the syntax tree, which is made of the one before.
    pub(crate) fn page<'a>(&mut self, text: &'a str) -> Page<'a> {
        let page = Page::of(text);
        let Some(language) = self.language.filter(|_| self.is_worth_it || self.found.is_some()) else { return page };
        self.kept = Kept::of(text, language, self.kept.take());
        if let Some(kept) = &self.kept {
            page.keep(kept.tree());
        }
        page
    }
}
