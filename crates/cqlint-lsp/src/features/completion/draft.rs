//! The statement that is being written: what stands before the cursor, and the word there.

use cqlint_analysis::syntax::{Keyword, Lexer, Meaning, Span, Token, TokenKind};

use crate::features::statements::{TableName, Written, is_verb, started, value};
use crate::page::{Page, Passage};

/// So far a table is looked for behind the cursor.
const AHEAD: usize = 1000;

/// A statement up to the cursor.
pub(super) struct Draft<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) passage: Passage<'a>,
    /// What stands before the word at the cursor; of a block the head and the last member.
    pub(super) statement: Written<'a>,
    /// The keyspace, table or column with a dot right before the word.
    pub(super) qualifier: Option<String>,
    /// What could stand at the cursor, or where the qualifier stands.
    pub(super) expected: Vec<&'static str>,
    /// What is typed of the word.
    pub(super) typed: &'a str,
    /// The whole word, on the page.
    pub(super) replaces: Span,
    /// What stands behind the word, up to the next statement.
    behind: Vec<Token>,
}

impl<'a> Draft<'a> {
    /// The statement at a byte of the page; nothing where nothing is to be completed, as in a number.
    pub(super) fn at(page: &'a Page<'a>, at: u32) -> Option<Self> {
        let (passage, inside) = page.passage_at(at)?;
        let text = passage.text();
        let word = word(text, inside)?;
        let replaces = if word.is_empty() { Span::new(at, at) } else { passage.exact_host(word)? };
        let before = text.get(..word.start as usize)?;
        let (tokens, keyspace) = started(before, page.options)?;
        let mut statement = Written::new(before, tokens, page.options.dialects, keyspace);
        if let Some(shorter) = without_members(&statement) {
            statement = Written::new(before, shorter, page.options.dialects, statement.keyspace);
        }
        let last = statement.tokens.len();
        // `GRANT PROXY.` has a word of its own behind the dot.
        let is_name = last.checked_sub(2).is_some_and(|before| statement.meaning(before) != Meaning::Nothing);
        let qualifier = statement.qualifier(last).filter(|_| is_name);
        let mut expected = match &qualifier {
            Some(_) => {
                let tokens = statement.tokens.get(..statement.tokens.len() - 2)?.to_vec();
                Written::new(before, tokens, page.options.dialects, None).expected
            }
            None => statement.expected.clone(),
        };
        expected.extend(undecided(&statement));
        let typed = Span::new(word.start, inside).text(text);
        Some(Self { page, passage, statement, qualifier, expected, typed, replaces, behind: behind(text, word.end) })
    }

    /// Whether something that is called so could stand at the cursor.
    pub(super) fn expects(&self, any_of: &[&str]) -> bool {
        self.expected.iter().any(|expected| any_of.contains(expected))
    }

    /// The number of tokens before the cursor.
    pub(super) fn len(&self) -> usize {
        self.statement.tokens.len()
    }

    /// The keyword before the cursor that opens the clause.
    pub(super) fn clause(&self) -> Keyword {
        use Keyword::{
            Add, As, By, From, If, Insert, Into, Key, Limit, On, Rename, Select, Set, To, Update, Using, Values, Where, With,
        };
        let opens = |at: &usize| {
            let keyword = self.statement.keyword(*at);
            matches!(
                keyword,
                Add | As
                    | By
                    | From
                    | If
                    | Insert
                    | Into
                    | Key
                    | Limit
                    | On
                    | Rename
                    | Select
                    | Set
                    | To
                    | Update
                    | Using
                    | Values
                    | Where
                    | With
                    | Keyword::Alter
                    | Keyword::Drop
                    | Keyword::Delete
            )
        };
        // `set<…>` opens none.
        let is_type = |at: &usize| self.statement.kind(at + 1) == TokenKind::Less;
        (0..self.len()).rfind(|at| opens(at) && !is_type(at)).map_or(Keyword::None, |at| self.statement.keyword(at))
    }

    /// The table of the columns at the cursor; it may stand behind it.
    pub(super) fn table(&self) -> Option<TableName> {
        self.statement.table(self.len()).or_else(|| {
            let part = self.statement.part(self.len());
            let reads = matches!(self.statement.keyword(part.start), Keyword::Select | Keyword::Delete);
            let from = self.behind.iter().position(|token| token.keyword == Keyword::From).filter(|_| reads)?;
            let (first, rest) = self.behind.get(from + 1..)?.split_first()?;
            let text = self.passage.text();
            let first = Some(*first).filter(|token| is_name(*token))?;
            let own = self.statement.keyspace.clone();
            Some(match rest {
                [dot, name, ..] if dot.kind == TokenKind::Dot => {
                    TableName { keyspace: Some(value(text, first)), name: value(text, *name) }
                }
                _ => TableName { keyspace: own, name: value(text, first) },
            })
        })
    }

    /// Whether the words of this draft are written in small letters, as its first one or that of the text is.
    pub(super) fn is_small(&self) -> bool {
        let text = self.passage.text();
        let first = self.statement.tokens.first().copied().or_else(|| Lexer::new(text).next());
        let word = first.filter(|token| token.keyword != Keyword::None).map_or(self.typed, |token| token.span.text(text));
        !word.is_empty() && !word.contains(|letter: char| letter.is_ascii_uppercase())
    }

    /// Whether the text around the cursor takes these characters as they are.
    pub(super) fn can_hold(&self, text: &str) -> bool {
        // In the string of a program they may end it, escape, or be a place for a value.
        self.passage.fragment().is_none() || !text.contains(['"', '\'', '`', '\\', '{', '}', '%', '$', '\n'])
    }

    /// Whether an option gets its value at the cursor.
    pub(super) fn is_setting(&self) -> bool {
        let with = (0..self.len()).rfind(|at| self.statement.keyword(*at) == Keyword::With);
        let is_option = |at: usize| self.statement.meaning(at) == Meaning::Option;
        let is_set = with.is_some_and(|with| (with..self.len()).any(is_option)) && self.clause() == Keyword::With;
        is_set && !self.expects(&["the name of an option"])
    }

    /// Whether the cursor stands within the angle brackets of a type, be it behind a word that may also be a column.
    pub(super) fn is_in_type(&self) -> bool {
        let mut open = 0_usize;
        let opening = (0..self.len()).rfind(|at| match self.statement.kind(*at) {
            TokenKind::Greater => {
                open += 1;
                false
            }
            TokenKind::Less if open > 0 => {
                open -= 1;
                false
            }
            TokenKind::Less => true,
            _ => false,
        });
        let collection = opening.and_then(|at| self.statement.tokens.get(at.checked_sub(1)?)).map(|token| token.keyword);
        use Keyword::{Frozen, List, Map, Set, Tuple, Vector};
        matches!(collection, Some(Frozen | List | Map | Set | Tuple | Vector))
    }

    /// Whether the cursor stands right behind a token of this kind.
    pub(super) fn is_behind(&self, kind: TokenKind) -> bool {
        self.len().checked_sub(1).is_some_and(|last| self.statement.kind(last) == kind)
    }

    /// Whether what stands at the cursor gets its name there: `CREATE TABLE …`.
    pub(super) fn is_new(&self) -> bool {
        let named = (0..self.len()).any(|at| !matches!(self.statement.meaning(at), Meaning::Nothing | Meaning::Keyspace));
        self.statement.keyword(0) == Keyword::Create && !named && !matches!(self.clause(), Keyword::On | Keyword::From)
    }
}

fn is_name(token: Token) -> bool {
    matches!(token.kind, TokenKind::Word | TokenKind::QuotedName)
}

/// The word that is being written, or the empty place of one.
fn word(text: &str, at: u32) -> Option<Span> {
    let Some(token) = Lexer::new(text).find(|token| at <= token.span.end) else { return Some(Span::new(at, at)) };
    if at <= token.span.start {
        return Some(Span::new(at, at));
    }
    let is_inside = at < token.span.end;
    match token.kind {
        TokenKind::Word => Some(token.span),
        TokenKind::QuotedName | TokenKind::String if is_inside && !token.span.text(text).contains('\n') => Some(token.span),
        // What is not closed ends at the cursor.
        TokenKind::UnterminatedName | TokenKind::UnterminatedString => Some(Span::new(token.span.start, at)),
        TokenKind::QuotedName
        | TokenKind::String
        | TokenKind::Integer
        | TokenKind::Float
        | TokenKind::Duration
        | TokenKind::Uuid
        | TokenKind::Blob
        | TokenKind::UnterminatedComment => None,
        TokenKind::Question
        | TokenKind::OpenParen
        | TokenKind::CloseParen
        | TokenKind::OpenBracket
        | TokenKind::CloseBracket
        | TokenKind::OpenBrace
        | TokenKind::CloseBrace
        | TokenKind::Comma
        | TokenKind::Semicolon
        | TokenKind::Colon
        | TokenKind::Dot
        | TokenKind::Range
        | TokenKind::Plus
        | TokenKind::Minus
        | TokenKind::Star
        | TokenKind::Slash
        | TokenKind::Percent
        | TokenKind::At
        | TokenKind::Equal
        | TokenKind::NotEqual
        | TokenKind::Less
        | TokenKind::LessEqual
        | TokenKind::Greater
        | TokenKind::GreaterEqual
        | TokenKind::PlusEqual
        | TokenKind::MinusEqual
        | TokenKind::EmptyName
        | TokenKind::Unknown
        | TokenKind::End => Some(Span::new(at, at)),
    }
}

/// What may stand behind words that mean something only by what follows them.
fn undecided(statement: &Written<'_>) -> Option<&'static str> {
    let last = statement.tokens.len();
    let is_modifier = |token: &&Token| matches!(token.keyword, Keyword::Json | Keyword::Distinct);
    let modifiers = statement.tokens.iter().rev().take_while(is_modifier).count();
    let is_selected = modifiers > 0 && last > modifiers && statement.keyword(last - modifiers - 1) == Keyword::Select;
    // Only a type ends so, and then it is the hint for a value.
    let is_hint = last >= 2 && statement.kind(last - 1) == TokenKind::CloseParen && statement.kind(last - 2) == TokenKind::Greater;
    match (is_selected, is_hint) {
        (true, _) => Some("a selector"),
        (false, true) => Some("a value"),
        (false, false) => None,
    }
}

/// A block without the members that are written: they say nothing of the next one.
fn without_members(block: &Written<'_>) -> Option<Vec<Token>> {
    let verbs: Vec<_> = (0..block.tokens.len()).filter(|at| is_verb(block.keyword(*at))).collect();
    let (first, last) = (*verbs.first()?, *verbs.last()?);
    let is_batch = block.keyword(0) == Keyword::Begin && block.keyword(1) != Keyword::Transaction;
    let head = block.tokens.get(..first).filter(|_| is_batch && first < last)?;
    Some([head, block.tokens.get(last..)?].concat())
}

fn behind(text: &str, end: u32) -> Vec<Token> {
    let rest = text.get(end as usize..).unwrap_or_default();
    let moved = |token: Token| Token { span: Span::new(token.span.start + end, token.span.end + end), ..token };
    let is_of_next = |token: &Token| token.kind == TokenKind::Semicolon || is_verb(token.keyword);
    Lexer::new(rest).take(AHEAD).take_while(|token| !is_of_next(token)).map(moved).collect()
}
