//! Marks that `--fix` adds: they compile, nothing but them changes, and nothing is left to mark.
//!
//! Beside each source stands what it becomes; `CQLINT_BLESS=1` writes it.

use std::fs;
use std::path::Path;

use cqlint_analysis::{Analyzer, Diagnostic, Options, Safety};
use cqlint_embed::{Source, read};
use cqlint_project::Mended;

use crate::cassandra::{driver_jars, java, required};

/// What the compiler of this very test takes.
#[allow(dead_code, reason = "nobody calls it")]
#[path = "marks/marked/users.rs"]
mod marked;

const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/embed/marks");

/// The version whose interface the Java source uses.
const DRIVER: &str = "4.19.0";

/// What is found in a program of one file.
fn findings(name: &str, text: &str) -> Vec<Diagnostic> {
    let options = Options::default();
    let mut analyzer = Analyzer::new(options.dialects);
    let program = read(&[Source { path: Path::new(name), text, trusted: true }]);
    program.iter().flatten().flat_map(|fragment| analyzer.fragment(fragment, &options).findings).collect()
}

#[test]
fn marks_are_added() {
    for name in ["Users.cs", "Users.java", "users.c", "users.go", "users.js", "users.py", "users.rs"] {
        let text = fs::read_to_string(Path::new(FILES).join(name)).expect("a sample");
        let mended = Mended::new(&text, &findings(name, &text), Safety::Safe).unwrap_or_else(|| panic!("{name}: nothing to mark"));
        let path = Path::new(FILES).join("marked").join(name);
        if std::env::var_os("CQLINT_BLESS").is_some() {
            fs::write(&path, &mended.text).expect("a writable sample");
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(mended.text, expected, "{name}: `CQLINT_BLESS=1 cargo test` accepts what was made");
        let left: Vec<_> = findings(name, &mended.text).into_iter().filter(|finding| finding.rule.name == "missing-mark").collect();
        assert!(left.is_empty(), "{name}: marked, and still to be marked: {left:?}");
    }
}

/// A mark on a line of its own ends as the other lines do.
#[test]
fn lines_end_as_they_do_in_the_file() {
    for name in ["users.c", "users.py", "users.rs"] {
        let text = fs::read_to_string(Path::new(FILES).join(name)).expect("a sample").replace('\n', "\r\n");
        let mended = Mended::new(&text, &findings(name, &text), Safety::Safe).unwrap_or_else(|| panic!("{name}: nothing to mark"));
        let lines = mended.text.matches('\n').count();
        assert!(lines > text.matches('\n').count(), "{name}: a line more");
        assert_eq!(mended.text.matches("\r\n").count(), lines, "{name}");
    }
}

#[test]
fn marked_java_compiles() {
    let Some(java) = required("marks in Java", java()) else { return };
    let Some(jars) = required("marks in Java", driver_jars(DRIVER)) else { return };
    let classes = tempfile::tempdir().expect("a folder");
    for folder in ["", "marked"] {
        let source = Path::new(FILES).join(folder).join("Users.java");
        let said = required("marks in Java", java.complaints(&source, &jars, classes.path())).unwrap_or_default();
        assert_eq!(said, "", "{}", source.display());
    }
}
