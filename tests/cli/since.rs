//! `--since`: only findings on what has changed, in working trees that git made.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::files::{COUNTER, folder};
use super::{run, text};

/// A script of which only some lines change.
const SCRIPT: &str = "\
TRUNCATE one;
UPDATE hits
    SET n = n + 1
    WHERE page = 'home';
TRUNCATE two;
INSERT INTO t (k, v)
    VALUES (1, now())
    -- not for long
    USING TTL 5;
TRUNCATE three;
";

fn git(folder: &Path, line: &str) {
    let mut command = Command::new("git");
    // Nobody's own settings, and none of a hook that these tests may run in.
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    let who = ["-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "protocol.file.allow=always"];
    let output = command.env("GIT_CONFIG_GLOBAL", "").args(who).args(super::words(line)).current_dir(folder).output();
    let output = output.expect("git, which these tests need");
    assert!(output.status.success(), "git {line}: {}", text(&output.stderr));
}

/// A working tree with a first commit.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let tree = folder(files);
    git(tree.path(), "init --quiet --initial-branch main");
    commit(tree.path());
    tree
}

fn commit(folder: &Path) {
    git(folder, "add --all");
    git(folder, "commit --quiet --message next");
}

fn write(tree: &TempDir, path: &str, content: &str) {
    fs::write(tree.path().join(path), content).expect("a file");
}

/// The places and rules of what is told, and the last line.
fn found(folder: &Path, line: &str) -> Vec<String> {
    let output = run(folder, &format!("cqlint -f concise --strict {line}"));
    let said = text(&output.stdout);
    assert_eq!(text(&output.stderr), "", "{line}");
    let short = |line: &str| match line.split_once(']') {
        Some((place, _)) if !line.starts_with('[') => format!("{place}]"),
        _ => line.to_owned(),
    };
    // What could be mended is another matter.
    said.lines().filter(|line| !line.contains("fixable with")).map(short).collect()
}

fn error(folder: &Path, line: &str) -> String {
    let output = run(folder, line);
    assert_eq!((text(&output.stdout), output.status.code()), (String::new(), Some(2)), "{line}");
    text(&output.stderr)
}

#[test]
fn a_finding_counts_when_its_statement_has_changed() {
    let tree = tree(&[("a.cql", SCRIPT)]);
    let all = "✓ nothing to report in 1 file · 5 on unchanged lines";
    assert_eq!(found(tree.path(), "--since HEAD"), [all]);
    let changed = |from: &str, to: &str| {
        write(&tree, "a.cql", &SCRIPT.replace(from, to));
        found(tree.path(), "--since HEAD")
    };
    let one = |finding: &str| vec![finding.to_owned(), "1 warning in 1 file · 4 on unchanged lines".to_owned()];
    // The line of the condition, not the one that is underlined; what was taken out of a statement; what stands around it.
    assert_eq!(changed("'home'", "'away'"), one("a.cql:3:9: warn[counter-update]"));
    assert_eq!(changed("    -- not for long\n", ""), one("a.cql:7:16: warn[server-value]"));
    assert_eq!(changed("TTL 5", "TTL 6"), one("a.cql:7:16: warn[server-value]"));
    assert_eq!(changed("TRUNCATE two;\n", "\n\n"), ["✓ nothing to report in 1 file · 4 on unchanged lines"]);
    assert_eq!(changed("UPDATE", "-- counted\nUPDATE"), [all]);
    // What changes only the ends of lines changes them all, as git sees it.
    assert_eq!(changed("\n", "\r\n").len(), 6);
}

#[test]
fn committed_staged_and_untracked_changes_count() {
    let tree =
        tree(&[("a.cql", COUNTER), ("b.cql", COUNTER), ("c.cql", COUNTER), (".gitignore", "ignored.cql\n"), ("d/e f.cql", SCRIPT)]);
    let new = format!("{COUNTER}TRUNCATE t;\n");
    git(tree.path(), "checkout --quiet -b work");
    write(&tree, "a.cql", &new);
    commit(tree.path());
    write(&tree, "b.cql", &new);
    git(tree.path(), "add b.cql");
    write(&tree, "c.cql", &new);
    git(tree.path(), "mv 'd/e f.cql' 'd/g\"ä.cql'");
    write(&tree, "d/new.cql", "TRUNCATE u;");
    write(&tree, "ignored.cql", "TRUNCATE v;");
    let places = |line: &str| {
        let mut lines = found(tree.path(), line);
        lines.pop();
        lines
    };
    let here =
        ["a.cql:2:1: note[truncate]", "b.cql:2:1: note[truncate]", "c.cql:2:1: note[truncate]", "d/new.cql:1:1: note[truncate]"];
    assert_eq!(places("--since main"), here);
    assert_eq!(places("--since HEAD"), here[1..]);
    assert_eq!(places("--since HEAD~1 --no-ignore").last().map(String::as_str), Some("ignored.cql:1:1: note[truncate]"));
    assert_eq!(places("d b.cql --since main"), here.iter().rev().step_by(2).rev().copied().collect::<Vec<_>>());
    // What has happened on the other branch in the meantime is no change of this one.
    commit(tree.path());
    git(tree.path(), "checkout --quiet main");
    write(&tree, "a.cql", "SELECT v FROM t;\n");
    commit(tree.path());
    git(tree.path(), "checkout --quiet work");
    assert_eq!(places("--since main"), here);
}

#[test]
fn settings_and_hooks_of_git_change_nothing() {
    let tree = tree(&[("q/ä b.cql", COUNTER), ("q/c.cql", COUNTER)]);
    for setting in [
        "diff.noprefix true",
        "diff.mnemonicPrefix true",
        "color.diff always",
        "diff.relative true",
        "diff.context 9",
        "diff.interHunkContext 99",
    ] {
        git(tree.path(), &format!("config {setting}"));
    }
    write(&tree, "q/ä b.cql", &format!("{COUNTER}++ b/q/c.cql;\n{COUNTER}-- a\n"));
    let expected = [
        "q/ä b.cql:2:1: error[syntax-error]",
        "q/ä b.cql:3:17: warn[counter-update]",
        "1 error, 1 warning in 2 files · 2 on unchanged lines",
    ];
    assert_eq!(found(tree.path(), "q --since HEAD"), expected);
    let below: Vec<_> = expected.iter().map(|line| line.replace("q/", "")).collect();
    assert_eq!(found(&tree.path().join("q"), "--since HEAD"), below);
    let hook = run(tree.path(), "GIT_DIR=.git GIT_INDEX_FILE=.git/other cqlint -f concise q --since HEAD");
    assert!(text(&hook.stdout).ends_with("1 error, 1 warning in 2 files · 2 on unchanged lines\n"), "{}", text(&hook.stdout));
}

#[test]
fn an_old_finding_does_not_make_a_new_one_known() {
    let tree = tree(&[("a.cql", &format!("TRUNCATE t;\n{COUNTER}"))]);
    run(tree.path(), "cqlint --write-baseline b.json");
    commit(tree.path());
    // The new one stands before its double, or behind it.
    for text in [format!("{COUNTER}TRUNCATE t;\n{COUNTER}"), format!("TRUNCATE t;\n{COUNTER}{COUNTER}")] {
        write(&tree, "a.cql", &text);
        let told = found(tree.path(), "--since HEAD --baseline b.json");
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(told[1], "1 warning in 1 file · 2 on unchanged lines");
    }
    // What is known and was only touched is still known.
    write(&tree, "a.cql", "TRUNCATE t;\nUPDATE hits SET n = n + 1 WHERE page  =  'home';\n");
    let expected = ["✓ nothing to report in 1 file · 1 in the baseline · 1 on unchanged lines"];
    assert_eq!(found(tree.path(), "--since HEAD --baseline b.json"), expected);
}

#[test]
fn what_git_cannot_tell_is_an_error() {
    let outside = folder(&[("a.cql", COUNTER)]);
    let said = error(outside.path(), "cqlint --since HEAD");
    assert!(said.starts_with("error: .: is in no git repository\n\n  help: leave `--since` out"), "{said}");

    let empty = folder(&[("a.cql", COUNTER)]);
    git(empty.path(), "init --quiet");
    let said = error(empty.path(), "cqlint --since HEAD");
    assert!(said.starts_with("error: HEAD: is no revision of the repository "), "{said}");

    let tree = tree(&[("a.cql", COUNTER)]);
    for revision in ["nowhere", "--since=--output=x", "HEAD..HEAD", "HEAD:a.cql", "''"] {
        let line = if revision.starts_with('-') { format!("cqlint {revision}") } else { format!("cqlint --since {revision}") };
        let said = error(tree.path(), &line);
        assert!(said.contains(": is no revision of the repository ") && said.contains("git branch --all"), "{said}");
    }
    git(tree.path(), "checkout --quiet --orphan other");
    write(&tree, "b.cql", COUNTER);
    commit(tree.path());
    let said = error(tree.path(), "cqlint --since main");
    assert!(said.starts_with("error: main: has no commit in common with HEAD of the repository "), "{said}");

    git(tree.path(), "checkout --quiet main");
    write(&tree, "a.cql", "");
    commit(tree.path());
    let clone = folder(&[]);
    git(clone.path(), &format!("clone --quiet --depth 1 file://{} copy", tree.path().display()));
    let said = error(&clone.path().join("copy"), "cqlint --since HEAD~1");
    assert!(said.contains("is no revision") && said.contains("the clone is shallow: fetch its history"), "{said}");
}
