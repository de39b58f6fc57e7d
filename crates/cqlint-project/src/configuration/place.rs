//! Where a path is, and how a user would write it.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The path from the root. Links stay: a file counts where it was found, not where it leads. Only behind a link may `..` lead
/// elsewhere than the letters say, so the path up to the last `..` is looked up.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let parts: Vec<_> = path.components().collect();
    let Some(last) = parts.iter().rposition(|part| *part == Component::ParentDir) else { return path };
    let (climb, rest) = parts.split_at(last + 1);
    let climb: PathBuf = climb.iter().collect();
    let rest: PathBuf = rest.iter().collect();
    fs::canonicalize(&climb).unwrap_or(climb).join(rest)
}

/// The path as a user would write it in the working folder, whichever way is shorter.
pub(crate) fn relative(path: &Path) -> PathBuf {
    let below = env::current_dir().ok().and_then(|folder| pathdiff::diff_paths(path, folder));
    let below = below.filter(|below| below.as_os_str().len() <= path.as_os_str().len());
    match below {
        Some(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Some(below) => below,
        None => path.to_path_buf(),
    }
}
