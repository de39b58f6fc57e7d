//! The string constants of a program: what each file tells the others, and which one a name of another file means.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use crate::program::imports::{Import, Imports};
use crate::strings::chunk::{Chunk, Chunks};
use crate::strings::constants::last_name;
use crate::{Language, evidence};

/// How many definitions of one name are compared.
const MOST: usize = 200;

/// How deep constants are made of constants of other files.
const DEPTH: usize = 4;

/// How long a constant of another file is at most, its own constants included.
const LONGEST: usize = 1 << 16;

/// A string that other files may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Export {
    /// The class, object or module that holds it; nothing for the file.
    pub(crate) holder: String,
    pub(crate) name: String,
    /// Its text, without places: wherever it stands in its file, the others are told the same.
    pub(crate) chunks: Chunks,
}

impl Export {
    /// Whether it may be the beginning of a statement.
    pub(crate) fn begins_with_verb(&self) -> bool {
        matches!(self.chunks.first(), Some(Chunk::Text { value, .. }) if evidence::has_verb(value))
    }
}

/// What a file tells the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) exports: Vec<Export>,
    /// The names, as they are written, that strings are made of and that are not of this file.
    pub(crate) wanted: BTreeSet<String>,
    pub(crate) imports: Imports,
}

/// A constant of another file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outside {
    /// Its text, without places.
    pub(crate) chunks: Chunks,
    pub(crate) home: Home,
}

/// Which of its constants a file tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Home {
    /// The number of the file.
    pub(crate) file: usize,
    /// The number of the constant among those that the file tells of.
    pub(crate) export: usize,
}

/// What the names in one file mean that other files define, by the name as it is written.
pub(crate) type Names = BTreeMap<String, Outside>;

/// A file with what it tells.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) path: PathBuf,
    pub(crate) language: Language,
    pub(crate) told: Told,
}

/// All that the files tell.
#[derive(Debug, Default)]
pub(crate) struct Index {
    files: BTreeMap<usize, Entry>,
    by_name: HashMap<String, BTreeSet<Home>>,
}

impl Index {
    /// Takes down what a file tells now, nothing when it was not read. Answers whether that is something else than before.
    pub(crate) fn set(&mut self, file: usize, entry: Option<Entry>) -> bool {
        if self.files.get(&file) == entry.as_ref() {
            return false;
        }
        let names = |entry: &Entry| entry.told.exports.iter().map(|export| export.name.clone()).collect::<Vec<_>>();
        for (export, name) in self.files.get(&file).map(names).into_iter().flatten().enumerate() {
            if let Some(homes) = self.by_name.get_mut(&name) {
                homes.remove(&Home { file, export });
            }
        }
        for (export, name) in entry.as_ref().map(names).into_iter().flatten().enumerate() {
            self.by_name.entry(name).or_default().insert(Home { file, export });
        }
        match entry {
            Some(entry) => self.files.insert(file, entry),
            None => self.files.remove(&file),
        };
        true
    }

    /// What a file tells.
    pub(crate) fn told(&self, file: usize) -> Option<&Told> {
        Some(&self.files.get(&file)?.told)
    }

    /// What the names mean that a file wanted, as far as it is certain.
    pub(crate) fn names(&self, file: usize) -> Names {
        let Some(entry) = self.files.get(&file) else { return Names::new() };
        let settled = |written: &String| Some((written.clone(), self.resolve(file, written)?));
        entry.told.wanted.iter().filter_map(settled).collect()
    }

    /// The string of another file that a name means in a file, as it is written there. With two candidates that differ,
    /// nobody knows.
    fn resolve(&self, file: usize, written: &str) -> Option<Outside> {
        let home = self.find(file, written)?;
        let export = self.export(home)?;
        let mut room = LONGEST;
        Some(Outside { chunks: self.expanded(home.file, &export.chunks, 0, &mut room)?, home })
    }

    fn export(&self, home: Home) -> Option<&Export> {
        self.files.get(&home.file)?.told.exports.get(home.export)
    }

    fn find(&self, file: usize, written: &str) -> Option<Home> {
        let user = self.files.get(&file)?;
        let (qualifier, name) = split(written);
        // An import may give it another name.
        let imported = user.told.imports.items.iter().find(|import| qualifier.is_empty() && import.local == name);
        let there = imported.and_then(|import| import.item.as_deref()).unwrap_or(name);
        let candidates = self.by_name.get(there)?;
        let mut found: Option<Home> = None;
        for home in candidates.iter().take(MOST).copied().filter(|home| home.file != file) {
            let (Some(owner), Some(export)) = (self.files.get(&home.file), self.export(home)) else { continue };
            if !(kin(user.language, owner.language) && fits(user, &qualifier, name, owner, export)) {
                continue;
            }
            match found.and_then(|found| self.export(found)) {
                Some(first) if !is_same(&first.chunks, &export.chunks) => return None,
                Some(_) => {}
                None => found = Some(home),
            }
        }
        found.filter(|_| candidates.len() <= MOST)
    }

    /// The text with the constants of other files that the file of it is made of.
    fn expanded(&self, file: usize, chunks: &Chunks, depth: usize, room: &mut usize) -> Option<Chunks> {
        let mut all = Chunks::new();
        for chunk in chunks {
            let size = if let Chunk::Text { value, .. } = chunk { value.len() } else { 1 };
            *room = room.checked_sub(size)?;
            let known = match chunk {
                Chunk::Hole { name, .. } if depth < DEPTH && !name.is_empty() => self.wanted(file, name),
                _ => None,
            };
            let known = known.and_then(|home| self.expanded(home.file, &self.export(home)?.chunks, depth + 1, room));
            all.extend(known.unwrap_or_else(|| vec![chunk.clone()]));
        }
        Some(all)
    }

    /// The string of another file that a hole is, of which the last name is known.
    fn wanted(&self, file: usize, name: &str) -> Option<Home> {
        let wanted = &self.told(file)?.wanted;
        let mut same = wanted.iter().filter(|written| last_name(written) == name).take(2);
        let written = same.next()?;
        if same.next().is_some() { None } else { self.find(file, written) }
    }
}

/// `a.b.Q.NAME` to `a.b.Q` and `NAME`.
fn split(written: &str) -> (String, &str) {
    let name = last_name(written);
    let qualifier = written.get(..written.len().saturating_sub(name.len())).unwrap_or("");
    (qualifier.replace("::", ".").replace('\\', ".").trim_matches(['.', '?', '!']).to_owned(), name)
}

fn is_same(one: &Chunks, other: &Chunks) -> bool {
    let said = |chunks: &Chunks| -> String {
        let said = |chunk: &Chunk| match chunk {
            Chunk::Text { value, .. } => value.clone(),
            Chunk::Hole { name, .. } => format!("\0{name}\0"),
            Chunk::Clauses { .. } => "\0".to_owned(),
        };
        chunks.iter().map(said).collect()
    };
    said(one) == said(other)
}

/// Whether files of the two languages use each other's names.
fn kin(one: Language, other: Language) -> bool {
    let family = |language: Language| match language {
        Language::Java | Language::Kotlin | Language::Scala => 0,
        Language::JavaScript | Language::TypeScript | Language::Tsx => 1,
        Language::CSharp => 2,
        Language::Go => 3,
        Language::Python => 4,
        Language::Rust => 5,
        Language::Cpp => 6,
        Language::Php => 7,
        #[allow(unreachable_patterns, reason = "what is not told apart here is like nothing else")]
        _ => 8,
    };
    family(one) == family(other)
}

/// Whether a name that is written in a file means a string of another file.
fn fits(user: &Entry, qualifier: &str, name: &str, owner: &Entry, export: &Export) -> bool {
    let imports = &user.told.imports;
    let package = owner.told.imports.package.as_str();
    let holder = export.holder.as_str();
    let last = last_name(qualifier);
    let is_base = |holder: &str| !holder.is_empty() && imports.bases.iter().any(|base| base == holder);
    let is_own = matches!(last, "this" | "self" | "cls" | "super" | "base" | "Self" | "static" | "parent");
    // What is inherited needs no import of its own, but the class that it comes from does.
    let full = join(package, holder);
    let sees = |import: &Import| {
        let path = join(&import.from, import.item.as_deref().unwrap_or(""));
        path == full || import.local == "*" && import.from == package || full.ends_with(&format!(".{path}")) && !path.is_empty()
    };
    match user.language {
        Language::Go if qualifier.is_empty() => holder.is_empty() && user.path.parent() == owner.path.parent(),
        Language::Go => {
            let folder = owner.path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy());
            let path = owner.path.parent().map(|folder| folder.to_string_lossy().replace('\\', "/")).unwrap_or_default();
            let import = imports.items.iter().find(|import| import.local == qualifier);
            let is_folder = |import: &Import| {
                // The module's own part of the path is not in the file system.
                let last_two: Vec<&str> = import.from.rsplit('/').take(2).collect();
                let wanted = last_two.into_iter().rev().collect::<Vec<_>>().join("/");
                folder.as_deref() == import.from.rsplit('/').next() && (path.ends_with(&wanted) || !path.contains('/'))
            };
            holder.is_empty() && import.is_some_and(is_folder)
        }
        Language::Java | Language::Kotlin | Language::Scala | Language::CSharp | Language::Php => {
            let is_near = package == imports.package || user.language == Language::CSharp && is_within(&imports.package, package);
            if qualifier.is_empty() || is_own {
                let by_item =
                    |import: &Import| join(&import.from, import.item.as_deref().unwrap_or("")) == join(&full, &export.name);
                let imported =
                    |import: &Import| by_item(import) && import.local == name || import.local == "*" && import.from == full;
                let is_inherited = is_base(holder) && (is_near || imports.items.iter().any(sees));
                // What is outside of a class in PHP may be a variable.
                let is_beside = holder.is_empty() && is_near && user.language != Language::Php;
                return is_inherited || !is_own && (is_beside || imports.items.iter().any(imported));
            }
            let by_alias =
                |import: &Import| import.local == last && join(&import.from, import.item.as_deref().unwrap_or("")) == full;
            let is_written = last == holder && (is_near || qualifier == full || imports.items.iter().any(sees));
            is_written || imports.items.iter().any(by_alias)
        }
        Language::Python | Language::JavaScript | Language::TypeScript | Language::Tsx => {
            let comes = |from: &str| is_module(user, from, owner);
            if qualifier.is_empty() {
                return holder.is_empty()
                    && imports.items.iter().any(|import| import.local == name && import.item.is_some() && comes(&import.from));
            }
            if is_own {
                let imported = imports.items.iter().any(|import| import.item.as_deref() == Some(holder) && comes(&import.from));
                return is_base(holder) && imported;
            }
            // `queries.X`, `queries.Users.X`, `Users.X`.
            let first = qualifier.split('.').next().unwrap_or(qualifier);
            let rest = if first == qualifier { "" } else { last };
            imports.items.iter().filter(|import| import.local == first || import.local == qualifier).any(|import| {
                match &import.item {
                    Some(item) => {
                        let module = join_module(&import.from, item);
                        rest.is_empty() && item == holder && comes(&import.from) || rest == holder && comes(&module)
                    }
                    // A default is an object, under whichever name.
                    None => {
                        comes(&import.from)
                            && (rest == holder
                                || import.local == qualifier && holder.is_empty()
                                || rest.is_empty() && user.language != Language::Python)
                    }
                }
            })
        }
        Language::Cpp => {
            let is_meant = qualifier.is_empty() || last == holder;
            is_meant && imports.items.iter().any(|import| is_included(&user.path, &import.from, &owner.path))
        }
        Language::Rust => {
            let stem = module_name(&owner.path);
            let is_held = |by: &str| by == holder || holder.is_empty() && by == stem;
            if !qualifier.is_empty() {
                return !is_own && is_held(last);
            }
            let imported = |import: &Import| {
                import.item.as_deref() == Some(export.name.as_str()) && import.local == name || import.local == "*"
            };
            imports.items.iter().any(|import| imported(import) && is_held(last_name(&import.from)))
        }
        #[allow(unreachable_patterns, reason = "a language whose names are not looked up across files")]
        _ => false,
    }
}

/// Whether what C includes is another file: from where it stands, or from some root that is not known.
fn is_included(user: &Path, from: &str, owner: &Path) -> bool {
    let mut near = user.parent().map(parts).unwrap_or_default();
    for part in from.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                near.pop();
            }
            name => near.push(name.to_owned()),
        }
    }
    let file = parts(owner);
    let far: Vec<String> = from.split('/').filter(|part| !matches!(*part, "." | ".." | "")).map(str::to_owned).collect();
    file == near || !far.is_empty() && file.ends_with(&far)
}

/// Whether a namespace is the other one or lies within.
fn is_within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) && !outer.is_empty()
}

fn join(front: &str, back: &str) -> String {
    match (front, back) {
        (one, "") | ("", one) => one.to_owned(),
        (front, back) => format!("{front}.{back}"),
    }
}

/// Python's `.` and `a` make `.a`.
fn join_module(from: &str, item: &str) -> String {
    if from.ends_with('.') { format!("{from}{item}") } else { format!("{from}.{item}") }
}

/// What Rust calls the module that a file is.
fn module_name(path: &Path) -> String {
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    match stem(path).as_deref() {
        Some("mod" | "lib" | "main") => path.parent().and_then(stem).unwrap_or_default(),
        Some(name) => name.to_owned(),
        None => String::new(),
    }
}

/// Whether a module that one file names is another file.
fn is_module(user: &Entry, from: &str, owner: &Entry) -> bool {
    let file = parts(&owner.path.with_extension(""));
    let stem = file.last().map(String::as_str);
    let folder = file.get(..file.len().saturating_sub(1)).unwrap_or_default();
    let is_index = matches!(stem, Some("index" | "__init__"));
    let is_file = |module: &[String]| module == file || is_index && module == folder;
    let mut base = user.path.parent().map(parts).unwrap_or_default();
    if user.language == Language::Python {
        let name = from.trim_start_matches('.');
        let dots = from.len() - name.len();
        let names: Vec<String> = name.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        if dots == 0 {
            // From some root that is not known.
            return !names.is_empty() && (file.ends_with(&names) || is_index && folder.ends_with(&names));
        }
        base.truncate(base.len().saturating_sub(dots - 1));
        base.extend(names);
        return is_file(&base);
    }
    if !from.starts_with('.') {
        return false;
    }
    for part in from.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                base.pop();
            }
            name => base.push(name.to_owned()),
        }
    }
    let bare = base.last().and_then(|last| last.rsplit_once('.')).filter(|(_, ending)| Language::of_ending(ending).is_some());
    if let Some(bare) = bare.map(|(bare, _)| bare.to_owned())
        && let Some(last) = base.last_mut()
    {
        *last = bare;
    }
    is_file(&base)
}

fn parts(path: &Path) -> Vec<String> {
    path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).filter(|part| part != ".").collect()
}
