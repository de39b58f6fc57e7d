//! Finds what is in force for each file: each folder is looked into once, and files with the same settings share them.

use std::collections::HashMap;
use std::env;
use std::path::{Path, PathBuf};

use super::file::Configuration;
use super::patterns::{Opinion, Patterns};
use super::place::absolute;
use super::reader::groups_first;
use super::{Setting, Settings, Value};
use crate::Problem;

/// Which configuration files count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice<'a> {
    /// For each file the closest: in its folder, or above.
    #[default]
    Closest,
    /// This one, for all files. Its patterns are for the working folder.
    Named(&'a Path),
    /// None.
    Isolated,
}

/// What is in force for a file, or for files right in a folder.
///
/// # Errors
/// What is wrong with the configuration.
pub fn settings_for(path: &Path, choice: Choice<'_>, flags: &[Setting]) -> Result<Settings, Vec<Problem>> {
    let mut lookup = Lookup::new(choice, flags);
    let number = if path.is_dir() { lookup.of_folder(path) } else { lookup.of_file(path) };
    let settings = number.ok().and_then(|number| lookup.settings.into_iter().nth(number));
    settings.ok_or(lookup.problems)
}

/// Whether a path in a folder is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passage {
    /// It is passed over.
    None,
    /// When its name says that it holds CQL.
    ByName,
    /// Whatever it is called.
    Free,
    /// Only for what it says about others.
    Evidence,
}

/// All that is known of configurations.
pub(crate) struct Lookup {
    /// All settings that are in force for some file.
    pub(crate) settings: Vec<Settings>,
    /// What is wrong with configuration files; the files below them have no settings.
    problems: Vec<Problem>,
    flags: Vec<Setting>,
    /// What `--exclude` says.
    exclude: Patterns,
    search: Search,
    configurations: Vec<Configuration>,
    /// Folders as they were asked for.
    asked: HashMap<PathBuf, Place>,
    /// Folders by their absolute paths.
    known: HashMap<PathBuf, Found>,
    /// The number of the settings, by the configuration and those of its overrides that hold.
    shared: HashMap<(Option<usize>, Vec<usize>), usize>,
}

enum Search {
    Upwards,
    /// The same is found everywhere.
    Nowhere(Found),
}

/// A folder from the root, and what is configured there.
#[derive(Clone, Debug)]
struct Place {
    folder: PathBuf,
    found: Found,
}

/// What is configured.
#[derive(Clone, Copy, Debug)]
enum Found {
    Nothing,
    /// The configuration with this number.
    Configuration(usize),
    /// Something that cannot be used, for a reason of which this is the number.
    Broken(usize),
}

impl Lookup {
    pub(crate) fn new(choice: Choice<'_>, flags: &[Setting]) -> Self {
        let here = env::current_dir().unwrap_or_default();
        let mut flags = flags.to_vec();
        groups_first(&mut flags);
        let excluded = flags.iter().filter(|flag| flag.key.name == "exclude").filter_map(|flag| match &flag.value {
            Value::Texts(patterns) => Some(patterns),
            _ => None,
        });
        let exclude = Patterns::new(&here, excluded.flatten().map(String::as_str));
        let mut lookup = Self {
            settings: Vec::new(),
            problems: Vec::new(),
            flags,
            exclude,
            search: Search::Upwards,
            configurations: Vec::new(),
            asked: HashMap::new(),
            known: HashMap::new(),
            shared: HashMap::new(),
        };
        match choice {
            Choice::Closest => {}
            Choice::Isolated => lookup.search = Search::Nowhere(Found::Nothing),
            Choice::Named(path) => {
                let configuration = Configuration::of_file(&absolute(path), &here).map(Some);
                lookup.search = Search::Nowhere(lookup.add(configuration));
            }
        }
        lookup
    }

    /// The number of the settings for a file; that of a problem when its configuration cannot be used.
    pub(crate) fn of_file(&mut self, path: &Path) -> Result<usize, usize> {
        let place = self.place(path.parent().unwrap_or(Path::new("")));
        let path = place.folder.join(path.file_name().unwrap_or_default());
        self.settings(place.found, Some(&path))
    }

    /// The number of the settings for a text that is in no file, but meant for a folder.
    pub(crate) fn of_folder(&mut self, folder: &Path) -> Result<usize, usize> {
        let place = self.place(folder);
        self.settings(place.found, None)
    }

    /// What is wrong with configuration files, the first problem of each with the number of the `missed` files below it.
    pub(crate) fn problems<'p>(&mut self, missed: impl Iterator<Item = &'p Path>) -> Vec<Problem> {
        for path in missed {
            let problem = self.of_file(path).err().and_then(|number| self.problems.get_mut(number));
            if let Some(problem) = problem {
                problem.unchecked += 1;
            }
        }
        std::mem::take(&mut self.problems)
    }

    /// Whether a path that was found in a folder is read.
    pub(crate) fn passage(&mut self, path: &Path, is_folder: bool) -> Passage {
        let place = self.place(path.parent().unwrap_or(Path::new("")));
        let path = place.folder.join(path.file_name().unwrap_or_default());
        let configuration = match place.found {
            Found::Configuration(number) => self.configurations.get(number),
            Found::Nothing | Found::Broken(_) => None,
        };
        let said = self.exclude.about(&path, is_folder);
        let opinion = match configuration {
            Some(configuration) if said == Opinion::None => configuration.exclude.about(&path, is_folder),
            _ => said,
        };
        let include = configuration.and_then(|configuration| configuration.include.as_ref());
        match (opinion, include) {
            (Opinion::Yes, _) => Passage::None,
            (Opinion::No | Opinion::None, Some(include)) if !is_folder => match include.about(&path, false) {
                Opinion::Yes => Passage::Free,
                Opinion::None if include.about_file(&path) == Opinion::Yes => Passage::ByName,
                Opinion::No | Opinion::None => Passage::Evidence,
            },
            (Opinion::No | Opinion::None, _) => Passage::ByName,
        }
    }

    /// The settings that hold for a file, or for none.
    fn settings(&mut self, found: Found, file: Option<&Path>) -> Result<usize, usize> {
        let number = match found {
            Found::Nothing => None,
            Found::Configuration(number) => Some(number),
            Found::Broken(problem) => return Err(problem),
        };
        let configuration = number.and_then(|number| self.configurations.get(number));
        let overrides = configuration.map_or(&[][..], |configuration| &configuration.overrides);
        let holds = |patterns: &Patterns| file.is_some_and(|file| patterns.about_file(file) == Opinion::Yes);
        let held: Vec<usize> = (0..).zip(overrides).filter(|(_, (patterns, _))| holds(patterns)).map(|(at, _)| at).collect();
        if let Some(known) = self.shared.get(&(number, held.clone())) {
            return Ok(*known);
        }
        let own = configuration.map_or(&[][..], |configuration| &configuration.settings);
        let special = held.iter().filter_map(|at| overrides.get(*at)).flat_map(|(_, settings)| settings);
        let settings = Settings::new(own.iter().chain(special).chain(&self.flags).cloned().collect());
        self.settings.push(settings);
        self.shared.insert((number, held), self.settings.len() - 1);
        Ok(self.settings.len() - 1)
    }

    fn place(&mut self, folder: &Path) -> Place {
        if let Some(place) = self.asked.get(folder) {
            return place.clone();
        }
        let path = absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        let found = match self.search {
            Search::Nowhere(found) => found,
            Search::Upwards => self.closest(&path),
        };
        let place = Place { folder: path, found };
        self.asked.insert(folder.to_path_buf(), place.clone());
        place
    }

    /// What is configured in the folder, or in the closest one above it.
    fn closest(&mut self, folder: &Path) -> Found {
        let mut passed = Vec::new();
        let mut found = Found::Nothing;
        for folder in folder.ancestors() {
            if let Some(known) = self.known.get(folder) {
                found = *known;
                break;
            }
            passed.push(folder.to_path_buf());
            found = self.add(Configuration::of_folder(folder));
            if !matches!(found, Found::Nothing) {
                break;
            }
        }
        self.known.extend(passed.into_iter().map(|folder| (folder, found)));
        found
    }

    fn add(&mut self, configuration: Result<Option<Configuration>, Vec<Problem>>) -> Found {
        match configuration {
            Ok(None) => Found::Nothing,
            Ok(Some(configuration)) => {
                self.configurations.push(configuration);
                Found::Configuration(self.configurations.len() - 1)
            }
            Err(problems) => {
                let first = self.problems.len();
                self.problems.extend(problems.into_iter().map(|problem| Problem { unchecked: 0, ..problem }));
                Found::Broken(first)
            }
        }
    }
}
