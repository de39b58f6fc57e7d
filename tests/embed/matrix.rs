//! The same thirty statements in every language and in five ways of embedding: the verdict is always that of the CQL alone,
//! and what is underlined stands where the source was given it, to the byte.
//!
//! The statements are in `statements.cql`, the languages in `matrix/hosts.rs`. `matrix/ways.rs` writes the sources and notes
//! where each byte of the CQL went; what is expected comes from these notes.

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Options, Profile, Schema, analyze};
use cqlint_embed::fragments;

use hosts::HOSTS;
use ways::Written;

mod hosts;
mod ways;

/// A statement with what is expected of it.
struct Row {
    cql: &'static str,
    expected: String,
}

fn rows() -> Vec<Row> {
    let row = |row: &'static str| {
        let (expected, cql) = row.split_once('\n')?;
        Some(Row { cql: cql.trim().trim_end_matches(';'), expected: expected.replace("\\n", "\n") })
    };
    include_str!("statements.cql").split("-- expect: ").skip(1).filter_map(row).collect()
}

pub(crate) fn schema() -> Schema {
    // The other keyspace hides names of this one, and would be meant, too, where the program puts the keyspace in.
    let own = include_str!("../semantics/schema.cql").lines().filter(|line| !line.contains("hidden"));
    Schema::from_text(&own.collect::<Vec<_>>().join("\n"))
}

/// What is said of a statement: its verdict, and what is underlined for which rule.
struct Judgement {
    verdict: &'static str,
    hazards: Vec<(&'static str, Span)>,
}

impl Judgement {
    /// What is said of CQL that stands alone.
    fn of(cql: &str, schema: &Schema) -> Self {
        let analysis = analyze(cql, &Options { schema: Some(schema), ..Options::default() });
        let hazards = analysis.statements.iter().flat_map(|statement| &statement.hazards);
        let blocked = hazards.filter(|hazard| Profile::DRIVER.blocks.contains(hazard.effect));
        let hazards = blocked.map(|hazard| (hazard.rule.name, hazard.span)).collect();
        Self { verdict: analysis.verdict.name(), hazards }
    }

    /// As the table writes it.
    fn written<'a>(&self, underlined: impl Fn(Span) -> &'a str) -> String {
        let hazards = self.hazards.iter().map(|(rule, span)| format!(" {rule} \"{}\"", underlined(*span)));
        format!("{}{}", self.verdict, hazards.collect::<String>())
    }
}

#[test]
fn the_statements_alone_get_what_they_expect() {
    let (schema, rows) = (schema(), rows());
    let mut wrong = Vec::new();
    for Row { cql, expected } in &rows {
        let found = Judgement::of(cql, &schema).written(|span| super::at(cql, span));
        if found != *expected {
            wrong.push(format!("{cql}\n    found    {found}\n    expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(rows.len(), 30);
}

/// These statements in every language and way, with the ending of each file.
pub(crate) fn sources(statements: &[&str]) -> Vec<(&'static str, String)> {
    let of =
        |host: &'static hosts::Host, cql: &str| ways::all(host, cql, &[]).into_iter().map(|written| (host.ending, written.source));
    statements.iter().flat_map(|cql| HOSTS.iter().flat_map(|host| of(host, cql))).collect()
}

/// Some sources in each language and way, with the ending of their files.
pub(crate) fn some_sources() -> Vec<(&'static str, String)> {
    let written = |row: &Row| {
        HOSTS
            .iter()
            .flat_map(|host| ways::all(host, row.cql, &[]).into_iter().map(|one| (host.ending, one.source)))
            .collect::<Vec<_>>()
    };
    rows().iter().step_by(6).flat_map(written).collect()
}

/// What is said of the only fragment of a source, and its text.
fn found(written: &Written, ending: &str, schema: &Schema) -> (String, String) {
    let fragments = fragments(&written.source, super::language(ending));
    match fragments.as_slice() {
        [fragment] => (super::said(fragment, &written.source, Some(schema)), fragment.text().to_owned()),
        several => (format!("{} fragments", several.len()), several.iter().map(|fragment| fragment.text()).collect()),
    }
}

/// A text without its blanks at the ends of lines: a source may indent the lines of a statement.
fn lines(text: &str) -> String {
    text.trim().lines().map(|line| format!("{}\n", line.trim())).collect()
}

#[test]
fn the_statements_are_the_same_in_every_language_and_way() {
    let schema = schema();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for Row { cql, .. } in rows() {
        let judgement = Judgement::of(cql, &schema);
        let hazards: Vec<_> = judgement.hazards.iter().map(|(_, span)| *span).collect();
        for host in &HOSTS {
            for written in ways::all(host, cql, &hazards) {
                count += 1;
                // A keyspace that the program puts in may be any: the name of the table decides.
                let expected = judgement.written(|span| written.underlined(span));
                let (said, text) = found(&written, host.ending, &schema);
                if said != expected || written.is_complete && lines(&text) != lines(&written.cql) {
                    let Written { way, source, .. } = &written;
                    wrong.push(format!(
                        "{way} in {}:\n{source}\n    found    {said}\n    expected {expected}\n    the text is {text}",
                        host.ending
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} sources:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 4_900, "the matrix has lost sources: {count}");
}
