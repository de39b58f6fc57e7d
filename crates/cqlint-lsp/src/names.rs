//! The names of a workspace: where each thing is defined, and where it is spoken of, in CQL and in programs.
//!
//! A file is read by itself, so that many can be read at once and one that changes is read again alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Mention, Sense, What, mentions};

use crate::page::Page;

pub(crate) mod rename;
pub(crate) mod spelling;
mod target;

use target::Target;

/// The names in one file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// In the order of their places.
    entries: Vec<Entry>,
    /// Their numbers in the order of the names, so that one is found without looking at all.
    by_name: Vec<u32>,
    /// The numbers of views and copies of tables.
    derived: Vec<u32>,
}

/// A name in a file.
#[derive(Clone, Debug)]
struct Entry {
    /// What it means. Its place is that in the file.
    mention: Mention,
    /// Whether the very bytes of the name stand there. A program may put one together, or take it from elsewhere.
    is_exact: bool,
    /// The line, counted from 1.
    line: u32,
    /// Whether it stands in the source of a program.
    is_in_program: bool,
}

impl Entry {
    /// Whether it is a table that takes its columns from another one.
    fn is_derived(&self) -> bool {
        let Mention { what, sense, owner, .. } = &self.mention;
        what.family() == What::Table && *sense == Sense::Creates && owner.is_some()
    }
}

impl Names {
    /// Reads the names on a page. Examples in documentation define nothing.
    pub(crate) fn of(page: &Page<'_>) -> Self {
        let mut entries = Vec::new();
        for passage in page.passages() {
            let fragment = passage.fragment();
            for mut mention in mentions(passage.text(), &passage.options(page.options)) {
                if fragment.is_some_and(|fragment| fragment.is_example()) {
                    mention.sense = Sense::Uses;
                }
                let exact = passage.exact_host(mention.span);
                mention.span = exact.unwrap_or_else(|| passage.host(mention.span));
                entries.push(Entry { mention, is_exact: exact.is_some(), line: 0, is_in_program: fragment.is_some() });
            }
        }
        entries.sort_by_key(|entry| entry.mention.span);
        number_lines(page.text, &mut entries);
        let name = |at: &u32| entries.get(*at as usize).map(|entry| entry.mention.name.as_str());
        let mut by_name: Vec<u32> = (0..entries.len() as u32).collect();
        by_name.sort_by(|one, other| name(one).cmp(&name(other)));
        let is_derived = |at: &u32| entries.get(*at as usize).is_some_and(Entry::is_derived);
        let derived = by_name.iter().copied().filter(is_derived).collect();
        Self { entries, by_name, derived }
    }

    fn numbered<'n>(&'n self, numbers: &'n [u32]) -> impl Iterator<Item = &'n Entry> {
        numbers.iter().filter_map(|at| self.entries.get(*at as usize))
    }

    /// Those of this name, in the order of their places.
    fn called(&self, name: &str) -> impl Iterator<Item = &Entry> {
        let named = |at: &u32| self.entries.get(*at as usize).map_or("", |entry| entry.mention.name.as_str());
        let from = self.by_name.partition_point(|at| named(at) < name);
        let until = self.by_name.partition_point(|at| named(at) <= name);
        self.numbered(self.by_name.get(from..until).unwrap_or_default())
    }
}

/// Says of each entry on which line it stands. They are in the order of their places.
fn number_lines(text: &str, entries: &mut [Entry]) {
    let (mut line, mut from) = (1, 0);
    for entry in entries {
        let start = entry.mention.span.start as usize;
        let between = text.as_bytes().get(from..start).unwrap_or_default();
        line += between.iter().filter(|byte| **byte == b'\n').count() as u32;
        from = start.max(from);
        entry.line = line;
    }
}

/// The names of all files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    files: BTreeMap<PathBuf, Names>,
}

/// A place where something is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence<'i> {
    /// The file.
    pub(crate) path: &'i Path,
    /// The bytes of the name.
    pub(crate) span: Span,
    /// What the statement does with it.
    pub(crate) sense: Sense,
    /// The line, counted from 1.
    pub(crate) line: u32,
}

/// Whether the places are wanted where a thing is defined, beside those where it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Declarations {
    Included,
    Left,
}

impl Index {
    /// Puts in the names of a file, in place of those that it had.
    pub(crate) fn set(&mut self, path: &Path, names: Names) {
        self.files.insert(path.to_path_buf(), names);
    }

    /// Forgets a file.
    pub(crate) fn remove(&mut self, path: &Path) {
        self.files.remove(path);
    }

    /// What the name at a place means; nothing where no name stands.
    pub(crate) fn mention_at(&self, path: &Path, at: u32) -> Option<&Mention> {
        self.entry_at(path, at).map(|entry| &entry.mention)
    }

    /// Where the thing is defined whose name stands there.
    pub(crate) fn definition(&self, path: &Path, at: u32) -> Vec<Occurrence<'_>> {
        self.mention_at(path, at).map(|mention| self.definitions_of(mention)).unwrap_or_default()
    }

    /// Where the thing is defined that a name means.
    pub(crate) fn definitions_of(&self, mention: &Mention) -> Vec<Occurrence<'_>> {
        let mut found = self.occurrences(mention);
        found.retain(|place| place.sense.defines());
        found
    }

    /// Where it is spoken of.
    pub(crate) fn references(&self, path: &Path, at: u32, declarations: Declarations) -> Vec<Occurrence<'_>> {
        let mut found = self.mention_at(path, at).map(|mention| self.occurrences(mention)).unwrap_or_default();
        found.retain(|place| declarations == Declarations::Included || !place.sense.defines());
        found
    }

    /// The same, on the page where the name stands.
    pub(crate) fn highlights(&self, path: &Path, at: u32) -> Vec<Occurrence<'_>> {
        let mut found = self.references(path, at, Declarations::Included);
        found.retain(|place| place.path == path);
        found
    }

    /// What the definitions say of the thing that a name means.
    pub(crate) fn defining(&self, mention: &Mention) -> Vec<&Mention> {
        let target = Target::new(self, mention);
        self.meeting(&target).map(|(_, entry)| &entry.mention).filter(|mention| mention.sense.defines()).collect()
    }

    /// The names in a file, from first to last.
    pub(crate) fn in_file(&self, path: &Path) -> impl Iterator<Item = &Mention> {
        self.files.get(path).into_iter().flat_map(|names| names.entries.iter().map(|entry| &entry.mention))
    }

    /// All that is defined: each thing with its file, in the order of the files.
    pub(crate) fn definitions(&self) -> impl Iterator<Item = (&Path, &Mention)> {
        self.entries().map(|(path, entry)| (path, &entry.mention)).filter(|(_, mention)| mention.sense.defines())
    }

    /// Where the thing is spoken of that a name means. What a program uses in several statements stands in one place.
    pub(crate) fn occurrences(&self, mention: &Mention) -> Vec<Occurrence<'_>> {
        let target = Target::new(self, mention);
        let mut seen = BTreeSet::new();
        let places = self.meeting(&target).map(|(path, Entry { mention, line, .. })| Occurrence {
            path,
            span: mention.span,
            sense: mention.sense,
            line: *line,
        });
        places.filter(|place| seen.insert((place.path, place.span))).collect()
    }

    fn entry_at(&self, path: &Path, at: u32) -> Option<&Entry> {
        let entries = &self.files.get(path)?.entries;
        let touches = |entry: &&Entry| entry.mention.span.touches(at);
        // Between two names that touch, the later one is meant: what stands behind a cursor.
        entries.iter().filter(touches).max_by_key(|entry| entry.mention.span.start)
    }

    fn entries(&self) -> impl Iterator<Item = (&Path, &Entry)> {
        self.files.iter().flat_map(|(path, names)| names.entries.iter().map(move |entry| (path.as_path(), entry)))
    }

    /// What has this name, of whatever kind.
    fn called<'i, 't>(&'i self, name: &'t str) -> impl Iterator<Item = (&'i Path, &'i Entry)> + use<'i, 't> {
        self.files.iter().flat_map(move |(path, names)| names.called(name).map(move |entry| (path.as_path(), entry)))
    }

    fn meeting<'i, 't>(&'i self, target: &'t Target<'t>) -> impl Iterator<Item = (&'i Path, &'i Entry)> + use<'i, 't> {
        self.called(target.name).filter(|(_, entry)| target.is_met_by(&entry.mention))
    }

    /// What a table takes its columns from, when it is a view of another one or its copy.
    fn sources(&self) -> impl Iterator<Item = &Mention> {
        self.files.values().flat_map(|names| names.numbered(&names.derived)).map(|entry| &entry.mention)
    }
}

#[cfg(test)]
mod tests;
