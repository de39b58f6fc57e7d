//! Asks the peers.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::{Answer, Form};
use crate::cassandra::{java as find_java, query_builder_jars};
use crate::node::{node as find_node, succeeds};

pub(super) const JAVA_DRIVER: &str = "4.19.3";
pub(super) const NODE_DRIVER: &str = "4.10.0";
/// As its go.mod says.
pub(super) const CQL_PROXY: &str = "0.2.0";

const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/inference");

/// What a peer says of a form, and the text that it sends for it, if it has one.
pub(super) struct Said {
    pub(super) answer: Answer,
    pub(super) text: String,
}

/// What the Java driver says.
pub(super) struct Java {
    /// Of each form that it has words for.
    pub(super) forms: Vec<Option<Said>>,
    /// Of code that is no form: the code, and `true`, `false` or `null`.
    pub(super) facts: Vec<(String, String)>,
}

/// Asks the QueryBuilder.
pub(super) fn java(forms: &[&Form]) -> Result<Java, String> {
    let (java, jars) = (find_java()?, query_builder_jars(JAVA_DRIVER)?);
    let calls = forms.iter().enumerate();
    let calls = calls.filter_map(|(number, form)| Some(format!("form({number}, {});\n    ", form.java.as_ref()?)));
    let source = include_str!("QueryBuilders.java").replace("// {forms}", &calls.collect::<String>());
    let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let file = folder.path().join("QueryBuilders.java");
    fs::write(&file, source).map_err(|error| format!("{}: {error}", file.display()))?;
    let said = succeeds(java.command().arg("-Dfile.encoding=UTF-8").arg("-cp").arg(jars.join("*")).arg(&file))?;
    let mut found = Java { forms: forms.iter().map(|_| None).collect(), facts: Vec::new() };
    for line in said.lines() {
        let [of, idempotent, text] = line.splitn(3, '\t').collect::<Vec<_>>().try_into().map_err(|_| format!("Java: {line}"))?;
        let answer = match idempotent {
            "true" => Answer::Idempotent,
            "false" => Answer::NotIdempotent,
            _ => Answer::Nothing,
        };
        match of.parse::<usize>() {
            Ok(number) => found.forms[number] = Some(Said { answer, text: text.to_owned() }),
            Err(_) => found.facts.push((text.to_owned(), idempotent.to_owned())),
        }
    }
    Ok(found)
}

#[derive(Deserialize)]
struct Sent {
    text: String,
    idempotent: Option<bool>,
}

/// Asks the Mapper.
pub(super) fn node(forms: &[&Form]) -> Result<Vec<Option<Said>>, String> {
    let (node, modules) = (find_node()?, node_driver()?);
    let calls: Vec<_> = forms.iter().filter_map(|form| form.node.as_deref()).collect();
    let mut command = node.command("node", Path::new(FILES));
    command.arg("mapper.js").env("NODE_PATH", modules);
    let sent: Vec<Sent> = serde_json::from_str(&answer(&mut command, &calls)?).map_err(|error| format!("Node: {error}"))?;
    assert_eq!(sent.len(), calls.len(), "an answer for each call");
    let mut sent = sent.into_iter();
    let said = |sent: Sent| Said {
        answer: match sent.idempotent {
            Some(true) => Answer::Idempotent,
            Some(false) => Answer::NotIdempotent,
            None => Answer::Nothing,
        },
        text: sent.text,
    };
    Ok(forms.iter().map(|form| form.node.as_ref().and_then(|_| sent.next()).map(said)).collect())
}

/// The folder in which the driver is installed.
fn node_driver() -> Result<PathBuf, String> {
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cassandra-driver-{NODE_DRIVER}"));
    if !kept.is_dir() {
        let unfinished = kept.with_extension("unfinished");
        fs::create_dir_all(&unfinished).map_err(|error| format!("{}: {error}", unfinished.display()))?;
        let package = format!("cassandra-driver@{NODE_DRIVER}");
        find_node()?.npm(&unfinished, &["install", "--no-audit", "--no-fund", "--prefix", ".", &package])?;
        fs::rename(&unfinished, &kept).map_err(|error| format!("{}: {error}", kept.display()))?;
    }
    Ok(kept.join("node_modules"))
}

#[derive(Deserialize)]
struct Parsed {
    idempotent: bool,
    error: bool,
}

/// Asks cql-proxy, through the peer that is also measured.
pub(super) fn cql_proxy(forms: &[&Form]) -> Result<Vec<Answer>, String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/bench/peers/cql-proxy");
    let statements: Vec<_> = forms.iter().map(|form| &form.cql).collect();
    let said = answer(Command::new("go").args(["run", "."]).current_dir(folder), &serde_json::json!({ "statements": statements }))?;
    let parsed: Vec<Parsed> = serde_json::from_str(&said).map_err(|error| format!("cql-proxy: {error}"))?;
    let answer = |parsed: Parsed| match (parsed.error, parsed.idempotent) {
        (true, _) => Answer::Refused,
        (false, true) => Answer::Idempotent,
        (false, false) => Answer::NotIdempotent,
    };
    Ok(parsed.into_iter().map(answer).collect())
}

/// What a program says to what is asked as JSON.
fn answer(command: &mut Command, question: &impl serde::Serialize) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().map_err(|error| format!("{name} does not start: {error}"))?;
    if let Some(mut input) = process.stdin.take() {
        // One that does not read says why.
        let _ = input.write_all(serde_json::json!(question).to_string().as_bytes());
    }
    let output = process.wait_with_output().map_err(|error| format!("{name}: {error}"))?;
    let [said, warned] = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if output.status.success() { Ok(said) } else { Err(format!("{name}: {said}{warned}")) }
}
