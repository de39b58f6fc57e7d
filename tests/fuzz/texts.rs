//! The texts that are tried: bytes, characters that mean something in CQL, and statements with something changed.

use std::sync::LazyLock;

use cqlint_analysis::syntax::{Dialects, Keyword, Lexer, Parser, Piece, Statement, TokenKind};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::grammar::sentences::Sentences;
use crate::grammar::{DIALECTS, accepted, grammar, keywords};

/// What a lexer, a parser or a report may stumble over, between blanks.
const WORDS: &str = r#"' '' " "" $ $$ -- // /* */ ( ) [ ] { } < > <= != = += -= + - * / % @ ? : :: , ; . .. ... \ # _ µ é 日本 🙂
    0 1 -1 1. 1e9 0x 0xCAFE 12h30m 5µs P1Y PT5M 123e4567-e89b-12d3-a456-426614174000 -NaN a t k NULL true BEGIN BATCH APPLY SELECT
    FROM UPDATE SET WHERE INSERT INTO VALUES JSON DELETE IF NOT EXISTS USING TTL TIMESTAMP CREATE TABLE PRIMARY KEY list< frozen< USE
    DESCRIBE SOURCE COPY now() 'now' l[0] n+1 AND IN TOKEN( AS '{"a":["now"]}' LET COMMIT TRANSACTION END"#;

/// Blanks, to people or to CQL, and what is not seen.
const BLANKS: [&str; 14] =
    [" ", "\n", ";\n", "\r\n", "\r", "\t", "\0", "\u{b}", "\u{85}", "\u{a0}", "\u{301}", "\u{2028}", "\u{202e}", "\u{feff}"];

static PIECES: LazyLock<Vec<&str>> = LazyLock::new(|| WORDS.split_ascii_whitespace().chain(BLANKS).collect());

fn piece() -> impl Strategy<Value = &'static str> {
    select(PIECES.as_slice())
}

/// Statements that some dialect takes, from short to long, since a short one shows a mistake better.
static STATEMENTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let grammar = grammar();
    let mut statements = accepted();
    statements.extend(forms().filter(|form| only_statement(form).is_some()).map(str::to_owned));
    for dialects in DIALECTS {
        let mut sentences = Sentences::new(&grammar, &keywords(), dialects, super::seed());
        statements.extend((0..super::cases().min(100_000)).map(|_| sentences.sentence()));
    }
    statements.sort_by_key(String::len);
    statements.dedup();
    statements
});

/// Those of [`STATEMENTS`] that may stand in a batch.
static WRITES: LazyLock<Vec<String>> = LazyLock::new(|| STATEMENTS.iter().filter(|text| is_write(text)).cloned().collect());

/// The table of verdicts: most writes are there, on tables that the schema knows, and some that do not parse.
fn forms() -> impl Iterator<Item = &'static str> {
    let rows = include_str!("../semantics/forms.md").lines();
    rows.filter_map(|row| row.strip_prefix("| `")?.split_once("` |")).map(|(statement, _)| statement)
}

/// The one statement that the text is, when it is one.
fn only_statement(text: &str) -> Option<Statement> {
    let mut parser = Parser::new(Dialects::ALL);
    let mut script = parser.script(text);
    match (script.next()?.piece, script.next()) {
        (Piece::Statement(statement), None) => Some(statement),
        _ => None,
    }
}

fn is_write(text: &str) -> bool {
    let is_write = matches!(only_statement(text), Some(Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_)));
    // Around a statement there may be semicolons, and before it a byte order mark; around a member of a batch not.
    is_write && !text.starts_with('\u{feff}') && Lexer::new(text).all(|token| token.kind != TokenKind::Semicolon)
}

/// A statement as it was written or generated.
pub(super) fn statement() -> impl Strategy<Value = String> {
    select(STATEMENTS.as_slice())
}

/// A statement that parses, some with a change that nobody would write.
pub(crate) fn parsable() -> impl Strategy<Value = String> {
    let is_statement = |text: &String| only_statement(text).is_some();
    prop_oneof![statement(), changed(1).prop_filter("no statement", is_statement)]
}

/// An INSERT, an UPDATE or a DELETE that parses.
pub(super) fn write() -> impl Strategy<Value = String> {
    let strange = (select(WRITES.as_slice()), changes(1)).prop_map(|(text, changes)| apply(&text, &changes));
    prop_oneof![select(WRITES.as_slice()), strange.prop_filter("no write", |text| is_write(text))]
}

/// A statement that does not parse, or a line for cqlsh, that takes nothing of what stands behind it: all its quotes are closed, and it opens no
/// block, in which a `;` ends only a member.
pub(crate) fn broken() -> impl Strategy<Value = String> {
    let open = [TokenKind::UnterminatedString, TokenKind::UnterminatedName, TokenKind::UnterminatedComment];
    changed(3).prop_filter("not broken", move |text| {
        let mut parser = Parser::new(Dialects::ALL);
        let no_statement = parser.script(text).all(|parsed| match parsed.piece {
            Piece::Statement(_) => false,
            Piece::Broken => true,
            // It ends with its line, whatever is open there.
            Piece::ShellCommand => !text.contains('\n'),
        });
        no_statement && Lexer::new(text).all(|token| !open.contains(&token.kind) && token.keyword != Keyword::Begin)
    })
}

/// Anything.
pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => bytes().prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        2 => characters(),
        1 => any::<String>(),
        6 => script(),
    ]
}

/// Anything that a file may hold.
pub(super) fn content() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![bytes(), text().prop_map(String::into_bytes)]
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..200)
}

fn characters() -> impl Strategy<Value = String> {
    vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

/// Statements, whole and changed, with something between them that may or may not end them.
fn script() -> impl Strategy<Value = String> {
    let separator = select(&[";", ";\n", "; ", "\n", "\r\n", " ", "", " -- x\n", "/* ; */", ";;"][..]);
    let part = prop_oneof![3 => changed(3), 1 => vec(piece(), 0..6).prop_map(|pieces| pieces.concat())];
    vec((part, separator), 1..6).prop_map(|parts| parts.iter().map(|(part, separator)| format!("{part}{separator}")).collect())
}

fn changed(most: usize) -> impl Strategy<Value = String> {
    (statement(), changes(most)).prop_map(|(text, changes)| apply(&text, &changes))
}

/// What a text is cut into before something is changed.
#[derive(Clone, Copy, Debug)]
enum Unit {
    Byte,
    Character,
    Token,
}

#[derive(Clone, Debug)]
enum Change {
    Remove,
    Repeat,
    /// With the unit at another place.
    Exchange(Index),
    Insert(&'static str),
    Replace(&'static str),
    /// By a unit from another place.
    Copy(Index),
}

fn changes(most: usize) -> impl Strategy<Value = Vec<(Unit, Index, Change)>> {
    let unit = prop_oneof![4 => Just(Unit::Token), 2 => Just(Unit::Character), 1 => Just(Unit::Byte)];
    let change = prop_oneof![
        Just(Change::Remove),
        Just(Change::Repeat),
        any::<Index>().prop_map(Change::Exchange),
        piece().prop_map(Change::Insert),
        piece().prop_map(Change::Replace),
        any::<Index>().prop_map(Change::Copy),
    ];
    vec((unit, any::<Index>(), change), 0..=most)
}

fn apply(text: &str, changes: &[(Unit, Index, Change)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (unit, at, change)| {
        let mut units = cut(&text, *unit);
        if units.is_empty() {
            return text;
        }
        let at = at.index(units.len());
        match change {
            Change::Remove => drop(units.remove(at)),
            Change::Repeat => units.insert(at, units[at]),
            Change::Exchange(other) => {
                let other = other.index(units.len());
                units.swap(at, other);
            }
            Change::Insert(piece) => units.insert(at, piece.as_bytes()),
            Change::Replace(piece) => units[at] = piece.as_bytes(),
            Change::Copy(other) => units[at] = units[other.index(units.len())],
        }
        String::from_utf8_lossy(&units.concat()).into_owned()
    })
}

/// A token's unit reaches to the next token, so that the text between them is kept.
fn cut(text: &str, unit: Unit) -> Vec<&[u8]> {
    let mut starts: Vec<usize> = match unit {
        Unit::Byte => (0..text.len()).collect(),
        Unit::Character => text.char_indices().map(|(at, _)| at).collect(),
        Unit::Token => Lexer::new(text).map(|token| token.span.range().start).collect(),
    };
    starts.push(text.len());
    starts.windows(2).map(|pair| &text.as_bytes()[pair[0]..pair[1]]).collect()
}
