//! Nothing panics, and every place that is told lies in the text, on the borders of characters.

use cqlint_analysis::syntax::{Dialects, Lexer, Parser, Span};
use cqlint_analysis::{Analyzer, Options, Profile, Schema, StatementAnalysis, analyze};
use proptest::prelude::*;
use proptest::sample::select;

use super::texts::text;
use super::{SCHEMA, cases, holds, settings};
use crate::grammar::DIALECTS;

/// The text at a place, which must be one.
fn at(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_else(|| panic!("{span:?} is no place in {text:?}"))
}

fn fits(text: &str, span: Span) {
    at(text, span);
}

#[test]
fn tokens_and_what_is_between_them_are_the_text() {
    holds(cases(), text(), |text| {
        let mut end = if text.starts_with('\u{feff}') { 3 } else { 0 };
        for token in Lexer::new(&text) {
            let between = at(&text, Span::new(end, token.span.start));
            assert!(is_blank(between), "{between:?} is passed over");
            // Behind a blank, since a byte order mark is none in the middle of a text.
            let alone = format!(" {}", at(&text, token.span));
            let alone: Vec<_> = Lexer::new(&alone).map(|token| token.kind).collect();
            assert_eq!(alone, [token.kind], "{:?}", at(&text, token.span));
            end = token.span.end;
        }
        let rest = &text[end as usize..];
        assert!(is_blank(rest), "{rest:?} is passed over");
    });
}

/// Whether there is nothing but blanks and comments.
fn is_blank(mut text: &str) -> bool {
    loop {
        text = text.trim_start_matches([' ', '\t', '\r', '\n']);
        text = if text.starts_with("--") || text.starts_with("//") {
            text.find(['\r', '\n']).map_or("", |end| &text[end..])
        } else if let Some((_, rest)) = text.strip_prefix("/*").and_then(|comment| comment.split_once("*/")) {
            rest
        } else {
            return text.is_empty();
        }
    }
}

#[test]
fn statements_come_in_order_and_their_nodes_have_places() {
    let dialects = prop_oneof![Just(Dialects::ALL), select(&DIALECTS[..])];
    holds(cases(), (text(), dialects), |(text, dialects)| {
        let mut parser = Parser::new(dialects);
        let mut script = parser.script(&text);
        let mut end = 0;
        while let Some(parsed) = script.next() {
            assert!(!at(&text, parsed.span).is_empty());
            assert!(parsed.span.start >= end, "{parsed:?} begins in the statement before it");
            end = parsed.span.end;
            places_fit(&text, &format!("{parsed:?}{:?}", script.tree()));
        }
        places_fit(&text, &format!("{:?}", Schema::from_text(&text)));
    });
}

/// Finds every place in what nodes look like to a programmer.
fn places_fit(text: &str, nodes: &str) {
    for place in nodes.split("Span { start: ").skip(1) {
        let (start, rest) = place.split_once(", end: ").expect("a start");
        let (end, _) = rest.split_once(' ').expect("an end");
        fits(text, Span::new(start.parse().expect("an offset"), end.parse().expect("an offset")));
    }
}

#[test]
fn findings_have_places() {
    holds(cases(), text(), |text| {
        let own = Schema::from_text(&text);
        for options in [None, Some(&*SCHEMA), Some(&own)].into_iter().flat_map(settings) {
            for statement in analyze(&text, &options).statements {
                let errors = statement.errors.iter().map(|error| error.span);
                let hazards = statement.hazards.iter().flat_map(|hazard| [hazard.span, hazard.subject]);
                errors.chain(hazards).chain([statement.span]).for_each(|span| fits(&text, span));
                for finding in statement.diagnostics(&text, &options) {
                    let related = finding.related.iter().map(|related| related.span);
                    let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
                    related.chain(edits).chain([finding.span]).for_each(|span| fits(&text, span));
                }
            }
        }
    });
}

/// An analyzer keeps its memory from one text to the next, and nothing else.
#[test]
fn a_used_analyzer_decides_as_a_new_one() {
    holds(cases(), (text(), text()), |(first, second)| {
        let options = Options { profile: Profile::STRICT, schema: Some(&SCHEMA), keyspace: Some("shop"), ..Options::default() };
        let mut used = Analyzer::new(options.dialects);
        let mut decide = |text: &str| used.statements(text, &options).collect::<Vec<_>>();
        decide(&first);
        assert_eq!(told(&decide(&second)), told(&analyze(&second, &options).statements));
    });
}

fn told(statements: &[StatementAnalysis]) -> String {
    let hazard = |hazard: &cqlint_analysis::Hazard| format!("{} {:?} {:?}", hazard.rule.name, hazard.certainty, hazard.span);
    let statement = |statement: &StatementAnalysis| {
        let hazards: Vec<_> = statement.hazards.iter().map(hazard).collect();
        format!("{:?} {} {:?} {hazards:?} {:?}", statement.span, statement.kind, statement.verdict, statement.errors)
    };
    statements.iter().map(statement).collect()
}
