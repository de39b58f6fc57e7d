//! Baselines and their files.

use std::fs;

use super::*;

fn message(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.json");
    fs::write(&path, text).unwrap();
    Baseline::read(&path).unwrap_err().message
}

fn known(entries: &[(&str, &str, usize)]) -> Known {
    let entry = |(fingerprint, rule, count): &(&str, &str, usize)| {
        (fingerprint.parse().unwrap(), Entry { rule: (*rule).to_owned(), count: *count })
    };
    entries.iter().map(entry).collect()
}

#[test]
fn a_file_has_a_line_for_each_entry_and_is_sorted() {
    let folder = tempfile::tempdir().unwrap();
    let mut baseline = Baseline::empty(&folder.path().join("b.json"));
    baseline.learn(&folder.path().join("z.cql"), known(&[("2", "truncate", 1), ("1", "use-keyspace", 3)]));
    baseline.learn(&folder.path().join("q/ä \"b\".cql"), known(&[("f", "truncate", 1)]));
    baseline.learn(&folder.path().join("empty.cql"), Known::new());
    let text = r#"{
  "schema_version": 1,
  "findings": [
    {"path":"q/ä \"b\".cql","rule":"truncate","fingerprint":"000000000000000f","count":1},
    {"path":"z.cql","rule":"truncate","fingerprint":"0000000000000002","count":1},
    {"path":"z.cql","rule":"use-keyspace","fingerprint":"0000000000000001","count":3}
  ]
}
"#;
    fs::create_dir(folder.path().join("q")).unwrap();
    baseline.write().unwrap();
    assert_eq!(fs::read_to_string(baseline.path()).unwrap(), text);
    let again = Baseline::read(baseline.path()).unwrap();
    assert_eq!((again.count(), again.files()), (5, 2));
    assert_eq!(again.to_json().unwrap(), text);
    assert_eq!(again.known(&folder.path().join("q/../z.cql")).len(), 2);
}

#[test]
fn what_two_branches_have_added_counts_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.json");
    let line = |count: usize| format!(r#"{{"path":"a.cql","rule":"truncate","fingerprint":"2","count":{count},"since":"later"}}"#);
    fs::write(&path, format!(r#"{{"schema_version":1,"findings":[{},{}],"more":1}}"#, line(2), line(3))).unwrap();
    assert_eq!(Baseline::read(&path).unwrap().count(), 3);
}

#[test]
fn what_is_no_baseline_is_told_with_its_place() {
    assert_eq!(message(""), "is no baseline: EOF while parsing a value at line 1 column 0");
    assert_eq!(message("[]"), "is no baseline: invalid length 0, expected struct Version with 1 element at line 1 column 2");
    assert_eq!(message(r#"{"schema_version":1}"#), "is no baseline: missing field `findings` at line 1 column 20");
    assert_eq!(message(r#"{"schema_version":9}"#), "is a baseline of version 9, and this cqlint reads version 1");
    let line = |fingerprint: &str, count: &str| {
        let line = format!(r#"{{"path":"a","rule":"b","fingerprint":"{fingerprint}","count":{count}}}"#);
        message(&format!("{{\"schema_version\":1,\"findings\":[\n{line}]}}"))
    };
    assert_eq!(line("x", "1"), "is no baseline: `x` is no fingerprint");
    assert_eq!(line("1", "-1"), "is no baseline: invalid value: integer `-1`, expected usize at line 2 column 51");
    assert_eq!(
        message("{\"schema_version\":1,\"findings\":[\n<<<<<<< HEAD\n"),
        "is no baseline: expected value at line 2 column 1"
    );
}

#[test]
fn paths_lead_out_of_the_folder_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let root = canonical(folder.path());
    for name in ["ci", "src"] {
        fs::create_dir(root.join(name)).unwrap();
    }
    let baseline = Baseline::empty(&root.join("ci/b.json"));
    assert_eq!(baseline.key(&root.join("src/a.cql")), "../src/a.cql");
    assert_eq!(baseline.key(&root.join("ci/a.cql")), "a.cql");
    assert_eq!(baseline.key(Path::new("-")), STDIN);
    let is_asked = |key: &str, path: PathBuf| is_asked(&baseline.folder, key, &[path]);
    assert!(is_asked("../src/a.cql", root.join("src")) && is_asked("../src/a.cql", root.clone()));
    assert!(!is_asked("../src/a.cql", root.join("sr")) && !is_asked("a.cql", root.join("src")));
    assert!(is_asked(STDIN, "-".into()) && !is_asked(STDIN, root));
}
