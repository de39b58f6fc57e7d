//! Writes a changed text back to its file: as a whole or not at all, and only over what was read.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use crate::{Problem, read};

/// Replaces the text of a file, which must still be `was`. A link stays, and what it leads to is replaced; so do the
/// file's permissions. Nobody ever sees half a file: the text is written beside it and then takes its name.
///
/// # Errors
/// The file has changed since it was read, or cannot be written.
pub fn replace(path: &Path, was: &str, text: &str) -> Result<(), Problem> {
    let failed = |error: io::Error| failure(path, &error);
    let target = fs::canonicalize(path).map_err(failed)?;
    let metadata = fs::metadata(&target).map_err(failed)?;
    if !metadata.is_file() {
        return Err(Problem::failed(path, "is no regular file, so it is not changed", "see what it is with `ls -l`"));
    }
    // Taking its name would need no permission of the file itself.
    if metadata.permissions().readonly() {
        return Err(Problem::failed(
            path,
            "is read-only, so it is not changed",
            "make it writable, or see the changes with `--diff`",
        ));
    }
    let beside = beside(&target, text, Some(metadata.permissions())).map_err(failed)?;
    if read(path)? != was {
        let message = "has changed since it was read, so it is not overwritten";
        return Err(Problem::failed(path, message, "run the command again"));
    }
    beside.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Writes a file, whatever it was before; else as [`replace`] does.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn create(path: &Path, text: &str) -> Result<(), Problem> {
    let Ok(target) = fs::canonicalize(path) else {
        let help = "check that its folder exists, and its permissions";
        let failed = |error: io::Error| Problem::failed(path, format!("cannot be written: {}", error.kind()), help);
        return beside(path, text, None).map_err(failed)?.persist(path).map(drop).map_err(|error| failed(error.error));
    };
    let was = read(path)?;
    if was == text { Ok(()) } else { replace(&target, &was, text) }
}

/// The new text, in the folder of the file.
fn beside(target: &Path, text: &str, permissions: Option<Permissions>) -> io::Result<NamedTempFile> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    // What is new has the permissions of any other new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.prefix(".cqlint-").tempfile_in(folder)?;
    beside.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        beside.as_file().set_permissions(permissions)?;
    }
    beside.as_file().sync_all()?;
    Ok(beside)
}

fn failure(path: &Path, error: &io::Error) -> Problem {
    let help = match error.kind() {
        io::ErrorKind::PermissionDenied => "check the permissions of its folder, in which the new text is written first",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room: the new text is written beside the old",
        _ => "the file is as it was; see the changes with `--diff`",
    };
    Problem::failed(path, format!("cannot be written: {error}"), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.cql");
        fs::write(&path, "\u{feff}one\r\n").unwrap();
        replace(&path, "\u{feff}one\r\n", "\u{feff}two\r\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"\xef\xbb\xbftwo\r\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_has_changed_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.cql");
        fs::write(&path, "one, and more").unwrap();
        let problem = replace(&path, "one", "two").unwrap_err();
        assert!(problem.is_fatal());
        assert_eq!(problem.message, "has changed since it was read, so it is not overwritten");
        assert_eq!(fs::read(&path).unwrap(), b"one, and more");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        fs::remove_file(&path).unwrap();
        assert!(replace(&path, "one", "two").unwrap_err().message.starts_with("cannot be written: "));
        assert!(replace(folder.path(), "one", "two").unwrap_err().message.starts_with("is no regular file"));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.cql"), folder.path().join("link.cql"));
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o751)).unwrap();
        symlink("a.cql", &link).unwrap();
        replace(&link, "one", "two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o751);

        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(replace(&path, "two", "three").unwrap_err().message.starts_with("is read-only"));
        assert_eq!(fs::read(&path).unwrap(), b"two");
    }
}
