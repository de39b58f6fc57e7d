//! What the files of an application say about its drivers, and about what is set for all statements.

mod build;
mod code;
mod configuration;
mod hocon;
mod imports;
mod kind;
mod setting;
mod source;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use cqlint_analysis::Settings;
use cqlint_drivers::{Driver, Retries};
use rayon::prelude::*;

use crate::Source;
use build::Gocql;
use code::Code;
use imports::Import;
use kind::{Family, Tool};
use setting::{Said, Setting, Value};

pub(crate) use kind::Kind;

/// What the files of an application say about its drivers and its settings.
///
/// A program may have several parts, each with a build file: what one of them sets does not count in the others.
///
/// ```
/// use std::path::Path;
///
/// use cqlint_drivers::Driver;
/// use cqlint_embed::{Application, Source};
///
/// let text = "package rooms\nimport \"github.com/gocql/gocql\"\n…\ncluster := gocql.NewCluster(host)\ncluster.DefaultIdempotence = true";
/// let source = Source { path: Path::new("rooms.go"), text, trusted: true };
/// let application = Application::of(&[source]);
/// assert_eq!(application.driver(source.path), Some(Driver::Gocql1));
/// let settings = application.settings(source.path, Driver::Gocql1);
/// assert_eq!(settings.default_mark.as_deref(), Some("rooms.go:5"));
/// assert_eq!(settings.retry_policy, Some(false));
/// ```
#[derive(Debug, Default)]
pub struct Application {
    parts: Vec<Part>,
    /// The driver of each file, where one is certain, and the number of its part.
    files: HashMap<PathBuf, (Option<Driver>, usize)>,
}

/// What has a build file of its own; or all that has none.
#[derive(Debug, Default)]
struct Part {
    home: Option<(Tool, PathBuf)>,
    /// The drivers that its build file and its sources name.
    imports: Vec<(Family, Import)>,
    /// What its build file says of gocql.
    gocql: Option<Gocql>,
    said: Vec<(PathBuf, Said)>,
}

/// What one file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Heard {
    imports: Vec<Import>,
    gocql: Option<Gocql>,
    said: Vec<Said>,
}

impl Application {
    /// Reads what all files of a program say. They are read on all threads of the pool at hand.
    #[must_use]
    pub fn of(sources: &[Source<'_>]) -> Self {
        let heard: Vec<Heard> = sources.par_iter().map(Heard::of).collect();
        Self::new(sources.iter().map(|source| source.path).zip(&heard))
    }

    /// Puts together what the files say.
    pub(crate) fn new<'h>(files: impl Iterator<Item = (&'h Path, &'h Heard)> + Clone) -> Self {
        let mut parts = parts(files.clone().map(|(path, _)| path));
        let homes: Vec<usize> = files.clone().map(|(path, _)| home(&parts, path)).collect();
        for ((path, heard), home) in files.clone().zip(&homes) {
            let (Some(part), Some(family)) = (parts.get_mut(*home), Family::of(path)) else { continue };
            part.imports.extend(heard.imports.iter().map(|import| (family, *import)));
            part.gocql = heard.gocql.or(part.gocql);
            part.said.extend(heard.said.iter().map(|said| (path.to_path_buf(), *said)));
        }
        let driver = |path: &Path, heard: &Heard, home: usize| {
            let (part, family) = (parts.get(home)?, Family::of(path)?);
            part.driver(family, &heard.imports)
        };
        let drivers = files.zip(&homes);
        let drivers = drivers.map(|((path, heard), home)| (path.to_path_buf(), (driver(path, heard, *home), *home)));
        Self { files: drivers.collect(), parts }
    }

    /// The driver that is used in a file of the program, when it is certain: the one that it imports, or the only one that
    /// its part of the application names for its language.
    #[must_use]
    pub fn driver(&self, path: &Path) -> Option<Driver> {
        self.files.get(path)?.0
    }

    /// What is set for all statements of that file's part of the application.
    #[must_use]
    pub fn settings(&self, path: &Path, driver: Driver) -> Settings {
        let Some(part) = self.part(path) else { return Settings::default() };
        let retry_policy = match driver.facts().retries {
            Retries::MarkedWithPolicy | Retries::AlwaysWithPolicy => self.is_set(part, driver, Setting::RetryPolicy),
            // Another policy may give up where the driver's own does not.
            Retries::Always => self.is_set(part, driver, Setting::RetryPolicy).filter(|is_set| *is_set),
            // It has one unless that is taken away, and asks for the mark.
            Retries::Marked => None,
        };
        Settings {
            default_mark: self.default_mark(part, driver).ok().flatten(),
            default_unknown: self.may_mark_by_default(part, driver),
            retry_policy,
            speculation: self.is_set(part, driver, Setting::Speculation),
        }
    }

    /// Whether something out of sight may say that statements count as idempotent when nothing marks them: it is decided at
    /// run time, differs between environments, or the sessions come from another part. Then no [`Settings::default_mark`]
    /// means nothing.
    fn may_mark_by_default(&self, part: &Part, driver: Driver) -> bool {
        let is_elsewhere = || {
            let makes_sessions = self.said(part, driver, Setting::Sessions).next().is_some();
            !makes_sessions && self.anywhere(driver, Setting::DefaultMark)
        };
        match self.default_mark(part, driver) {
            Ok(Some(_)) => false,
            Ok(None) => is_elsewhere(),
            Err(()) => true,
        }
    }

    fn part(&self, path: &Path) -> Option<&Part> {
        self.parts.get(self.files.get(path)?.1)
    }

    /// What is said for a driver in a part, and for the whole program.
    fn said<'s>(&'s self, part: &'s Part, driver: Driver, setting: Setting) -> impl Iterator<Item = &'s (PathBuf, Said)> {
        let is_whole = |other: &&Part| other.home.is_none() && !std::ptr::eq(*other, part);
        let is_configuration = |(path, _): &&(PathBuf, Said)| matches!(Kind::of(path), Some(Kind::Configuration(_)));
        let whole = self.parts.iter().filter(is_whole).flat_map(move |part| part.said.iter().filter(is_configuration));
        let is_meant = move |(_, said): &&(PathBuf, Said)| said.setting == setting && said.drivers.contains(&driver);
        part.said.iter().chain(whole).filter(is_meant)
    }

    /// Where everything is marked, if anywhere.
    ///
    /// # Errors
    /// It is not certain.
    fn default_mark(&self, part: &Part, driver: Driver) -> Result<Option<String>, ()> {
        let mut said: Vec<_> = self.said(part, driver, Setting::DefaultMark).collect();
        said.sort_by_key(|(path, said)| (path, said.line));
        let is_on = |(_, said): &&(PathBuf, Said)| said.value == Value::On;
        if said.iter().all(is_on) {
            return Ok(said.first().map(|(path, said)| setting::place(path, said.line)));
        }
        let is_off = said.iter().all(|(_, said)| said.value == Value::Off);
        if is_off { Ok(None) } else { Err(()) }
    }

    /// Whether something is set; unknown when sessions are made out of sight.
    fn is_set(&self, part: &Part, driver: Driver, setting: Setting) -> Option<bool> {
        if self.said(part, driver, setting).any(|(_, said)| said.value == Value::On) {
            return Some(true);
        }
        let makes_sessions = self.said(part, driver, Setting::Sessions).next().is_some();
        // Another part may be a library that sets it up for this one.
        (makes_sessions && !self.anywhere(driver, setting)).then_some(false)
    }

    /// Whether something is set, perhaps, in any part.
    fn anywhere(&self, driver: Driver, setting: Setting) -> bool {
        let is_meant = |said: &Said| said.setting == setting && said.drivers.contains(&driver) && said.value != Value::Off;
        self.parts.iter().flat_map(|part| &part.said).any(|(_, said)| is_meant(said))
    }
}

impl Part {
    /// The driver of a file that imports these, when it is certain.
    fn driver(&self, family: Family, imports: &[Import]) -> Option<Driver> {
        let own: Vec<Import> = self.imports.iter().filter(|(known, _)| *known == family).map(|(_, import)| *import).collect();
        let used = if imports.is_empty() { &own } else { imports };
        let is_spring = |import: &Import| *import == Import::Spring;
        let mut known =
            used.iter().filter(|import| !is_spring(import)).map(|import| self.resolved(*import)).collect::<Option<Vec<_>>>()?;
        if known.is_empty() && used.iter().any(is_spring) {
            // The driver below Spring is the one that is named beside it, or the newer one.
            known =
                own.iter().filter(|import| !is_spring(import)).map(|import| self.resolved(*import)).collect::<Option<Vec<_>>>()?;
            known.extend(known.is_empty().then_some(Driver::Java4));
        }
        let first = *known.first()?;
        known.iter().all(|driver| *driver == first).then_some(first)
    }

    fn resolved(&self, import: Import) -> Option<Driver> {
        match (import, self.gocql) {
            (Import::Driver(driver), _) => Some(driver),
            (Import::Gocql, None) | (Import::Gocql | Import::Gocqlx, Some(Gocql::Own)) => Some(Driver::Gocql1),
            (Import::Gocql | Import::Gocqlx, Some(Gocql::Scylla)) => Some(Driver::GocqlScylla),
            (Import::Gocql | Import::Gocqlx, Some(Gocql::Other)) => None,
            (Import::Gocqlx, None) | (Import::Spring | Import::Other, _) => None,
        }
    }
}

impl Heard {
    pub(crate) fn of(source: &Source<'_>) -> Self {
        // Of a file that names no driver, its words are not about one.
        if !source.trusted {
            return Self::default();
        }
        let Some(family) = Family::of(source.path) else { return Self::default() };
        match Kind::of(source.path) {
            Some(Kind::Build(tool)) => {
                let gocql = (tool == Tool::Go).then(|| build::gocql(source.text));
                Self { imports: build::imports(tool, source.text), gocql, said: Vec::new() }
            }
            Some(Kind::Configuration(format)) => {
                Self { said: configuration::said(source.path, format, source.text), ..Self::default() }
            }
            None => Self::of_code(source.text, family),
        }
    }

    fn of_code(text: &str, family: Family) -> Self {
        let Some(words) = WORDS.as_ref() else { return Self::default() };
        // Most files hold no such word of their own language.
        let is_own = |number: usize| match imports::WORDS.get(number) {
            Some(word) => word.family == family,
            None => source::WORDS.get(number - imports::WORDS.len()).is_some_and(|word| word.family == family),
        };
        let found = words.find_overlapping_iter(text).map(|found| (found.pattern().as_usize(), found.start()));
        let found: Vec<(usize, usize)> = found.filter(|(number, _)| is_own(*number)).collect();
        if found.is_empty() {
            return Self::default();
        }
        let code = Code::of(text, family);
        let imported = found.iter().filter_map(|(number, start)| imports::WORDS.get(*number)?.import(&code, *start));
        let mut imports: Vec<Import> = imported.collect();
        imports.dedup();
        let drivers = imports.iter().flat_map(|import| import.drivers()).copied().collect::<Vec<_>>();
        let word = |number: usize| source::WORDS.get(number.checked_sub(imports::WORDS.len())?);
        let said = found.iter().filter_map(|(number, start)| word(*number)?.said(&code, *start, &drivers)).collect();
        Self { imports, gocql: None, said }
    }
}

/// The parts of a program; the first has no build file.
fn parts<'p>(paths: impl Iterator<Item = &'p Path>) -> Vec<Part> {
    let mut homes: Vec<(Tool, PathBuf)> = paths.filter_map(build_folder).collect();
    homes.sort_by(|left, right| left.1.cmp(&right.1));
    homes.dedup();
    let all = homes.clone();
    homes.retain(|(tool, folder)| {
        let is_below = |(other, above): &(Tool, PathBuf)| other == tool && above != folder && folder.starts_with(above);
        !(tool.has_modules() && all.iter().any(is_below))
    });
    let with_home = homes.into_iter().map(|home| Part { home: Some(home), ..Part::default() });
    std::iter::once(Part::default()).chain(with_home).collect()
}

/// The folder that a build file is for.
fn build_folder(path: &Path) -> Option<(Tool, PathBuf)> {
    let Some(Kind::Build(tool)) = Kind::of(path) else { return None };
    let folder = path.parent()?;
    // Gradle has its catalogue of versions in a folder of its own.
    let is_catalogue = path.ends_with("gradle/libs.versions.toml");
    Some((tool, if is_catalogue { folder.parent()? } else { folder }.to_path_buf()))
}

/// The number of the part that a file belongs to: the nearest around it that is built by a tool for its language.
fn home(parts: &[Part], path: &Path) -> usize {
    let Some(family) = Family::of(path) else { return 0 };
    let is_home = |part: &Part| {
        let depth = |folder: &Path| folder.components().count();
        let (tool, folder) = part.home.as_ref()?;
        (tool.family() == family && path.starts_with(folder)).then(|| depth(folder))
    };
    let found = parts.iter().enumerate().filter_map(|(number, part)| Some((is_home(part)?, number)));
    found.max().map_or(0, |(_, number)| number)
}

/// The words of imports, then those of settings.
static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let imports = imports::WORDS.iter().map(|word| word.text);
    AhoCorasick::new(imports.chain(source::WORDS.iter().map(|word| word.text))).ok()
});
