//! What others infer of statements, beside what cqlint says and what a real Cassandra does: `crates/cqlint-runtime/PEERS.md`.
//!
//! The Java driver's QueryBuilder and the Node driver's Mapper are run each time, cql-proxy where there is a Go.

use std::fs;

use cqlint_analysis::{Options, Schema, Timestamps, Verdict, analyze};

use crate::cassandra::{required, say};
use crate::semantics::{self, Form as Measured};
use forms::{Form, Section};

mod forms;
mod page;
mod peers;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/cqlint-runtime/PEERS.md");

/// What is said of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Idempotent,
    NotIdempotent,
    /// Neither is said, so the driver takes it for not idempotent.
    Nothing,
    /// The statement cannot be read.
    Refused,
}

/// What is said of a form, and what is true.
struct Row<'f> {
    form: &'f Form,
    truth: Truth,
    /// In the order of [`page::COLUMNS`]; nothing where the form cannot be said.
    answers: [Option<Answer>; page::COLUMNS.len()],
}

/// What a second execution does.
struct Truth {
    /// Whether it leaves the same, each attempt with a timestamp of its own.
    per_attempt: bool,
    /// Whether it leaves the same, all attempts with one timestamp.
    per_request: bool,
    /// As it was measured.
    twice: String,
}

impl Truth {
    fn may_be_repeated(&self, timestamps: Timestamps) -> bool {
        match timestamps {
            Timestamps::PerAttempt => self.per_attempt,
            Timestamps::PerRequest => self.per_request,
        }
    }
}

/// As semantics/forms.md has it from a real Cassandra.
fn truth(form: &Form, measured: &[Measured]) -> Truth {
    let found = measured.iter().find(|measured| measured.statement == form.cql);
    let found = found.unwrap_or_else(|| panic!("no row of semantics/forms.md: {}", form.cql));
    let (drawn, one) = found.twice.split_once(" · ").unwrap_or((&found.twice, &found.twice));
    let twice = match &form.differs {
        Some(differs) => format!("{drawn}; {differs}"),
        None => found.twice.replace(" · ", "; with one timestamp: "),
    };
    let [per_attempt, per_request] = [drawn, one].map(|twice| twice == "same" && form.differs.is_none());
    Truth { per_attempt, per_request, twice }
}

fn ours(cql: &str, schema: Option<&Schema>) -> Answer {
    let options = Options { schema, keyspace: Some("shop"), ..Options::default() };
    match analyze(cql, &options).verdict {
        Verdict::Idempotent => Answer::Idempotent,
        Verdict::Depends | Verdict::NotIdempotent => Answer::NotIdempotent,
    }
}

#[test]
fn the_page_of_the_peers_is_what_they_say() {
    let sections = forms::sections();
    let forms: Vec<&Form> = sections.iter().flat_map(|section| &section.form).collect();
    let schema = Schema::from_text(include_str!("semantics/schema.cql"));
    let Some(java) = required("what the Java driver's QueryBuilder infers", peers::java(&forms)) else { return };
    let Some(node) = required("what the Node driver's Mapper infers", peers::node(&forms)) else { return };
    let measured = semantics::forms();
    let mut rows = Vec::new();
    let mut others = Vec::new();
    for ((form, java), node) in forms.iter().zip(&java.forms).zip(&node) {
        let own = ours(&form.cql, Some(&schema));
        // What they send for it is the same statement.
        for said in [java, node].into_iter().flatten().filter(|said| !said.text.is_empty()) {
            if ours(&said.text, Some(&schema)) != own {
                others.push(format!("{}\n    {}", form.cql, said.text));
            }
        }
        let peers = [java, node].map(|said| said.as_ref().map(|said| said.answer));
        let answers = [Some(own), Some(ours(&form.cql, None)), peers[0], peers[1], Some(form.cql_proxy.answer())];
        rows.push(Row { form, truth: truth(form, &measured), answers });
    }
    assert!(others.is_empty(), "another statement:\n{}", others.join("\n"));
    for row in &rows {
        let wrong = row.answers[..2].contains(&Some(Answer::Idempotent)) && !row.truth.per_attempt;
        assert!(!wrong, "cqlint calls it idempotent: {}", row.form.cql);
    }
    let made = page::page(&sections, &rows, &java.facts);
    if std::env::var_os("CQLINT_BLESS").is_some() {
        fs::write(PAGE, &made).expect("a page that can be written");
    }
    let page = fs::read_to_string(PAGE).unwrap_or_default();
    assert!(page == made, "{PAGE} is old: CQLINT_BLESS=1 cargo test -p cqlint-tests inference");
}

#[test]
fn cql_proxy_says_what_is_written_of_it() {
    let sections = forms::sections();
    let forms: Vec<&Form> = sections.iter().flat_map(|section| &section.form).collect();
    let answers = match peers::cql_proxy(&forms) {
        Ok(answers) => answers,
        // Nothing else here needs Go, so what was written down has to do.
        Err(reason) => return say(&format!("SKIPPED: what cql-proxy infers: {reason}")),
    };
    let differs = forms.iter().zip(answers).filter(|(form, answer)| form.cql_proxy.answer() != *answer);
    let differs: Vec<_> = differs.map(|(form, answer)| format!("{}: {answer:?}", form.cql)).collect();
    assert!(differs.is_empty(), "inference/forms.toml is old:\n{}", differs.join("\n"));
}
