//! Waits until something changes that a run would read.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::configuration::FILES;
use crate::find::is_wanted;
use crate::{Ignoring, Problem};

/// A change is over when nothing more has come for so long: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// After so long it is told although more comes.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is watched.
#[derive(Clone, Copy)]
pub struct Watched<'a> {
    /// Files and folders that are checked or read for their definitions, and files that are read beside them.
    pub paths: &'a [PathBuf],
    /// Files that a run writes itself, and so is not to wake up for.
    pub written: &'a [PathBuf],
    /// Whether files that git ignores are passed over.
    pub ignoring: Ignoring,
    /// Whether a file in a folder is read though it has no ending of CQL.
    pub reads: &'a dyn Fn(&Path) -> bool,
}

/// A watch over files and folders, from when it is made on.
pub struct Watch<'a> {
    watched: Watched<'a>,
    /// Folders with all that is in them.
    roots: Vec<PathBuf>,
    /// Files that were named themselves.
    files: Vec<PathBuf>,
    written: Vec<PathBuf>,
    events: Receiver<notify::Result<Event>>,
    /// Watches as long as it lives.
    _watcher: RecommendedWatcher,
}

impl<'a> Watch<'a> {
    /// Begins to watch. A file need not exist yet, but its folder must.
    ///
    /// # Errors
    /// A path cannot be watched.
    pub fn new(watched: Watched<'a>) -> Result<Self, Problem> {
        let (sender, events) = channel();
        let watcher = RecommendedWatcher::new(sender, Config::default());
        let mut watcher = watcher.map_err(|error| unwatchable(Path::new("."), &error))?;
        let (mut roots, mut files) = (Vec::new(), Vec::new());
        for path in watched.paths {
            let mut watch = |folder: &Path, mode| watcher.watch(folder, mode).map_err(|error| unwatchable(path, &error));
            let whole = whole(path);
            if whole.is_dir() {
                watch(&whole, RecursiveMode::Recursive)?;
                for above in above(&whole) {
                    watch(above, RecursiveMode::NonRecursive)?;
                }
                roots.push(whole);
            } else {
                // Many editors put another file in the place of one that they change.
                watch(whole.parent().unwrap_or(&whole), RecursiveMode::NonRecursive)?;
                files.push(whole);
            }
        }
        let written = watched.written.iter().map(|path| whole(path)).collect();
        Ok(Self { watched, roots, files, written, events, _watcher: watcher })
    }

    /// Waits for the next change, and until it is over.
    ///
    /// # Errors
    /// Nothing is told any more.
    pub fn wait(&self) -> Result<(), Problem> {
        let ended = || Problem::failed(Path::new("."), "is no longer watched", "run the command again");
        while !self.concerns(&self.events.recv().map_err(|_| ended())?) {}
        let end = Instant::now() + PATIENCE;
        loop {
            match self.events.recv_timeout(QUIET.min(end.saturating_duration_since(Instant::now()))) {
                Ok(_) => (),
                Err(RecvTimeoutError::Timeout) => return Ok(()),
                Err(RecvTimeoutError::Disconnected) => return Err(ended()),
            }
        }
    }

    /// Whether a run would have another result after this.
    fn concerns(&self, event: &notify::Result<Event>) -> bool {
        // What cannot be told may be a change as well as not.
        let Ok(event) = event else { return true };
        match event.kind {
            // Reading is one, too.
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
            EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => {
                event.need_rescan() || event.paths.iter().any(|path| self.is_read(path))
            }
        }
    }

    fn is_read(&self, path: &Path) -> bool {
        if self.written.iter().any(|written| written == path) {
            return false;
        }
        if self.files.iter().any(|file| file == path) {
            return true;
        }
        // They say how others are read, here and in the folders above.
        let is_setting = path.file_name().is_some_and(|name| name == ".gitignore" || FILES.iter().any(|file| name == *file));
        let mut below = self.roots.iter().filter(|root| path.starts_with(root)).peekable();
        let is_above =
            below.peek().is_none() && self.roots.iter().any(|root| path.parent().is_some_and(|own| root.starts_with(own)));
        is_setting && is_above || below.any(|root| is_setting || is_wanted(root, path, self.watched.ignoring, self.watched.reads))
    }
}

/// The path in its one true form, also of a file that does not exist, in a folder that does not.
fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let there = path.ancestors().find_map(|folder| Some((fs::canonicalize(folder).ok()?, path.strip_prefix(folder).ok()?)));
    match there {
        Some((whole, rest)) if rest.as_os_str().is_empty() => whole,
        Some((folder, rest)) => folder.join(rest),
        None => path,
    }
}

/// The folders above that have a say in what is read: up to the root of the repository.
fn above(root: &Path) -> impl Iterator<Item = &Path> {
    let depth = root.ancestors().position(|folder| folder.join(".git").exists()).unwrap_or(0);
    root.ancestors().skip(1).take(depth)
}

fn unwatchable(path: &Path, error: &notify::Error) -> Problem {
    let help = match error.kind {
        notify::ErrorKind::MaxFilesWatch => "raise the system's limit (fs.inotify.max_user_watches), or name fewer folders",
        notify::ErrorKind::PathNotFound => "check the spelling and the folder that you are in",
        _ => "run the command without `--watch`",
    };
    let reason = match &error.kind {
        notify::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    };
    Problem::failed(path, format!("cannot be watched: {reason}"), help)
}
