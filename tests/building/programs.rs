//! Programs that cargo compiles: what it shows of errors and warnings, and when it looks again.
//!
//! They share the folder `target` with the tests, where all that is below them was compiled before.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A program in a folder that disappears again.
struct Program {
    folder: tempfile::TempDir,
}

impl Program {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let program = Self { folder: tempfile::tempdir().expect("a folder") };
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let room = |name: &str| format!("{name} = {{ path = '{}' }}", root.join("crates").join(name).display());
        let rooms = ["cqlint-runtime", "cqlint-macros"].map(room).join("\n");
        let manifest = format!(
            "[package]\nname = '{name}'\nedition = '2024'\n[workspace]\n[dependencies]\n{rooms}\n[build-dependencies]\n{}\n",
            room("cqlint-build")
        );
        program.write("Cargo.toml", &manifest);
        // The same versions, which are there already: nothing is fetched.
        fs::copy(root.join("Cargo.lock"), program.path("Cargo.lock")).expect("the lock file");
        files.iter().for_each(|(path, text)| program.write(path, text));
        program
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file that can be written");
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let test = std::env::current_exe().expect("this test");
        let target = test.ancestors().find(|folder| folder.ends_with("target") || folder.join("CACHEDIR.TAG").is_file());
        let mut cargo = Command::new(env!("CARGO"));
        // What the test inherits is about another package.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG") || name == "CARGO_MANIFEST_DIR" || name == "RUSTC_WRAPPER" {
                cargo.env_remove(name);
            }
        }
        cargo
            .current_dir(&self.folder)
            .args(arguments)
            .arg("--offline")
            .env("CARGO_TARGET_DIR", target.expect("the folder target"));
        cargo.env("CARGO_TERM_COLOR", "never").output().expect("cargo")
    }

    /// What cargo shows, without what it says of its own work.
    fn shown(&self) -> String {
        let output = self.cargo(&["check"]);
        let text = String::from_utf8_lossy(&output.stderr).replace(&self.folder.path().display().to_string(), "[folder]");
        let own = ["Compiling", "Checking", "Finished", "Locking", "Blocking", "Adding", "Downgrading", "Updating"];
        let lines = text.lines().filter(|line| !own.iter().any(|word| line.trim_start().starts_with(word)));
        lines.collect::<Vec<_>>().join("\n")
    }
}

const BUILD: &str =
    "fn main() -> Result<(), cqlint_build::Error> { cqlint_build::Config::new().schema('s').queries('q').generate() }";

/// The build script of users, and what its cargo shows, from the first error to the last change.
#[test]
fn cargo_shows_what_is_wrong_and_looks_again() {
    let build = BUILD.replace('\'', "\"");
    let program = Program::new(
        "builds",
        &[
            ("build.rs", &build),
            (
                "src/main.rs",
                "mod queries { cqlint_runtime::include_queries!(); } fn main() { assert!(queries::A.is_idempotent()); }",
            ),
            ("s/schema.cql", "CREATE TABLE ks.t (k int PRIMARY KEY, l list<int>, s set<int>);"),
            ("q/a.cql", "-- name: a\nSELECT x FROM ks.t WHERE k = ?;\n"),
        ],
    );
    let shown = program.shown();
    let expected = "  --- stderr
  Error: there is a mistake in the CQL of this package

  error[unknown-column]: table `t` has no column `x`
   --> q/a.cql:2:8
    |
  2 | SELECT x FROM ks.t WHERE k = ?;
    |        ^ is no column of the table
    |";
    assert!(shown.contains(expected), "{shown}");

    program.write("q/a.cql", "-- name: a\nUPDATE ks.t SET l = l + ? WHERE k = ?;\n");
    let shown = program.shown();
    let warning = "warning: builds@0.0.0: q/a.cql:2:17: elements are appended to list `l`: a retry adds them twice [list-append]";
    assert_eq!(shown.lines().next(), Some(warning), "{shown}");
    assert!(!shown.contains("error"), "{shown}");

    // A new file of the schema, and of the statements; one that is changed, and one that is gone.
    program.write("q/deep/b.cql", "-- name: a\nSELECT * FROM ks.t;\n");
    assert!(program.shown().contains("error: two statements are called `a`"));
    fs::remove_file(program.path("q/deep/b.cql")).expect("it is gone");
    assert!(!program.shown().contains("error"));
    program.write("s/more.cql", "ALTER TABLE ks.t ADD y int;");
    program.write("q/a.cql", "-- name: a\nUPDATE ks.t SET y = ? WHERE k = ?;\n");
    assert_eq!(program.shown(), "");
    program.write("s/more.cql", "ALTER TABLE ks.t ADD z int;");
    assert!(program.shown().contains("table `t` has no column `y`"));
    fs::rename(program.path("s"), program.path("elsewhere")).expect("it is elsewhere");
    assert!(program.shown().contains("error: s: no such file or folder"));
}

/// What `cql!` says, by the line and column of the literal that rustc points at.
#[test]
fn cql_says_which_characters_are_wrong() {
    let program = Program::new(
        "inline",
        &[("src/main.rs", include_str!("cql/src/main.rs")), ("schema/shop.cql", include_str!("cql/schema/shop.cql"))],
    );
    let output = program.cargo(&["check", "--message-format", "json"]);
    let mut told = String::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let message = &line["message"];
        let (Some("error"), Some(said)) = (message["level"].as_str(), message["message"].as_str()) else { continue };
        let Some(span) = message["spans"].as_array().and_then(|spans| spans.first()) else { continue };
        told += &format!("{}:{}\n{}\n\n", span["line_start"], span["column_start"], said.trim_end());
    }
    let path = Path::new("building/cql/expected");
    if std::env::var_os("CQLINT_BLESS").is_some() {
        fs::write(path, &told).expect("a file that can be written");
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(!told.is_empty() && told == expected, "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// What `cql!` has read is looked at by cargo.
#[test]
fn cql_is_compiled_again_when_the_schema_changes() {
    let program = Program::new(
        "again",
        &[
            ("src/main.rs", "fn main() { let _ = cqlint_macros::cql!(\"UPDATE t SET c = c + ? WHERE k = ?\", idempotent); }"),
            ("schema/a.cql", "CREATE TABLE t (k int PRIMARY KEY, c set<int>);"),
        ],
    );
    assert_eq!(program.shown(), "");
    program.write("schema/a.cql", "CREATE TABLE t (k int PRIMARY KEY, c list<int>);");
    let shown = program.shown();
    assert!(shown.contains("it has to be idempotent: elements are appended to list `c`"), "{shown}");
    program.write("schema/a.cql", "CREATE TABLE t (k int PRIMARY KEY, c map<int, int>);");
    assert_eq!(program.shown(), "");
    program.write("cqlint.toml", "schema = ['elsewhere']\n");
    program.write("src/main.rs", "fn main() { let _ = cqlint_macros::cql!(\"SELECT * FROM t\"); }");
    assert!(program.shown().contains("elsewhere: no such file or folder"));
}
