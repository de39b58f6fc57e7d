//! The grammar in `grammar/cql.ebnf`: it is well formed, it fits the corpus, and our parser takes what it takes.
//!
//! `CQLINT_SENTENCES` says how many sentences and mutations are tried, `CQLINT_SEED` which ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cqlint_syntax::{Dialects, Parser, Piece};

use ebnf::{Alternative, Part, Times};

pub(crate) use ebnf::{Grammar, dialects};
pub(crate) use recogniser::{Recogniser, Terminals};
pub(crate) use sentences::{Random, Sentences, mutated};

mod ebnf;
mod recogniser;
pub(crate) mod sentences;

/// The names of the classes of tokens.
const CLASSES: [&str; 14] = [
    "IDENT",
    "QUOTED",
    "EMPTY_QUOTED",
    "STRING",
    "INTEGER",
    "FLOAT",
    "BOOLEAN",
    "DURATION",
    "UUID",
    "BLOB",
    "QMARK",
    "RANGE",
    "NEGATIVE_NAN",
    "NEGATIVE_INFINITY",
];

/// Every dialect on its own: what only a mixture of two would take is no CQL.
pub(crate) const DIALECTS: [Dialects; 7] = [
    Dialects::CASSANDRA_3_11,
    Dialects::CASSANDRA_4_0,
    Dialects::CASSANDRA_4_1,
    Dialects::CASSANDRA_5_0,
    Dialects::CASSANDRA_TRUNK,
    Dialects::SCYLLA,
    Dialects::DSE,
];

/// Where our parser and the grammar may differ: what the parser says, and why that is right.
const DIFFERENCES: &[(&str, &str)] = &[
    ("only the column itself can stand before the operator here", "a check of the servers' parsers, which no grammar can say"),
    ("only the column itself can stand behind `+` here", "the same"),
    ("this option is set twice", "the same"),
    ("only collections, tuples, vectors and user types can be frozen", "the same"),
    ("the name of a type that the server keeps for itself", "the same"),
    ("everything is selected here, nothing multiplied", "the servers decide so at the asterisk"),
    ("an index is asked by `expr(`: in lower case, without a blank", "one token to the servers, two to the grammar"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(folder().join(path)).expect("a readable file")
}

pub(crate) fn keywords() -> String {
    read("grammar/keywords.csv")
}

pub(crate) fn grammar() -> Grammar {
    ebnf::read(&read("grammar/cql.ebnf"))
}

/// Whether some dialect has the sentence.
fn is_sentence(grammar: &Grammar, terminals: &Terminals<'_>, text: &str) -> bool {
    let accepts = |dialects: &Dialects| Recogniser::new(grammar, terminals, text, *dialects).accepts();
    accepts(&Dialects::ALL) && DIALECTS.iter().any(accepts)
}

/// The files of a folder of the corpus, by name.
fn corpus(name: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder().join("tests/corpus").join(name)).expect("the corpus");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a file").path()).filter(|path| path.is_file()).collect();
    files.sort();
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    files.into_iter().map(|path| (name(&path), fs::read_to_string(&path).expect("a readable file"))).collect()
}

/// The statements that some dialect takes.
pub(crate) fn accepted() -> Vec<String> {
    let mut parser = Parser::new(Dialects::ALL);
    let mut statements = Vec::new();
    for (_, text) in corpus("accepted").into_iter().filter(|(file, _)| file != "cqlsh.cql") {
        statements.extend(parser.script(&text).map(|parsed| parsed.span.text(&text).to_owned()));
    }
    statements
}

/// The statements that no dialect takes, with their files; what is expected of them stands in comments.
pub(crate) fn broken() -> Vec<(String, String)> {
    let mut statements = corpus("broken/end_of_file");
    for (file, text) in corpus("broken") {
        let text = text.replace("\r\n", "\n");
        statements.extend(text.split("\n\n").map(|statement| (file.clone(), statement.to_owned())));
    }
    statements
}

pub(crate) fn from_environment(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// What our parser says: nothing when the text is one statement.
pub(crate) fn complaint(parser: &mut Parser, text: &str) -> Option<String> {
    let mut script = parser.script(text);
    let Some(first) = script.next() else { return Some("nothing".to_owned()) };
    match first.piece {
        Piece::Statement(_) if script.next().is_none() => None,
        Piece::Statement(_) => Some("more than one statement".to_owned()),
        Piece::Broken => first.errors.first().map(|error| error.message.clone()),
        Piece::ShellCommand => Some("a command of the shell".to_owned()),
    }
}

/// Visits the parts of alternatives, those in brackets too.
fn visit<'g>(alternatives: &'g [Alternative], look: &mut impl FnMut(&'g Part)) {
    for part in alternatives.iter().flat_map(|alternative| &alternative.parts) {
        look(part);
        if let Part::Bracket(bracket) = part {
            visit(&bracket.alternatives, look);
        }
    }
}

#[test]
fn every_production_is_used() {
    let grammar = grammar();
    let (mut reached, mut next) = (vec![0], 0);
    while let Some(number) = reached.get(next).copied() {
        visit(&grammar.productions[number].alternatives, &mut |part| match part {
            Part::Production(number) if !reached.contains(number) => reached.push(*number),
            _ => {}
        });
        next += 1;
    }
    let unused = grammar.productions.iter().enumerate().filter(|(number, _)| !reached.contains(number));
    let unused: Vec<_> = unused.map(|(_, production)| &production.name).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_terminal_is_known() {
    let keywords = keywords();
    let keywords: Vec<_> = keywords.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    let grammar = grammar();
    let unknown = grammar.terminals.iter().filter(|terminal| match terminal.strip_prefix('"') {
        Some(word) if word.starts_with(|first: char| first.is_alphabetic()) => !keywords.contains(&word.trim_end_matches('"')),
        Some(_) => false,
        None => !CLASSES.contains(&terminal.as_str()),
    });
    let unknown: Vec<_> = unknown.collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// Else reading would not end.
#[test]
fn no_production_begins_with_itself() {
    let grammar = grammar();
    let mut empty = BTreeSet::new();
    loop {
        let more = |number: &usize| {
            let alternatives = &grammar.productions[*number].alternatives;
            alternatives.iter().any(|alternative| alternative.parts.iter().all(|part| may_be_empty(part, &empty)))
        };
        let found: BTreeSet<_> = (0..grammar.productions.len()).filter(more).collect();
        if found == empty {
            break;
        }
        empty = found;
    }
    for (number, production) in grammar.productions.iter().enumerate() {
        let (mut reached, mut next) = (vec![number], 0);
        while let Some(at) = reached.get(next).copied() {
            first_productions(&grammar.productions[at].alternatives, &empty, &mut reached);
            next += 1;
            assert!(!reached[1..].contains(&number), "{} begins with itself", production.name);
        }
    }
}

fn may_be_empty(part: &Part, empty: &BTreeSet<usize>) -> bool {
    match part {
        Part::Terminal(_) => false,
        Part::Production(number) => empty.contains(number),
        Part::Bracket(bracket) => {
            let all_empty = |alternative: &Alternative| alternative.parts.iter().all(|part| may_be_empty(part, empty));
            bracket.times != Times::Once || bracket.alternatives.iter().any(all_empty)
        }
    }
}

/// Adds the productions that may stand first; one that stands there twice is added once, but `reached[0]` again.
fn first_productions(alternatives: &[Alternative], empty: &BTreeSet<usize>, reached: &mut Vec<usize>) {
    for alternative in alternatives {
        for part in &alternative.parts {
            match part {
                Part::Production(number) if !reached[1..].contains(number) => reached.push(*number),
                Part::Bracket(bracket) => first_productions(&bracket.alternatives, empty, reached),
                _ => {}
            }
            if !may_be_empty(part, empty) {
                break;
            }
        }
    }
}

#[test]
pub(crate) fn accepted_statements_are_sentences_and_use_everything() {
    let grammar = grammar();
    let keywords = keywords();
    let terminals = Terminals::new(&grammar, &keywords);
    let (mut used, mut wrong) = (BTreeSet::new(), Vec::new());
    for statement in accepted() {
        if !is_sentence(&grammar, &terminals, &statement) {
            wrong.push(statement.clone());
        }
        let choices = Recogniser::new(&grammar, &terminals, &statement, Dialects::ALL).choices();
        used.extend(choices);
    }
    assert!(wrong.is_empty(), "no sentences:\n{}", wrong.join("\n"));
    let unused = grammar.choices.iter().enumerate().filter(|(choice, _)| !used.contains(choice));
    let unused: Vec<_> = unused.map(|(_, text)| text.as_str()).collect();
    assert!(unused.is_empty(), "{} of {} are not used:\n{}", unused.len(), grammar.choices.len(), unused.join("\n"));
}

#[test]
fn broken_statements_are_no_sentences() {
    let grammar = grammar();
    let keywords = keywords();
    let terminals = Terminals::new(&grammar, &keywords);
    let broken = broken().into_iter().filter(|(file, _)| file != "beyond_the_grammar.cql");
    let sentences = broken.filter(|(_, statement)| is_sentence(&grammar, &terminals, statement));
    let wrong: Vec<_> = sentences.map(|(file, statement)| format!("{file}: {statement}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What one dialect has, our parser takes for that dialect and for all.
#[test]
fn sentences_parse() {
    let grammar = grammar();
    let seed = from_environment("CQLINT_SEED", 1);
    let mut wrong = Vec::new();
    for dialects in DIALECTS {
        let mut sentences = Sentences::new(&grammar, &keywords(), dialects, seed);
        let mut parsers = [Parser::new(dialects), Parser::new(Dialects::ALL)];
        for _ in 0..from_environment("CQLINT_SENTENCES", 20_000) / 7 {
            let sentence = sentences.sentence();
            if let Some(complaint) = parsers.iter_mut().find_map(|parser| complaint(parser, &sentence)) {
                wrong.push(format!("{dialects}: {complaint}\n    {sentence}"));
            }
        }
    }
    assert!(wrong.is_empty(), "seed {seed}, {} are refused:\n{}", wrong.len(), wrong.join("\n"));
}

/// A parser for one dialect takes of the corpus what that dialect has, and the same keywords as names; no more, no less.
#[test]
fn a_dialect_narrows() {
    let grammar = grammar();
    let keywords = keywords();
    let terminals = Terminals::new(&grammar, &keywords);
    let words = keywords.lines().skip(1).filter_map(|row| row.split(',').next());
    let names = words.map(|keyword| format!("SELECT v FROM {keyword} WHERE {keyword} = 1"));
    let statements: Vec<_> = accepted().into_iter().chain(names).collect();
    let mut wrong = Vec::new();
    for dialect in DIALECTS {
        let mut parser = Parser::new(dialect);
        for statement in &statements {
            let complaint = complaint(&mut parser, statement);
            if complaint.is_none() != Recogniser::new(&grammar, &terminals, statement, dialect).accepts() {
                wrong.push(format!("{dialect}: {statement}: {complaint:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// One token left out, exchanged, written twice or replaced: our parser and the grammar agree on what is left.
#[test]
fn mutations_are_judged_alike() {
    let grammar = grammar();
    let keywords = keywords();
    let terminals = Terminals::new(&grammar, &keywords);
    let is_mixture = |text: &str| Recogniser::new(&grammar, &terminals, text, Dialects::ALL).accepts();
    let statements = accepted();
    let seed = from_environment("CQLINT_SEED", 1);
    let mut random = Random::new(seed);
    let mut parser = Parser::new(Dialects::ALL);
    let mut wrong = Vec::new();
    for _ in 0..from_environment("CQLINT_SENTENCES", 20_000) {
        let text = mutated(&statements[random.below(statements.len())], &grammar, &mut random);
        match complaint(&mut parser, &text) {
            Some(complaint) if DIFFERENCES.iter().any(|(known, _)| *known == complaint) => {}
            Some(complaint) if is_sentence(&grammar, &terminals, &text) => {
                wrong.push(format!("the parser refuses: {complaint}\n    {text}"));
            }
            // Asked about all dialects at once, it may take a mixture of them.
            None if !is_mixture(&text) => {
                wrong.push(format!("the parser accepts:\n    {text}"));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "seed {seed}, {} differ:\n{}", wrong.len(), wrong.join("\n"));
}
