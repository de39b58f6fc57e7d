//! A statement in one line: keywords in capitals, one blank where one is needed, no comments.
//!
//! Two statements that mean the same to the server, but for the order of things, print alike. So the line serves for
//! fingerprints and for showing a statement in little space.

use alloc::string::String;

use crate::{Keyword, Token, TokenKind};

/// Prints the tokens of one statement of `text`.
///
/// ```
/// use cqlint_syntax::{Dialects, Parser, print};
///
/// let text = "select  v\nfrom t -- all\n where k=1";
/// let mut parser = Parser::new(Dialects::ALL);
/// let mut script = parser.script(text);
/// script.next();
/// assert_eq!(print(text, script.tokens()), "SELECT v FROM t WHERE k = 1");
/// ```
#[must_use]
pub fn print(text: &str, tokens: &[Token]) -> String {
    let mut line = String::new();
    let mut before: Option<Token> = None;
    for (at, token) in tokens.iter().enumerate() {
        if before.is_some_and(|before| blank_between(before, *token)) {
            line.push(' ');
        }
        let raw = token.span.text(text);
        if is_written_large(tokens, at) {
            line.extend(raw.chars().map(|character| character.to_ascii_uppercase()));
        } else {
            line.push_str(raw);
        }
        before = Some(*token);
    }
    line
}

/// Reserved words, and free ones that open a clause here. A free word that may be a name keeps its case, which
/// matters nowhere.
fn is_written_large(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| token.kind == TokenKind::Word && token.keyword != Keyword::None && token.keyword.is_reserved())
}

/// Whether the two would read as something else, or badly, without a blank between them.
fn blank_between(before: Token, token: Token) -> bool {
    use TokenKind::{
        CloseBrace, CloseBracket, CloseParen, Colon, Comma, Dot, OpenBrace, OpenBracket, OpenParen, QuotedName, Range, Semicolon,
        Word,
    };
    match (before.kind, token.kind) {
        (_, Comma | Semicolon | CloseParen | CloseBracket | CloseBrace) => false,
        (OpenParen | OpenBracket | OpenBrace | Dot | Colon, _) => false,
        // Numbers would take the dots, so these two keep their distance from them.
        (Word | QuotedName | CloseParen | CloseBracket, Dot) => false,
        (Range, _) | (_, Range) => true,
        // A function's parentheses and an element's brackets belong to the name before them.
        (Word | QuotedName, OpenParen | OpenBracket) => before.keyword.is_reserved() && before.keyword != Keyword::Token,
        _ => true,
    }
}
