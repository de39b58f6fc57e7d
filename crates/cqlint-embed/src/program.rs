//! All files of a program: each is read by itself, and once more when it needs a constant of another one.

pub(crate) mod imports;
pub(crate) mod index;
pub(crate) mod outside;

use std::collections::{BTreeSet, HashSet};

use aho_corasick::AhoCorasick;
use cqlint_analysis::Fragment;
use cqlint_analysis::syntax::Span;
use rayon::prelude::*;

use crate::file::{self, Around, Found};
use crate::program::index::{Entry, Index, Names};
use crate::strings::constants::last_name;
use crate::strings::holes;
use crate::{Application, Language, Source, evidence};

/// The CQL in each of the files.
pub(crate) fn read(sources: &[Source<'_>]) -> Vec<Vec<Fragment>> {
    let application = Application::of(sources);
    let around = |source: &Source<'_>, names: Names| {
        let driver = application.driver(source);
        let settings = driver.map(|driver| application.settings(source, driver)).unwrap_or_default();
        Around { names, driver, settings }
    };
    let read = |source: &Source<'_>| {
        let language = Language::of_path(source.path)?;
        Some(file::read(source.text, language, &around(source, Names::new())))
    };
    let has_other = sources.iter().any(|source| evidence::depends_on_other(source.path, source.text));
    let is_doubtful = |source: &Source<'_>| !source.trusted && (has_other || application.driver(source).is_none());
    let first = |source: &Source<'_>| {
        let is_worth_it = evidence::is_worth_it(source.text) && !is_doubtful(source);
        if is_worth_it { read(source) } else { None }
    };
    let mut found: Vec<Option<Found>> = sources.par_iter().map(first).collect();
    // A file without a verb may use a statement of another one, or define the table for it.
    let shared = shared_names(&found);
    found.par_iter_mut().zip(sources).filter(|(found, source)| found.is_none() && !is_doubtful(source)).for_each(
        |(found, source)| {
            if shared.as_ref().is_some_and(|shared| shared.is_match(source.text)) {
                *found = read(source);
            }
        },
    );
    let index = Index::new(sources.iter().zip(&mut found).map(|(source, found)| entry(source, found.as_mut()?)).collect());
    let names: Vec<Names> = (0..sources.len()).into_par_iter().map(|number| index.names(number)).collect();
    let again = sources.par_iter().zip(names).map(|(source, names)| {
        let language = Language::of_path(source.path).filter(|_| !names.is_empty())?;
        Some(file::read(source.text, language, &around(source, names)))
    });
    let again: Vec<Option<Found>> = again.collect();
    let mut used: HashSet<(usize, Span)> = HashSet::new();
    for (found, again) in found.iter_mut().zip(again) {
        if let Some(again) = again {
            used.extend(again.used.iter().copied());
            *found = Some(again);
        }
    }
    for taken in found.iter_mut().flatten().flat_map(|found| std::mem::take(&mut found.taken)).collect::<Vec<_>>() {
        let there = found.get_mut(taken.file).and_then(Option::as_mut);
        let Some(there) = there else { continue };
        if let Some(template) = there.templates.iter().position(|template| template.home() == taken.home) {
            there.fragments.push(there.templates.swap_remove(template));
        }
        let own = there.fragments.iter_mut().find(|fragment| fragment.home() == taken.home);
        own.into_iter().for_each(|own| own.add_sites_elsewhere(taken.sites.clone()));
    }
    // What is only the template of statements in other files is none itself.
    let kept = |(number, found): (usize, Option<Found>)| {
        let is_trusted = sources.get(number).is_some_and(|source| source.trusted);
        let is_kept = |fragment: &Fragment| {
            let is_template = used.contains(&(number, fragment.home())) && holes::has_hole(fragment.text());
            !is_template && (is_trusted || fragment.is_taken())
        };
        found.map(|found| found.fragments.into_iter().filter(is_kept).collect()).unwrap_or_default()
    };
    found.into_iter().enumerate().map(kept).collect()
}

/// The names of statements that files define, and of what they want for theirs.
fn shared_names(found: &[Option<Found>]) -> Option<AhoCorasick> {
    let told = || found.iter().flatten().map(|found| &found.told);
    let statements = told().flat_map(|told| &told.exports).filter(|export| export.begins_with_verb());
    let wanted = told().flat_map(|told| &told.wanted).map(|written| last_name(written));
    let names: BTreeSet<&str> =
        statements.map(|export| export.name.as_str()).chain(wanted).filter(|name| !name.is_empty()).collect();
    AhoCorasick::new(names).ok()
}

fn entry<'a>(source: &Source<'a>, found: &mut Found) -> Option<Entry<'a>> {
    Some(Entry { path: source.path, language: Language::of_path(source.path)?, told: std::mem::take(&mut found.told) })
}
