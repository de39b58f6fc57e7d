//! A verdict depends on what a statement means: not on how it is written, and not on its neighbours.

use cqlint_analysis::syntax::{Dialects, Lexer, Parser, Piece, Token, TokenKind, print};
use cqlint_analysis::{Level, Options, StatementAnalysis, Verdict, analyze};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::texts::{broken, parsable, text, write};
use super::{SCHEMA, cases, holds, levels, settings};

/// For each setting, with and without a schema, each statement's verdict, the rules of its hazards and those of what else is
/// found.
fn decisions(text: &str) -> Vec<Vec<(Verdict, Vec<&'static str>)>> {
    let settings = [None, Some(&*SCHEMA)].into_iter().flat_map(settings);
    let decide = settings.map(|options| {
        let statements = analyze(text, &options).statements.into_iter();
        let hazards = |one: &StatementAnalysis| one.hazards.iter().map(|hazard| hazard.rule.name).collect::<Vec<_>>();
        let findings = |one: &StatementAnalysis| one.findings.iter().map(|finding| finding.rule.name).collect::<Vec<_>>();
        statements.map(|one| (one.verdict, [hazards(&one), findings(&one)].concat())).collect()
    });
    decide.collect()
}

/// Rules and their levels decide what is told, never a verdict.
#[test]
fn what_is_told_changes_no_verdict() {
    let nothing = levels(Level::Off);
    let decide = |text: &str, options: &Options<'_>| {
        let statements = analyze(text, options).statements.into_iter();
        statements.map(|one| (one.verdict, one.hazards)).collect::<Vec<_>>()
    };
    holds(cases(), text(), |text| {
        for options in [None, Some(&*SCHEMA)].into_iter().flat_map(settings) {
            let everything = decide(&text, &options);
            for levels in [None, Some(&nothing)] {
                let other = Options { levels, ..options };
                assert_eq!(format!("{:?}", decide(&text, &other)), format!("{everything:?}"));
                let told = analyze(&text, &other).statements.iter().map(|one| one.findings.len()).sum::<usize>();
                assert_eq!(told, 0, "what is off is not looked for");
            }
        }
    });
}

/// The one statement of the text in one line.
fn printed(text: &str) -> String {
    let mut parser = Parser::new(Dialects::ALL);
    let mut script = parser.script(text);
    let piece = script.next().map(|parsed| parsed.piece);
    assert!(matches!(piece, Some(Piece::Statement(_))), "{text:?} is {piece:?}");
    let line = print(text, script.tokens());
    assert!(script.next().is_none(), "{text:?} is more than one statement");
    line
}

#[test]
fn what_is_printed_means_the_same() {
    holds(cases(), parsable(), |text| {
        let line = printed(&text);
        assert_eq!(printed(&line), line);
        assert_eq!(decisions(&line), decisions(&text), "{line}");
    });
}

/// A batch is as its worst member, or worse: its own TIMESTAMP, or what one member does beside another, can add a hazard.
/// Nothing takes one away, under no profile: another member may undo what a member's condition would notice, so no
/// condition protects a batch.
#[test]
fn a_batch_is_no_better_than_its_worst_member() {
    let heads = select(&["BEGIN BATCH", "BEGIN UNLOGGED BATCH", "BEGIN COUNTER BATCH", "BEGIN BATCH USING TIMESTAMP 7"][..]);
    holds(cases(), (heads, vec(write(), 1..5)), |(head, members)| {
        let batch = format!("{head} {};\nAPPLY BATCH", members.join(";\n"));
        for options in [None, Some(&*SCHEMA)].into_iter().flat_map(settings) {
            let worst = members.iter().map(|member| analyze(member, &options).verdict).max();
            let analysis = analyze(&batch, &options);
            assert!(Some(analysis.verdict) >= worst, "{} {:?}: {batch}", options.profile.name, options.timestamps);
            assert_eq!(analysis.statements.len(), 1, "{batch}");
        }
    });
}

/// What may stand between two tokens.
const BETWEEN: [&str; 10] = [" ", "\n", "\t", "\r\n", "/* ; */", "/* ' */", "-- it's; \"\n", "// $$ /*\n", "--\r", "/*\n*/"];

fn tokens(text: &str) -> Vec<Token> {
    Lexer::new(text).collect()
}

/// What the parser sees of a text.
fn words(text: &str) -> Vec<(TokenKind, String)> {
    let word = |token: Token| {
        let text = token.span.text(text);
        (token.kind, if token.kind == TokenKind::Word { text.to_ascii_lowercase() } else { text.to_owned() })
    };
    Lexer::new(text).map(word).collect()
}

#[test]
fn blanks_and_comments_mean_nothing() {
    let between = vec((any::<Index>(), select(&BETWEEN[..])), 1..8);
    holds(cases(), (parsable(), between), |(text, between)| {
        let mut ends: Vec<_> = tokens(&text).iter().map(|token| token.span.range().end).collect();
        // One token to the servers.
        ends.retain(|end| !(text[..*end].ends_with("expr") && text[*end..].starts_with('(')));
        // A byte order mark stays the first character.
        ends.insert(0, if text.starts_with('\u{feff}') { 3 } else { 0 });
        let mut places: Vec<_> = between.iter().map(|(at, blank)| (ends[at.index(ends.len())], *blank)).collect();
        places.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        let mut spaced = text.clone();
        for (at, blank) in places {
            // A minus or a slash right before a comment would become a part of it.
            let apart = if text[..at].ends_with(['-', '/']) { " " } else { "" };
            spaced.insert_str(at, &format!("{apart}{blank}"));
        }
        assert_eq!(words(&spaced), words(&text));
        assert_eq!(decisions(&spaced), decisions(&text), "{spaced:?}");
    });
}

#[test]
fn the_case_of_letters_means_nothing() {
    let is_large = vec(any::<bool>(), 1..40);
    holds(cases(), (parsable(), is_large), |(text, is_large)| {
        let mut other = text.clone();
        let mut is_large = is_large.iter().cycle();
        for token in tokens(&text).iter().filter(|token| token.kind == TokenKind::Word) {
            let word: String = token.span.text(&text).chars().map(|letter| with_case(letter, is_large.next())).collect();
            // Only in capitals is `P1Y` a duration, and only in small letters `expr(` a token.
            let is_expr = word.eq_ignore_ascii_case("expr");
            if !is_expr && matches!(tokens(&word).as_slice(), [only] if only.kind == TokenKind::Word) {
                other.replace_range(token.span.range(), &word);
            }
        }
        assert_eq!(words(&other), words(&text));
        assert_eq!(decisions(&other), decisions(&text), "{other}");
    });
}

fn with_case(letter: char, is_large: Option<&bool>) -> char {
    if is_large == Some(&true) { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
}

#[test]
fn a_broken_statement_changes_nothing_for_its_neighbours() {
    holds(cases(), (parsable(), broken(), parsable()), |(before, broken, behind)| {
        let without = decisions(&format!("{before}\n;\n{behind}\n;"));
        let with = decisions(&format!("{before}\n;\n{broken}\n;\n{behind}\n;"));
        for (without, with) in without.iter().zip(&with) {
            assert_eq!((with.first(), with.last()), (without.first(), without.last()));
        }
    });
}
