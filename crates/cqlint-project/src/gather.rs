//! Gathers what is to be read: the texts to check with their settings, and those that are only read for their definitions.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::Problem;
use crate::configuration::{Lookup, Origin, Value};
use crate::find::{Purpose, Search, canonical, find};
use crate::order::compare;
use crate::problem::shown;
use crate::project::Input;
use crate::source::Source;

/// The texts, those that are only schema first, and the paths that lead nowhere.
pub(crate) fn gather(input: &Input<'_>, lookup: &mut Lookup) -> (Vec<Source>, Vec<Problem>) {
    let purpose = |path: &Path| match input.hosts {
        Some(hosts) if hosts.finds_cql(path) => Purpose::Cql,
        Some(hosts) if hosts.reads(path) => Purpose::Evidence,
        _ => Purpose::None,
    };
    let found = find(input.paths, Search { ignoring: input.ignoring, purpose: &purpose, lookup: Some(lookup) });
    let mut problems = found.problems;
    let mut checked: Vec<Source> = found.files.into_iter().map(|path| Source::to_check(path, input.stdin)).collect();
    if let Some(name) = input.stdin.filter(|_| checked.iter().any(|source| source.is_stdin)) {
        // What is being edited is newer than the file.
        let name = canonical(name);
        checked.retain(|source| source.is_stdin || canonical(&source.path) != name);
    }
    open(input, &mut checked);
    for source in &mut checked {
        let is_nameless = source.is_stdin && input.stdin.is_none();
        let settings = if is_nameless { lookup.of_folder(Path::new("")) } else { lookup.of_file(&source.path) };
        source.settings = settings.ok();
    }

    if checked.is_empty() {
        // The profile is told all the same.
        let _ = lookup.of_folder(Path::new(""));
    }

    let named = schema_paths(input, lookup);
    if named.is_empty() {
        return (checked, problems);
    }
    let known: HashSet<PathBuf> = checked.iter().map(|source| canonical(&source.path)).collect();
    // Programs define nothing for others; templates of CQL do.
    let is_template = |path: &Path| input.hosts.is_some_and(|hosts| hosts.is_template(path));
    let purpose = |path: &Path| if is_template(path) { Purpose::Cql } else { Purpose::None };
    let paths: Vec<PathBuf> = named.iter().map(|(path, _)| path.clone()).collect();
    let found = find(&paths, Search { ignoring: input.ignoring, purpose: &purpose, lookup: None });
    problems.extend(found.problems.into_iter().map(|problem| {
        let named = named.iter().find(|(path, _)| shown(path) == problem.path);
        match named.and_then(|(_, origin)| origin.as_ref()) {
            Some(origin) => Problem { help: Some(format!("it is named as `schema` in {origin}")), ..problem },
            None => problem,
        }
    }));
    let files = found.files.into_iter().filter(|path| !known.contains(&canonical(path)));
    let mut sources: Vec<Source> = files.map(Source::to_define).collect();
    for source in &mut sources {
        source.settings = lookup.of_file(&source.path).ok();
        if let Some((_, text)) = input.open.iter().find(|(path, _)| *path == source.path) {
            *source = std::mem::take(source).opened(text.clone());
        }
    }
    sources.extend(checked);
    (sources, problems)
}

/// Puts the texts that an editor holds in the place of the files, and beside them those that were asked for and are in no file yet.
fn open(input: &Input<'_>, checked: &mut Vec<Source>) {
    for (path, text) in input.open {
        match checked.iter_mut().find(|source| source.path == *path) {
            Some(source) => *source = std::mem::take(source).opened(text.clone()),
            None if input.paths.contains(path) => checked.push(Source::to_check(path.clone(), None).opened(text.clone())),
            None => {}
        }
    }
    if !input.open.is_empty() {
        checked.sort_by(|left, right| compare(&left.path, &right.path));
    }
}

/// The files and folders with the schema, each once, with the setting that names it.
fn schema_paths(input: &Input<'_>, lookup: &Lookup) -> Vec<(PathBuf, Option<Origin>)> {
    let mut named: Vec<(PathBuf, Option<Origin>)> = input.schema.iter().map(|path| (path.clone(), None)).collect();
    for setting in lookup.settings.iter().flat_map(|settings| &settings.said) {
        if let Value::Paths(paths) = &setting.value {
            let origin = Some(&setting.origin).filter(|origin| matches!(origin, Origin::File { .. }));
            named.extend(paths.iter().map(|path| (path.clone(), origin.cloned())));
        }
    }
    let mut seen = HashSet::new();
    named.retain(|(path, _)| seen.insert(path.clone()));
    named
}
