//! The passes over the files of a program, of all of them or of those that changed: drivers, each file by itself, and with what
//! it knows of the others.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::Application;
use crate::file::{self, Around, Found, Taken};
use crate::program::Program;
use crate::program::file::File;
use crate::program::index::{Entry, Home, Names};
use crate::program::page::Page;
use crate::program::shared;

/// Files that are to be read, by their numbers.
pub(super) type Pages<'a> = BTreeMap<usize, Page<'a>>;

/// What files say when each is read by itself.
pub(super) struct Alone {
    /// Nothing for what is not worth to be read.
    found: BTreeMap<usize, Option<Found>>,
    /// Whether the others are told something else than before.
    is_told: bool,
    /// Whether other names decide now which files without a verb are read.
    pub(super) is_shared: bool,
}

impl Program {
    /// Finds out which driver each file uses, and what is set for it. Answers the files for which that is something else than
    /// before.
    pub(super) fn settle_drivers(&mut self) -> BTreeSet<usize> {
        self.application = Application::new(self.files.iter().map(|file| (file.path.as_path(), &file.heard)));
        self.has_other = self.files.iter().any(|file| file.depends_on_other);
        let mut changed = BTreeSet::new();
        for (number, file) in self.files.iter_mut().enumerate() {
            let driver = self.application.driver(&file.path);
            let settings = driver.map(|driver| self.application.settings(&file.path, driver)).unwrap_or_default();
            if file.language.is_some() && (file.driver != driver || file.settings != settings) {
                (file.driver, file.settings) = (driver, settings);
                changed.insert(number);
            }
        }
        changed
    }

    /// Whether nothing in a file can be taken for CQL.
    pub(super) fn is_doubtful(&self, file: &File) -> bool {
        !file.trusted && (self.has_other || file.driver.is_none())
    }

    /// Reads each file by itself, and takes down what it tells the others.
    pub(super) fn read_alone(&mut self, pages: &Pages<'_>) -> Alone {
        let is_certain = |number: &usize| self.files.get(*number).is_some_and(|file| !self.is_doubtful(file));
        let is_worth_it = |number: &usize| self.files.get(*number).is_some_and(|file| file.is_worth_it);
        let (worth, mut rest): (Vec<usize>, Vec<usize>) = pages.keys().copied().filter(is_certain).partition(is_worth_it);
        let mut found: BTreeMap<usize, Option<Found>> = pages.keys().map(|number| (*number, None)).collect();
        found.par_extend(self.read_each(worth, pages));
        let mut is_shared = false;
        for (number, found) in &found {
            let names = found.as_ref().map(|found| shared::names(&found.told)).unwrap_or_default();
            is_shared |= self.shared.set(*number, names);
        }
        // A file without a verb may use a statement of another one, or define the table for it.
        let words = if rest.is_empty() { None } else { self.shared.words() };
        rest.retain(|number| {
            let text = pages.get(number).map(|page| page.text.as_ref());
            text.zip(words.as_ref()).is_some_and(|(text, words)| words.is_match(text))
        });
        found.par_extend(self.read_each(rest, pages));
        let mut is_told = false;
        for (number, found) in &mut found {
            let Some(file) = self.files.get_mut(*number) else { continue };
            file.homes = found.as_mut().map(|found| std::mem::take(&mut found.homes)).unwrap_or_default();
            is_told |= self.index.set(*number, entry(file, found.as_mut()));
        }
        Alone { found, is_told, is_shared }
    }

    fn read_each(&self, numbers: Vec<usize>, pages: &Pages<'_>) -> impl ParallelIterator<Item = (usize, Option<Found>)> {
        let read = |number| read(self.files.get(number)?, pages.get(&number)?, &Names::new());
        numbers.into_par_iter().map(move |number| (number, read(number)))
    }

    /// The files that have to be read with what they know of the others, as they know something else than when they were read.
    pub(super) fn new_names(&self, alone: &Alone) -> BTreeMap<usize, Names> {
        let numbers: Vec<usize> =
            if alone.is_told { (0..self.files.len()).collect() } else { alone.found.keys().copied().collect() };
        let news = numbers.into_par_iter().filter_map(|number| {
            let names = self.index.names(number);
            let is_known =
                if alone.found.contains_key(&number) { names.is_empty() } else { names == self.files.get(number)?.names };
            (!is_known).then_some((number, names))
        });
        news.collect()
    }

    /// Reads files with what they know of the others, and takes down what was found in all of them. Answers the files that may
    /// have other CQL now.
    pub(super) fn read_together(&mut self, pages: &Pages<'_>, alone: Alone, names: BTreeMap<usize, Names>) -> BTreeSet<usize> {
        let single = alone.found.into_iter().filter(|(number, _)| !names.contains_key(number));
        let single: Vec<_> = single.map(|(number, found)| (number, found, Names::new())).collect();
        let again = names.into_par_iter().filter_map(|(number, names)| {
            let found = read(self.files.get(number)?, pages.get(&number)?, &names);
            Some((number, found, names))
        });
        let again: Vec<_> = again.collect();
        let mut changed = BTreeSet::new();
        for (number, found, names) in single.into_iter().chain(again) {
            self.put(number, found, names, &mut changed);
        }
        changed
    }

    /// Takes down what was found in a file, and which files have other CQL because of that.
    fn put(&mut self, number: usize, found: Option<Found>, names: Names, changed: &mut BTreeSet<usize>) {
        changed.insert(number);
        let Some(file) = self.files.get_mut(number) else { return };
        let before = std::mem::replace(&mut file.found, found);
        let known = std::mem::replace(&mut file.names, names);
        let owners = |names: &Names| names.values().map(|outside| outside.home.file).collect::<BTreeSet<_>>();
        let (no_more, owners) = (owners(&known), owners(&file.names));
        let is_touched = |owner: &&usize| uses(before.as_ref(), **owner) != uses(file.found.as_ref(), **owner);
        changed.extend(no_more.union(&owners).filter(is_touched));
        for owner in no_more.union(&owners) {
            let Some(file) = self.files.get_mut(*owner) else { continue };
            if owners.contains(owner) {
                file.users.insert(number)
            } else {
                file.users.remove(&number)
            };
        }
    }
}

/// What a file does with the constants of another one.
fn uses(found: Option<&Found>, owner: usize) -> (Vec<&Taken>, Vec<&Home>) {
    let taken = found.iter().flat_map(|found| &found.taken).filter(|taken| taken.home.file == owner).collect();
    let used = found.iter().flat_map(|found| &found.used).filter(|home| home.file == owner).collect();
    (taken, used)
}

/// Reads a file of which something is known of the others. Its syntax tree is kept when it may know more of them soon.
fn read(file: &File, page: &Page<'_>, names: &Names) -> Option<Found> {
    let around = Around { names, driver: file.driver, settings: &file.settings };
    let language = file.language?;
    let tree = page.tree(language);
    let found = file::read(&page.text, language, tree.as_deref(), &around);
    if let Some(tree) = tree.filter(|_| !found.told.wanted.is_empty()) {
        page.keep(tree);
    }
    Some(found)
}

/// What was told when a file was read.
fn entry(file: &File, found: Option<&mut Found>) -> Option<Entry> {
    Some(Entry { path: file.path.clone(), language: file.language?, told: std::mem::take(&mut found?.told) })
}
