//! The words of CQL in the grammars of the editors: each list behind a mark is what the tables say.

use std::collections::BTreeSet;
use std::fs;

use cqlint_syntax::{Dialects, KEYWORDS};

use super::{blesses, path, read};

/// The words that are values.
const CONSTANTS: [&str; 6] = ["FALSE", "INFINITY", "NAN", "NULL", "TRUE", "UNSET"];

/// A file with lists of words, and how it writes them. A list ends at a `)`.
struct Lists {
    file: &'static str,
    /// In front of a list's name.
    mark: &'static str,
    /// Behind a list's name, between two words, and between two lines of them.
    name_end: &'static str,
    between: &'static str,
    line_end: &'static str,
    quote: &'static str,
}

const FILES: [Lists; 2] = [
    // A list is one part of a pattern, and its mark is a comment there.
    Lists { file: "vscode/syntaxes/cql.tmLanguage.json", mark: "(?#", name_end: ")", between: "|", line_end: "|", quote: "" },
    Lists { file: "emacs/cqlint.el", mark: ";;# ", name_end: "\n    ", between: " ", line_end: "\n    ", quote: "\"" },
];

/// The words between quotes in a piece of the grammar.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

/// What a production of the grammar says.
fn production<'a>(grammar: &'a str, name: &str) -> &'a str {
    let (_, rest) = grammar.split_once(&format!("\n{name} =")).expect("a production");
    rest.split_once(";\n").expect("its end").0
}

fn types() -> (BTreeSet<String>, BTreeSet<String>) {
    let grammar = fs::read_to_string(path("../grammar/cql.ebnf")).expect("the grammar");
    let is_word = |text: &&str| text.len() > 1;
    let native = quoted(production(&grammar, "native_type")).map(str::to_owned).collect();
    let collections = quoted(production(&grammar, "cql_type")).filter(is_word).map(str::to_owned).collect();
    (native, collections)
}

fn functions() -> BTreeSet<String> {
    let table = fs::read_to_string(path("../grammar/functions.csv")).expect("the table of functions");
    let names = table.lines().skip(1).flat_map(|row| row.split(',').take(2));
    names.flat_map(str::split_whitespace).map(str::to_owned).collect()
}

/// The words of the list with this name, sorted.
fn list(name: &str) -> BTreeSet<String> {
    let (types, collections) = types();
    let constants: BTreeSet<_> = CONSTANTS.map(str::to_owned).into();
    let keywords = |reserved: bool| {
        let words = KEYWORDS.iter().filter(move |(word, _)| word.reserved_in().meets(Dialects::ALL) == reserved);
        words.map(|(_, text)| (*text).to_owned()).filter(|word| !constants.contains(word))
    };
    match name {
        "constants" => constants.clone(),
        "reserved" => keywords(true).collect(),
        "free" => keywords(false).filter(|word| !types.contains(word)).collect(),
        "types" => types.clone(),
        "collections" => collections.clone(),
        "functions" => functions(),
        _ => panic!("no list is called {name}"),
    }
}

/// The words as the file writes them, in lines that one can read where it has lines.
fn joined(words: &BTreeSet<String>, how: &Lists) -> String {
    let mut text = String::new();
    let mut line = 0;
    for word in words {
        let word = format!("{0}{word}{0}", how.quote);
        line += word.len() + how.between.len();
        if line > 100 {
            text += how.line_end;
            line = word.len();
        } else if !text.is_empty() {
            text += how.between;
        }
        text += &word;
    }
    text
}

/// The text with every list behind its mark written anew, and how many there are.
fn filled(text: &str, how: &Lists) -> (String, usize) {
    let mut parts = text.split(how.mark);
    let mut filled = parts.next().unwrap_or_default().to_owned();
    let mut count = 0;
    for part in parts {
        let end = part.find(|letter: char| !letter.is_ascii_lowercase()).expect("the end of a list's name");
        let (name, rest) = part.split_at(end);
        if name == "mark" {
            filled += &format!("{}{part}", how.mark);
            continue;
        }
        let rest = rest.strip_prefix(how.name_end).expect("a mark in full");
        let (_, rest) = rest.split_once(')').expect("the end of a list");
        filled += &format!("{}{name}{}{}){rest}", how.mark, how.name_end, joined(&list(name), how));
        count += 1;
    }
    (filled, count)
}

#[test]
fn words_are_the_lexers() {
    for how in &FILES {
        let kept = read(how.file);
        let (expected, lists) = filled(&kept, how);
        assert!(lists >= 5, "{} has {lists} lists of words", how.file);
        if blesses() {
            fs::write(path(how.file), expected).expect("a writable grammar");
        } else {
            assert!(kept == expected, "{} has other words than the lexer; CQLINT_BLESS=1 writes them", how.file);
        }
    }
}

/// A word that some list forgets would be coloured as a name.
#[test]
fn every_keyword_is_in_a_list() {
    let lists = ["constants", "reserved", "free", "types"].map(list);
    let lost: Vec<_> = KEYWORDS.iter().filter(|(_, text)| !lists.iter().any(|list| list.contains(*text))).collect();
    assert!(lost.is_empty(), "in no list: {lost:?}");
}
