//! Paths of files and the URIs that editors give them.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands in a path as it is, so that clients find the URI that they gave.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The file that a URI names; nothing for texts that are in no file, as `untitled:` ones.
pub(crate) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    // Between the slashes there may be a host: the own one.
    let path = rest.get(rest.find('/')?..)?;
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    // `/c:/folder` on Windows.
    let without_slash = decoded.strip_prefix('/').filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(without_slash.unwrap_or(&decoded)))
}

/// The URI of a file with an absolute path.
pub(crate) fn of(path: &Path) -> Option<Uri> {
    let path = path.to_str()?.replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    Uri::from_str(&format!("file://{slash}{}", utf8_percent_encode(&path, PLAIN))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back() {
        for file in ["/a/b.cql", "/with space/é😀#?%20.cql", "/a/[x]{y}'\"&+@=.java"] {
            let uri = of(Path::new(file));
            assert_eq!(uri.as_ref().and_then(path), Some(PathBuf::from(file)), "{uri:?}");
        }
    }

    #[test]
    fn what_clients_send_is_understood() {
        let path = |uri: &str| Uri::from_str(uri).ok().as_ref().and_then(path);
        assert_eq!(path("file:///c%3A/x/y.cql"), Some(PathBuf::from("c:/x/y.cql")));
        assert_eq!(path("file:///home/a%20b.cql"), Some(PathBuf::from("/home/a b.cql")));
        assert_eq!(path("file://localhost/etc/x.cql"), Some(PathBuf::from("/etc/x.cql")));
        assert_eq!(path("untitled:Untitled-1"), None);
        assert_eq!(path("file:///%FF.cql"), None);
    }
}
