//! What pre-commit and GitHub read of this repository: it is well formed, names what exists, and the command understands it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cqlint_embed::Language;
use regex::Regex;
use serde_json::Value;
use tempfile::TempDir;

const UNDER_TEST: &str = env!("CARGO_BIN_EXE_cqlint-under-test");

fn root() -> PathBuf {
    fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).expect("the root")
}

fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(root().join(path)).expect(path);
    serde_norway::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn string<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {value}"))
}

/// A folder with a finding in it.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a b.cql"), "UPDATE hits SET n = n + 1 WHERE page = 'home';\n").expect("a file");
    fs::create_dir(folder.path().join("bin")).expect("a folder");
    folder
}

#[test]
fn the_hook_takes_the_files_that_are_read() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let files = Regex::new(string(&hooks, "/0/files")).expect("an expression");
    for ending in Language::endings() {
        assert!(files.is_match(&format!("src/a.{ending}")), "{ending} is not taken");
    }
    for (path, taken) in
        [("a.cql", true), ("a.cql.tmpl", true), ("a.cqlsh", true), ("a.tmpl", false), ("cql", false), ("a.css", false)]
    {
        assert_eq!(files.is_match(path), taken, "{path}");
    }
    let named = Regex::new("[a-z]+").expect("an expression");
    let hosts = string(&hooks, "/0/files").split_once("|\\.(").expect("the programs").1;
    for ending in named.find_iter(hosts) {
        assert!(Language::of_ending(ending.as_str()).is_some(), "{} is not read", ending.as_str());
    }
}

/// The hook runs as pre-commit runs it; in place of cargo stands what would be built.
#[cfg(unix)]
#[test]
fn the_hook_runs_the_command() {
    use std::os::unix::fs::PermissionsExt;

    let hooks = yaml(".pre-commit-hooks.yaml");
    assert_eq!(string(&hooks, "/0/language"), "script");
    let script = root().join(string(&hooks, "/0/entry"));
    let folder = folder();
    let cargo = folder.path().join("bin/cargo");
    let stand_in =
        format!("#!/bin/sh\necho \"$@\" > cargo.txt\nwhile [ \"$1\" != -- ]; do shift; done; shift\nexec '{UNDER_TEST}' \"$@\"\n");
    fs::write(&cargo, stand_in).expect("a file");
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("permissions");
    let path = format!("{}:{}", folder.path().join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let arguments = hooks.pointer("/0/args").and_then(Value::as_array).expect("arguments");
    let mut command = Command::new(script);
    command.args(arguments.iter().filter_map(Value::as_str)).arg("a b.cql").current_dir(folder.path()).env("PATH", path);
    let output = command.output().expect("the script runs");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("counter-update"), "{output:?}");
    let asked = fs::read_to_string(folder.path().join("cargo.txt")).expect("what cargo was asked");
    assert!(asked.starts_with("run --quiet --release --locked --manifest-path "), "{asked}");
    assert!(asked.contains("--package cqlint-cli -- check a b.cql"), "{asked}");
}

/// Runs a step of the action.
fn step(action: &Value, name: &str, folder: &Path, environment: &[(&str, &str)]) -> Output {
    let steps = action.pointer("/runs/steps").and_then(Value::as_array).expect("steps");
    let step = steps.iter().find(|step| step["name"] == name).expect("the step");
    assert_eq!(string(step, "/shell"), "bash");
    let set: HashMap<_, _> = environment.iter().copied().collect();
    for name in step["env"].as_object().expect("an environment").keys() {
        assert!(set.contains_key(name.as_str()), "{name} is not given");
    }
    let mut command = Command::new("bash");
    command.args(["-e", "-o", "pipefail", "-c", string(step, "/run")]).current_dir(folder).envs(set);
    command.output().expect("bash runs")
}

#[cfg(unix)]
#[test]
fn the_action_checks_and_writes_a_log() {
    let action = yaml(".github/actions/cqlint/action.yml");
    let folder = folder();
    let environment =
        [("CQLINT", UNDER_TEST), ("PATHS", ". bin"), ("ARGS", "--strict --profile state"), ("SARIF", "out/my log.sarif")];
    let output = step(&action, "Check", folder.path(), &environment);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let commands = String::from_utf8_lossy(&output.stdout);
    assert!(commands.starts_with("::warning title=cqlint%3A counter-update,file=a b.cql,line=1,"), "{commands}");
    let log: Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("out/my log.sarif")).expect("a log")).expect("JSON");
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "counter-update");
}

#[cfg(unix)]
#[test]
fn the_action_finds_its_sources() {
    let action = yaml(".github/actions/cqlint/action.yml");
    let folder = folder();
    let (own, outputs) = (root().join(".github/actions/cqlint"), folder.path().join("outputs"));
    let environment = [("ACTION", own.to_str().expect("a path")), ("GITHUB_OUTPUT", outputs.to_str().expect("a path"))];
    let output = step(&action, "Find the sources", folder.path(), &environment);
    assert!(output.status.success(), "{output:?}");
    let said = fs::read_to_string(&outputs).expect("outputs");
    let (source, key) = said.trim_end().split_once("\nkey=").expect("two outputs");
    assert_eq!(Path::new(source.strip_prefix("root=").expect("the root")), root());
    assert!(key.len() == 40 && key.bytes().all(|byte| byte.is_ascii_hexdigit()), "{key}");
}

#[test]
fn the_action_uses_what_it_declares() {
    let text = fs::read_to_string(root().join(".github/actions/cqlint/action.yml")).expect("the action");
    let action = yaml(".github/actions/cqlint/action.yml");
    assert_eq!(string(&action, "/runs/using"), "composite");
    let inputs = action["inputs"].as_object().expect("inputs");
    let used = Regex::new(r"\$\{\{ inputs\.([a-z]+) \}\}").expect("an expression");
    let mut names: Vec<_> = used.captures_iter(&text).map(|found| found[1].to_owned()).collect();
    names.sort();
    names.dedup();
    assert_eq!(names, inputs.keys().cloned().collect::<Vec<_>>());
    // What users write reaches a shell only through its environment.
    for step in action.pointer("/runs/steps").and_then(Value::as_array).expect("steps") {
        assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{step}");
    }
}
