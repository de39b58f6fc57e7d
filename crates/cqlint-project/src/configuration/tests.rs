//! The table of keys, the reader, the page and the JSON schema say the same; files are found where they should be.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use tempfile::TempDir;
use toml::de::{DeTable, DeValue};

use super::file::Configuration;
use super::*;

const PAGE: &str = include_str!("../../CONFIGURATION.md");

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, content) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// What is wrong with a file of this name.
fn mistakes(name: &str, text: &str) -> Vec<String> {
    let folder = folder(&[(name, text), ("../shared/cqlint.toml", "")]);
    let result = Configuration::of_file(&folder.path().join(name), folder.path());
    result.err().unwrap_or_default().into_iter().map(|problem| problem.message).collect()
}

/// The same value as JSON.
fn json(value: &DeValue<'_>) -> Json {
    match value {
        DeValue::String(text) => Json::from(text.as_ref()),
        DeValue::Integer(number) => Json::from(number.as_str().parse::<i64>().unwrap()),
        DeValue::Boolean(is_on) => Json::from(*is_on),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => object(table),
        DeValue::Float(_) | DeValue::Datetime(_) => Json::Null,
    }
}

fn object(table: &DeTable<'_>) -> Json {
    table.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect()
}

/// Whether the JSON schema accepts the table of ours in a file of this name.
fn is_valid(name: &str, text: &str) -> bool {
    let schema: Json = serde_json::from_str(&json_schema()).unwrap();
    let table = document::table(Path::new(name), text).unwrap().unwrap();
    jsonschema::validator_for(&schema).unwrap().is_valid(&object(&table))
}

/// The examples of the page, with the names of their files.
fn examples() -> Vec<(&'static str, &'static str)> {
    let fences = PAGE.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```"));
    fences.map(|(example, _)| (example.lines().next().unwrap().trim_start_matches("# "), example)).collect()
}

#[test]
fn the_examples_of_the_page_are_right() {
    let examples = examples();
    assert!(examples.len() >= 5);
    for (name, example) in examples {
        // What it extends lies elsewhere.
        let alone: String = example.lines().filter(|line| !line.starts_with("extend")).map(|line| line.to_owned() + "\n").collect();
        assert_eq!(mistakes(name, &alone), [""; 0], "{example}");
        assert!(is_valid(name, example), "{example}");
    }
}

#[test]
fn the_page_has_every_key() {
    for key in KEYS {
        let default = key.default.map(|default| format!("`{default}` ")).unwrap_or_default();
        let row = format!("| `{}` | {default}| {} |", key.name, key.about);
        assert!(PAGE.contains(&row), "CONFIGURATION.md has no row\n{row}");
    }
}

#[test]
fn the_json_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cqlint.schema.json");
    let current = json_schema();
    if std::env::var_os("CQLINT_BLESS").is_some() {
        fs::write(&path, &current).unwrap();
    }
    let is_current = fs::read_to_string(&path).is_ok_and(|written| written == current);
    assert!(is_current, "cqlint.schema.json is out of date: `CQLINT_BLESS=1 cargo test` rewrites it");
    let schema: Json = serde_json::from_str(&current).unwrap();
    assert!(jsonschema::draft7::meta::is_valid(&schema));
}

#[test]
fn the_json_schema_and_the_reader_refuse_the_same() {
    let wrong = [
        "profil = 'strict'",
        "profile = 'strickt'",
        "profile = 3",
        "dialect = []",
        "dialect = ['cassandra', 'scyla']",
        "keyspace = ''",
        "deterministic = 'f'",
        "schema = 'tables'",
        "exclude = ['']",
        "suppressions-need-reason = 'no'",
        "files = ['a']",
        "rules = { mark = 'off' }",
        "rules = { marks = 'warning' }",
        "rules = { marks = false }",
        "overrides = [{ profile = 'state' }]",
        "overrides = [{ files = ['a'], schema = ['b'] }]",
        "overrides = { files = ['a'] }",
        "extend = ['a']",
    ];
    for text in wrong {
        assert!(!is_valid("cqlint.toml", text), "{text}");
        assert_eq!(mistakes("cqlint.toml", text).len(), 1, "{text}: {:?}", mistakes("cqlint.toml", text));
    }
    let right = ["", "dialect = 'dse'", "rules = {}", "overrides = []", "overrides = [{ files = ['a'] }]", "exclude = ['a', '!b']"];
    for text in right {
        assert!(is_valid("cqlint.toml", text), "{text}");
        assert_eq!(mistakes("cqlint.toml", text), [""; 0], "{text}");
    }
}

#[test]
fn what_holds_by_default_is_what_holds_when_nothing_is_said() {
    let defaults: String = KEYS.iter().filter_map(|key| Some(format!("{} = {}\n", key.name, key.default?))).collect();
    let folder = folder(&[("cqlint.toml", &defaults), ("a.cql", "")]);
    let said = settings_for(&folder.path().join("a.cql"), Choice::Closest, &[]).unwrap();
    assert_eq!(said.said.len(), KEYS.iter().filter(|key| key.default.is_some()).count());
    let unsaid = settings_for(folder.path(), Choice::Isolated, &[]).unwrap();
    assert!(unsaid.said.is_empty());
    let values = |settings: &Settings| format!("{:?}", Settings { said: Vec::new(), ..settings.clone() });
    assert_eq!(values(&said), values(&unsaid));
}

#[test]
fn every_key_changes_something() {
    let lines = [
        "profile = 'strict'",
        "timestamps = 'per-request'",
        "dialect = 'scylla'",
        "keyspace = 'shop'",
        "deterministic = ['f']",
        "schema = ['tables']",
        "suppressions-need-reason = false",
        "rules = { marks = 'off' }",
    ];
    let values = |text: &str| {
        let folder = folder(&[("cqlint.toml", text)]);
        let settings = settings_for(folder.path(), Choice::Closest, &[]).unwrap();
        format!("{:?}", Settings { said: Vec::new(), ..settings })
    };
    let mut seen: Vec<String> = lines.iter().map(|line| values(line)).collect();
    seen.push(values(""));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), lines.len() + 1);
    let others = ["extend", "include", "exclude", "overrides", "files"];
    for key in KEYS {
        assert!(others.contains(&key.name) || lines.iter().any(|line| line.starts_with(key.name)), "{}", key.name);
    }
}

#[test]
fn each_folder_is_looked_into_once_and_equal_settings_are_shared() {
    let overrides = "[[overrides]]\nfiles = ['special/']\nprofile = 'state'\n";
    let folder = folder(&[("cqlint.toml", overrides), ("a/b/c.cql", ""), ("a/special/d.cql", ""), ("own/cqlint.toml", "")]);
    let mut lookup = Lookup::new(Choice::Closest, &[]);
    let mut number = |path: &str| lookup.of_file(&folder.path().join(path)).unwrap();
    let (plain, special, own) = (number("a/b/c.cql"), number("a/special/d.cql"), number("own/e.cql"));
    assert!(plain != special && plain != own && special != own);
    assert_eq!([number("a/b/x.cql"), number("x.cql"), number("a/y.cql")], [plain; 3]);
    assert_eq!(number("special/x/y.cql"), special);
    assert_eq!(lookup.settings.len(), 3);
}

#[test]
fn a_broken_file_is_told_once_and_stops_only_what_is_below() {
    let folder = folder(&[("cqlint.toml", ""), ("bad/cqlint.toml", "profil = 1\nkeyspce = 2\n"), ("bad/a/b.cql", "")]);
    let mut lookup = Lookup::new(Choice::Closest, &[]);
    let missed: Vec<PathBuf> = ["bad/x.cql", "bad/a/b.cql", "bad/a/c/d.cql"].map(|path| folder.path().join(path)).to_vec();
    assert!(missed.iter().all(|path| lookup.of_file(path).is_err()));
    assert!(lookup.of_file(&folder.path().join("y.cql")).is_ok());
    let problems = lookup.problems(missed.iter().map(PathBuf::as_path));
    let told: Vec<_> = problems.iter().map(|problem| (problem.message.as_str(), problem.unchecked)).collect();
    assert_eq!(told, [("unknown key `profil`", 3), ("unknown key `keyspce`", 0)]);
}

#[cfg(unix)]
#[test]
fn a_file_counts_where_it_was_found() {
    use std::os::unix::fs::symlink;

    let tree =
        folder(&[("here/cqlint.toml", "profile = 'state'"), ("there/cqlint.toml", "profile = 'strict'"), ("there/deep/a.cql", "")]);
    symlink("../there/deep", tree.path().join("here/link")).unwrap();
    let profile = |path: &str| settings_for(&tree.path().join(path), Choice::Closest, &[]).unwrap().profile.name;
    assert_eq!(profile("here/link/a.cql"), "state");
    assert_eq!(profile("there/deep/a.cql"), "strict");
    // Behind the link is the folder that it leads to.
    assert_eq!(profile("here/link/../b.cql"), "strict");
    assert_eq!(profile("there/deep/../../here/b.cql"), "state");

    symlink("nowhere.toml", tree.path().join("there/deep/.cqlint.toml")).unwrap();
    let problems = settings_for(&tree.path().join("there/deep/a.cql"), Choice::Closest, &[]).unwrap_err();
    assert!(problems.first().is_some_and(|problem| problem.message.starts_with("cannot be read")), "{problems:?}");
}

#[test]
fn what_is_no_text_is_refused() {
    assert_eq!(mistakes("cqlint.toml", "\u{feff}profile = 'strict'\r\n"), [""; 0]);
    assert_eq!(mistakes("cqlint.toml", "a\0b"), ["holds NUL bytes, so it is no UTF-8 text"]);
    let folder = folder(&[("cqlint.toml", "")]);
    let path = folder.path().join("cqlint.toml");
    fs::File::options().write(true).open(&path).and_then(|file| file.set_len(20_000_000)).unwrap();
    let problems = Configuration::of_file(&path, folder.path()).unwrap_err();
    assert_eq!(problems.first().map(|problem| problem.message.as_str()), Some("is larger than 10 MB, which no configuration is"));
}

#[test]
fn tables_of_other_tools_are_passed_over() {
    let is_none = |name: &str, text: &str| document::table(Path::new(name), text).unwrap().is_none();
    assert!(is_none("pyproject.toml", "[tool.ruff]\nline-length = 100"));
    assert!(is_none("pyproject.toml", "no { toml"));
    assert!(is_none("Cargo.toml", "[dependencies]\ncqlint = '0.1'\n[package]\nmetadata = 3"));
    assert!(document::table(Path::new("Cargo.toml"), "[package.metadata]\ncqlint = true").is_err());
    assert!(document::table(Path::new("pyproject.toml"), "[tool.cqlint").is_err());
}
