//! A statement word by word, as the parser understood it: for editors, which ask while it is still being written.

use alloc::vec::Vec;

use crate::parser::{Context, statement};
use crate::script::whole;
use crate::tree::Tree;
use crate::{Dialects, KEYWORDS, Keyword, Span, Token, TokenKind};

/// What a word of a statement names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing: a keyword, a sign, a constant, or what stands behind an error.
    #[default]
    Nothing,
    /// A keyspace.
    Keyspace,
    /// A table.
    Table,
    /// A materialized view, where nothing else can stand.
    View,
    /// A column.
    Column,
    /// A field of a user type.
    Field,
    /// A type, native ones included.
    Type,
    /// A function, native ones included.
    Function,
    /// An argument of a function that is being defined.
    Argument,
    /// An index.
    Index,
    /// An option behind WITH.
    Option,
    /// A word that stands for a value: `caching = all`.
    Word,
    /// A bind marker: `:name`.
    Marker,
    /// Whatever else has a name: aliases, roles, triggers, …
    Other,
}

impl Meaning {
    /// What a production names that errors call so.
    pub(crate) fn called(name: &str) -> Option<Self> {
        Some(match name {
            "a keyspace" => Meaning::Keyspace,
            "a table" | "a resource" | "what to describe" => Meaning::Table,
            "a view" => Meaning::View,
            "a column" => Meaning::Column,
            "a field" => Meaning::Field,
            "a type" | "the name of a type" => Meaning::Type,
            "an argument" => Meaning::Argument,
            "an index" => Meaning::Index,
            "the name of an option" => Meaning::Option,
            _ => return None,
        })
    }
}

/// A statement, or the beginning of one, as the parser understood it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What each token names, in their order.
    pub meanings: Vec<Meaning>,
    /// What could stand behind the last token: keywords in capitals, signs in `` ` ``, and what a reader would call the rest, as
    /// "a column". Nothing when what is there is wrong.
    pub expected: Vec<&'static str>,
    /// The number of tokens that make sense.
    pub understood: usize,
    /// Whether they are a whole statement.
    pub is_whole: bool,
}

/// Reads the tokens of one statement of `text`, which need not be all of it.
///
/// ```
/// use cqlint_syntax::{Dialects, Lexer, Meaning, read};
///
/// let text = "SELECT a FROM shop.t WHERE ";
/// let tokens: Vec<_> = Lexer::new(text).collect();
/// let reading = read(text, &tokens, Dialects::ALL);
/// assert_eq!(reading.meanings[1], Meaning::Column);
/// assert_eq!(reading.meanings[3], Meaning::Keyspace);
/// assert_eq!(reading.meanings[5], Meaning::Table);
/// assert!(reading.expected.contains(&"a column"));
/// ```
#[must_use]
pub fn read(text: &str, tokens: &[Token], dialects: Dialects) -> Reading {
    read_into(&mut Tree::default(), text, tokens, dialects)
}

fn read_into(tree: &mut Tree, text: &str, tokens: &[Token], dialects: Dialects) -> Reading {
    tree.clear();
    let cx = Context::new(text, tokens, tree, dialects, true);
    let is_whole = whole(&cx, statement).is_some();
    let mut meanings = cx.meanings();
    meanings.resize(tokens.len(), Meaning::Nothing);
    let (fatal, farthest) = cx.explanation();
    let at = farthest.at as usize;
    let wrong = fatal.map(|error| tokens.partition_point(|token| token.span.end <= error.span.start));
    let understood = if is_whole { tokens.len() } else { wrong.unwrap_or(at) };
    let expected = if at == tokens.len() { farthest.every } else { Vec::new() };
    Reading { meanings, expected, understood, is_whole }
}

/// A keyword that could stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextKeyword {
    /// The keyword.
    pub keyword: Keyword,
    /// What has to stand behind it: without, it is a name, or wrong. Nothing when most things will do.
    pub partner: Option<(TokenKind, Keyword)>,
}

/// The keywords that could stand behind the last token, of those that are wanted. Where a word is free as a name, and what follows
/// decides which it is, it is one of them.
///
/// ```
/// use cqlint_syntax::{Dialects, Keyword, Lexer, next_keywords};
///
/// let text = "DELETE FROM t ";
/// let tokens: Vec<_> = Lexer::new(text).collect();
/// let found: Vec<_> = next_keywords(text, &tokens, Dialects::ALL, |_| true).iter().map(|next| next.keyword).collect();
/// assert_eq!(found, [Keyword::Using, Keyword::Where]);
/// ```
#[must_use]
pub fn next_keywords(text: &str, tokens: &[Token], dialects: Dialects, is_wanted: impl Fn(Keyword) -> bool) -> Vec<NextKeyword> {
    let mut tree = Tree::default();
    let at = tokens.len();
    // Behind the text, where no token stands.
    let end = text.len() as u32 + 1;
    let token = |kind, keyword| Token { span: Span::new(end, end + 1), kind, keyword };
    let mut trial = Vec::from(tokens);
    let mut fits = |keyword: Keyword, behind: Option<Token>| {
        trial.truncate(at);
        trial.push(token(TokenKind::Word, keyword));
        trial.extend(behind);
        let reading = read_into(&mut tree, text, &trial, dialects);
        reading.understood > at && reading.meanings.get(at) == Some(&Meaning::Nothing)
    };
    let name = token(TokenKind::Word, Keyword::None);
    let parenthesis = (TokenKind::OpenParen, Keyword::None);
    let next = |keyword: Keyword| {
        if fits(keyword, None) || fits(keyword, Some(name)) {
            return Some(NextKeyword { keyword, partner: None });
        }
        let mut partners = [parenthesis].into_iter().chain(partners(keyword).iter().copied());
        let partner = partners.find(|(kind, partner)| fits(keyword, Some(token(*kind, *partner))))?;
        Some(NextKeyword { keyword, partner: Some(partner) })
    };
    KEYWORDS.iter().map(|(keyword, _)| *keyword).filter(|keyword| is_wanted(*keyword)).filter_map(next).collect()
}

/// What must follow a word, so that it is a keyword and no name, when not just any name will do.
fn partners(keyword: Keyword) -> &'static [(TokenKind, Keyword)] {
    match keyword {
        Keyword::Compact => &[(TokenKind::Word, Keyword::Storage)],
        Keyword::Only => &[(TokenKind::Word, Keyword::Keyspace)],
        Keyword::Vertex | Keyword::Edge => &[(TokenKind::Word, Keyword::Label)],
        Keyword::Reload | Keyword::Commit | Keyword::Rebuild => &[(TokenKind::Word, Keyword::Search)],
        Keyword::Mbean | Keyword::Mbeans => &[(TokenKind::String, Keyword::None)],
        Keyword::Proxy => &[(TokenKind::Dot, Keyword::None)],
        Keyword::Search => &[(TokenKind::Dot, Keyword::None), (TokenKind::Word, Keyword::Indices)],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{format, fs, path::Path, string::String, vec::Vec};

    use super::{Meaning, next_keywords, read};
    use crate::{Dialects, Keyword, Parser, Piece};

    /// Wherever a keyword stands in a statement of the corpus, it is one of those that could.
    #[test]
    #[expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may end where its assumption does")]
    fn no_keyword_is_forgotten() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/accepted");
        let (mut asked, mut forgotten) = (0, Vec::<String>::new());
        for file in fs::read_dir(corpus).expect("the corpus") {
            let text = fs::read_to_string(file.expect("a file").path()).expect("a readable file");
            let mut parser = Parser::new(Dialects::ALL);
            let mut script = parser.script(&text);
            while let Some(parsed) = script.next() {
                if !matches!(parsed.piece, Piece::Statement(_)) {
                    continue;
                }
                let tokens = script.tokens();
                let reading = read(&text, tokens, Dialects::ALL);
                for (at, (token, meaning)) in tokens.iter().zip(reading.meanings).enumerate() {
                    if token.keyword == Keyword::None || meaning != Meaning::Nothing {
                        continue;
                    }
                    asked += 1;
                    if next_keywords(&text, &tokens[..at], Dialects::ALL, |keyword| keyword == token.keyword).is_empty() {
                        let before = &text[parsed.span.start as usize..token.span.start as usize];
                        forgotten.push(format!("{before} → {}", token.keyword.text()));
                    }
                }
            }
        }
        assert!(asked > 3000, "{asked}");
        assert!(forgotten.is_empty(), "{} of {asked}:\n{}", forgotten.len(), forgotten.join("\n"));
    }
}
