//! The reports for services are what their standards say: a SARIF log of the command fits the published schema, others read
//! it, and the changes in it are those of `--fix`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use serde_sarif::sarif::{Region, Sarif};
use tempfile::TempDir;

use crate::cli::cqlint;

/// Files in which something is found, and what a service could stumble over.
const FILES: [(&str, &str); 4] = [
    ("queries/my täble #1%.cql", "-- 日本 🙂\nUPDATE t SET /* 🙂 */ n = n + 1 WHERE k = 'a\"]]>';\nSELEC 1;\n"),
    ("a.cql", "CREATE TABLE t (k int PRIMARY KEY, v list<int>);\nCREATE TABLE t (k int PRIMARY KEY, v set<int>);\n"),
    ("src/Users.java", JAVA),
    ("odd.cql", "\u{1}\u{fffe} TRUNCATE \u{7f};\n"),
];

/// Statements that can be mended; some stand behind characters that UTF-16 has two units for.
const JAVA: &str = r#"import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;

class Users {
    void read(CqlSession session) {
        String s = "🙂🙂"; session.execute(SimpleStatement.newInstance("SELECT * FROM users WHERE name = '🙂'"));
        session.execute(SimpleStatement.newInstance("SELECT v FROM users")); // 日本
    }
}
"#;

fn tree() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in FILES {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    fs::write(folder.path().join("latin.cql"), b"SELECT 'caf\xe9';").expect("a file");
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.cql");
        // Not every file system takes such a name.
        let _ = fs::write(folder.path().join(name), "TRUNCATE t;");
    }
    folder
}

/// The log of a run.
fn log(folder: &Path, arguments: &[&str]) -> String {
    let output = cqlint(folder).args(["--format", "sarif"]).args(arguments).output().expect("the command runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What a program prints, which has to succeed.
fn printed(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect(program);
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The schema, in the package that has it.
fn schema() -> Value {
    let version = printed("rustc", &["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("the host");
    let metadata =
        printed(env!("CARGO"), &["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host]);
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").expect("the package");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    let schema = fs::read_to_string(manifest.with_file_name("src").join("schema.json")).expect("the schema");
    let mut schema: Value = serde_json::from_str(&schema).expect("JSON");
    // Their expression is none by the rules of the standard; we write no language.
    for owner in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{owner}/properties/language")).and_then(Value::as_object_mut);
        language.expect("a language").remove("pattern").expect("a pattern");
    }
    schema
}

#[test]
fn a_log_fits_the_schema() {
    let schema = schema();
    assert!(schema["title"].as_str().is_some_and(|title| title.contains("Version 2.1.0")), "another schema");
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    let folder = tree();
    for arguments in [&[][..], &["a.cql"], &["missing.cql"], &["--quiet"], &["-"]] {
        let log: Value = serde_json::from_str(&log(folder.path(), arguments)).expect("JSON");
        let errors: Vec<_> = validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, [""; 0], "{arguments:?}");
    }
    // The schema is not just anything.
    assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0", "runs": [{"results": []}]})));
}

#[test]
fn others_read_a_log() {
    let folder = tree();
    let log: Sarif = serde_json::from_str(&log(folder.path(), &[])).expect("a log");
    let run = log.runs.first().expect("a run");
    let results = run.results.as_ref().expect("results");
    let uris: Vec<_> = results.iter().map(uri).collect();
    assert!(uris.contains(&"queries/my%20t%C3%A4ble%20%231%25.cql".to_owned()), "{uris:?}");
    let rules = run.tool.driver.rules.as_ref().expect("rules");
    for result in results {
        let index = result.rule_index.and_then(|index| usize::try_from(index).ok()).expect("an index");
        assert_eq!(Some(&rules[index].id), result.rule_id.as_ref());
        assert!(result.partial_fingerprints.as_ref().is_some_and(|own| own.contains_key("cqlint/v1")));
    }
    assert!(results.iter().any(|result| result.related_locations.as_ref().is_some_and(|related| !related.is_empty())));
    let invocation = run.invocations.as_ref().and_then(|all| all.first()).expect("an invocation");
    assert!(!invocation.execution_successful);
    let notifications = invocation.tool_execution_notifications.as_ref().expect("notifications");
    let told: Vec<_> = notifications.iter().filter_map(|notification| notification.message.text.as_deref()).collect();
    assert!(told.iter().any(|text| text.starts_with("latin.cql: is not UTF-8")), "{told:?}");
}

fn uri(result: &serde_sarif::sarif::Result) -> String {
    let location = result.locations.as_ref().and_then(|locations| locations.first()).expect("a location");
    let artifact = location.physical_location.as_ref().and_then(|place| place.artifact_location.as_ref());
    artifact.and_then(|artifact| artifact.uri.clone()).expect("a URI")
}

#[test]
fn the_changes_in_a_log_are_those_of_fix() {
    let folder = tree();
    let log: Sarif = serde_json::from_str(&log(folder.path(), &["src"])).expect("a log");
    let results = log.runs.first().and_then(|run| run.results.as_ref()).expect("results");
    let changes = results.iter().flat_map(|result| result.fixes.iter().flatten()).flat_map(|fix| &fix.artifact_changes);
    let mut edits: Vec<_> = changes
        .flat_map(|change| &change.replacements)
        .map(|edit| {
            let text = edit.inserted_content.as_ref().and_then(|content| content.text.clone()).unwrap_or_default();
            (bytes(JAVA, &edit.deleted_region), text)
        })
        .collect();
    edits.sort_by_key(|((start, end), _)| (*start, *end));
    edits.dedup();
    assert!(edits.len() >= 2, "{edits:?}");
    let mut mended = JAVA.to_owned();
    for ((start, end), text) in edits.into_iter().rev() {
        mended.replace_range(start..end, &text);
    }
    let fixed = cqlint(folder.path()).args(["--fix", "src"]).output().expect("the command runs");
    assert_eq!(mended, fs::read_to_string(folder.path().join("src/Users.java")).expect("a file"), "{fixed:?}");
    assert_ne!(mended, JAVA);
}

/// The bytes of a region, as a viewer finds them: by lines, and by code units of UTF-16.
fn bytes(text: &str, region: &Region) -> (usize, usize) {
    let place = |line: Option<i64>, column: Option<i64>| {
        let (line, column) = (line.expect("a line") as usize, column.expect("a column") as usize);
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let units: Vec<u16> = text[start..].encode_utf16().take(column - 1).collect();
        start + String::from_utf16(&units).expect("whole characters").len()
    };
    (place(region.start_line, region.start_column), place(region.end_line, region.end_column))
}
