//! Asks git, by its own program: what has changed since a revision, and which files it knows.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Problem;
use crate::find::canonical;

/// What a hook of git sets for the repository that it runs in. Here the folders say which repository is meant.
const SET_BY_HOOKS: [&str; 4] = ["GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE"];

/// Nothing of what a user may have configured changes how this looks.
const DIFF: [&str; 12] = [
    "diff",
    "--unified=0",
    "--inter-hunk-context=0",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--find-renames",
    "--diff-filter=d",
    "--submodule=short",
    "--src-prefix=a/",
    "--dst-prefix=b/",
];

const SHALLOW: &str = "the clone is shallow: fetch its history with `git fetch --unshallow`, or `fetch-depth: 0` in a workflow";

/// A working tree.
pub(crate) struct Repository {
    pub(crate) root: PathBuf,
}

impl Repository {
    /// The one that a folder belongs to.
    pub(crate) fn of(folder: &Path) -> Result<Self, Problem> {
        match git(folder, ["rev-parse", "--show-toplevel"])? {
            Ok(root) => Ok(Self { root: canonical(&path(root.strip_suffix(b"\n").unwrap_or(&root))) }),
            Err(said) => {
                let help = format!("leave `--since` out, or name paths in a working tree; git says: {said}");
                Err(Problem::failed(folder, "is in no git repository", help))
            }
        }
    }

    /// The last commit that the revision and what is checked out have in common.
    pub(crate) fn base(&self, revision: &str) -> Result<String, Problem> {
        let about = |message: &str, help: &str| {
            let help = if self.is_shallow() { SHALLOW } else { help };
            Problem::failed(Path::new(revision), format!("{message} of the repository {}", self.root.display()), help)
        };
        let unknown =
            || about("is no revision", "see `git branch --all` and `git tag`; branches of a remote have its name: `origin/main`");
        // It would be taken for an argument.
        if revision.starts_with('-') {
            return Err(unknown());
        }
        let line = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().to_owned();
        let commit = git(&self.root, ["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
        let commit = line(commit.map_err(|_| unknown())?);
        let base = git(&self.root, ["merge-base", &commit, "HEAD"])?;
        let foreign = |_| about("has no commit in common with HEAD", "name a branch or a commit that HEAD comes from");
        base.map(line).map_err(foreign)
    }

    /// What has changed in the working tree since a commit, as a patch without context.
    pub(crate) fn diff(&self, commit: &str) -> Result<Vec<u8>, Problem> {
        self.asked(DIFF.into_iter().chain([commit, "--"]))
    }

    /// The files that git knows.
    pub(crate) fn files(&self) -> Result<Vec<PathBuf>, Problem> {
        let listed = self.asked(["ls-files", "--cached", "-z"])?;
        Ok(listed.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(|name| self.root.join(path(name))).collect())
    }

    fn asked<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Result<Vec<u8>, Problem> {
        let failed = |said: String| Problem::failed(&self.root, format!("git failed: {said}"), "see what `git status` says there");
        git(&self.root, arguments)?.map_err(failed)
    }

    fn is_shallow(&self) -> bool {
        git(&self.root, ["rev-parse", "--is-shallow-repository"]).is_ok_and(|said| said.is_ok_and(|said| said.starts_with(b"true")))
    }
}

/// What git writes, or what it complains of.
fn git<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Result<Result<Vec<u8>, String>, Problem> {
    let mut command = Command::new("git");
    SET_BY_HOOKS.iter().for_each(|name| _ = command.env_remove(name));
    // Names are quoted only where they must be, and nobody waits for our lock.
    command.env("GIT_OPTIONAL_LOCKS", "0").args(["-c", "core.quotePath=false"]).arg("-C").arg(folder).args(arguments);
    let output = command.output().map_err(|error| missing(&error))?;
    let complaint = || String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("nothing").to_owned();
    Ok(if output.status.success() { Ok(output.stdout) } else { Err(complaint()) })
}

fn missing(error: &io::Error) -> Problem {
    let help = "install git and see that it is found, or leave `--since` out";
    Problem::failed(Path::new("git"), format!("cannot be started: {error}"), help)
}

/// A name as git writes it. What is no Unicode in it is lost, and the file then is one that git does not know.
pub(crate) fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(AsRef::<OsStr>::as_ref(String::from_utf8_lossy(bytes).as_ref()))
}
