//! What stands for a hole: a name, a value, a part of a word, or clauses that nobody knows.

use cqlint_analysis::Fragment;
use cqlint_analysis::syntax::{Dialects, Keyword, Lexer, Parser, Piece, Span, Token, TokenKind};

use crate::strings::chunk::{Chunk, Chunks};

/// What stands for a name that goes on in the next hole.
const NAME: &str = "hole";

/// The same behind a blank.
const BLANK_AND_NAME: &str = " hole";

/// How many holes a statement has at most.
const MOST: usize = 500;

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
    /// An entry of a map, behind others.
    Entry,
    /// The same in a definition, where it is an option of a strategy.
    Property,
    /// A column with its type.
    Column,
    /// What a table or a keyspace is made with.
    Option,
    /// Anything.
    Clauses,
}

/// The text with something for each hole, when that is CQL and nothing else, and certainly no sentence of prose.
pub(crate) fn fill(chunks: &Chunks) -> Option<Fragment> {
    filled(chunks).filter(|fragment| parses(fragment.text()) && !is_prose(fragment.text()))
}

/// The same where it is said that there is CQL.
pub(crate) fn fill_document(chunks: &Chunks) -> Option<Fragment> {
    filled(chunks).filter(|fragment| parses(fragment.text()))
}

/// The same of a text that is certainly CQL, as people say: no prose, and wrong when it does not parse. What stands for a
/// hole may be what is wrong.
pub(crate) fn fill_injected(chunks: &Chunks, is_whole: bool) -> Option<Fragment> {
    let is_plain = is_whole && chunks.iter().all(|chunk| matches!(chunk, Chunk::Text { .. }));
    let is_some = |text: &str| Parser::new(Dialects::ALL).script(text).next().is_some();
    filled(chunks).filter(|fragment| parses(fragment.text()) || is_plain && is_some(fragment.text()))
}

/// Something for each hole. What each of them is, is found out from all that stands before it.
fn filled(chunks: &Chunks) -> Option<Fragment> {
    if chunks.iter().filter(|chunk| !matches!(chunk, Chunk::Text { .. })).count() > MOST {
        return None;
    }
    let mut fragment = Fragment::default();
    let rest = |from: usize| chunks.iter().skip(from).take(REST);
    for (number, chunk) in chunks.iter().enumerate() {
        match chunk {
            Chunk::Text { value, host, exact } => fragment.push(value, *host, *exact),
            Chunk::Clauses { host } => push_unknown(&mut fragment, *host, number),
            Chunk::Hole { host, name, bound } => {
                let behind = match chunks.get(number + 1) {
                    // A blank, and then another one: `{column} {type}`.
                    Some(Chunk::Text { value, .. })
                        if value.trim().is_empty() && matches!(chunks.get(number + 2), Some(Chunk::Hole { .. })) =>
                    {
                        BLANK_AND_NAME
                    }
                    Some(Chunk::Text { value, .. }) => value.as_str(),
                    Some(Chunk::Hole { .. }) if rest(number + 1).any(|chunk| matches!(chunk, Chunk::Text { .. })) => NAME,
                    Some(Chunk::Hole { .. }) => "",
                    Some(Chunk::Clauses { .. }) | None => "",
                };
                match kind(fragment.text(), behind) {
                    Kind::Part if is_formatted(name, *bound) && in_string(fragment.text()) => {
                        fragment.push_formatted("x", *host, name, true);
                    }
                    Kind::Part if in_name(fragment.text()) => {
                        fragment.push_hole(name_of(name, number).trim_matches('"'), *host);
                    }
                    Kind::Part if in_string(fragment.text()) => fragment.push_hole("x", *host),
                    Kind::Part => fragment.push_hole(NAME, *host),
                    Kind::Value if is_formatted(name, *bound) => fragment.push_formatted("?", *host, name, false),
                    Kind::Clauses => fragment.push_open("", *host),
                    kind => push(&mut fragment, kind, &name_of(name, number), *host),
                }
            }
        }
    }
    Some(fragment)
}

/// Adds what stands for a hole of a kind, wherever it is: something that parses in its place.
fn push(fragment: &mut Fragment, kind: Kind, name: &str, host: Span) {
    match kind {
        Kind::Name => fragment.push_hole(name, host),
        Kind::Value => fragment.push_hole("?", host),
        Kind::Constant => fragment.push_hole("1", host),
        Kind::Entry => fragment.push_hole("?: ?", host),
        Kind::Property => fragment.push_hole("'x': 1", host),
        Kind::Column => fragment.push_hole(&format!("{name} int"), host),
        Kind::Option => fragment.push_open("x = 1", host),
        Kind::Comparison => fragment.push_open("\"{}\" = ?", host),
        Kind::Part | Kind::Clauses => {}
    }
}

/// Adds what may be nothing, or clauses: where something must stand, something does.
fn push_unknown(fragment: &mut Fragment, host: Span, number: usize) {
    let last = Lexer::new(fragment.text()).last().map(|last| last.span.text(fragment.text()).to_ascii_uppercase());
    let wants_name = matches!(
        last.as_deref(),
        Some("FROM" | "INTO" | "UPDATE" | "TABLE" | "KEYSPACE" | "ON" | "BY" | "SELECT" | "EXISTS" | "." | "(")
    );
    let kind = kind(fragment.text(), "");
    if kind != Kind::Name || wants_name {
        push(fragment, kind, &name_of("", number), host);
    }
    // These are open themselves.
    if !matches!(kind, Kind::Option | Kind::Comparison) {
        fragment.push_open("", host);
    }
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
    // `:name`, a bind marker, unless it is the value in a map.
    let is_in_map = || brackets(&tokens, before).last().is_some_and(|(bracket, _)| *bracket == "{");
    if adjoins && last.kind == TokenKind::Colon && !is_in_map() {
        return if goes_on { Kind::Part } else { Kind::Name };
    }
    // `{prefix}_users`
    if goes_on {
        return Kind::Part;
    }
    if last.kind == TokenKind::Dot || behind.trim_start().starts_with('.') {
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
    let open = brackets(&tokens, before);
    let is_next = matches!(word(last).as_str(), "(" | "," | "{");
    // {'class': 'SimpleStrategy', …}
    let is_map = open.last().is_some_and(|(bracket, holds_colon)| *bracket == "{" && (*holds_colon || defines));
    if is_next && is_map {
        return if defines { Kind::Property } else { Kind::Entry };
    }
    // vector<float, …>
    if is_next && of_type(&tokens, before) {
        return Kind::Constant;
    }
    let ends = behind.trim_start().is_empty() || behind.trim_start().starts_with([',', ')']);
    let of_columns = verb == "CREATE" && (has("TABLE") || has("TYPE") || has("COLUMNFAMILY"));
    // The only open bracket is the table's own, not that of its key.
    if is_next && of_columns && open.len() == 1 {
        return match words_of_column(behind) {
            0 if ends => Kind::Column,
            // Its type stands behind it.
            0 | 1 => Kind::Name,
            // Several columns, or none, with their commas.
            _ => Kind::Clauses,
        };
    }
    match word(last).as_str() {
        "WITH" | "AND" if defines => Kind::Option,
        ")" | "}" if defines => Kind::Clauses,
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
        _ if defines && matches!(last.kind, TokenKind::String | TokenKind::Integer | TokenKind::Float) => Kind::Clauses,
        _ if defines => Kind::Name,
        "DELETE" => Kind::Name,
        _ => Kind::Clauses,
    }
}

/// The brackets that are open at the end, from the outside in, and whether a colon stands in each.
fn brackets<'t>(tokens: &[Token], text: &'t str) -> Vec<(&'t str, bool)> {
    let mut open: Vec<(&str, bool)> = Vec::new();
    for token in tokens {
        match token.span.text(text) {
            bracket @ ("(" | "[" | "{") => open.push((bracket, false)),
            ")" | "]" | "}" => {
                open.pop();
            }
            ":" => open.last_mut().into_iter().for_each(|(_, holds_colon)| *holds_colon = true),
            _ => {}
        }
    }
    open
}

/// How many words stand before the next comma of a table's columns, those behind the type aside.
fn words_of_column(behind: &str) -> usize {
    let own = behind.split([',', ')']).next().unwrap_or("");
    let words = own.split('<').next().unwrap_or("").split_whitespace();
    words.take_while(|word| !["static", "primary"].iter().any(|behind| word.eq_ignore_ascii_case(behind))).count()
}

/// Whether the parameters of a type are open at the end.
fn of_type(tokens: &[Token], text: &str) -> bool {
    let open = tokens.iter().rposition(|token| token.span.text(text) == "<");
    let Some((of, behind)) = open.and_then(|open| Some((open.checked_sub(1)?, tokens.get(open..)?))) else { return false };
    let types = ["vector", "list", "set", "map", "tuple", "frozen"];
    let is_type = tokens.get(of).is_some_and(|of| types.iter().any(|name| of.span.text(text).eq_ignore_ascii_case(name)));
    is_type && !behind.iter().any(|token| matches!(token.span.text(text), ">" | ">>" | ")"))
}

/// Whether the first word may begin a statement, as far as it is known. Most strings of a program fail here, and cost nothing.
pub(crate) fn may_begin(chunks: &Chunks) -> bool {
    let Some(Chunk::Text { value, .. }) = chunks.first() else { return true };
    let Some(first) = first(value) else { return true };
    // The word may go on in the next chunk.
    let is_whole = (first.span.end as usize) < value.len() || chunks.len() == 1;
    first.kind != TokenKind::Word || !is_whole || is_verb(first.keyword)
}

/// The same of a whole text.
fn begins(text: &str) -> bool {
    first(text).is_some_and(|first| is_verb(first.keyword))
}

fn first(text: &str) -> Option<Token> {
    Lexer::new(text).find(|token| token.kind != TokenKind::Semicolon)
}

fn is_verb(keyword: Keyword) -> bool {
    matches!(
        keyword,
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
