//! Writes a new file: as a whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::Problem;

/// A file in the making. It is written beside its place, in a folder that is made when it is missing, and takes its name
/// with [`NewFile::finish`]; dropped before, it leaves nothing behind. A link stays, and what it leads to is replaced.
///
/// ```
/// use std::io::Write;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("reports/today.json");
/// let mut file = cqlint_project::NewFile::create(&path)?;
/// file.write_all(b"[]")?;
/// assert!(!path.exists());
/// file.finish()?;
/// assert_eq!(std::fs::read(&path)?, b"[]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct NewFile {
    /// As the user would write it.
    path: PathBuf,
    target: Target,
}

#[derive(Debug)]
enum Target {
    /// The text, and the name that it will take.
    Beside(NamedTempFile, PathBuf),
    /// A device or a pipe, which nothing can take the place of.
    Device(File),
}

impl NewFile {
    /// Begins to write a file.
    ///
    /// # Errors
    /// Its folder cannot be made or written in, or a folder has its name.
    pub fn create(path: &Path) -> Result<Self, Problem> {
        let failed = |error: io::Error| failure(path, &error);
        let target = match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                return Err(Problem::failed(path, "is a folder, so it cannot be written", "name a file in it"));
            }
            Ok(metadata) if !metadata.is_file() => Target::Device(OpenOptions::new().write(true).open(path).map_err(failed)?),
            Ok(_) => beside(fs::canonicalize(path).map_err(failed)?).map_err(failed)?,
            // The folder may be missing, too; what else is wrong shows there.
            Err(_) => beside(path.to_path_buf()).map_err(failed)?,
        };
        Ok(Self { path: path.to_path_buf(), target })
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// That is not possible; then a file of this name is as it was.
    pub fn finish(self) -> Result<(), Problem> {
        let failed = |error: io::Error| failure(&self.path, &error);
        match self.target {
            Target::Device(_) => Ok(()),
            Target::Beside(file, target) => {
                file.as_file().sync_all().map_err(failed)?;
                file.persist(target).map(drop).map_err(|error| failed(error.error))
            }
        }
    }

    fn told(&self, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), failure(&self.path, error))
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match &mut self.target {
            Target::Beside(file, _) => file.write(bytes),
            Target::Device(file) => file.write(bytes),
        };
        written.map_err(|error| self.told(&error))
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = match &mut self.target {
            Target::Beside(file, _) => file.flush(),
            Target::Device(file) => file.flush(),
        };
        flushed.map_err(|error| self.told(&error))
    }
}

fn beside(target: PathBuf) -> io::Result<Target> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = Builder::new();
    builder.prefix(".cqlint-");
    // Others may read a report; what the user's mask forbids stays forbidden.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    Ok(Target::Beside(builder.tempfile_in(folder)?, target))
}

fn failure(path: &Path, error: &io::Error) -> Problem {
    let help = match error.kind() {
        io::ErrorKind::PermissionDenied => "check the permissions of its folder",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room, or name a file elsewhere",
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "a file stands where its folder should be: name another",
        _ => "name another file, or leave it out for standard output",
    };
    Problem::failed(path, format!("cannot be written: {error}"), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_there_before_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/report.json");
        let mut file = NewFile::create(&path).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 0);

        fs::write(&path, "old").unwrap();
        let mut file = NewFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_is_said_to_be_so() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let message = |path: &Path| NewFile::create(path).unwrap_err().message;
        assert_eq!(message(folder.path()), "is a folder, so it cannot be written");
        assert!(message(&folder.path().join("file/report")).starts_with("cannot be written: "));
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_and_devices_are_written() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.json"), folder.path().join("link.json"));
        fs::write(&path, "old").unwrap();
        symlink("a.json", &link).unwrap();
        NewFile::create(&link).unwrap().finish().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o111, 0);

        let mut device = NewFile::create(Path::new("/dev/null")).unwrap();
        device.write_all(b"x").unwrap();
        device.finish().unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
