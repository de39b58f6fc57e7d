//! What a finding is known by stays when its statement moves and is written otherwise, and differs when it says something else.

use std::collections::BTreeMap;

use cqlint_analysis::syntax::{Lexer, Token};
use cqlint_analysis::{Fingerprint, Options, Profile, analyze};
use proptest::collection::vec;
use proptest::prelude::*;

use super::fuzz::texts::parsable;
use super::fuzz::{cases, holds};

/// What is found in a text, and how often.
fn known(text: &str) -> BTreeMap<Fingerprint, usize> {
    let mut known = BTreeMap::new();
    let options = Options { profile: Profile::STRICT, ..Options::default() };
    for statement in analyze(text, &options).statements {
        for finding in statement.diagnostics(text, &options) {
            *known.entry(Fingerprint::of(&finding, text)).or_default() += 1;
        }
    }
    known
}

/// The same tokens with other gaps between them, and comments.
fn spread(statement: &str, gap: &str) -> String {
    let tokens: Vec<Token> = Lexer::new(statement).collect();
    let mut out = String::new();
    let mut before = 0;
    for token in tokens {
        // Where nothing stood between two tokens, nothing may come: `1.` is no `1 .`.
        if token.span.start > before {
            out.push_str(gap);
        }
        out.push_str(token.span.text(statement));
        before = token.span.end;
    }
    out
}

#[test]
fn moving_changes_nothing() {
    let gaps = prop_oneof![Just(" "), Just("\n\t"), Just("\r\n    "), Just(" /* why */ "), Just("\n-- why\n")];
    holds(cases(), (vec(parsable(), 1..5), gaps, 0usize..5), |(statements, gap, turn)| {
        let clean: Vec<_> = statements.iter().map(|statement| statement.trim_start_matches('\u{feff}').to_owned()).collect();
        let script = |statements: &[String]| statements.iter().map(|one| format!("{one}\n;\n")).collect::<String>();
        // What USE says holds for what follows, so the order matters then.
        if analyze(&script(&clean), &Options::default()).statements.len() != clean.len() || script(&clean).contains("USE") {
            return;
        }
        let mut moved: Vec<_> = clean.iter().map(|statement| spread(statement, gap)).collect();
        moved.rotate_left(turn % clean.len());
        assert_eq!(known(&format!("\n\n{}", script(&moved))), known(&script(&clean)), "{moved:?}");
    });
}

#[test]
fn another_statement_or_rule_is_known_by_something_else() {
    let texts = [
        "UPDATE t SET n = n + 1 WHERE k = 1",
        "UPDATE t SET n = n + 2 WHERE k = 1",
        "UPDATE t SET n = n + 1 WHERE k = 'A'",
        "UPDATE t SET n = n + 1 WHERE k = 'a'",
        "UPDATE t SET n = n + 1 WHERE \"K\" = 1",
        "UPDATE t SET n = n + 1, v = now() WHERE k = 1",
        "TRUNCATE t",
        "SELCT 1",
    ];
    let all: Vec<_> = texts.iter().flat_map(|text| known(text).into_keys()).collect();
    let distinct: BTreeMap<_, _> = all.iter().map(|one| (one, ())).collect();
    assert!(all.len() > texts.len() && distinct.len() == all.len(), "{all:?}");
    // The same twice is counted.
    assert_eq!(known("TRUNCATE t; truncate T;").len(), 2);
    assert_eq!(known("TRUNCATE t; truncate  t;").into_values().collect::<Vec<_>>(), [2]);
}
