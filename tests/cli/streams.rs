//! Pipes: one that nobody reads any more, and one on which questions and answers take turns.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use super::cqlint;

#[test]
fn a_broken_pipe_is_no_error() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..500 {
        let text = "UPDATE hits SET n = n + 1 WHERE page = 'home';\n".repeat(100);
        fs::write(folder.path().join(format!("{number}.cql")), text).expect("a file");
    }
    for arguments in [
        &["--format", "full"][..],
        &["-f", "concise"],
        &["-f", "json"],
        &["-f", "json-lines"],
        &["-f", "github"],
        &["-f", "gitlab"],
        &["-f", "sarif"],
        &["-f", "junit"],
        &["-f", "checkstyle"],
        &["inventory"],
        &["inventory", "-f", "json"],
        &["inventory", "-f", "csv"],
        &["rules"],
        &["explain", "truncate"],
    ] {
        let mut command = cqlint(folder.path());
        let streams = command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = streams.spawn().expect("the command starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the command ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn each_answer_comes_before_the_next_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = cqlint(folder.path());
    let mut child = command.arg("classify").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the command starts");
    let mut requests = child.stdin.take().expect("a pipe");
    let mut answers = BufReader::new(child.stdout.take().expect("a pipe"));
    for id in 0..100 {
        writeln!(requests, r#"{{"id": {id}, "cql": "SELECT v FROM t"}}"#).expect("a request");
        let mut line = String::new();
        answers.read_line(&mut line).expect("an answer");
        let answer: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!((&answer["id"], &answer["verdict"]), (&id.into(), &"idempotent".into()));
    }
    drop(requests);
    assert!(child.wait().expect("the command ends").success());
}
