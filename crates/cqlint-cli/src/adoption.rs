//! What lets a team begin with cqlint in a code base that has grown without it: only new findings are told.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use cqlint_project::{Baseline, Changes};

use crate::exit::Failure;

/// What a comment says whose author says nothing.
const REASON: &str = "present when cqlint was introduced";

/// Which findings are passed over because they are old.
#[derive(Debug, Args)]
#[command(next_help_heading = "In an old code base")]
pub(crate) struct Adoption {
    /// Leave out the findings that are written down in FILE; those are not mended either
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Tell only what stands on lines that have changed since REV: committed, staged or not, or new to git
    #[arg(long, value_name = "REV")]
    pub(crate) since: Option<String>,
    /// Allow all warnings and errors by comments, with --strict also notes; REASON is what the comments say
    #[arg(long, value_name = "REASON", num_args = 0..=1, require_equals = true, default_missing_value = REASON)]
    #[arg(value_parser = reason, conflicts_with_all = ["fix", "write_baseline"])]
    pub(crate) add_suppressions: Option<String>,
    /// Write down all findings in FILE and tell none; with `--baseline FILE`, what it knows of other paths stays
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "diff", "since", "statistics"])]
    pub(crate) write_baseline: Option<PathBuf>,
}

impl Adoption {
    /// What is known already. What is to be brought up to date is read, too; what is to be written from nothing is empty.
    ///
    /// # Errors
    /// The baseline cannot be read, or two files are named.
    pub(crate) fn baseline(&self) -> Result<Option<Baseline>, Failure> {
        Ok(match (&self.baseline, &self.write_baseline) {
            (None, None) => None,
            (None, Some(write)) => Some(Baseline::empty(write)),
            (Some(read), Some(write)) if !is_same(read, write) => {
                let (read, write) = (read.display(), write.display());
                let message = format!("`--baseline` and `--write-baseline` name two files, {read} and {write}");
                let help = "name one file in both to bring it up to date, or leave `--baseline` out".to_owned();
                return Err(Failure::Usage { message, help });
            }
            (Some(read), _) => Some(Baseline::read(read)?),
        })
    }

    /// What has changed, when only that is asked for.
    ///
    /// # Errors
    /// git cannot tell.
    pub(crate) fn changes(&self, paths: &[PathBuf]) -> Result<Option<Changes>, Failure> {
        let Some(revision) = &self.since else { return Ok(None) };
        if paths.iter().any(|path| path == Path::new("-")) {
            let message = "`--since` asks git what has changed, and it knows nothing of standard input".to_owned();
            return Err(Failure::Usage { message, help: "name the file, or leave `--since` out".to_owned() });
        }
        Ok(Some(Changes::since(revision, paths)?))
    }
}

/// One line, with more in it than signs.
fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.contains(char::is_control) {
        return Err("a reason is one line".to_owned());
    }
    if text.contains(char::is_alphanumeric) { Ok(text.to_owned()) } else { Err("a reason has at least a word".to_owned()) }
}

fn is_same(one: &Path, other: &Path) -> bool {
    one == other || fs::canonicalize(one).ok().zip(fs::canonicalize(other).ok()).is_some_and(|(one, other)| one == other)
}
