//! Host files: the source of programs, which may hold CQL. Who finds it there is handed in.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use cqlint_analysis::Fragment;
use cqlint_analysis::syntax::Span;

/// Finds CQL in the files of a program.
pub trait HostReader: Sync {
    /// Whether it reads a file with this name.
    fn reads(&self, path: &Path) -> bool;

    /// Whether there may be CQL in a file with this name. Others only say how drivers are set up.
    fn finds_cql(&self, path: &Path) -> bool;

    /// Whether a file with this name is CQL that is completed before it is executed, unless its text says otherwise.
    fn is_template(&self, path: &Path) -> bool;

    /// What the bytes of a file say about it.
    fn trust(&self, path: &Path, text: &str) -> Trust;

    /// What begins a comment in a file with this name.
    fn comment(&self, path: &Path) -> Option<&'static str>;

    /// Whether the new text is the old one with comments at these places, and nothing else.
    fn adds_only_comments(&self, path: &Path, old: &str, new: &str, added: &[Span]) -> bool;

    /// What is in each of the files, which know of each other.
    fn read(&self, files: &[HostText<'_>]) -> Vec<HostFile>;

    /// The same, kept for files that change.
    fn follow(&self, files: &[HostText<'_>]) -> Box<dyn HostProgram>;
}

/// The files of a program while they change. Each is known by its number among those that were read.
pub trait HostProgram: Send + Sync {
    /// What is in a file.
    fn file(&self, number: usize) -> HostFile;

    /// Takes in that the text of a file has changed. `text_of` answers the texts of others that have to be read again.
    fn change(&mut self, number: usize, file: &HostText<'_>, text_of: &dyn Fn(usize) -> Option<String>) -> HostChange;
}

/// What the change of one file means for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostChange {
    /// There may be other CQL in these files now, the changed one first.
    Files(Vec<usize>),
    /// The same is so in this file, and what all files share has changed: they are to be read anew.
    Everything,
}

/// What was found in a file of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostFile {
    /// The CQL.
    pub fragments: Vec<Fragment>,
    /// How many calls make a statement without any text, so that nothing can be said about it.
    pub builder_calls: usize,
}

/// A file of a program.
#[derive(Clone, Copy, Debug)]
pub struct HostText<'a> {
    /// Where it stands.
    pub path: &'a Path,
    /// What it says.
    pub text: &'a str,
    /// Whether it names a driver, stands beside a file that does, or is called after the database.
    pub trusted: bool,
}

/// Whether what looks like CQL in a file is CQL: SQL of other databases looks the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// A driver of Cassandra or ScyllaDB is used here.
    Driver,
    /// The file says itself what it is, and nothing about the files beside it.
    Itself,
    /// Another database is used here, or nothing that looks like CQL.
    Nothing,
    /// Neither is named. The files beside it decide.
    Unknown,
}

/// Words in a path that say which database its files are about.
const NAMES: [&str; 3] = ["cassandra", "scylla", "cql"];

/// Folders and names of files whose statements are expected and never executed against a database that matters.
const TESTS: [&str; 5] = ["test", "tests", "__tests__", "testdata", "spec"];
const TEST_NAMES: [&str; 10] = ["_test", "_unittest", "Test", "Tests", "IT", ".test", ".spec", "_spec", "Spec", "Suite"];

/// Whether the path, as far as it stands below the folder that was asked for, belongs to tests.
pub(crate) fn is_test(below: &Path) -> bool {
    let folders = below.parent().into_iter().flat_map(Path::components);
    let stem = below.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    // Also `src/intTest` and `src/testFixtures`.
    let is_test_folder = |name: &str| {
        TESTS.iter().any(|test| name.eq_ignore_ascii_case(test)) || name.ends_with("Test") || name.starts_with("testF")
    };
    folders.map(|folder| folder.as_os_str().to_string_lossy().into_owned()).any(|name| is_test_folder(&name))
        || stem.starts_with("test_")
        || TEST_NAMES.iter().any(|name| stem.ends_with(name))
}

/// The folders that have a file with a driver in them.
pub(crate) fn folders<'p>(with_driver: impl Iterator<Item = &'p Path>) -> HashSet<PathBuf> {
    with_driver.filter_map(|path| path.parent().map(Path::to_path_buf)).collect()
}

/// Whether what looks like CQL in the file is taken for it. What the folders above those that were asked for are called says
/// nothing.
pub(crate) fn is_trusted(trust: Trust, path: &Path, asked: &[PathBuf], with_driver: &HashSet<PathBuf>) -> bool {
    match trust {
        Trust::Driver | Trust::Itself => true,
        Trust::Nothing => false,
        Trust::Unknown if asked.iter().any(|named| named == path) => true,
        Trust::Unknown => {
            let below = asked.iter().filter_map(|root| path.strip_prefix(root).ok()).find(|below| !below.as_os_str().is_empty());
            let name = below.unwrap_or(path).to_string_lossy().to_ascii_lowercase();
            NAMES.iter().any(|word| name.contains(word)) || path.parent().is_some_and(|folder| with_driver.contains(folder))
        }
    }
}
