//! Baselines: what they hide, what they do not, and how they follow a code base that changes.

use std::fs;
use std::path::Path;

use super::files::{COUNTER, folder};
use super::{run, text};

const JAVA: &str = r#"import com.datastax.oss.driver.api.core.CqlSession;

class Hits {
    void visit(CqlSession session, String page) {
        session.execute(SimpleStatement.newInstance(
            "UPDATE hits SET n = n + 1 "
                + "WHERE page = ?", page).setIdempotent(true));
    }
}
"#;

/// The last line but those about fixes, and the exit code.
fn end(folder: &Path, line: &str) -> (String, Option<i32>) {
    let output = run(folder, line);
    let said = text(&output.stdout);
    let last = said.lines().rfind(|line| !line.starts_with("[*]")).unwrap_or_default().to_owned();
    (last, output.status.code())
}

fn said(folder: &Path, line: &str) -> String {
    let output = run(folder, line);
    text(&output.stdout) + &text(&output.stderr)
}

fn nothing(files: usize, baselined: usize) -> (String, Option<i32>) {
    let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
    (format!("✓ nothing to report in {files} · {baselined} in the baseline"), Some(0))
}

#[test]
fn what_was_there_is_not_told_again_wherever_it_has_moved() {
    let cql = format!("TRUNCATE hits;\n{COUNTER}");
    let tree = folder(&[("q/a.cql", &cql), ("src/Hits.java", JAVA), ("ci/.keep", "")]);
    assert_eq!(end(tree.path(), "cqlint -f concise").1, Some(1));
    let wrote = run(tree.path(), "cqlint --write-baseline ci/known.json");
    assert_eq!((text(&wrote.stdout), wrote.status.code()), (String::new(), Some(0)));
    assert_eq!(text(&wrote.stderr), "ci/known.json knows 4 findings in 2 files\n");
    assert_eq!(end(tree.path(), "cqlint -f concise --baseline ci/known.json"), nothing(2, 4));
    // From another folder, and for a part of the files.
    assert_eq!(end(&tree.path().join("ci"), "cqlint -f concise ../src --baseline known.json"), nothing(1, 2));

    let moved = format!("\u{feff}-- new lines\r\n\r\n   update hits\r\n\tset n=n+1 where page = 'home' ;\r\n{}", "TRUNCATE hits;");
    fs::write(tree.path().join("q/a.cql"), moved).expect("a file");
    let java = JAVA
        .replace("1 \"\n                + \"", "1 ")
        .replace("    ", "\t")
        .replace("class Hits {", "/* moved */\nclass Hits {\n");
    assert!(java.contains("n + 1 WHERE"), "{java}");
    fs::write(tree.path().join("src/Hits.java"), java).expect("a file");
    assert_eq!(end(tree.path(), "cqlint -f concise --baseline ci/known.json"), nothing(2, 4));
    // A baseline hides what is found; what is decided stays.
    assert!(said(tree.path(), "cqlint --baseline ci/known.json").contains("3 statements: 3 not"));
}

#[test]
fn of_two_that_are_equal_one_may_be_new() {
    let tree = folder(&[("a.cql", COUNTER)]);
    said(tree.path(), "cqlint --write-baseline b.json");
    fs::write(tree.path().join("a.cql"), COUNTER.repeat(2)).expect("a file");
    let (last, code) = end(tree.path(), "cqlint -f concise --baseline b.json");
    assert_eq!((last.as_str(), code), ("1 warning in 1 file · 1 in the baseline", Some(1)));
    // The same finding in another file is another one.
    fs::rename(tree.path().join("a.cql"), tree.path().join("c.cql")).expect("a file");
    let found = said(tree.path(), "cqlint -f concise --baseline b.json");
    assert!(found.ends_with("b.json: note: holds a finding that is no longer there\n2 warnings in 1 file\n"), "{found}");
}

#[test]
fn what_is_gone_is_told_for_the_paths_that_were_asked() {
    let tree = folder(&[("q/a.cql", COUNTER), ("q/b.cql", COUNTER), ("r/c.cql", "TRUNCATE t;"), ("r/d.py", "")]);
    said(tree.path(), "cqlint --write-baseline b.json");
    fs::remove_file(tree.path().join("q/a.cql")).expect("a file");
    fs::write(tree.path().join("q/b.cql"), "SELECT v FROM t;").expect("a file");
    fs::remove_file(tree.path().join("r/c.cql")).expect("a file");
    let gone = |paths: &str| {
        let found = said(tree.path(), &format!("cqlint --baseline b.json {paths}"));
        found.lines().find(|line| line.contains("no longer there")).map(str::to_owned)
    };
    assert!(gone("").is_some_and(|line| line.contains("holds 3 findings that are no longer there")));
    assert!(gone("q").is_some_and(|line| line.contains("holds 2 findings")));
    assert!(gone("q/b.cql r/d.py").is_some_and(|line| line.contains("holds a finding")));
    assert_eq!(gone("r/d.py"), None);
    assert_eq!(gone("--quiet"), None);
    // Of what cannot be read nobody knows.
    fs::write(tree.path().join("q/b.cql"), b"\xff\xfe").expect("a file");
    assert!(gone("q").is_some_and(|line| line.contains("holds a finding")));

    let refused = run(tree.path(), "cqlint q --baseline b.json --write-baseline b.json");
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).ends_with("error: b.json is not written, because not everything could be checked\n"));
    fs::write(tree.path().join("q/b.cql"), COUNTER.repeat(2)).expect("a file");
    // What is known of other paths stays, unless the baseline is written from nothing.
    assert_eq!(said(tree.path(), "cqlint q --baseline b.json --write-baseline b.json"), "b.json knows 3 findings in 2 files\n");
    assert_eq!(said(tree.path(), "cqlint q --write-baseline b.json"), "b.json knows 2 findings in 1 file\n");
    assert_eq!(said(tree.path(), "cqlint r --write-baseline b.json --quiet"), "");
    assert_eq!(
        fs::read_to_string(tree.path().join("b.json")).expect("a file"),
        "{\n  \"schema_version\": 1,\n  \"findings\": []\n}\n"
    );
}

#[test]
fn what_is_in_a_baseline_is_not_mended() {
    let old = "-- cqlint: allow truncate: old\nSELECT v FROM t;\n";
    let tree = folder(&[("a.cql", old)]);
    said(tree.path(), "cqlint --write-baseline b.json");
    let new = format!("{old}SELECT w FROM t; -- cqlint: allow truncate: new\n");
    fs::write(tree.path().join("a.cql"), &new).expect("a file");
    let diff = said(tree.path(), "cqlint --diff --baseline b.json");
    assert!(diff.contains("-SELECT w FROM t; --") && !diff.contains("--- cqlint: allow truncate: old"), "{diff}");
    let (last, code) = end(tree.path(), "cqlint --fix -f concise --baseline b.json");
    assert_eq!((last.as_str(), code), ("✓ nothing to report in 1 file · 1 fixed · 1 in the baseline", Some(0)));
    assert_eq!(fs::read_to_string(tree.path().join("a.cql")).expect("a file"), format!("{old}SELECT w FROM t;\n"));
}

#[test]
fn there_may_be_more_than_people_can_read() {
    let tree = folder(&[("a.cql", &COUNTER.repeat(10_050))]);
    assert_eq!(said(tree.path(), "cqlint --write-baseline b.json"), "b.json knows 10050 findings in 1 file\n");
    assert_eq!(end(tree.path(), "cqlint -f concise --baseline b.json"), nothing(1, 10_050));
}

#[cfg(unix)]
#[test]
fn a_baseline_is_a_file_like_any_other() {
    use std::os::unix::fs::PermissionsExt;

    let tree = folder(&[("a.cql", COUNTER)]);
    said(tree.path(), "cqlint --write-baseline b.json");
    let mode = |name: &str| fs::metadata(tree.path().join(name)).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode("b.json"), mode("a.cql"));
}
