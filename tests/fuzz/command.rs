//! The command survives whatever stands in a file and on a line.

use std::fs::{self, File};
use std::process::Output;

use cqlint_analysis::{Options, analyze};
use cqlint_report::Format;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::texts::{content, text};
use super::{cases, holds};
use crate::cli::cqlint;

/// What ran to its end says so, and says nothing of a panic: that has an exit code, too.
fn ended(output: &Output, codes: &[i32]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some_and(|code| codes.contains(&code)), "{}: {said}", output.status);
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn any_file_is_checked() {
    // A process for each format takes as long as a hundred texts.
    holds(cases() / 100, vec(content(), 1..40), |files| {
        let folder = tempfile::tempdir().expect("a folder");
        for (number, content) in files.iter().enumerate() {
            fs::write(folder.path().join(format!("{number}.cql")), content).expect("a file");
        }
        for format in Format::ALL {
            let output = cqlint(folder.path()).args(["--profile", "strict", "-f", format.name()]).output();
            ended(&output.expect("the command starts"), &[0, 1, 2]);
        }
    });
}

#[derive(Clone, Debug)]
enum Line {
    Request(String),
    Other(Vec<u8>),
}

fn line() -> impl Strategy<Value = Line> {
    let value = prop_oneof![Just(Value::Null), any::<i64>().prop_map(Value::from), text().prop_map(Value::from)];
    let value = prop_oneof![value.clone(), vec(value, 0..3).prop_map(Value::from)];
    let name = prop::sample::select(&["cql", "schema", "profile", "timestamps", "dialect", "keyspace", "deterministic", "x"][..]);
    let request = (text(), name, value).prop_map(|(text, name, value)| {
        let mut request = json!({"id": 1, "cql": text});
        request[name] = value;
        request.to_string().into_bytes()
    });
    prop_oneof![text().prop_map(Line::Request), request.prop_map(Line::Other), content().prop_map(Line::Other)]
}

#[test]
fn any_line_is_answered() {
    holds(cases() / 50, vec(line(), 1..60), |lines| {
        let mut input = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            match line {
                Line::Request(text) => input.extend(json!({"id": number, "cql": text}).to_string().into_bytes()),
                Line::Other(bytes) => input.extend(bytes.iter().filter(|byte| **byte != b'\n')),
            }
            input.push(b'\n');
        }
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("requests");
        fs::write(&file, input).expect("a file");
        let requests = File::open(&file).expect("a file");
        let output = cqlint(folder.path()).arg("classify").stdin(requests).output().expect("the command starts");
        ended(&output, &[0]);
        let answers = String::from_utf8(output.stdout).expect("answers are UTF-8");
        assert_eq!(answers.lines().count(), lines.len());
        for (number, (line, answer)) in lines.iter().zip(answers.lines()).enumerate() {
            let answer: Value = serde_json::from_str(answer).expect("JSON");
            let Line::Request(text) = line else { continue };
            let analysis = analyze(text, &Options::default());
            assert_eq!((&answer["id"], &answer["verdict"]), (&number.into(), &analysis.verdict.name().into()));
            let spans = analysis.statements.iter().map(|statement| (statement.span.start.into(), statement.span.end.into()));
            let told = answer["statements"].as_array().expect("statements").iter();
            assert!(told.map(|statement| (statement["start"].clone(), statement["end"].clone())).eq(spans), "{answer}");
        }
    });
}
