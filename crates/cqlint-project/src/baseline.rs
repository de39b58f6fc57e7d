//! A baseline: the findings that a project had when cqlint was introduced. They are not told again; new ones are.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use cqlint_analysis::Fingerprint;
use serde::{Deserialize, Serialize};

use crate::find::canonical;
use crate::{Event, Outcome, Problem, STDIN, read, write};

/// The version of the file that is written, and the only one that is read.
const SCHEMA_VERSION: u64 = 1;

/// Findings that are known, by file and fingerprint, each with how many there are of it.
///
/// Its file is JSON with one entry on each line, sorted. The paths in it are relative to its folder, with `/` on every system, so
/// it may lie in any folder of a repository and be read from any other.
///
/// ```
/// use cqlint_project::Baseline;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("cqlint-baseline.json");
/// Baseline::empty(&path).write()?;
/// assert_eq!(Baseline::read(&path)?.count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Baseline {
    /// As the user wrote it.
    path: PathBuf,
    /// Where its paths begin.
    folder: PathBuf,
    files: BTreeMap<String, Known>,
}

/// The known findings of one file.
pub(crate) type Known = BTreeMap<Fingerprint, Entry>;

/// Findings with the same fingerprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) rule: String,
    pub(crate) count: usize,
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    rule: String,
    fingerprint: String,
    count: usize,
}

#[derive(Deserialize)]
struct Version {
    schema_version: u64,
}

#[derive(Deserialize)]
struct File {
    findings: Vec<Line>,
}

impl Baseline {
    /// A baseline that knows nothing and is to be written to `path`.
    #[must_use]
    pub fn empty(path: &Path) -> Self {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self { path: path.to_path_buf(), folder: canonical(folder), files: BTreeMap::new() }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// The file cannot be read, is no baseline, or is one of another version.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let missing = |problem: Problem| {
            let help = format!("write one with `--write-baseline {}`", path.display());
            if path.exists() { problem } else { Problem { help: Some(help), ..problem } }
        };
        let text = read(path).map_err(missing)?;
        let again = format!("write it again with `--write-baseline {}`", path.display());
        let broken = |what: String| Problem::failed(path, format!("is no baseline: {what}"), again.clone());
        let Version { schema_version } = serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
        if schema_version != SCHEMA_VERSION {
            let message = format!("is a baseline of version {schema_version}, and this cqlint reads version {SCHEMA_VERSION}");
            return Err(Problem::failed(path, message, format!("use the cqlint that wrote it, or {again}")));
        }
        let File { findings } = serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
        let mut baseline = Self::empty(path);
        for Line { path, rule, fingerprint, count } in findings {
            let known = fingerprint.parse().map_err(|_| broken(format!("`{fingerprint}` is no fingerprint")))?;
            let entry = baseline.files.entry(path).or_default().entry(known).or_insert(Entry { rule, count });
            // Two branches may both have added it.
            entry.count = entry.count.max(count);
        }
        Ok(baseline)
    }

    /// Writes it to its file: as a whole or not at all.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self) -> Result<(), Problem> {
        let text =
            self.to_json().map_err(|error| Problem::failed(&self.path, error.to_string(), "rename the file that is meant"))?;
        write::create(&self.path, &text)
    }

    fn to_json(&self) -> serde_json::Result<String> {
        let lines = self.files.iter().flat_map(|(path, known)| {
            let line = |(fingerprint, Entry { rule, count }): (&Fingerprint, &Entry)| Line {
                path: path.clone(),
                rule: rule.clone(),
                fingerprint: fingerprint.to_string(),
                count: *count,
            };
            let mut lines: Vec<_> = known.iter().map(line).collect();
            lines.sort_by(|left, right| (&left.rule, &left.fingerprint).cmp(&(&right.rule, &right.fingerprint)));
            lines
        });
        let lines: Vec<_> = lines.map(|line| Ok(format!("\n    {}", serde_json::to_string(&line)?))).collect::<Result<_, _>>()?;
        let end = if lines.is_empty() { "" } else { "\n  " };
        Ok(format!("{{\n  \"schema_version\": {SCHEMA_VERSION},\n  \"findings\": [{}{end}]\n}}\n", lines.join(",")))
    }

    /// Where its file is, as the user wrote it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many findings it knows.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.values().map(count).sum()
    }

    /// How many files they are in.
    #[must_use]
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// What it knows of a file.
    pub(crate) fn known(&self, location: &Path) -> Known {
        self.files.get(&self.key(location)).cloned().unwrap_or_default()
    }

    /// Forgets what it knows of the files that `paths` stand for.
    pub(crate) fn forget(&mut self, paths: &[PathBuf]) {
        let folder = self.folder.clone();
        self.files.retain(|key, _| !is_asked(&folder, key, paths));
    }

    /// Takes over what was found in a file.
    pub(crate) fn learn(&mut self, location: &Path, known: Known) {
        let key = self.key(location);
        if known.is_empty() {
            self.files.remove(&key);
        } else {
            self.files.insert(key, known);
        }
    }

    /// What it calls a file: its path from the folder of the baseline. A file that is a link has its own name.
    fn key(&self, location: &Path) -> String {
        if location == Path::new("-") || location == Path::new(STDIN) {
            return STDIN.to_owned();
        }
        let path = match (location.parent(), location.file_name()) {
            (Some(folder), Some(name)) if folder.as_os_str().is_empty() => canonical(Path::new(".")).join(name),
            (Some(folder), Some(name)) => canonical(folder).join(name),
            _ => canonical(location),
        };
        let shared = path.components().zip(self.folder.components()).take_while(|(one, other)| one == other).count();
        let up = self.folder.components().skip(shared).map(|_| "..".into());
        let down = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy());
        up.chain(down).collect::<Vec<_>>().join("/")
    }
}

/// What of a baseline has not been found yet.
pub(crate) struct Left<'b> {
    baseline: &'b Baseline,
    files: BTreeMap<&'b str, usize>,
}

impl<'b> Left<'b> {
    /// All that it knows of the files that `paths` stand for, also of those that are gone.
    pub(crate) fn new(baseline: &'b Baseline, paths: &[PathBuf]) -> Self {
        let files = baseline.files.iter().filter(|(key, _)| is_asked(&baseline.folder, key, paths));
        Self { baseline, files: files.map(|(key, known)| (key.as_str(), count(known))).collect() }
    }

    /// What became of a path. Of one that could not be checked nobody knows what is still there.
    pub(crate) fn event(&mut self, event: &Event) {
        match event {
            Event::File(file) => self.set(&file.location, count(&file.known)),
            Event::Problem(problem) if problem.outcome == Outcome::Done => {}
            Event::Problem(problem) => self.pass_over(Path::new(problem.path.as_str())),
        }
    }

    /// Nobody knows what is still in the file.
    pub(crate) fn pass_over(&mut self, location: &Path) {
        self.set(location, 0);
    }

    fn set(&mut self, location: &Path, left: usize) {
        if let Some(count) = self.files.get_mut(self.baseline.key(location).as_str()) {
            *count = left;
        }
    }

    /// What there is to say at the end.
    pub(crate) fn problem(&self) -> Option<Problem> {
        let path = &self.baseline.path;
        let message = match self.files.values().sum() {
            0usize => return None,
            1 => "holds a finding that is no longer there".to_owned(),
            count => format!("holds {count} findings that are no longer there"),
        };
        let help = format!("take them out: add `--write-baseline {}`", path.display());
        Some(Problem::done(path, message, Some(help)))
    }
}

fn count(known: &Known) -> usize {
    known.values().map(|entry| entry.count).sum()
}

/// Whether a file is one of those that the paths, in their true form, stand for.
fn is_asked(folder: &Path, key: &str, paths: &[PathBuf]) -> bool {
    if key == STDIN {
        return paths.iter().any(|path| path == Path::new("-"));
    }
    let mut place = folder.to_path_buf();
    for part in Path::new(key).components() {
        match part {
            Component::ParentDir => _ = place.pop(),
            part => place.push(part),
        }
    }
    paths.iter().any(|path| place.starts_with(path))
}

#[cfg(test)]
mod tests;
