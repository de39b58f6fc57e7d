//! Paths as URIs.

use std::borrow::Cow;
use std::path::{Component, MAIN_SEPARATOR, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands for something else in a URI: all but the letters, digits and marks that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A path as a URI: relative to the folder when it lies below, else absolute where the folder is known.
///
/// What is no UTF-8 in the name of a file is lost before it comes here; the URI is well formed all the same.
pub(crate) fn file(path: &str, folder: Option<&Path>) -> String {
    let own = Path::new(path);
    let leaves = own.components().any(|component| component == Component::ParentDir);
    match folder {
        _ if own.is_absolute() => absolute(path),
        Some(folder) if leaves => absolute(&joined(folder, own)),
        _ => encoded(path),
    }
}

/// A folder as an absolute URI, with the slash that makes it a base.
pub(crate) fn base(folder: &Path) -> String {
    absolute(&format!("{}/", folder.to_string_lossy().trim_end_matches('/')))
}

fn absolute(path: &str) -> String {
    let encoded = encoded(path);
    // `C:/x` has no slash at its beginning; the URI has one.
    format!("file:///{}", encoded.trim_start_matches('/'))
}

fn encoded(path: &str) -> String {
    let path: Cow<'_, str> = if MAIN_SEPARATOR == '/' { path.into() } else { path.replace(MAIN_SEPARATOR, "/").into() };
    utf8_percent_encode(&path, RESERVED).to_string()
}

/// The path from the root; `..` leaves a folder as it is written, links or not.
fn joined(folder: &Path, path: &Path) -> String {
    let mut whole = folder.to_path_buf();
    for component in path.components() {
        match component {
            Component::ParentDir => _ = whole.pop(),
            Component::CurDir => (),
            component => whole.push(component),
        }
    }
    whole.to_string_lossy().into_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use std::path::Path;

    use super::{base, file};

    #[test]
    fn paths_are_encoded() {
        assert_eq!(file("src/a b%:ü#?.cql", None), "src/a%20b%25%3A%C3%BC%23%3F.cql");
        assert_eq!(file("/x/a b.cql", None), "file:///x/a%20b.cql");
        assert_eq!(base(Path::new("/x/y z")), "file:///x/y%20z/");
        assert_eq!(base(Path::new("/")), "file:///");
    }

    #[test]
    fn what_lies_outside_is_absolute() {
        assert_eq!(file("../q/../a.cql", Some(Path::new("/x/y"))), "file:///x/a.cql");
        assert_eq!(file("q/a.cql", Some(Path::new("/x/y"))), "q/a.cql");
        assert_eq!(file("../a.cql", None), "../a.cql");
    }
}
