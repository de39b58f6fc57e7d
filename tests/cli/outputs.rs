//! Several reports at once: what goes where, and what is left when something goes wrong.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{run, text};

const COUNTER: &str = "UPDATE hits SET n = n + 1 WHERE page = 'home';\n";
const SUMS: &str = "1 statement: 1 not · profile driver\n1 warning in 1 file\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.cql"), COUNTER).expect("a file");
    folder
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect(file)
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn each_report_goes_to_its_place() {
    let folder = folder();
    let output = run(folder.path(), "cqlint --format concise --output json=out/deep/a.json -f concise=out/a.txt --color always");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), String::new()));
    assert!(text(&output.stdout).contains("a.cql:1:17:"), "{}", text(&output.stdout));
    // The terminal has colours, a file never.
    assert!(text(&output.stdout).contains('\x1b'));
    assert!(!read(folder.path(), "out/a.txt").contains('\x1b'));
    assert!(read(folder.path(), "out/a.txt").starts_with("a.cql:1:17: warn[counter-update]"));
    let json: Value = serde_json::from_str(&read(folder.path(), "out/deep/a.json")).expect("JSON");
    assert_eq!(json["findings"][0]["rule"], "counter-update");
    assert_eq!(names(&folder.path().join("out")), ["a.txt", "deep"]);
}

#[test]
fn people_get_the_sums_when_all_else_goes_into_files() {
    let folder = folder();
    let output = run(folder.path(), "cqlint --output json=a.json");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), SUMS.to_owned()));
    let output = run(folder.path(), "cqlint --output json=a.json --quiet");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()));
    // What could not be checked is never kept quiet.
    let output = run(folder.path(), "cqlint --output json=a.json --quiet missing.cql");
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), "missing.cql: error: no such file or folder\n"));
    assert!(read(folder.path(), "a.json").contains("no such file or folder"));
}

#[test]
fn quiet_is_for_people_and_leaves_documents_whole() {
    let folder = folder();
    run(folder.path(), "cqlint --quiet --output junit=a.xml --output concise=a.txt");
    assert!(read(folder.path(), "a.xml").contains("</testsuites>"));
    assert_eq!(read(folder.path(), "a.txt").lines().count(), 1);
}

#[test]
fn two_reports_need_two_places() {
    let folder = folder();
    for (line, message) in [
        ("cqlint -f full -f json=-", "error: standard output takes one report, and `full` and `json` are asked for\n"),
        ("cqlint -f json=x -f junit=./x", "error: ./x: `json` and `junit` cannot both be written there\n"),
    ] {
        let output = run(folder.path(), line);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()));
        let complaint = text(&output.stderr);
        assert!(complaint.starts_with(message) && complaint.contains("\n  help: give "), "{complaint}");
    }
    assert_eq!(names(folder.path()), ["a.cql"]);
}

#[test]
fn a_file_that_cannot_be_written_is_an_error() {
    let folder = folder();
    for (line, message) in [
        ("cqlint -f json=.", "error: .: is a folder, so it cannot be written\n\n  help: name a file in it\n"),
        ("cqlint -f json=a.cql/x.json", "error: a.cql/x.json: cannot be written: "),
        ("cqlint -f json=", "error: no file is named behind `json=`; write `json` alone for standard output\n"),
        ("cqlint -f jason=x", "error: invalid value 'jason' for '--format <FORMAT[=FILE]>'\n"),
    ] {
        let output = run(folder.path(), line);
        let complaint = text(&output.stderr);
        assert!(output.status.code() == Some(2) && complaint.starts_with(message), "{line}: {complaint}");
    }
    assert_eq!(names(folder.path()), ["a.cql"]);
}

#[cfg(unix)]
#[test]
fn what_is_written_half_is_not_there() {
    let folder = folder();
    // A report that is longer than the room for it.
    fs::write(folder.path().join("b.cql"), COUNTER.repeat(5_000)).expect("a file");
    let output = run(folder.path(), "cqlint -f json=/dev/full -f concise=a.txt");
    assert_eq!(output.status.code(), Some(2));
    let complaint = text(&output.stderr);
    assert!(complaint.starts_with("error: /dev/full: cannot be written: No space left on device"), "{complaint}");
    assert_eq!(names(folder.path()), ["a.cql", "b.cql"]);
}
