//! Reads one text, and says plainly why when that is not possible.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::Problem;

/// A text of this many bytes is no script any more. Offsets have 32 bits.
pub const SIZE_LIMIT: u64 = 1_000_000_000;

/// How standard input is called.
pub const STDIN: &str = "<stdin>";

/// As far as a text is searched for bytes that no text has.
const BEGINNING: usize = 4096;

/// Reads a file.
///
/// # Errors
/// It cannot be opened or read, is too large, or is not UTF-8.
pub fn read(path: &Path) -> Result<String, Problem> {
    let failed = |error: io::Error| failure(path, &error);
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    // Only what is a file tells its size; a pipe is read up to the limit.
    if metadata.is_file() && metadata.len() >= SIZE_LIMIT {
        return Err(too_large(path));
    }
    let size = if metadata.is_file() { metadata.len() as usize } else { 0 };
    from_reader(path, file, size)
}

/// Reads standard input.
///
/// # Errors
/// As for [`read`].
pub fn read_stdin() -> Result<String, Problem> {
    from_reader(Path::new("-"), io::stdin().lock(), 0)
}

fn from_reader(path: &Path, reader: impl Read, size: usize) -> Result<String, Problem> {
    let mut bytes = Vec::with_capacity(size + 1);
    reader.take(SIZE_LIMIT).read_to_end(&mut bytes).map_err(|error| failure(path, &error))?;
    if bytes.len() as u64 >= SIZE_LIMIT {
        return Err(too_large(path));
    }
    decode(path, bytes)
}

fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, Problem> {
    let convert = |from: &str| format!("convert it: `iconv -f {from} -t UTF-8 {0} > {0}.utf8`", crate::problem::shown(path));
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Problem::failed(path, "is UTF-16, not UTF-8", convert("UTF-16")));
    }
    let beginning = bytes.get(..BEGINNING).unwrap_or(&bytes);
    if beginning.contains(&0) {
        let help = "if it is UTF-16 without a byte order mark, convert it with `iconv -f UTF-16LE -t UTF-8`";
        return Err(Problem::failed(path, "holds NUL bytes, so it is no UTF-8 text", help));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..at).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let message = format!("is not UTF-8: byte 0x{byte:02x} at offset {at}, line {line}");
        Problem::failed(path, message, convert("ISO-8859-1"))
    })
}

fn too_large(path: &Path) -> Problem {
    let message = format!("is not smaller than {} MB, the limit for one file", SIZE_LIMIT / 1_000_000);
    Problem::failed(path, message, "split it, or name it in .gitignore if it is data and no script")
}

fn failure(path: &Path, error: &io::Error) -> Problem {
    let help = match error.kind() {
        io::ErrorKind::PermissionDenied => "check its permissions and those of its folders",
        io::ErrorKind::NotFound => "check the spelling and the folder that you are in",
        _ => "see whether other programs can read it, for example `cat`",
    };
    Problem::failed(path, format!("cannot be read: {error}"), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(bytes: &[u8]) -> String {
        decode(Path::new("a.cql"), bytes.to_vec()).map_or_else(|problem| problem.to_string(), |text| format!("text {text:?}"))
    }

    #[test]
    fn a_text_that_is_not_utf_8_is_refused_with_its_place() {
        assert_eq!(problem(b"SELECT\nv\n\xe9"), "a.cql: is not UTF-8: byte 0xe9 at offset 9, line 3");
        assert_eq!(problem(b"\xff\xfeU\0S\0"), "a.cql: is UTF-16, not UTF-8");
        assert_eq!(problem(b"U\0S\0"), "a.cql: holds NUL bytes, so it is no UTF-8 text");
        assert_eq!(problem(b""), "text \"\"");
    }
}
