//! `.cql` files that are not Cassandra's: three other languages share the ending.

use crate::{Keyword, Lexer, TokenKind};

/// Another language that uses the file ending `.cql`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Clinical Quality Language (HL7).
    Clinical,
    /// Neo4j's Cypher.
    Cypher,
    /// Common Query Language of libraries and geodata: one expression, no statement.
    CommonQuery,
}

impl Foreign {
    /// How people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Foreign::Clinical => "Clinical Quality Language",
            Foreign::Cypher => "Cypher",
            Foreign::CommonQuery => "Common Query Language",
        }
    }
}

/// Tells by its first words whether a text is another language's. It looks only at a text's beginning, and answers
/// nothing when in doubt.
///
/// ```
/// use cqlint_syntax::{foreign, Foreign};
///
/// assert_eq!(foreign("library Diabetes version '1.0'\nusing FHIR version '4.0.1'"), Some(Foreign::Clinical));
/// assert_eq!(foreign("MATCH (n:Person) RETURN n"), Some(Foreign::Cypher));
/// assert_eq!(foreign("SELECT * FROM t"), None);
/// ```
#[must_use]
pub fn foreign(text: &str) -> Option<Foreign> {
    let mut lexer = Lexer::new(text);
    let (first, second, third) = (lexer.token(), lexer.token(), lexer.token());
    if first.kind != TokenKind::Word {
        return None;
    }
    let word = |token: crate::Token| token.span.text(text);
    let is = |token: crate::Token, words: &[&str]| words.iter().any(|known| word(token).eq_ignore_ascii_case(known));
    if is(first, &["library"]) && second.kind != TokenKind::Equal {
        return Some(Foreign::Clinical);
    }
    if first.keyword == Keyword::Using && is(third, &["version"])
        || is(first, &["define", "parameter", "valueset", "codesystem", "include", "context"]) && second.kind != TokenKind::Equal
    {
        return Some(Foreign::Clinical);
    }
    let opens_pattern = second.kind == TokenKind::OpenParen;
    let cypher = is(first, &["match", "merge", "unwind", "call"])
        && (opens_pattern || second.kind == TokenKind::Word || second.kind == TokenKind::OpenBracket)
        || is(first, &["optional", "detach"]) && is(second, &["match", "delete"])
        || first.keyword == Keyword::Create && (opens_pattern || is(second, &["constraint"]));
    if cypher {
        return Some(Foreign::Cypher);
    }
    let relation = matches!(second.kind, TokenKind::Equal | TokenKind::Less | TokenKind::Greater)
        || is(second, &["any", "all", "exact", "adj"]);
    (first.keyword == Keyword::None && relation).then_some(Foreign::CommonQuery)
}
