//! A configuration file with everything that it extends.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::document::{self, FILES};
use super::mistake::Mistake;
use super::patterns::Patterns;
use super::place::relative;
use super::reader::{Content, Override, Reader};
use super::{Merging, Scope, Setting, Value};
use crate::problem::shown;
use crate::{Problem, read};

/// A larger file is no configuration.
const LIMIT: u64 = 10_000_000;

/// What a file says, with what it extends.
#[derive(Debug)]
pub(crate) struct Configuration {
    /// What holds for all files.
    pub(super) settings: Vec<Setting>,
    pub(super) overrides: Vec<(Patterns, Vec<Setting>)>,
    pub(super) include: Option<Patterns>,
    pub(super) exclude: Patterns,
}

impl Configuration {
    /// What is said in a folder; nothing when there is no configuration file in it. Its patterns are for this folder.
    pub(super) fn of_folder(folder: &Path) -> Result<Option<Self>, Vec<Problem>> {
        for name in FILES {
            let path = folder.join(name);
            let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
            if metadata.is_dir() {
                continue;
            }
            if let Some(content) = content(&path, &mut Vec::new())? {
                return Ok(Some(Self::new(content, folder)));
            }
        }
        Ok(None)
    }

    /// What is said in the file; its patterns are for the folder.
    pub(super) fn of_file(path: &Path, folder: &Path) -> Result<Self, Vec<Problem>> {
        match content(path, &mut Vec::new())? {
            Some(content) => Ok(Self::new(content, folder)),
            None => Err(vec![Problem::failed(&relative(path), NO_TABLE, TABLES)]),
        }
    }

    fn new(content: Content, folder: &Path) -> Self {
        let lines = |name: &str, merging: Merging| -> Vec<&str> {
            let all: Vec<_> = content.settings.iter().filter(|setting| setting.key.name == name).collect();
            let first = if merging == Merging::Adds { 0 } else { all.len().saturating_sub(1) };
            let lines = all.into_iter().skip(first).filter_map(|setting| match &setting.value {
                Value::Texts(lines) => Some(lines),
                _ => None,
            });
            lines.flatten().map(String::as_str).collect()
        };
        let include = lines("include", Merging::Replaces);
        let has_include = content.settings.iter().any(|setting| setting.key.name == "include");
        let patterns = |each: &Override| Patterns::new(folder, each.files.iter().map(String::as_str));
        Self {
            include: has_include.then(|| Patterns::new(folder, include)),
            exclude: Patterns::new(folder, lines("exclude", Merging::Adds)),
            overrides: content.overrides.iter().map(|each| (patterns(each), each.settings.clone())).collect(),
            settings: content.settings,
        }
    }
}

const NO_TABLE: &str = "has no settings for cqlint";
const TABLES: &str = "write them below `[tool.cqlint]` in a pyproject.toml, and below `[package.metadata.cqlint]` or `[workspace.metadata.cqlint]` in a Cargo.toml";

/// What a file says, behind what the files say that it extends; nothing when it is for other tools and has no table of ours.
/// `chain` are the files that lead here.
fn content(path: &Path, chain: &mut Vec<PathBuf>) -> Result<Option<Content>, Vec<Problem>> {
    let name = relative(path);
    if fs::metadata(path).is_ok_and(|metadata| metadata.len() > LIMIT) {
        let message = format!("is larger than {} MB, which no configuration is", LIMIT / 1_000_000);
        return Err(vec![Problem::failed(&name, message, "see what it is")]);
    }
    let text = read(path).map_err(|problem| vec![Problem { path: shown(&name), ..problem }])?;
    let failed = |mut mistakes: Vec<Mistake>| {
        mistakes.sort_by_key(|mistake| mistake.span.start);
        mistakes.into_iter().map(|mistake| mistake.problem(&name, &text)).collect::<Vec<_>>()
    };
    let Some(table) = document::table(path, &text).map_err(|mistake| failed(vec![mistake]))? else { return Ok(None) };
    let mut reader = Reader::new(&name, &text);
    let own = reader.table(&table, Scope::File);
    let mut problems = Vec::new();
    let mut base = Content::default();
    if let Some((extended, span)) = &own.extend {
        let target = path.parent().unwrap_or(Path::new("")).join(extended);
        chain.push(canonical(path));
        match extend(&target, span, chain) {
            Ok(content) => base = content,
            Err(Fault::Here(mistake)) => reader.mistakes.push(mistake),
            Err(Fault::There(others)) => problems = others,
        }
        chain.pop();
    }
    problems.extend(failed(reader.mistakes));
    if !problems.is_empty() {
        return Err(problems);
    }
    base.settings.extend(own.settings);
    base.overrides.extend(own.overrides);
    Ok(Some(base))
}

/// Where the fault of a file that cannot be extended is.
enum Fault {
    /// In the file that names it.
    Here(Mistake),
    /// In itself, or in what it extends.
    There(Vec<Problem>),
}

fn extend(target: &Path, span: &Range<usize>, chain: &mut Vec<PathBuf>) -> Result<Content, Fault> {
    let here = |message: String, help: &str| Fault::Here(Mistake::new(span.clone(), message, help));
    let name = shown(&relative(target));
    match fs::metadata(target) {
        Ok(metadata) if metadata.is_dir() => return Err(here(format!("`{name}` is a folder"), "name the file in it")),
        Ok(_) => {}
        Err(error) => {
            return Err(here(format!("`{name}` cannot be read: {error}"), "the path begins at the folder of this file"));
        }
    }
    let itself = canonical(target);
    if let Some(first) = chain.iter().position(|path| *path == itself) {
        let way: Vec<_> = chain.iter().skip(first).chain([&itself]).map(|path| shown(&relative(path))).collect();
        return Err(here(format!("extends itself: {}", way.join(" → ")), "take one of the `extend` lines out"));
    }
    let content = content(&super::place::absolute(target), chain).map_err(Fault::There)?;
    content.ok_or_else(|| here(format!("`{name}` {NO_TABLE}"), TABLES))
}

fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}
