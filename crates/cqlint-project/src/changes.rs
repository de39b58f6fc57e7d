//! Which lines of which files have changed since a revision.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use cqlint_analysis::Diagnostic;
use cqlint_analysis::syntax::Span;

use crate::Problem;
use crate::find::canonical;
use crate::git::{Repository, path};

/// What differs between the working tree and the last commit that it has in common with a revision: committed since then, staged
/// or not. What git does not know is new as a whole.
///
/// ```no_run
/// use cqlint_project::{Changes, Input, Project};
///
/// let paths = ["src".into()];
/// let changes = Changes::since("origin/main", &paths)?;
/// let project = Project::load(&Input { paths: &paths, ..Input::default() }, &|_| ())?.only_in(changes);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The files that git knows, with what has changed in each.
    files: HashMap<PathBuf, Vec<Lines>>,
}

/// Lines that were added or changed, counted from 1. When there are none, lines behind the first were taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lines {
    first: usize,
    count: usize,
}

impl Changes {
    /// What has changed in the repositories that the paths belong to.
    ///
    /// # Errors
    /// There is no git, no repository, or no such revision in it.
    pub fn since(revision: &str, paths: &[PathBuf]) -> Result<Self, Problem> {
        let folder =
            |path: &PathBuf| if path.is_dir() { path.clone() } else { path.parent().map(Path::to_path_buf).unwrap_or_default() };
        let folders: BTreeSet<PathBuf> = paths.iter().map(folder).collect();
        let mut changes = Self::default();
        let mut roots = BTreeSet::new();
        // What does not exist is told when it is looked for.
        for folder in folders.iter().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder }) {
            let repository = if folder.exists() { Repository::of(folder)? } else { continue };
            if roots.insert(repository.root.clone()) {
                changes.add(&repository, revision)?;
            }
        }
        Ok(changes)
    }

    fn add(&mut self, repository: &Repository, revision: &str) -> Result<(), Problem> {
        let patch = repository.diff(&repository.base(revision)?)?;
        self.files.extend(repository.files()?.into_iter().map(|file| (file, Vec::new())));
        for (name, lines) in changed(&patch) {
            self.files.entry(repository.root.join(path(&name))).or_default().push(lines);
        }
        Ok(())
    }

    /// What has changed in a file.
    pub(crate) fn of(&self, location: &Path, text: &str) -> Changed {
        let Some(lines) = self.files.get(&canonical(location)) else { return Changed::Everything };
        let ends = || text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, behind)| behind);
        // Where nothing has changed nobody asks for lines.
        let starts = if lines.is_empty() { Vec::new() } else { std::iter::once(0).chain(ends()).collect() };
        Changed::Lines { lines: lines.clone(), starts }
    }
}

/// What has changed in one file.
#[derive(Clone, Debug)]
pub(crate) enum Changed {
    /// It is new, or nobody asks.
    Everything,
    /// Some of its lines, and where its lines begin.
    Lines { lines: Vec<Lines>, starts: Vec<u32> },
}

impl Changed {
    /// Whether a finding stands on what has changed, or its statement does, or a place that explains it.
    pub(crate) fn touches(&self, finding: &Diagnostic) -> bool {
        let Changed::Lines { lines, starts } = self else { return true };
        let line = |offset: u32| starts.partition_point(|start| *start <= offset);
        let is_touched = |span: Span| {
            let (first, last) = (line(span.start), line(span.end.max(span.start + 1) - 1));
            lines.iter().any(|changed| changed.touch(first, last))
        };
        let places = std::iter::once(finding.span).chain(finding.subject.map(|subject| subject.span));
        places.chain(finding.related.iter().map(|related| related.span)).any(is_touched)
    }
}

impl Lines {
    fn touch(self, first: usize, last: usize) -> bool {
        match self.count {
            // Something is missing between two of them.
            0 => first <= self.first && self.first < last,
            count => first < self.first + count && self.first <= last,
        }
    }
}

/// The changes of a patch without context, with the names of their files.
fn changed(patch: &[u8]) -> Vec<(Vec<u8>, Lines)> {
    let mut changed = Vec::new();
    let mut name = Vec::new();
    let mut lines = patch.split(|byte| *byte == b'\n');
    while let Some(line) = lines.next() {
        if let Some(file) = line.strip_prefix(b"+++ ") {
            name = unquoted(file);
        } else if let Some(hunk) = line.strip_prefix(b"@@ -") {
            let Some((old, new)) = ranges(hunk) else { continue };
            changed.push((name.clone(), new));
            // A line that was taken out or put in may look like anything.
            let mut body = old.count + new.count;
            while body > 0
                && let Some(line) = lines.next()
            {
                body -= usize::from(!line.starts_with(b"\\"));
            }
        }
    }
    changed
}

/// `12,0 +13,2 @@`
fn ranges(hunk: &[u8]) -> Option<(Lines, Lines)> {
    let mut words = std::str::from_utf8(hunk.get(..hunk.windows(3).position(|sign| sign == b" @@")?)?).ok()?.split(" +");
    let mut range = || {
        let word = words.next()?;
        let (first, count) = word.split_once(',').unwrap_or((word, "1"));
        Some(Lines { first: first.parse().ok()?, count: count.parse().ok()? })
    };
    Some((range()?, range()?))
}

/// The name of a file in a patch: `b/name`, with a tab behind it when it has blanks, or as C writes strings.
fn unquoted(name: &[u8]) -> Vec<u8> {
    let inside = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\""));
    let Some(inside) = inside else {
        let name = name.strip_suffix(b"\t").unwrap_or(name);
        return name.strip_prefix(b"b/").unwrap_or(name).to_vec();
    };
    let mut out = Vec::new();
    let mut bytes = inside.strip_prefix(b"b/").unwrap_or(inside).iter().copied();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'\\' => match bytes.next().unwrap_or(b'\\') {
                b'a' => 7,
                b'b' => 8,
                b't' => b'\t',
                b'n' => b'\n',
                b'v' => 11,
                b'f' => 12,
                b'r' => b'\r',
                digit @ b'0'..=b'3' => bytes.by_ref().take(2).fold(digit - b'0', |byte, digit| byte.wrapping_mul(8) | (digit & 7)),
                other => other,
            },
            byte => byte,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(first: usize, count: usize) -> Lines {
        Lines { first, count }
    }

    #[test]
    fn a_patch_tells_its_lines() {
        let patch =
            b"diff --git a/x.cql b/x.cql\n--- a/x.cql\n+++ b/x.cql\n@@ -3 +3,2 @@ TRUNCATE t;\n-a\n+++ b/no.cql\n+@@ -1 +1 @@\n\
            @@ -9,2 +9,0 @@\n--- a/no\n-b\n\\ No newline at end of file\n\
            diff --git a/y z.cql b/y z.cql\n--- /dev/null\n+++ b/y z.cql\t\n@@ -0,0 +1 @@\n+c\n\\ No newline at end of file\n\
            diff --git a/bin b/bin\nBinary files a/bin and b/bin differ\n\
            --- \"a/q\"\n+++ \"b/\\303\\244\\t\\\"\\\\\\001.cql\"\n@@ -1 +1 @@\n-d\n+e\n";
        let expected = [
            (b"x.cql".to_vec(), lines(3, 2)),
            (b"x.cql".to_vec(), lines(9, 0)),
            (b"y z.cql".to_vec(), lines(1, 1)),
            ("ä\t\"\\\u{1}.cql".as_bytes().to_vec(), lines(1, 1)),
        ];
        assert_eq!(changed(patch), expected);
        assert_eq!(changed(b"@@ -x +1 @@\n@@ -1\n@@ -1,1 +2"), []);
    }

    #[test]
    fn what_is_taken_out_touches_what_was_around_it() {
        assert!(lines(3, 2).touch(1, 3) && lines(3, 2).touch(4, 9) && !lines(3, 2).touch(1, 2) && !lines(3, 2).touch(5, 6));
        assert!(lines(3, 0).touch(3, 4) && !lines(3, 0).touch(3, 3) && !lines(3, 0).touch(4, 5));
    }
}
