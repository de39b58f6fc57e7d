//! Files that no folder of a repository can hold: links, ignored ones, unreadable ones, large ones.

use std::fs::{self, File};
use std::path::Path;

use tempfile::TempDir;

use super::{run, text};

pub(super) const COUNTER: &str = "UPDATE hits SET n = n + 1 WHERE page = 'home';\n";

pub(super) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, content) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    folder
}

/// The files that a run has findings in; every file of these tests has one.
fn checked(folder: &Path, line: &str) -> Vec<String> {
    let output = run(folder, line);
    let found = text(&output.stdout);
    let name = |line: &str| line.split_once(":1:").map(|(name, _)| name.to_owned());
    found.lines().filter_map(name).collect()
}

#[test]
fn what_git_ignores_is_passed_over() {
    let tree = folder(&[
        (".git/HEAD", ""),
        (".git/info/exclude", "excluded.cql\n"),
        (".gitignore", "build/\n/only_here.cql\n*.tmp.cql\n"),
        ("a.cql", COUNTER),
        ("excluded.cql", COUNTER),
        ("only_here.cql", COUNTER),
        (".hidden/h.cql", COUNTER),
        ("build/b.cql", COUNTER),
        ("deep/.gitignore", "!keep.tmp.cql\nlocal.cql\n"),
        ("deep/only_here.cql", COUNTER),
        ("deep/keep.tmp.cql", COUNTER),
        ("deep/drop.tmp.cql", COUNTER),
        ("deep/local.cql", COUNTER),
        ("deep/er/local.cql", COUNTER),
        ("other/local.cql", COUNTER),
        ("notes.txt", COUNTER),
    ]);
    let all = checked(tree.path(), "cqlint -f concise");
    assert_eq!(all, ["a.cql", "deep/keep.tmp.cql", "deep/only_here.cql", "other/local.cql"]);
    // The patterns of the folders above hold in a folder that is named itself.
    assert_eq!(checked(tree.path(), "cqlint -f concise deep"), ["deep/keep.tmp.cql", "deep/only_here.cql"]);
    assert_eq!(checked(&tree.path().join("deep"), "cqlint -f concise"), ["keep.tmp.cql", "only_here.cql"]);
    // What is named itself is wanted.
    assert_eq!(
        checked(tree.path(), "cqlint -f concise excluded.cql notes.txt build"),
        ["build/b.cql", "excluded.cql", "notes.txt"]
    );
    assert_eq!(checked(tree.path(), "cqlint -f concise --no-ignore").len(), 10);
}

#[test]
fn a_file_with_two_paths_is_checked_once() {
    let tree = folder(&[("a.cql", COUNTER), ("b/c.cql", COUNTER)]);
    assert_eq!(checked(tree.path(), "cqlint -f concise b a.cql . ./b/c.cql --schema a.cql"), ["a.cql", "b/c.cql"]);
}

#[test]
fn templates_are_schema_too() {
    let tree = folder(&[
        ("a.cql", "UPDATE ks.t SET v = v + ? WHERE k = 1;"),
        ("schema/t.cql.tmpl", "CREATE TABLE {{.Keyspace}}.t (k int PRIMARY KEY, v set<int>);"),
        ("schema/Rooms.java", "class Rooms { String q = \"UPDATE ks.t SET n = n + 1 WHERE k = 1\"; }"),
    ]);
    let output = run(tree.path(), "cqlint -f concise a.cql");
    assert!(text(&output.stdout).contains("untyped-operation"), "{}", text(&output.stdout));
    let output = run(tree.path(), "cqlint -f concise a.cql --schema schema");
    assert_eq!((text(&output.stdout), output.status.code()), ("✓ nothing to report in 1 file\n".to_owned(), Some(0)));
}

#[test]
fn a_file_may_be_larger_than_people_can_read() {
    let tree = folder(&[("a.cql", &COUNTER.repeat(10_050))]);
    let output = run(tree.path(), "cqlint -f json-lines");
    let found = text(&output.stdout);
    assert_eq!(found.lines().filter(|line| line.contains(r#""rule":"counter-update""#)).count(), 10_000);
    assert!(found.contains("50 more findings, which are only counted"), "{found}");
    assert!(found.contains(r#""warnings":10050"#), "{found}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let tree = folder(&[("a.cql", COUNTER)]);
    File::create(tree.path().join("b.cql")).and_then(|file| file.set_len(1_000_000_000)).expect("a sparse file");
    let output = run(tree.path(), "cqlint -f concise");
    let found = text(&output.stdout);
    assert!(found.contains("b.cql: error: is not smaller than 1000 MB, the limit for one file"), "{found}");
    assert!(found.contains("a.cql:1:"), "{found}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn an_empty_file_is_a_file() {
    let tree = folder(&[("a.cql", ""), ("b.cql", "\u{feff}"), ("c.cql", "-- nothing\r\n"), ("d.cql", ";;")]);
    let output = run(tree.path(), "cqlint");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    assert!(text(&output.stdout).contains("no statements"), "{}", text(&output.stdout));
}

#[test]
fn comments_that_hide_nothing_are_taken_out() {
    let kept = "-- cqlint: allow truncate: a test\nTRUNCATE t;\n";
    let old = "-- cqlint: allow truncate: a test\n-- cqlint: allow list-append: a test\nSELECT v FROM t;\n";
    let java = "class A {\n    String q = \"TRUNCATE t\"; // cqlint: allow truncate, marks: a test of Cassandra\n}\n";
    let tree = folder(&[("a.cql", kept), ("b.cql", old), ("cassandra/A.java", java)]);
    let found = text(&run(tree.path(), "cqlint -f concise").stdout);
    assert!(found.ends_with("3 warnings in 3 files · 2 hidden by comments\n[*] 3 fixable with --fix\n"), "{found}");
    let output = run(tree.path(), "cqlint -f concise --fix");
    let end = "✓ nothing to report in 3 files · 3 fixed · 2 hidden by comments\n";
    assert_eq!((text(&output.stdout), output.status.code()), (end.to_owned(), Some(0)));
    let now = |path: &str| fs::read_to_string(tree.path().join(path)).expect("a file");
    assert_eq!((now("a.cql"), now("b.cql")), (kept.to_owned(), "SELECT v FROM t;\n".to_owned()));
    assert_eq!(now("cassandra/A.java"), java.replace(", marks", ""));
    // Hidden or not, they are not idempotent.
    let inventory = text(&run(tree.path(), "cqlint inventory a.cql").stdout);
    assert!(inventory.contains("1 statement: 1 not"), "{inventory}");
    // A hook wants to know that files have changed.
    let fix = |old: &str| {
        fs::write(tree.path().join("b.cql"), old).expect("a writable file");
        run(tree.path(), "cqlint -q --fix --exit-non-zero-on-fix").status.code()
    };
    assert_eq!((fix(old), fix("SELECT v FROM t;\n")), (Some(1), Some(0)));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn links_are_followed_but_not_in_circles() {
        let tree = folder(&[("a/one.cql", COUNTER), ("b/two.cql", COUNTER)]);
        let outside = folder(&[("three.cql", COUNTER), ("four.cql", COUNTER)]);
        let link = |target: &Path, name: &str| symlink(target, tree.path().join(name)).expect("a link");
        link(Path::new(".."), "a/up");
        link(Path::new("../b"), "a/side");
        link(Path::new("../a"), "b/side");
        link(outside.path(), "outside");
        link(&outside.path().join("four.cql"), "five.cql");
        link(Path::new("itself.cql"), "itself.cql");
        link(Path::new("nowhere"), "no_cql_anyway");
        link(Path::new("nowhere.cql"), "broken.cql");

        let output = run(tree.path(), "cqlint -f concise");
        let found = text(&output.stdout);
        assert!(found.contains("a/up: note: is a link back to `.`, which is being checked already"), "{found}");
        assert!(found.contains("broken.cql: error: is a link to something that does not exist"), "{found}");
        assert!(found.contains("itself.cql: error: cannot be read: "), "{found}");
        assert!(!found.contains("no_cql_anyway"), "{found}");
        assert_eq!(output.status.code(), Some(2));
        // Each once, under the path without a link where there is one.
        assert_eq!(checked(tree.path(), "cqlint -f concise"), ["a/one.cql", "b/two.cql", "five.cql", "outside/three.cql"]);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_is_checked() {
        let tree = folder(&[("a.cql", COUNTER), ("b.cql", COUNTER), ("c/d.cql", COUNTER)]);
        let close = |path: &str| fs::set_permissions(tree.path().join(path), fs::Permissions::from_mode(0o0)).expect("permissions");
        close("b.cql");
        close("c");
        let output = run(tree.path(), "cqlint -f concise");
        let found = text(&output.stdout);
        let open = fs::read_dir(tree.path().join("c")).is_ok();
        fs::set_permissions(tree.path().join("c"), fs::Permissions::from_mode(0o700)).expect("permissions");
        assert!(found.contains("a.cql:1:"), "{found}");
        if open {
            // For root nothing is closed. What even root cannot read is the memory of a process at its beginning.
            let output = run(tree.path(), "cqlint -f concise /proc/self/mem a.cql");
            let found = text(&output.stdout);
            if Path::new("/proc/self/mem").exists() {
                assert!(found.contains("/proc/self/mem: error: cannot be read: "), "{found}");
                assert_eq!(output.status.code(), Some(2));
            }
            assert!(found.contains("a.cql:1:"), "{found}");
            return;
        }
        assert!(found.contains("b.cql: error: cannot be read: "), "{found}");
        assert!(found.contains("c: error: cannot be read: "), "{found}");
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn marks_are_written_into_the_files() {
    let (before, after) = (include_str!("../embed/marks/Users.java"), include_str!("../embed/marks/marked/Users.java"));
    let tree = folder(&[("src/Users.java", before), ("src/other.txt", "not ours")]);
    let output = run(tree.path(), "cqlint --fix -f concise");
    assert_eq!(fs::read_to_string(tree.path().join("src/Users.java")).expect("the file"), after);
    assert!(text(&output.stdout).contains("fixed"), "{}", text(&output.stdout));
    // What remains is the counter, and that is a note: nobody repeats it.
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let again = run(tree.path(), "cqlint --diff");
    assert_eq!(text(&again.stdout), "");
}

#[test]
fn unsafe_fixes_are_made_when_they_are_asked_for() {
    let before = "CREATE TABLE t (k uuid PRIMARY KEY, v int);\nINSERT INTO t (k, v) VALUES (uuid(), ?);\n";
    let tree = folder(&[("a.cql", before)]);
    let now = || fs::read_to_string(tree.path().join("a.cql")).expect("the file");
    let end = |line: &str| {
        text(&run(tree.path(), line).stdout).lines().skip_while(|line| line.contains("a.cql")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(end("cqlint -f concise"), "1 error, 1 note in 1 file\n[*] 1 fixable with --fix (1 more with --unsafe-fixes)");
    // The definition remains a note, which says that it can be run again.
    assert_eq!(end("cqlint -f concise --fix --profile state"), "1 error in 1 file · 1 fixed\n1 fixable with --fix --unsafe-fixes");
    let guarded = before.replace("TABLE t", "TABLE IF NOT EXISTS t");
    assert_eq!(now(), guarded);
    assert_eq!(end("cqlint -f concise --fix --unsafe-fixes --profile state"), "✓ nothing to report in 1 file · 1 fixed");
    assert_eq!(now(), guarded.replace("uuid()", "?"));
    let again = run(tree.path(), "cqlint --diff --unsafe-fixes");
    assert_eq!((text(&again.stdout), text(&again.stderr)), (String::new(), "nothing would be fixed\n".to_owned()));
}
