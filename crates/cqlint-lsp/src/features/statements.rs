//! The statements of a passage, word by word: what colours, folds, selects and completes them.

use std::ops::Range;

use cqlint_analysis::syntax::{Dialects, Keyword, Lexer, Meaning, Parser, Piece, Reading, Span, Statement, Token, TokenKind, read};
use cqlint_analysis::{Options, TableView};

/// A statement with the names in it, or a line for cqlsh. The statement need not parse.
#[derive(Clone, Debug)]
pub(crate) struct Written<'t> {
    /// The text that it stands in.
    pub(crate) text: &'t str,
    /// From its first token up to its last.
    pub(crate) span: Span,
    /// Whether it is a line for cqlsh; then it has no tokens.
    pub(crate) is_for_shell: bool,
    /// Its tokens, those of a block with their `;`.
    pub(crate) tokens: Vec<Token>,
    /// What each token names.
    pub(crate) meanings: Vec<Meaning>,
    /// So many tokens make sense.
    pub(crate) understood: usize,
    /// What could stand behind the last of them; see [`Reading::expected`].
    pub(crate) expected: Vec<&'static str>,
    /// The keyspace of names that have none.
    pub(crate) keyspace: Option<String>,
}

/// The name of a table, as the server sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableName {
    pub(crate) keyspace: Option<String>,
    pub(crate) name: String,
}

impl TableName {
    /// What is known of the table.
    pub(crate) fn view<'s>(&self, options: &Options<'s>) -> Option<TableView<'s>> {
        options.schema?.table(self.keyspace.as_deref(), &self.name)
    }
}

/// The statements of a text that touch a place, in their order.
pub(crate) fn statements<'t>(text: &'t str, options: &Options<'_>, place: Span) -> Vec<Written<'t>> {
    let mut keyspace = options.keyspace.map(str::to_owned);
    let mut parser = Parser::new(options.dialects);
    let mut script = parser.script(text);
    let mut found = Vec::new();
    while let Some(parsed) = script.next() {
        if parsed.span.start > place.end {
            break;
        }
        let is_for_shell = matches!(parsed.piece, Piece::ShellCommand);
        let own = |token: &&Token| token.span.end <= parsed.span.end;
        let tokens: Vec<_> = if is_for_shell { Vec::new() } else { script.tokens().iter().take_while(own).copied().collect() };
        let next = used_keyspace(text, &tokens);
        if place.start <= parsed.span.end {
            let written = Written::new(text, tokens, options.dialects, keyspace.clone());
            found.push(Written { span: parsed.span, is_for_shell, ..written });
        }
        keyspace = next.or(keyspace);
    }
    found
}

/// The tokens of the statement that a text ends with, and the keyspace in force; nothing in a line for cqlsh.
pub(crate) fn started(text: &str, options: &Options<'_>) -> Option<(Vec<Token>, Option<String>)> {
    let mut keyspace = options.keyspace.map(str::to_owned);
    let mut parser = Parser::new(options.dialects);
    let mut last = None;
    for parsed in parser.script(text) {
        if let Piece::Statement(Statement::Use(name)) = parsed.piece {
            keyspace = Some(name.value(text).into_owned());
        }
        last = Some(parsed);
    }
    let Some(last) = last else { return Some((Vec::new(), keyspace)) };
    let rest = text.get(last.span.end as usize..).unwrap_or_default();
    let first = Lexer::new(last.span.text(text)).next().map_or(Keyword::None, |token| token.keyword);
    // What it describes may still be missing.
    if matches!(last.piece, Piece::ShellCommand) && !matches!(first, Keyword::Describe | Keyword::Desc) {
        return rest.contains('\n').then_some((Vec::new(), keyspace));
    }
    let tokens: Vec<_> = Lexer::new(text).filter(|token| last.span.start <= token.span.start).collect();
    let is_over = tokens.last().is_some_and(|token| token.kind == TokenKind::Semicolon && last.span.end <= token.span.start);
    Some((if is_over { Vec::new() } else { tokens }, keyspace))
}

/// The keyspace that a USE puts in force.
pub(crate) fn used_keyspace(text: &str, tokens: &[Token]) -> Option<String> {
    match tokens {
        [verb, keyspace] if verb.keyword == Keyword::Use => Some(value(text, *keyspace)),
        _ => None,
    }
}

/// A name as the server sees it.
pub(crate) fn value(text: &str, token: Token) -> String {
    cqlint_analysis::syntax::ast::Name { span: token.span }.value(text).into_owned()
}

impl<'t> Written<'t> {
    /// The statement of these tokens.
    pub(crate) fn new(text: &'t str, tokens: Vec<Token>, dialects: Dialects, keyspace: Option<String>) -> Self {
        let reading = read(text, &tokens, dialects);
        let span = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::default(),
        };
        let Reading { meanings, understood, expected, .. } = reading;
        Self { text, span, is_for_shell: false, tokens, meanings, understood, expected, keyspace }
    }

    /// What the token of this number names.
    pub(crate) fn meaning(&self, at: usize) -> Meaning {
        self.meanings.get(at).copied().unwrap_or_default()
    }

    /// The keyword of the token of this number, unless it is a name there.
    pub(crate) fn keyword(&self, at: usize) -> Keyword {
        let is_name = self.meaning(at) != Meaning::Nothing;
        self.tokens.get(at).map_or(Keyword::None, |token| if is_name { Keyword::None } else { token.keyword })
    }

    /// What kind of token has this number.
    pub(crate) fn kind(&self, at: usize) -> TokenKind {
        self.tokens.get(at).map_or(TokenKind::End, |token| token.kind)
    }

    /// The tokens of the part with the token of this number that has a table of its own: all of the statement, or a member of a block.
    pub(crate) fn part(&self, at: usize) -> Range<usize> {
        let is_verb = |at: &usize| is_verb(self.keyword(*at));
        let start = (0..=at.min(self.tokens.len())).rfind(is_verb).unwrap_or(0);
        let end = (start + 1..self.tokens.len()).find(|at| *at > start && is_verb(at)).unwrap_or(self.tokens.len());
        start..end
    }

    /// The table that columns belong to which are named at the token of this number.
    pub(crate) fn table(&self, at: usize) -> Option<TableName> {
        let part = self.part(at);
        let found = part.clone().find(|at| matches!(self.meaning(*at), Meaning::Table | Meaning::View))?;
        let name = value(self.text, *self.tokens.get(found)?);
        Some(TableName { keyspace: self.qualifier(found).or_else(|| self.keyspace.clone()), name })
    }

    /// The keyspace that is written before the name of this number.
    pub(crate) fn qualifier(&self, at: usize) -> Option<String> {
        let before = at.checked_sub(2)?;
        (self.kind(before + 1) == TokenKind::Dot).then(|| self.tokens.get(before)).flatten().map(|name| value(self.text, *name))
    }
}

/// Whether a statement or a member of a block begins with the keyword that has a table of its own.
pub(crate) fn is_verb(keyword: Keyword) -> bool {
    matches!(keyword, Keyword::Select | Keyword::Insert | Keyword::Update | Keyword::Delete)
}
