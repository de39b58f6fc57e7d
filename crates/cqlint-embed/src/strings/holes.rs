//! What stands for a hole: a name, a value, a part of a word, or clauses that nobody knows.

use cqlint_analysis::Fragment;
use cqlint_analysis::syntax::{Dialects, Keyword, Lexer, Parser, Piece, Span, Token, TokenKind};

use crate::strings::chunk::{Chunk, Chunks};

/// What stands for a name that goes on in the next hole.
const NAME: &str = "hole";

/// How many holes in a row may go on in a text.
const REST: usize = 8;

/// What a hole is, as its surroundings tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A table, a column, a type, or several with commas.
    Name,
    /// A value of the program.
    Value,
    /// The same in a definition, which takes no bind marker.
    Constant,
    /// A part of a string, of a quoted name, or of a word.
    Part,
    /// A restriction, an assignment or a condition.
    Comparison,
    /// Anything.
    Clauses,
}

/// The text with something for each hole, when that is CQL and nothing else, and certainly no sentence of prose.
pub(crate) fn fill(chunks: &Chunks) -> Option<Fragment> {
    Some(filled(chunks)).filter(|fragment| parses(fragment.text()) && !is_prose(fragment.text()))
}

/// The same where it is said that there is CQL.
pub(crate) fn fill_document(chunks: &Chunks) -> Option<Fragment> {
    Some(filled(chunks)).filter(|fragment| parses(fragment.text()))
}

/// The same of a text that is certainly CQL, as people say: no prose, and wrong when it does not parse. What stands for a
/// hole may be what is wrong.
pub(crate) fn fill_injected(chunks: &Chunks, is_whole: bool) -> Option<Fragment> {
    let is_plain = is_whole && chunks.iter().all(|chunk| matches!(chunk, Chunk::Text { .. }));
    let is_some = |text: &str| Parser::new(Dialects::ALL).script(text).next().is_some();
    Some(filled(chunks)).filter(|fragment| parses(fragment.text()) || is_plain && is_some(fragment.text()))
}

/// Something for each hole.
fn filled(chunks: &Chunks) -> Fragment {
    let mut fragment = Fragment::default();
    let rest = |from: usize| chunks.iter().skip(from).take(REST);
    for (number, chunk) in chunks.iter().enumerate() {
        match chunk {
            Chunk::Text { value, host, exact } => fragment.push(value, *host, *exact),
            Chunk::Clauses { host } => push_unknown(&mut fragment, *host, number),
            Chunk::Hole { host, name, bound } => {
                let behind = match chunks.get(number + 1) {
                    Some(Chunk::Text { value, .. }) => value.as_str(),
                    Some(Chunk::Hole { .. }) if rest(number + 1).any(|chunk| matches!(chunk, Chunk::Text { .. })) => NAME,
                    Some(Chunk::Hole { .. }) => "",
                    Some(Chunk::Clauses { .. }) | None => "",
                };
                match kind(fragment.text(), behind) {
                    Kind::Name => fragment.push(&name_of(name, number), *host, false),
                    Kind::Part if is_formatted(name, *bound) && in_string(fragment.text()) => {
                        fragment.push_formatted("x", *host, name, true)
                    }
                    Kind::Part if in_name(fragment.text()) => {
                        fragment.push(name_of(name, number).trim_matches('"'), *host, false);
                    }
                    Kind::Part => fragment.push("x", *host, false),
                    Kind::Value if is_formatted(name, *bound) => fragment.push_formatted("?", *host, name, false),
                    Kind::Value => fragment.push("?", *host, false),
                    Kind::Constant => fragment.push("1", *host, false),
                    Kind::Comparison => fragment.push_open("\"{}\" = ?", *host),
                    Kind::Clauses => fragment.push_open("", *host),
                }
            }
        }
    }
    fragment
}

/// Adds what may be nothing, or clauses: where something must stand, something does.
fn push_unknown(fragment: &mut Fragment, host: Span, number: usize) {
    match kind(fragment.text(), "") {
        Kind::Name => fragment.push(&name_of("", number), host, false),
        Kind::Value => fragment.push("?", host, false),
        Kind::Constant => fragment.push("1", host, false),
        Kind::Comparison => return fragment.push_open("\"{}\" = ?", host),
        Kind::Part | Kind::Clauses => {}
    }
    fragment.push_open("", host);
}

/// Whether the text of a value comes here that only the running program knows. A constant or a number is harmless.
fn is_formatted(name: &str, bound: bool) -> bool {
    !bound && name.bytes().any(|byte| byte.is_ascii_lowercase()) && !name.starts_with(|first: char| first.is_ascii_digit())
}

/// Whether the text ends within a string.
fn in_string(text: &str) -> bool {
    Lexer::new(text).last().is_some_and(|last| last.kind == TokenKind::UnterminatedString)
}

/// Whether it ends within a quoted name.
fn in_name(text: &str) -> bool {
    Lexer::new(text).last().is_some_and(|last| last.kind == TokenKind::UnterminatedName)
}

/// The name with which people are told of the hole; no table has one with braces. Two columns that the program names
/// differently are two columns.
fn name_of(name: &str, number: usize) -> String {
    let is_word = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_word { format!("\"{{{name}}}\"") } else { format!("\"{{{number}}}\"") }
}

/// Whether some name in the text is a hole's.
pub(crate) fn has_hole(text: &str) -> bool {
    text.contains("\"{")
}

fn kind(before: &str, behind: &str) -> Kind {
    let tokens: Vec<Token> = Lexer::new(before).collect();
    let Some(last) = tokens.last() else { return Kind::Clauses };
    if matches!(last.kind, TokenKind::UnterminatedString | TokenKind::UnterminatedName) {
        return Kind::Part;
    }
    let adjoins = before.len() == last.span.end as usize;
    let is_word = matches!(last.kind, TokenKind::Word | TokenKind::QuotedName | TokenKind::Integer);
    let goes_on = behind.starts_with(|first: char| first.is_alphanumeric() || first == '_');
    if adjoins && is_word {
        // `WHERE k = :k` and then what comes to the end: nobody writes a blank before it in the program.
        let is_marker =
            last.kind == TokenKind::Word && before.get(..last.span.start as usize).is_some_and(|front| front.ends_with(':'));
        let ends = behind.is_empty() && !before.ends_with('_');
        return if ends || is_marker && !goes_on { Kind::Clauses } else { Kind::Part };
    }
    // `:name`, a bind marker; the value of a map stands behind a blank.
    if adjoins && last.kind == TokenKind::Colon {
        return Kind::Name;
    }
    if last.kind == TokenKind::Dot || behind.trim_start().starts_with('.') || goes_on && !behind.starts_with(' ') {
        return Kind::Name;
    }
    let word = |token: &Token| token.span.text(before).to_ascii_uppercase();
    let verb = tokens.first().map(word).unwrap_or_default();
    let words: Vec<_> = tokens.iter().map(word).collect();
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    let defines = matches!(verb.as_str(), "CREATE" | "ALTER" | "DROP" | "GRANT" | "REVOKE" | "USE" | "TRUNCATE" | "DESCRIBE");
    let value = if defines { Kind::Constant } else { Kind::Value };
    let is_compared = behind.trim_start().starts_with(['=', '<', '>', '[', '+', '-'])
        || behind.trim_start().get(..3).is_some_and(|next| next.eq_ignore_ascii_case("in "));
    let is_list_of_names = match verb.as_str() {
        "INSERT" => has("INTO") && !has("VALUES"),
        "SELECT" => !has("FROM") || matches!(word(last).as_str(), "BY"),
        "DELETE" => !has("FROM"),
        "CREATE" | "ALTER" => true,
        _ => false,
    };
    match word(last).as_str() {
        "FROM" | "INTO" | "UPDATE" | "TABLE" | "KEYSPACE" | "ON" | "BY" | "SELECT" | "DISTINCT" => Kind::Name,
        "SET" | "WHERE" | "AND" | "IF" if is_compared => Kind::Name,
        // `SET c = c + 1`
        "=" if verb == "UPDATE" && !has("WHERE") && behind.trim_start().starts_with(['+', '-']) => Kind::Name,
        "," if verb == "UPDATE" && has("SET") && !has("WHERE") => {
            if is_compared {
                Kind::Name
            } else {
                Kind::Comparison
            }
        }
        "SET" | "WHERE" | "AND" | "IF" => Kind::Comparison,
        "(" | "," if is_list_of_names => Kind::Name,
        "=" | "<" | ">" | "<=" | ">=" | "!=" | "(" | "," | "+" | "-" | "[" | "{" | ":" | "+=" | "-=" => value,
        "IN" | "CONTAINS" | "LIKE" | "LIMIT" | "TTL" | "TIMESTAMP" | "KEY" | "VALUES" | "JSON" => value,
        _ if defines => Kind::Name,
        "DELETE" => Kind::Name,
        _ => Kind::Clauses,
    }
}

/// Whether the first word may begin a statement. Most strings of a program fail here, and cost nothing.
fn begins(text: &str) -> bool {
    let first = Lexer::new(text).find(|token| token.kind != TokenKind::Semicolon);
    first.is_some_and(|first| {
        matches!(
            first.keyword,
            Keyword::Select
                | Keyword::Insert
                | Keyword::Update
                | Keyword::Delete
                | Keyword::Begin
                | Keyword::Truncate
                | Keyword::Use
                | Keyword::Create
                | Keyword::Alter
                | Keyword::Drop
                | Keyword::Grant
                | Keyword::Revoke
                | Keyword::List
                | Keyword::Describe
                | Keyword::Desc
                | Keyword::Add
                | Keyword::Comment
                | Keyword::Prune
        )
    })
}

/// Whether all of it is CQL.
fn parses(text: &str) -> bool {
    if !begins(text) {
        return false;
    }
    let mut parser = Parser::new(Dialects::ALL);
    let mut count = 0;
    for parsed in parser.script(text) {
        match parsed.piece {
            Piece::Statement(_) => count += 1,
            Piece::Broken | Piece::ShellCommand => return false,
        }
    }
    count > 0
}

/// `Use it`, `select metric`, `drop keyspace error`: a few words with a meaning, and mostly meant as a text for people.
fn is_prose(text: &str) -> bool {
    let tokens: Vec<_> = Lexer::new(text).filter(|token| token.kind != TokenKind::Semicolon).collect();
    let first = tokens.first().map(|token| token.span.text(text)).unwrap_or_default();
    let short = ["USE", "LIST", "DESCRIBE", "DESC", "TRUNCATE", "GRANT", "REVOKE", "DROP", "CREATE", "ALTER"];
    let has_from = tokens.iter().any(|token| token.span.text(text).eq_ignore_ascii_case("from"));
    if first.eq_ignore_ascii_case("select") && !has_from {
        return true;
    }
    let is_short = tokens.len() <= 4 && short.iter().any(|verb| verb.eq_ignore_ascii_case(first));
    is_short && !text.contains(['?', ';', '.', '"']) && first.chars().any(|letter| letter.is_ascii_lowercase())
}
