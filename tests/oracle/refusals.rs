//! What the rules of the group `schema` say is refused is refused, and what their pages accept is accepted.

use cqlint_analysis::{Analyzer, Level, Levels, Options, RULES, Rule, Schema};
use cqlint_syntax::Span;

use super::{block_on, stage};
use crate::cassandra::{Client, Refusal, required, server};
use crate::rules::{Fence, fences};

/// The group whose rules tell what the server refuses.
const GROUP: &str = "schema";

/// The rules of the group that call a text an error of the server.
pub(crate) fn refusals(text: &str, schema: &Schema) -> Vec<&'static str> {
    let told = told(text, schema);
    told.into_iter().flat_map(|(_, rules)| rules).filter(|rule| rule.level == Level::Error).map(|rule| rule.name).collect()
}

/// Each statement with the rules of the group that are told of it.
fn told(text: &str, schema: &Schema) -> Vec<(Span, Vec<&'static Rule>)> {
    let levels = Levels::default();
    let options = Options { schema: Some(schema), levels: Some(&levels), ..Options::default() };
    let rules = |findings: &[cqlint_analysis::Diagnostic]| {
        findings.iter().map(|finding| finding.rule).filter(|rule| rule.group == GROUP).collect()
    };
    let mut analyzer = Analyzer::new(options.dialects);
    analyzer.statements(text, &options).map(|statement| (statement.span, rules(&statement.findings))).collect()
}

/// What has bind markers is prepared, the other is executed.
async fn send(client: &Client, statement: &str) -> Result<(), Refusal> {
    if statement.contains('?') { client.prepare(statement).await.map(|_| ()) } else { client.text(statement).await.map(|_| ()) }
}

/// The statements of a fence that the server sees in another way than the page.
async fn disagreements(client: &Client, rule: &Rule, fence: &Fence<'_>, schema: &Schema) -> Vec<String> {
    let mut wrong = Vec::new();
    for (span, rules) in told(&fence.text, schema) {
        let statement = span.text(&fence.text);
        // What is flagged for another reason may be accepted.
        let is_flagged = rules.iter().any(|told| told.name == rule.name);
        if fence.heading == "Flagged" && !is_flagged {
            continue;
        }
        match (is_flagged, send(client, statement).await) {
            (true, Ok(())) => wrong.push(format!("{}: accepted: {statement}", rule.name)),
            (false, Err(refusal)) => wrong.push(format!("{}: refused: {statement}: {refusal}", rule.name)),
            (true, Err(_)) | (false, Ok(())) => {}
        }
    }
    wrong
}

/// The schema of the oracle is known well enough for the rules to speak, so that their silence means something.
#[test]
fn the_rules_speak_of_the_schema() {
    let schema = Schema::from_text(super::SCHEMA);
    let wrong = [
        ("SELECT nothing FROM types.columns", "unknown-column"),
        ("UPDATE types.columns SET of_int = 'a' WHERE k = 1 AND c = 1", "literal-mismatch"),
        ("UPDATE types.events SET of_text = 'a' WHERE k = 1", "incomplete-key"),
        ("UPDATE types.rooms SET of_uuid = null WHERE k > 1", "write-restriction"),
        ("UPDATE types.collections SET c = 1 WHERE k = 1", "key-assignment"),
        ("INSERT INTO types.counters (k, c, other) VALUES (1, 1, 1)", "counter-write"),
        ("BEGIN BATCH DELETE FROM types.counters WHERE k = 1; APPLY BATCH", "mixed-counter"),
        ("INSERT INTO types.expiring (k, c) VALUES (1)", "wrong-arity"),
    ];
    for (statement, rule) in wrong {
        assert!(refusals(statement, &schema).contains(&rule), "{statement}");
    }
}

/// Each page has a keyspace of its own.
#[test]
fn what_the_schema_forbids_is_refused() {
    let Some(server) = required("the pages of the group `schema`", server()) else { return };
    let wrong = block_on(async {
        let client = Client::connect(server).await.expect("a connection");
        let mut wrong = Vec::new();
        for rule in RULES.iter().filter(|rule| rule.group == GROUP) {
            let fences: Vec<_> = fences(rule.docs).into_iter().filter(|fence| fence.info.first() == Some(&"cql")).collect();
            let is_schema = |fence: &&Fence<'_>| fence.info.contains(&"schema");
            let schema: String = fences.iter().filter(is_schema).map(|fence| fence.text.as_str()).collect();
            let keyspace = format!("page_{}", rule.name.replace('-', "_"));
            stage::define(&client, &[&keyspace], "").await;
            client.use_keyspace(&keyspace).await;
            client.script(stage::statements(&schema)).await;
            for fence in fences.iter().filter(|fence| !is_schema(fence)) {
                let schema = Schema::from_text(&format!("{schema}{}", fence.text));
                wrong.extend(disagreements(&client, rule, fence, &schema).await);
            }
        }
        wrong
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
