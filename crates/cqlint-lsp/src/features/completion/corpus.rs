//! What stands in the statements of the corpus is offered there, and what is offered is no mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cqlint_analysis::syntax::ast::NativeType;
use cqlint_analysis::syntax::{Keyword, Lexer, Meaning, Span, TokenKind, read};
use cqlint_analysis::{Options, Schema};

use super::{Kind, complete};
use crate::features::fixture::corpus;
use crate::features::functions::native;
use crate::features::statements::{Written, is_verb, statements, value};
use crate::page::Page;

fn is_type(word: &str) -> bool {
    let collections = ["list", "set", "map", "tuple", "frozen", "vector"];
    let natives = NativeType::ALL.iter().map(|native| native.text());
    natives.chain(collections).any(|known| known.eq_ignore_ascii_case(word))
}

/// What stands in a statement of the corpus is among what is offered when its first letter is typed.
#[test]
fn what_stands_there_is_offered() {
    let mut asked: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for text in corpus() {
        let schema = Schema::from_text(&text);
        let options = Options { schema: Some(&schema), ..Options::default() };
        for statement in statements(&text, &options, Span::new(0, text.len() as u32)) {
            // Only this one: what stands before it is another test's.
            let own = statement.span.text(&text);
            let keyspace = statement.keyspace.clone();
            let options = Options { keyspace: keyspace.as_deref(), ..options };
            let page = Page { path: Path::new("a.cql"), text: own, fragments: None, options: &options };
            let is_column = |at: usize, name: &str| {
                let table = statement.table(at).and_then(|table| table.view(&options));
                table.is_some_and(|table| table.column(name).is_some())
            };
            for (at, token) in statement.tokens.iter().enumerate() {
                let written = token.span.text(&text);
                let name = value(&text, *token);
                let is_definition = matches!(statement.keyword(0), Keyword::Create | Keyword::Alter);
                let kind = match (statement.meaning(at), token.kind) {
                    (Meaning::Nothing, TokenKind::Word) => "keyword",
                    (Meaning::Table, TokenKind::Word)
                        if !is_definition && schema.table(statement.qualifier(at).as_deref(), &name).is_some() =>
                    {
                        "table"
                    }
                    (Meaning::Column, TokenKind::Word) if !is_definition && is_column(at, &name) => "column",
                    (Meaning::Type, TokenKind::Word) if is_type(written) => "type",
                    (Meaning::Function, TokenKind::Word) if native(&name).is_some() => "function",
                    _ => continue,
                };
                let cursor = token.span.start - statement.span.start + written.chars().next().map_or(0, char::len_utf8) as u32;
                let found = complete(&page, cursor);
                let first = |label: &str| label.split([' ', '.']).next_back().unwrap_or_default().to_owned();
                let is_there = found.iter().any(|found| {
                    found.label.eq_ignore_ascii_case(written)
                        || found.label.split(' ').next().is_some_and(|word| word.eq_ignore_ascii_case(written))
                        || kind == "table" && first(&found.label).eq_ignore_ascii_case(written)
                });
                let (hits, all) = asked.entry(kind).or_default();
                *all += 1;
                *hits += usize::from(is_there);
                if !is_there {
                    missed.push(format!("{kind}: {} → {written}", &own[..(token.span.start - statement.span.start) as usize]));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{asked:?}\n{}", missed.join("\n"));
    assert!(asked.get("keyword").is_some_and(|(_, all)| *all > 3000), "{asked:?}");
    assert!(["table", "column", "type", "function"].iter().all(|kind| asked.contains_key(kind)), "{asked:?}");
}

/// The tables of a statement, with all columns that it names.
fn tables_of(statement: &Written<'_>) -> String {
    let parts = (0..statement.tokens.len()).filter(|at| is_verb(statement.keyword(*at))).map(|at| statement.part(at));
    let table = |part: std::ops::Range<usize>| {
        let text = |at: usize| statement.tokens.get(at).map(|token| token.span.text(statement.text)).unwrap_or_default();
        let at = part.clone().find(|at| statement.meaning(*at) == Meaning::Table)?;
        let keyspace = statement.qualifier(at).map(|keyspace| format!("{}.", super::names::written(&keyspace)));
        let columns: BTreeSet<_> = part.filter(|at| statement.meaning(*at) == Meaning::Column).map(text).collect();
        let columns: Vec<_> = columns.iter().map(|column| format!("{column} int")).collect();
        Some(format!(
            "CREATE TABLE {}{} (own_key int PRIMARY KEY, {});",
            keyspace.unwrap_or_default(),
            text(at),
            columns.join(", ")
        ))
    };
    parts.filter_map(table).collect()
}

/// When its table is known, each column of a statement is offered where it stands.
#[test]
fn columns_are_offered_wherever_they_stand() {
    let (mut asked, mut missed) = (0, Vec::new());
    for text in corpus() {
        for statement in statements(&text, &Options::default(), Span::new(0, text.len() as u32)) {
            // Its rows have columns, too.
            if statement.keyword(1) == Keyword::Transaction || matches!(statement.keyword(0), Keyword::Create | Keyword::Let) {
                continue;
            }
            let schema = Schema::from_text(&tables_of(&statement));
            let options = Options { schema: Some(&schema), ..Options::default() };
            let own = statement.span.text(&text);
            let page = Page { path: Path::new("a.cql"), text: own, fragments: None, options: &options };
            for (at, token) in statement.tokens.iter().enumerate() {
                let has_table = statement.table(at).is_some_and(|table| table.view(&options).is_some());
                if statement.meaning(at) != Meaning::Column || token.kind != TokenKind::Word || !has_table {
                    continue;
                }
                asked += 1;
                let cursor = token.span.start - statement.span.start;
                let name = super::names::written(&value(&text, *token));
                if !complete(&page, cursor + 1).iter().any(|found| found.label == name && found.kind == Kind::Column) {
                    missed.push(format!("{} → {name}", &own[..cursor as usize]));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{} of {asked}:\n{}", missed.len(), missed.join("\n"));
    assert!(asked > 500, "{asked}");
}

/// Whoever takes a keyword has made no mistake.
#[test]
fn no_keyword_is_wrong() {
    let options = Options::default();
    let mut taken = 0;
    for text in corpus() {
        for statement in statements(&text, &options, Span::new(0, text.len() as u32)) {
            let own = statement.span.text(&text);
            let page = Page { path: Path::new("a.cql"), text: own, fragments: None, options: &options };
            // Each place of all statements would take a minute.
            for token in statement.tokens.iter().skip(statement.span.start as usize % 23).step_by(23) {
                let cursor = token.span.start - statement.span.start;
                for keyword in complete(&page, cursor).iter().filter(|found| found.kind == Kind::Keyword) {
                    let written = format!("{} {} ", &own[..keyword.replaces.start as usize], keyword.insert.trim_end_matches(')'));
                    let count = Lexer::new(&written).count();
                    let understood = |text: &str| {
                        let tokens: Vec<_> = Lexer::new(text).collect();
                        read(text, &tokens, options.dialects).understood
                    };
                    // Some must not be the last.
                    let is_right = understood(&written) >= count || understood(&format!("{written} x")) >= count;
                    assert!(is_right, "{written}");
                    taken += 1;
                }
            }
        }
    }
    assert!(taken > 500, "{taken}");
}
