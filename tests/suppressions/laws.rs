//! What holds for every text: a suppression of all that is found leaves nothing, changes no verdict, and every place fits.

use std::collections::BTreeSet;

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Diagnostic, Options, Profile, analyze};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{mended, told};
use crate::fuzz::texts::{broken, parsable};
use crate::fuzz::{cases, holds};

fn options() -> Options<'static> {
    Options { profile: Profile::STRICT, ..Options::default() }
}

fn rules(findings: &[Diagnostic]) -> String {
    let names: BTreeSet<_> = findings.iter().map(|finding| finding.rule.name).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// Statements by chance, some of which do not parse, with a `;` behind each.
fn script() -> impl Strategy<Value = String> {
    vec(prop_oneof![4 => parsable(), 1 => broken()], 1..5).prop_map(|statements| {
        let clean = statements.iter().map(|statement| statement.trim_start_matches('\u{feff}'));
        clean.map(|statement| format!("{statement}\n;\n")).collect()
    })
}

#[test]
fn what_is_allowed_in_the_file_is_not_told() {
    holds(cases(), script(), |text| {
        let before = told("a.cql", &text, &options());
        if before.findings.is_empty() {
            return;
        }
        let text = format!("-- cqlint: allow-file {}: a test\n{text}", rules(&before.findings));
        let after = told("a.cql", &text, &options());
        assert!(after.findings.is_empty(), "{:?}\n{text}", after.findings);
        assert_eq!(after.hidden, before.findings.len(), "{text}");
    });
}

#[test]
fn what_is_allowed_above_a_statement_is_not_told() {
    holds(cases(), vec(parsable(), 1..5), |statements| {
        let clean = statements.iter().map(|statement| statement.trim_start_matches('\u{feff}'));
        let texts: Vec<_> = clean.map(|statement| format!("{statement}\n;\n")).collect();
        let without = texts.concat();
        let with = texts.iter().map(|text| {
            let found = told("a.cql", text, &options()).findings;
            let comment = format!("-- cqlint: allow {}: a test\n", rules(&found));
            // Two definitions may disagree only when they are together.
            format!("{}{text}", if found.is_empty() { "" } else { &comment })
        });
        let with: String = with.collect();
        let conflicts = told("a.cql", &without, &options()).findings;
        let conflicts = conflicts.iter().filter(|finding| finding.rule.name == "ambiguous-schema").count();
        let after = told("a.cql", &with, &options()).findings;
        let left: Vec<_> = after.iter().filter(|finding| finding.rule.name != "ambiguous-schema").collect();
        assert!(left.is_empty() && after.len() == conflicts, "{after:?}\n{with}");
        let verdicts = |text: &str| analyze(text, &options()).statements.iter().map(|one| one.verdict).collect::<Vec<_>>();
        assert_eq!(verdicts(&with), verdicts(&without), "{with}");
    });
}

/// What comments are made of.
const PIECES: [&str; 34] = [
    "-- ",
    "// ",
    "/* ",
    " */",
    "# ",
    "<!-- ",
    " -->",
    "* ",
    "cqlint:",
    "cqlint: allow ",
    "cqlint: allow-file ",
    "cqlint: ignore ",
    "truncate",
    "counter-update",
    "conter-update",
    "marks",
    ", ",
    ": ",
    ": ok",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\"",
    "'",
    "$$",
    ";",
    "\\",
    "TRUNCATE t;\n",
    "UPDATE t SET n = n + 1 WHERE k = 1;",
    "BEGIN BATCH ",
    " é",
    "\u{feff}",
    "BEGIN BATCH UPDATE t SET n = n + 1 WHERE k = 1; APPLY BATCH;",
];

fn text() -> impl Strategy<Value = String> {
    vec(select(&PIECES[..]), 0..30).prop_map(|pieces| pieces.concat())
}

#[test]
fn whatever_they_look_like_places_fit_and_fixes_end() {
    let paths = ["a.cql", "A.java", "a.go", "a.py", "a.md", "a.rs", "a.cql.tmpl"];
    holds(cases() * 4, (text(), select(paths.to_vec())), |(text, path)| {
        let path = path.to_owned();
        let source = if path.ends_with(".java") { format!("class A {{ String a = \"TRUNCATE t\";\n{text}") } else { text };
        let found = told(&path, &source, &Options::default());
        let fits = |span: Span| source.get(span.range()).is_some();
        for finding in &found.findings {
            assert!(fits(finding.span), "{finding:?}");
            assert!(finding.fix.iter().flat_map(|fix| &fix.edits).all(|edit| fits(edit.span)), "{finding:?}");
        }
        // What is taken out of CQL leaves its statements as they are.
        if path == "a.cql" {
            let mended = mended(&path, &source);
            let said = |text: &str| {
                let statements = analyze(text, &Options::default()).statements.into_iter();
                statements.map(|one| (one.kind, one.verdict)).collect::<Vec<_>>()
            };
            assert_eq!(said(&mended), said(&source), "{source:?}\n{mended:?}");
        }
    });
}

/// Machines write such files, too.
#[test]
fn many_comments_end() {
    let many = 2_000;
    let above = "// cqlint: allow truncate: ok\n".repeat(many);
    let beside = "/* cqlint: allow truncate: ok */".repeat(many);
    let quoted = "'// cqlint: allow truncate: ok \" ".repeat(many);
    for comments in [above, beside, quoted] {
        for (path, text) in [("a.cql", format!("{comments}TRUNCATE t;")), ("a.js", format!("{comments}\nq('TRUNCATE t');"))] {
            let found = told(path, &text, &Options::default());
            assert!(found.hidden <= 1 && found.findings.len() <= many + 1, "{path}");
        }
    }
}
