//! One verdict for each statement, whoever is asked: the command, the language server, the runtime, the build script and `cql!`.
//!
//! They are asked about every statement that the tests have: the corpus, every form of `semantics/forms.md`, the samples on the pages
//! of the rules.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::process::Stdio;

use cqlint_analysis::syntax::Dialects;
use cqlint_analysis::{Analyzer, Options, RULES, Schema, Verdict, analyze};
use cqlint_build::{Config, inline};
use cqlint_lsp::{Encoding, LineIndex};
use cqlint_runtime::{Classifier, Question};
use lsp_types::HoverContents;
use lsp_types::request::HoverRequest;
use serde_json::{Value, json};

use crate::cli::cqlint;
use crate::corpus;
use crate::lsp::client::{Client, code_capabilities};
use crate::rules::fences;
use crate::semantics::forms;

/// Statements that are asked about with one schema.
struct Group {
    name: String,
    schema: String,
    statements: Vec<String>,
}

impl Group {
    fn new(name: &str, schema: &str, texts: impl IntoIterator<Item = String>) -> Self {
        let mut statements = BTreeSet::new();
        let mut analyzer = Analyzer::new(Dialects::ALL);
        for text in texts {
            let options = Options::default();
            let found = analyzer.statements(&text, &options);
            statements.extend(found.map(|statement| statement.span.text(&text).to_owned()));
        }
        // Recovery may find others when a broken one stands alone; each has to be one for everybody.
        statements.retain(|text| analyze(text, &Options::default()).statements.len() == 1);
        Self { name: name.to_owned(), schema: schema.to_owned(), statements: statements.into_iter().collect() }
    }

    /// Without what would be known of its neighbours' tables and keyspace when they stand in one file.
    fn without_definitions(self) -> Self {
        let is_alone = |text: &String| {
            let kind = analyze(text, &Options::default()).statements.first().map(|statement| statement.kind);
            kind.is_some_and(|kind| ["select", "insert", "update", "delete", "batch", "truncate"].contains(&kind))
        };
        Self { statements: self.statements.into_iter().filter(is_alone).collect(), ..self }
    }

    /// What the analysis itself says.
    fn verdicts(&self) -> Vec<Verdict> {
        let schema = Schema::from_text(&self.schema);
        let options = Options { schema: Some(&schema), keyspace: Some("shop"), ..Options::default() };
        self.statements.iter().map(|text| analyze(text, &options).verdict).collect()
    }

    /// A folder with what all are told: the schema and the keyspace.
    fn folder(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("schema")).expect("a folder");
        fs::write(folder.path().join("schema/schema.cql"), &self.schema).expect("a file");
        fs::write(folder.path().join("cqlint.toml"), CONFIGURATION).expect("a file");
        folder
    }
}

const CONFIGURATION: &str = "keyspace = 'shop'\nschema = ['schema']\n";

fn groups() -> Vec<Group> {
    let corpus = ["accepted", "broken", "broken/end_of_file"].into_iter().flat_map(corpus::files);
    let corpus = Group::new("corpus", "", corpus.map(|path| fs::read_to_string(path).expect("a readable file")));
    let schema = include_str!("semantics/schema.cql");
    let forms = Group::new("forms", schema, forms().into_iter().map(|form| form.statement));
    let mut groups = vec![corpus, forms];
    for rule in RULES {
        let of_cql = |wanted: bool| {
            let is_wanted = move |fence: &&crate::rules::Fence<'_>| {
                fence.info.first() == Some(&"cql") && fence.info.contains(&"schema") == wanted
            };
            fences(rule.docs).iter().filter(is_wanted).map(|fence| fence.text.clone()).collect::<Vec<_>>()
        };
        // What a sample defines itself would be for its neighbours, too.
        groups.push(Group::new(rule.name, &of_cql(true).concat(), of_cql(false)));
    }
    groups.retain(|group| !group.statements.is_empty());
    groups
}

/// Holds what somebody says of each statement of a group to what the analysis says.
fn agree(group: &Group, who: &str, said: &[Option<Verdict>]) {
    assert_eq!(said.len(), group.statements.len(), "{who} answers for each statement of {}", group.name);
    for ((text, expected), said) in group.statements.iter().zip(group.verdicts()).zip(said) {
        assert_eq!(said.unwrap_or(expected), expected, "{who}, {}: {text}", group.name);
    }
}

fn verdict(name: &str) -> Verdict {
    let all = [Verdict::Idempotent, Verdict::Depends, Verdict::NotIdempotent];
    all.into_iter().find(|verdict| verdict.name() == name).unwrap_or_else(|| panic!("no verdict: {name}"))
}

#[test]
fn there_is_something_to_agree_about() {
    let groups = groups();
    let mut counts = BTreeMap::new();
    for verdict in groups.iter().flat_map(Group::verdicts) {
        *counts.entry(verdict.name()).or_insert(0) += 1;
    }
    assert!(groups.len() > 40 && counts.values().all(|count| *count > 150), "{} groups, {counts:?}", groups.len());
}

#[test]
fn the_command() {
    for group in groups() {
        let folder = group.folder();
        let arguments = ["classify", "--keyspace", "shop", "--schema", "schema"];
        let mut command = cqlint(folder.path());
        let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the command");
        let requests: Vec<String> = group.statements.iter().map(|text| json!({ "cql": text }).to_string()).collect();
        let mut stdin = child.stdin.take().expect("a pipe");
        let written = std::thread::spawn(move || stdin.write_all((requests.join("\n") + "\n").as_bytes()));
        let output = child.wait_with_output().expect("answers");
        written.join().expect("a thread").expect("a command that listens");
        let answers = String::from_utf8(output.stdout).expect("UTF-8");
        let said = answers.lines().map(|line| {
            let answer: Value = serde_json::from_str(line).expect("JSON");
            Some(verdict(answer["verdict"].as_str().unwrap_or_else(|| panic!("{answer}"))))
        });
        agree(&group, "classify", &said.collect::<Vec<_>>());
    }
}

#[test]
fn the_runtime() {
    for group in groups() {
        let classifier = Classifier::builder().schema(&group.schema).keyspace("shop").build();
        let said = group.statements.iter().map(|text| Some(classifier.decide(&Question::new(text)).verdict));
        agree(&group, "the runtime", &said.collect::<Vec<_>>());
    }
}

/// A statement that stops the build has no constant.
#[test]
fn the_build_script() {
    for group in groups().into_iter().map(Group::without_definitions) {
        let folder = group.folder();
        let queries = folder.path().join("queries");
        fs::create_dir(&queries).expect("a folder");
        let file = |number: usize| queries.join(format!("q{number}.cql"));
        for (number, text) in group.statements.iter().enumerate() {
            fs::write(file(number), format!("-- name: q{number}\n{text}\n;")).expect("a file");
        }
        let config = Config::new().queries(&queries);
        if let Err(error) = config.check() {
            let refused = error.mistakes().iter().filter_map(|mistake| mistake.excerpt.as_ref());
            let refused: BTreeSet<_> = refused.map(|excerpt| excerpt.path.clone()).collect();
            refused.iter().for_each(|path| fs::remove_file(path).expect("a file that stops the build"));
        }
        let left = fs::read_dir(&queries).expect("a folder").count();
        let module = if left == 0 { None } else { Some(config.check().unwrap_or_else(|error| panic!("{}: {error}", group.name))) };
        let statements = module.map(|module| module.statements).unwrap_or_default();
        assert_eq!(statements.len(), left, "{}", group.name);
        let built: BTreeMap<_, _> = statements.iter().map(|statement| (statement.name.as_str(), statement.verdict)).collect();
        let said = (0..group.statements.len()).map(|number| built.get(format!("q{number}").as_str()).copied());
        agree(&group, "the build script", &said.collect::<Vec<_>>());
    }
}

#[test]
fn cql() {
    for group in groups() {
        let folder = group.folder();
        let source = folder.path().join("src/main.rs");
        // Each reads the schema anew: of the large groups, every seventh.
        let step = if group.statements.len() > 100 { 7 } else { 1 };
        let said = group.statements.iter().enumerate().map(|(number, text)| {
            let asked = number % step == 0;
            asked.then(|| inline::check(text, &source, folder.path()).expect("a schema").statement.verdict)
        });
        agree(&group, "cql!", &said.collect::<Vec<_>>());
    }
}

/// What is said over the first word of each statement that parses. One that does not could swallow its neighbour.
#[test]
fn the_language_server() {
    for mut group in groups().into_iter().map(Group::without_definitions) {
        group.statements.retain(|text| analyze(text, &Options::default()).statements.iter().all(|found| found.errors.is_empty()));
        let mut text = String::new();
        let mut begins = Vec::new();
        for statement in &group.statements {
            begins.push(text.len());
            text += &format!("{statement}\n;\n");
        }
        let files = [("queries.cql", text.as_str()), ("schema/schema.cql", &group.schema), ("cqlint.toml", CONFIGURATION)];
        let mut client = Client::start(&group.name, &code_capabilities(), &files);
        client.open("queries.cql");
        let index = LineIndex::new(&text);
        let said = begins.into_iter().map(|begin| {
            let position = index.range(&text, begin..begin, Encoding::Utf16).start;
            let document = client.document("queries.cql");
            let asked = serde_json::from_value(json!({ "textDocument": document, "position": position }));
            let hover = client.request::<HoverRequest>(asked.expect("what the protocol wants"))?;
            let HoverContents::Markup(markup) = hover.contents else { panic!("no markup") };
            hovered(&markup.value)
        });
        let said: Vec<_> = said.collect();
        agree(&group, "the language server", &said);
        assert!(said.iter().all(Option::is_some), "it says something of each");
    }
}

/// The verdict that a hover begins with.
fn hovered(text: &str) -> Option<Verdict> {
    let first = text.lines().next()?.to_lowercase();
    let said = [("not", Verdict::NotIdempotent), ("may be", Verdict::Depends), ("", Verdict::Idempotent)];
    let said = said.into_iter().find(|(words, _)| first.starts_with(&format!("**{words} idempotent**").replace("** ", "**")));
    said.map(|(_, verdict)| verdict)
}
