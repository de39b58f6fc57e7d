//! All files of a program: each is read by itself, and once more when it needs a constant of another one. When one of them
//! changes, only it and those are read again that know something else of the others now.

mod file;
mod page;
mod passes;
mod shared;

pub(crate) mod imports;
pub(crate) mod index;
pub(crate) mod outside;

use std::collections::BTreeSet;

use cqlint_analysis::Fragment;
use cqlint_analysis::syntax::Span;
use rayon::prelude::*;

use crate::program::file::File;
use crate::program::index::{Home, Index};
use crate::program::page::Page;
use crate::program::passes::Pages;
use crate::program::shared::Shared;
use crate::strings::holes;
use crate::{Application, Source};

/// How many other files are read again at once because one of them changed.
const MOST: usize = 32;

/// The files of a program, and the CQL in each of them, as far as they know of each other.
///
/// ```
/// use std::path::Path;
///
/// use cqlint_embed::{Changed, Program, Source};
///
/// let source = |text| Source { path: Path::new("rooms.go"), text, trusted: true };
/// let mut program = Program::new(&[source(r#"const rooms = "SELECT * FROM rooms""#)]);
/// assert_eq!(program.fragments(0)[0].text(), "SELECT * FROM rooms");
///
/// let changed = program.change(0, &source(r#"const rooms = "SELECT name FROM rooms""#), &|_| None);
/// assert_eq!(changed, Changed::Files(vec![0]));
/// assert_eq!(program.fragments(0)[0].text(), "SELECT name FROM rooms");
/// ```
#[derive(Debug, Default)]
pub struct Program {
    files: Vec<File>,
    application: Application,
    /// Whether the application speaks with another database, too.
    has_other: bool,
    index: Index,
    shared: Shared,
}

/// What the change of one file changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The CQL of these files may be different now: of the changed one, which is the first, and of those that know of it.
    Files(Vec<usize>),
    /// The CQL of any file may be different now, as what all of them share changed, or too many know of the file. That of the
    /// changed file is what it is by what was known of the others; to know all, make a new [`Program`].
    Everything,
}

/// The CQL in each of the files of a program, which know of each other's constants. They are read on all threads of the pool
/// at hand; a file that needs a constant of another one is read twice.
#[must_use]
pub fn read(sources: &[Source<'_>]) -> Vec<Vec<Fragment>> {
    let program = Program::new(sources);
    (0..sources.len()).map(|number| program.fragments(number)).collect()
}

impl Program {
    /// Reads all files, on all threads of the pool at hand.
    #[must_use]
    pub fn new(sources: &[Source<'_>]) -> Self {
        let mut program = Self { files: sources.par_iter().map(File::new).collect(), ..Self::default() };
        program.settle_drivers();
        let pages = sources.iter().map(|source| Page::of(source.text)).enumerate().collect();
        let alone = program.read_alone(&pages);
        let names = program.new_names(&alone);
        program.read_together(&pages, alone, names);
        program
    }

    /// The CQL in a file; none when there is no file with that number.
    #[must_use]
    pub fn fragments(&self, number: usize) -> Vec<Fragment> {
        let read = |number: usize| Some((self.files.get(number)?, self.files.get(number)?.found.as_ref()?));
        let Some((file, found)) = read(number) else { return Vec::new() };
        let (mut fragments, mut templates) = (found.fragments.clone(), found.templates.clone());
        let place = |home: &Home| if home.file == number { file.homes.get(home.export).copied() } else { None };
        let users = || file.users.iter().filter_map(|user| Some(read(*user)?.1));
        for taken in users().flat_map(|user| &user.taken) {
            let Some(home) = place(&taken.home) else { continue };
            if let Some(template) = templates.iter().position(|template| template.home() == home) {
                fragments.push(templates.swap_remove(template));
            }
            let own = fragments.iter_mut().find(|fragment| fragment.home() == home);
            own.into_iter().for_each(|own| own.add_sites_elsewhere(taken.sites.clone()));
        }
        // What is only the template of statements in other files is none itself.
        let used: BTreeSet<Span> = users().flat_map(|user| user.used.iter().filter_map(place)).collect();
        fragments.retain(|fragment| {
            let is_template = used.contains(&fragment.home()) && holes::has_hole(fragment.text());
            !is_template && (file.trusted || fragment.is_taken())
        });
        fragments
    }

    /// Reads a file again, as its text changed, and the other files that know something else now. `text_of` answers the text
    /// of any of these.
    ///
    /// A file keeps its path; with another one it is another file of another program.
    pub fn change(&mut self, number: usize, source: &Source<'_>, text_of: &dyn Fn(usize) -> Option<String>) -> Changed {
        let Some(file) = self.files.get_mut(number).filter(|file| file.path == source.path) else {
            return Changed::Everything;
        };
        let (is_news, had_other) = (file.hear(source), self.has_other);
        let others = if is_news { self.settle_drivers() } else { BTreeSet::new() };
        let mut pages = Pages::new();
        pages.extend(self.page(number, source.text));
        let mut is_all = open(&mut pages, &others, text_of) && self.has_other == had_other;
        let alone = self.read_alone(&pages);
        is_all &= !alone.is_shared || !self.waits(number);
        let names = self.new_names(&alone);
        is_all &= open(&mut pages, names.keys(), text_of);
        let changed = self.read_together(&pages, alone, names);
        let others = changed.into_iter().filter(|other| *other != number);
        if is_all { Changed::Files(std::iter::once(number).chain(others).collect()) } else { Changed::Everything }
    }

    /// The new text of a file.
    fn page<'a>(&mut self, number: usize, text: &'a str) -> Option<(usize, Page<'a>)> {
        let is_doubtful = self.is_doubtful(self.files.get(number)?);
        let file = self.files.get_mut(number)?;
        Some((number, if is_doubtful { Page::of(text) } else { file.page(text) }))
    }

    /// Whether some other file is read only if it has to do with the statements of others.
    fn waits(&self, number: usize) -> bool {
        let waits = |file: &File| file.language.is_some() && !file.is_worth_it && !self.is_doubtful(file);
        self.files.iter().enumerate().any(|(other, file)| other != number && waits(file))
    }
}

/// Gets the texts of more files. Answers whether all of them are there.
fn open<'a>(
    pages: &mut Pages<'_>,
    numbers: impl IntoIterator<Item = &'a usize>,
    text_of: &dyn Fn(usize) -> Option<String>,
) -> bool {
    let numbers: Vec<usize> = numbers.into_iter().copied().filter(|number| !pages.contains_key(number)).collect();
    if numbers.len() > MOST {
        return false;
    }
    let texts: Vec<_> = numbers.iter().filter_map(|number| Some((*number, Page::of(text_of(*number)?)))).collect();
    let is_all = texts.len() == numbers.len();
    pages.extend(texts);
    is_all
}
