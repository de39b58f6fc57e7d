//! Finds the files to read: those that are named, and those with the right ending in folders that are named.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::Problem;
use crate::configuration::{Lookup, Passage};
use crate::gitignore::Patterns;
use crate::host::is_test;
use crate::order::compare;

/// The endings of the files that a folder stands for. A file that is named itself may have any.
pub const ENDINGS: [&str; 2] = ["cql", "cqlsh"];

/// Whether files that git ignores are passed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ignoring {
    /// They are.
    #[default]
    Honoured,
    /// They are read like any other.
    Disregarded,
}

/// What a file with another ending is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It may hold CQL.
    Cql,
    /// It only says something about others.
    Evidence,
    /// For nothing.
    None,
}

/// What is looked for in folders.
pub(crate) struct Search<'a> {
    /// Whether files that git ignores are passed over.
    pub(crate) ignoring: Ignoring,
    /// What files with other endings are read for.
    pub(crate) purpose: &'a dyn Fn(&Path) -> Purpose,
    /// Who knows what is configured to be passed over.
    pub(crate) lookup: Option<&'a mut Lookup>,
}

/// What a search found, sorted by path, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// The files; `-` for standard input.
    pub(crate) files: Vec<PathBuf>,
    /// Paths that lead nowhere.
    pub(crate) problems: Vec<Problem>,
    /// Links were followed, so one file may have several paths.
    links: bool,
}

/// Finds the files that `paths` stand for, and in folders those with other names that somebody reads. `-` is standard input.
pub(crate) fn find(paths: &[PathBuf], mut search: Search<'_>) -> Found {
    let mut found = Found::default();
    for path in paths {
        if path == Path::new("-") {
            found.files.push(path.clone());
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, &mut search, &mut found),
            Ok(_) => found.files.push(path.clone()),
            Err(error) => found.problems.push(unreachable(path, &error)),
        }
    }
    if paths.len() > 1 || found.links {
        remove_doubles(&mut found.files);
    }
    found.files.sort_by(|left, right| compare(left, right));
    found.problems.sort_by(|left, right| compare(Path::new(&left.path), Path::new(&right.path)));
    found
}

/// The path in its one true form, where there is one.
pub(crate) fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

fn unreachable(path: &Path, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound if fs::symlink_metadata(path).is_ok() => {
            Problem::failed(path, "is a link to something that does not exist", "mend or remove the link")
        }
        io::ErrorKind::NotFound => {
            Problem::failed(path, "no such file or folder", "check the spelling and the folder that you are in")
        }
        io::ErrorKind::PermissionDenied => {
            Problem::failed(path, format!("cannot be read: {error}"), "check its permissions and those of its folders")
        }
        _ => Problem::failed(path, format!("cannot be read: {error}"), "see what the path leads to with `ls -l`"),
    }
}

fn walk(root: &Path, search: &mut Search<'_>, found: &mut Found) {
    let mut patterns = (search.ignoring == Ignoring::Honoured).then(|| Patterns::above(root));
    let mut followed = HashSet::new();
    let mut entries = WalkDir::new(root).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.problems.extend(trouble(&error, patterns.as_ref(), root));
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
        if let Some(patterns) = &mut patterns {
            patterns.leave(entry.depth());
        }
        if entry.depth() > 0 {
            let ignored = patterns.as_ref().is_some_and(|patterns| patterns.ignore(below, is_folder));
            let wanted = !ignored && !is_hidden(&entry) && search.wants(&entry, below);
            let again = wanted && is_folder && entry.path_is_symlink() && !followed.insert(canonical(entry.path()));
            if is_folder && (!wanted || again) {
                entries.skip_current_dir();
            }
            if !wanted || again {
                continue;
            }
            found.links |= entry.path_is_symlink();
        }
        if !is_folder {
            found.files.push(entry.path().to_path_buf());
        } else if let Some(patterns) = &mut patterns {
            patterns.enter(below, entry.depth());
        }
    }
}

/// Whether a walk from `root` would come to this path: to a file that is read, or to a folder. The path need not exist any more.
pub(crate) fn is_wanted(root: &Path, path: &Path, ignoring: Ignoring, reads: &dyn Fn(&Path) -> bool) -> bool {
    let Ok(below) = path.strip_prefix(root) else { return false };
    // What is gone was a folder, as far as its name tells.
    let is_folder = path.is_dir() || path.extension().is_none() && !path.exists();
    let is_hidden = below.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
    if is_hidden || !(is_folder || has_cql_ending(path) || reads(below) && !is_test(below)) {
        return false;
    }
    if ignoring == Ignoring::Disregarded {
        return true;
    }
    let mut patterns = Patterns::above(root);
    patterns.enter(Path::new(""), 0);
    let mut folders: Vec<_> = below.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()).collect();
    folders.reverse();
    for (depth, folder) in (1..).zip(folders) {
        if patterns.ignore(folder, true) {
            return false;
        }
        patterns.enter(folder, depth);
    }
    !patterns.ignore(below, is_folder)
}

/// What went wrong inside a folder, unless it concerns no file of ours.
fn trouble(error: &walkdir::Error, patterns: Option<&Patterns>, root: &Path) -> Option<Problem> {
    let path = error.path().unwrap_or(root);
    let below = path.strip_prefix(root).unwrap_or(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if error.depth() > 0 && (name.starts_with('.') || patterns.is_some_and(|patterns| patterns.ignore(below, false))) {
        return None;
    }
    if let Some(ancestor) = error.loop_ancestor() {
        let message = format!("is a link back to `{}`, which is being checked already", ancestor.display());
        return Some(Problem::done(path, message, None));
    }
    let missing = error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
    if missing && !has_cql_ending(path) {
        return None;
    }
    error.io_error().map(|error| unreachable(path, error))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Whether files with this name are CQL.
pub(crate) fn has_cql_ending(path: &Path) -> bool {
    path.extension().is_some_and(|own| ENDINGS.iter().any(|ending| own.eq_ignore_ascii_case(ending)))
}

impl Search<'_> {
    /// Whether something in a folder is read, or a folder walked through.
    fn wants(&mut self, entry: &DirEntry, below: &Path) -> bool {
        let is_folder = entry.file_type().is_dir();
        let passage = self.lookup.as_mut().map_or(Passage::ByName, |lookup| lookup.passage(entry.path(), is_folder));
        // The source of a program that is no test.
        let purpose = || if is_test(below) { Purpose::None } else { (self.purpose)(below) };
        match passage {
            Passage::None => false,
            _ if is_folder => true,
            // Sockets and pipes have no text that could be checked and would block the run.
            _ if !entry.file_type().is_file() => false,
            Passage::Free => true,
            Passage::ByName => has_cql_ending(entry.path()) || purpose() != Purpose::None,
            Passage::Evidence => purpose() == Purpose::Evidence,
        }
    }
}

/// Keeps one path of those that lead to the same file: one without links, if there is one.
fn remove_doubles(files: &mut Vec<PathBuf>) {
    let known = std::mem::take(files).into_iter().map(|path| (canonical(&path), path));
    let mut known: Vec<_> = known
        .map(|(canonical, path)| {
            let has_links = !canonical.ends_with(path.strip_prefix(".").unwrap_or(&path));
            (has_links, canonical, path)
        })
        .collect();
    known.sort_by(|left, right| left.0.cmp(&right.0).then_with(|| compare(&left.2, &right.2)));
    let mut seen = HashSet::with_capacity(known.len());
    files.extend(known.into_iter().filter_map(|(_, canonical, path)| seen.insert(canonical).then_some(path)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_path_is_judged_as_in_a_walk() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for (path, text) in [
            (".git/HEAD", ""),
            (".gitignore", "/target\n*.tmp.cql\n"),
            ("a.cql", ""),
            ("target/a.cql", ""),
            ("deep/.gitignore", "!keep.tmp.cql\nlocal/\n"),
            ("deep/keep.tmp.cql", ""),
            ("deep/drop.tmp.cql", ""),
            ("deep/local/a.cql", ""),
            ("deep/er/a.CQL", ""),
            (".hidden/a.cql", ""),
            ("a.java", ""),
            ("a.txt", ""),
        ] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        let reads = |path: &Path| path.extension().is_some_and(|ending| ending == "java");
        let purpose = |path: &Path| if reads(path) { Purpose::Cql } else { Purpose::None };
        for ignoring in [Ignoring::Honoured, Ignoring::Disregarded] {
            let mut all = Vec::new();
            for entry in WalkDir::new(root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
                all.extend(is_wanted(root, entry.path(), ignoring, &reads).then(|| entry.path().to_path_buf()));
            }
            all.sort_by(|left, right| compare(left, right));
            let search = Search { ignoring, purpose: &purpose, lookup: None };
            assert_eq!(all, find(&[root.to_path_buf()], search).files);
        }
        let is_wanted = |path: &str| is_wanted(root, &root.join(path), Ignoring::Honoured, &reads);
        assert!(is_wanted("gone.cql") && is_wanted("gone") && is_wanted("deep"));
        assert!(!is_wanted("gone.txt") && !is_wanted("target") && !is_wanted("target/gone.cql") && !is_wanted(".git/x"));
    }
}
