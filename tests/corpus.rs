//! The corpus: statements that some dialect accepts, and broken ones with their errors written below them.
//!
//! `CQLINT_BLESS=1 cargo test` writes the errors anew; read the difference before you keep it.

use std::fs;
use std::path::{Path, PathBuf};

use cqlint_syntax::{Dialects, Parser, Piece, SyntaxError, print};

pub(crate) fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(folder);
    let entries = fs::read_dir(&folder).expect("the corpus").map(|entry| entry.expect("a file").path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "cql")).collect();
    files.sort();
    files
}

/// The line and the column of a place, from zero, in characters.
fn position(text: &str, offset: u32) -> (usize, usize) {
    let before = &text[..offset as usize];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].chars().count())
}

#[test]
fn accepted_statements_parse() {
    let mut parser = Parser::new(Dialects::ALL);
    let (mut count, mut wrong) = (0, Vec::new());
    for path in files("accepted") {
        let text = fs::read_to_string(&path).expect("a readable file");
        for parsed in parser.script(&text) {
            count += 1;
            for error in &parsed.errors {
                let (line, _) = position(&text, error.span.start);
                wrong.push(format!("{}:{}: {}\n    {}", path.display(), line + 1, error, parsed.span.text(&text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 868, "the corpus has lost statements: {count}");
}

/// What is printed parses to the same tokens in the same tree, and prints the same.
#[test]
fn printing_is_stable() {
    let mut parser = Parser::new(Dialects::ALL);
    for path in files("accepted") {
        let text = fs::read_to_string(&path).expect("a readable file");
        let mut printed = Vec::new();
        let mut script = parser.script(&text);
        while let Some(parsed) = script.next() {
            if let Piece::Statement(statement) = parsed.piece {
                printed.push((print(&text, script.tokens()), shape(&format!("{statement:?}{:?}", script.tree()))));
            }
        }
        for (line, tree) in printed {
            let mut script = parser.script(&line);
            let again = script.next().expect("a statement");
            let Piece::Statement(statement) = again.piece else { panic!("{}: {line}", path.display()) };
            assert_eq!(print(&line, script.tokens()), line, "{}", path.display());
            let reparsed = shape(&format!("{statement:?}{:?}", script.tree()));
            assert_eq!(reparsed, tree, "{}: {line}", path.display());
            assert!(script.next().is_none(), "{line}");
        }
    }
}

/// A tree without its places, which blanks move.
fn shape(tree: &str) -> String {
    let mut rest = tree;
    let mut shape = String::new();
    while let Some(found) = rest.find("Span {") {
        shape.push_str(&rest[..found]);
        rest = rest[found..].split_once('}').map_or("", |(_, rest)| rest);
    }
    shape + rest
}

/// The text with a line below each error that points at it.
fn annotated(text: &str, errors: &[SyntaxError]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        lines.push(line.to_owned());
        for error in errors {
            let (at, column) = position(text, error.span.start);
            if at != number {
                continue;
            }
            let room = line.chars().count().saturating_sub(column).max(1);
            let width = error.span.text(text).chars().take_while(|character| *character != '\n').count().clamp(1, room);
            // An error in the first columns has no room for the dashes before it: `--^ -2` says how far to the left.
            let indent = column.saturating_sub(2);
            let left = if column < 2 { format!(" -{}", 2 - column) } else { String::new() };
            lines.push(format!("--{}{}{left} error: {error}", " ".repeat(indent), "^".repeat(width)));
            if let Some(help) = &error.help {
                lines.push(format!("--{}  help: {help}", " ".repeat(indent)));
            }
        }
    }
    lines.join("\n") + "\n"
}

fn is_annotation(line: &str) -> bool {
    let comment = line.strip_prefix("--").map(str::trim_start);
    comment.is_some_and(|comment| comment.starts_with('^') && comment.contains("error: ") || comment.starts_with("help: "))
}

#[test]
fn broken_statements_say_what_is_wrong() {
    let bless = std::env::var_os("CQLINT_BLESS").is_some();
    let mut parser = Parser::new(Dialects::ALL);
    let (mut count, mut wrong) = (0, Vec::new());
    for path in files("broken").into_iter().chain(files("broken/end_of_file")) {
        let kept = fs::read_to_string(&path).expect("a readable file");
        let text: String = kept.split_inclusive('\n').filter(|line| !is_annotation(line)).collect();
        let pieces: Vec<_> = parser.script(&text).collect();
        for piece in &pieces {
            count += 1;
            if piece.errors.is_empty() {
                let (line, _) = position(&text, piece.span.start);
                wrong.push(format!("{}:{}: accepted: {}", path.display(), line + 1, piece.span.text(&text)));
            }
        }
        let errors: Vec<_> = pieces.into_iter().flat_map(|piece| piece.errors).collect();
        let expected = annotated(&text, &errors);
        if bless {
            fs::write(&path, expected).expect("a writable file");
        } else if expected != kept {
            let first = expected.lines().zip(kept.lines()).find(|(found, kept)| found != kept);
            wrong.push(format!("{}: the errors have changed, first: {first:?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 840, "the corpus has lost statements: {count}");
}
