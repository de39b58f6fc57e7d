//! `--add-suppressions`: what is found is allowed by comments, and nothing else changes.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::files::{COUNTER, folder};
use super::{run, text};
use crate::embed::matrix::some_sources;

/// What there is to tell, a line for each finding; the sums are left out.
fn told(folder: &Path) -> Vec<String> {
    let said = text(&run(folder, "cqlint --strict -f concise").stdout);
    said.lines().filter(|line| line.contains("]") && line.contains(": ") && line.contains('[')).map(str::to_owned).collect()
}

/// The statements without their places.
fn statements(folder: &Path) -> Vec<Value> {
    let listed: Value = serde_json::from_slice(&run(folder, "cqlint inventory -f json").stdout).expect("JSON");
    let mut statements = listed["statements"].as_array().expect("statements").clone();
    for statement in &mut statements {
        let fields = statement.as_object_mut().expect("an object");
        fields.retain(|name, _| !["line", "column", "end_line", "end_column", "start", "end"].contains(&name.as_str()));
    }
    statements
}

/// A file after everything in it was allowed.
fn allowed(path: &str, content: &str) -> String {
    let tree = folder(&[(path, content)]);
    let before = statements(tree.path());
    let output = run(tree.path(), "cqlint --strict '--add-suppressions=not now'");
    assert_ne!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert_eq!(statements(tree.path()), before, "{content}");
    fs::read_to_string(tree.path().join(path)).expect("a file")
}

/// Everything is allowed, and the second run finds nothing; where nothing is expected to be left.
fn holds(tree: &TempDir) {
    let (before, count) = (statements(tree.path()), told(tree.path()).len());
    assert!(count > 10, "{count}");
    let output = run(tree.path(), "cqlint --strict --add-suppressions -f concise");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert_eq!(told(tree.path()), [""; 0]);
    assert_eq!(statements(tree.path()), before);
    let again = run(tree.path(), "cqlint --strict --add-suppressions --diff");
    assert_eq!((text(&again.stdout), text(&again.stderr)), (String::new(), "nothing would be allowed\n".to_owned()));
}

#[test]
fn everything_in_every_language_can_be_allowed() {
    let tree = tempfile::tempdir().expect("a folder");
    let sources = tree.path().join("cassandra");
    fs::create_dir(&sources).expect("a folder");
    let (tests, ours) = (Path::new(env!("CARGO_MANIFEST_DIR")), ["embed", "embed/marks", "example/queries", "example/schema"]);
    for entry in ours.iter().flat_map(|ours| fs::read_dir(tests.join(ours)).expect("a folder")) {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let is_source = name.starts_with("statements") || name.to_lowercase().starts_with("users") || name.ends_with(".cql");
        if path.is_file() && is_source {
            fs::copy(&path, sources.join(name)).expect("a copy");
        }
    }
    holds(&tree);
}

#[test]
fn everything_in_every_way_can_be_allowed() {
    let tree = tempfile::tempdir().expect("a folder");
    let sources = some_sources();
    assert!(sources.len() > 500, "{}", sources.len());
    for (number, (ending, source)) in sources.into_iter().enumerate() {
        // Each by itself: their names are the same.
        let own = tree.path().join(format!("cassandra{number}"));
        fs::create_dir(&own).expect("a folder");
        let source = if number % 3 == 0 { source.replace("\r\n", "\n").replace('\n', "\r\n") } else { source };
        fs::write(own.join(format!("Source.{ending}")), source).expect("a file");
    }
    holds(&tree);
}

#[test]
fn comments_are_written_where_they_hold() {
    let cases = [
        // As the file is: byte order mark, ends of lines, tabs.
        (
            "a.cql",
            "\u{feff}TRUNCATE a;\r\n\tTRUNCATE b;\r\n",
            "\u{feff}-- cqlint: allow truncate: not now\r\nTRUNCATE a;\r\n\t-- cqlint: allow truncate: not now\r\n\tTRUNCATE b;\r\n",
        ),
        // Above a line only its first statement would be meant.
        (
            "a.cql",
            "TRUNCATE a; INSERT INTO t (k, v)\n  VALUES (1, now());",
            "-- cqlint: allow truncate: not now\nTRUNCATE a; INSERT INTO t (k, v)\n  -- cqlint: allow server-value: not now\n  VALUES (1, now());",
        ),
        ("a.cql", "SELECT v FROM t; TRUNCATE a;", "SELECT v FROM t; TRUNCATE a; -- cqlint: allow truncate: not now"),
        // No room.
        ("a.cql", "SELECT v FROM t; TRUNCATE a; -- why\n", "SELECT v FROM t; TRUNCATE a; -- why\n"),
        (
            "a.cql",
            "SELECT v FROM t; TRUNCATE a; DELETE FROM t WHERE k = 'a\nb';\n",
            "SELECT v FROM t; TRUNCATE a; DELETE FROM t WHERE k = 'a\nb';\n",
        ),
        // One comment for all rules, and for all members of a batch.
        (
            "a.cql",
            "BEGIN BATCH\nUPDATE t SET n = n + 1 WHERE k = 1;\nUPDATE t SET n = n + 1, v = now() WHERE k = 1;\nAPPLY BATCH;\n",
            "-- cqlint: allow counter-update, server-value: not now\nBEGIN BATCH\nUPDATE t SET n = n + 1 WHERE k = 1;\nUPDATE t SET n = n + 1, v = now() WHERE k = 1;\nAPPLY BATCH;\n",
        ),
        // One that is there says more.
        (
            "a.cql",
            "-- cqlint: allow server-value: known\nUPDATE t SET n = n + 1, v = now() WHERE k = 1;\n",
            "-- cqlint: allow server-value, counter-update: known\nUPDATE t SET n = n + 1, v = now() WHERE k = 1;\n",
        ),
        (
            "a.cql",
            "TRUNCATE a;  -- cqlint: allow schema-change : known\n",
            "TRUNCATE a;  -- cqlint: allow schema-change, truncate : known\n",
        ),
        // Strings of several lines, at calls and in constants; a comment is in none.
        (
            "cassandra/a.py",
            "Q = '''\nUPDATE t SET n = n + 1 WHERE k = 1\n'''\n",
            "# cqlint: allow counter-update: not now\nQ = '''\nUPDATE t SET n = n + 1 WHERE k = 1\n'''\n",
        ),
        (
            "cassandra/a.py",
            "Q = \"UPDATE t SET \" \\\n    \"n = n + 1 WHERE k = 1\"\n",
            "# cqlint: allow counter-update: not now\nQ = \"UPDATE t SET \" \\\n    \"n = n + 1 WHERE k = 1\"\n",
        ),
        (
            "cassandra/a.py",
            "x = 1 + \\\n    f(\"TRUNCATE t\")\n",
            "x = 1 + \\\n    f(\"TRUNCATE t\") # cqlint: allow truncate: not now\n",
        ),
        (
            "cassandra/a.js",
            "f(\n\tg,\n\t`TRUNCATE t`,\n);\n",
            "f(\n\tg,\n\t// cqlint: allow truncate: not now\n\t`TRUNCATE t`,\n);\n",
        ),
        ("cassandra/a.js", "const a = `b\n${f(\"TRUNCATE t\")}\n`;\n", "const a = `b\n${f(\"TRUNCATE t\")}\n`;\n"),
        (
            "cassandra/a.js",
            "// eslint-disable-next-line max-len\nf('TRUNCATE t');\n",
            "// cqlint: allow truncate: not now\n// eslint-disable-next-line max-len\nf('TRUNCATE t');\n",
        ),
        (
            "cassandra/a.c",
            "#define A f( \\\n    \"TRUNCATE t\")\n",
            "// cqlint: allow truncate: not now\n#define A f( \\\n    \"TRUNCATE t\")\n",
        ),
        (
            "cassandra/A.kt",
            "// language=CassandraQL\nval q = \"TRUNCATE t\"\n",
            "// language=CassandraQL\n// cqlint: allow truncate: not now\nval q = \"TRUNCATE t\"\n",
        ),
        // CQL that is shown, and CQL that is completed.
        ("cassandra/a.md", "```cql\nTRUNCATE t;\n```\n", "```cql\n-- cqlint: allow truncate: not now\nTRUNCATE t;\n```\n"),
        ("a.cql.tmpl", "TRUNCATE {{.Keyspace}}.t;\n", "-- cqlint: allow truncate: not now\nTRUNCATE {{.Keyspace}}.t;\n"),
    ];
    let mut wrong = Vec::new();
    for (path, before, after) in cases {
        let found = allowed(path, before);
        if found != after {
            wrong.push(format!("{path}\n--- before\n{before}\n--- expected\n{after}\n--- found\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_cannot_be_allowed_is_told() {
    let tree = folder(&[("a.cql", "SELECT v FROM t; UPDATE t SET n = n + 1 WHERE k = 1; -- why\n")]);
    let output = run(tree.path(), "cqlint --add-suppressions -f concise");
    let said = text(&output.stdout);
    assert!(said.starts_with("a.cql:1:31: warn[counter-update]") && said.ends_with("1 warning in 1 file\n"), "{said}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn only_what_would_fail_the_run_is_allowed() {
    let old = format!("{COUNTER}TRUNCATE t;\n");
    let tree = folder(&[("a.cql", &old), ("b.cql", COUNTER)]);
    run(tree.path(), "cqlint b.cql --write-baseline b.json");
    let output = run(tree.path(), "cqlint --add-suppressions -f concise --baseline b.json");
    let said = text(&output.stdout);
    assert!(said.ends_with("1 note in 2 files · 1 hidden by comments · 1 in the baseline\n"), "{said}");
    let now = |name: &str| fs::read_to_string(tree.path().join(name)).expect("a file");
    assert_eq!(now("a.cql"), format!("-- cqlint: allow counter-update: present when cqlint was introduced\n{old}"));
    assert_eq!(now("b.cql"), COUNTER);
}
