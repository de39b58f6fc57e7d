//! A text to its statements, one after the other. One broken statement never hides its neighbours.

use alloc::vec::Vec;

use crate::ast::Statement;
use crate::parser::{Context, Tokens, batch_member, explain, statement};
use crate::tree::Tree;
use crate::{Dialects, Keyword, Lexer, Span, SyntaxError, Token, TokenKind};

use shell::{is_shell_command, shell_line};

mod shell;

/// Reads texts, and keeps its memory from one to the next: a warm call allocates nothing.
#[derive(Clone, Debug)]
pub struct Parser {
    dialects: Dialects,
    tokens: Vec<Token>,
    tree: Tree,
}

impl Parser {
    /// A parser for whatever one of `dialects` accepts.
    #[must_use]
    pub fn new(dialects: Dialects) -> Self {
        Self { dialects, tokens: Vec::new(), tree: Tree::default() }
    }

    /// Reads a text, which may hold many statements.
    ///
    /// ```
    /// use cqlint_syntax::{Dialects, Parser, Piece, Statement};
    ///
    /// let mut parser = Parser::new(Dialects::ALL);
    /// let mut script = parser.script("SELCT 1; UPDATE t SET v = 1 WHERE k = 2;");
    /// let broken = script.next().unwrap();
    /// assert_eq!(broken.errors[0].help.as_deref(), Some("did you mean `SELECT`?"));
    /// assert!(matches!(script.next().unwrap().piece, Piece::Statement(Statement::Update(_))));
    /// assert!(script.next().is_none());
    /// ```
    pub fn script<'a>(&'a mut self, text: &'a str) -> Script<'a> {
        Script { parser: self, text, lexer: Lexer::new(text), ahead: None, from: 0, kept: None, wanted: |_| true }
    }
}

/// A part of a text.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// From its first token up to its last, without the `;`.
    pub span: Span,
    /// What it is.
    pub piece: Piece,
    /// What is wrong with it; empty unless it is [`Piece::Broken`].
    pub errors: Vec<SyntaxError>,
}

/// The kinds of parts.
#[derive(Clone, Copy, Debug)]
pub enum Piece {
    /// A statement, whose nodes are in [`Script::tree`] until the next one is read.
    Statement(Statement),
    /// Something that is no statement in any of the dialects.
    Broken,
    /// A line for cqlsh: `SOURCE`, `COPY`, `CONSISTENCY`, …
    ShellCommand,
}

/// The parts of a text, from first to last.
#[derive(Debug)]
pub struct Script<'a> {
    parser: &'a mut Parser,
    text: &'a str,
    lexer: Lexer<'a>,
    /// A token that was read to see that the statement before it has ended.
    ahead: Option<Token>,
    /// Where in the parser's tokens the statement begins.
    from: usize,
    /// Where in them the next one begins, when this one had swallowed it. They are not read again, so that a thousand
    /// statements without `;` are not read a thousand times.
    kept: Option<usize>,
    wanted: fn(Keyword) -> bool,
}

impl Script<'_> {
    /// The nodes of the last statement.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.parser.tree
    }

    /// The tokens of the last statement.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        self.parser.tokens.get(self.from..).unwrap_or_default()
    }

    /// Passes over the statements whose first keyword is not wanted, without parsing them.
    #[must_use]
    pub fn only(self, wanted: fn(Keyword) -> bool) -> Self {
        Self { wanted, ..self }
    }

    fn token(&mut self) -> Token {
        self.ahead.take().unwrap_or_else(|| self.lexer.token())
    }

    /// The first token of the next statement, whose other tokens are read, too.
    fn first(&mut self) -> Option<Token> {
        if let Some(kept) = self.kept.take() {
            self.from = kept;
            return self.parser.tokens.get(kept).copied();
        }
        self.from = 0;
        loop {
            let token = self.token();
            match token.kind {
                TokenKind::End => return None,
                TokenKind::Semicolon => {}
                _ if is_shell_command(token, self.text) => return Some(token),
                _ if (self.wanted)(token.keyword) => {
                    self.collect(token);
                    return Some(token);
                }
                _ => self.lexer.skip_statement(),
            }
        }
    }

    fn is_line_start(&self, token: Token, before: Token) -> bool {
        Span::new(before.span.end, token.span.start).text(self.text).contains('\n')
    }

    /// Reads on up to the `;` that ends the statement, which is taken but not kept.
    fn collect(&mut self, first: Token) {
        let tokens = &mut self.parser.tokens;
        tokens.clear();
        tokens.push(first);
        if first.keyword == Keyword::Begin {
            return self.collect_block();
        }
        if matches!(first.keyword, Keyword::Describe | Keyword::Desc) {
            // When it is a line for cqlsh, what stands behind it is read again: no more of it than the longest DESCRIBE has.
            tokens.extend(self.lexer.by_ref().take_while(|token| token.kind != TokenKind::Semicolon).take(16));
            return;
        }
        loop {
            let token = self.lexer.read();
            if matches!(token.kind, TokenKind::Semicolon | TokenKind::End) {
                return;
            }
            tokens.push(token);
        }
    }

    /// The same for BEGIN …, where a `;` ends only a member as long as another member or the end follows.
    fn collect_block(&mut self) {
        let tokens = &mut self.parser.tokens;
        let mut last = Keyword::Begin;
        let mut closed = false;
        loop {
            let token = self.lexer.read();
            match token.kind {
                TokenKind::End => return,
                TokenKind::Semicolon if closed => return,
                _ if closed => {
                    // A `;` is missing: this token is not the block's, which the parser will say.
                    tokens.push(token);
                    self.ahead = Some(token);
                    return;
                }
                _ => {}
            }
            if last == Keyword::None && tokens.last().is_some_and(|last| last.kind == TokenKind::Semicolon) {
                // A word that is no keyword is most likely a misspelt one.
                let misspelt = token.kind == TokenKind::Word && token.keyword == Keyword::None;
                if !misspelt && !continues_block(token.keyword) {
                    tokens.pop();
                    self.ahead = Some(token);
                    return;
                }
            }
            let ends = matches!(last, Keyword::Apply | Keyword::Commit);
            closed |= ends && matches!(token.keyword, Keyword::Batch | Keyword::Transaction);
            last = token.keyword;
            tokens.push(token);
        }
    }

    /// A line for cqlsh.
    fn shell_command(&mut self, first: Token) -> Parsed {
        let line = Span::new(first.span.start, shell_line(first, self.text, self.lexer.clone()));
        self.lexer.resume(line.end);
        let taken = line.text(self.text).trim_end();
        let span = Span::new(line.start, line.start + taken.len() as u32);
        Parsed { span, piece: Piece::ShellCommand, errors: Vec::new() }
    }

    /// The second reading, which finds out what is wrong, and where to go on.
    fn broken(&mut self, span: Span) -> Parsed {
        let Parser { dialects, tokens, tree } = &mut *self.parser;
        let tokens = tokens.get(self.from..).unwrap_or_default();
        tree.clear();
        let cx = Context::new(self.text, tokens, tree, *dialects, true);
        let _ = whole(&cx, statement);
        let (fatal, farthest) = cx.explanation();
        let at = farthest.at as usize;
        let error = fatal.unwrap_or_else(|| explain(self.text, tokens, farthest));
        let mut errors = alloc::vec![error];
        let block = tokens.first().is_some_and(|token| token.keyword == Keyword::Begin);
        if block {
            more_errors(self.text, tokens, tree, *dialects, at, &mut errors);
        }
        let end = self.recover(at, block).unwrap_or(span.end);
        Parsed { span: Span::new(span.start, end), piece: Piece::Broken, errors }
    }

    /// Goes back to where the next statement seems to begin, when this one has swallowed it. Answers where this one
    /// then ends.
    fn recover(&mut self, at: usize, block: bool) -> Option<u32> {
        let tokens = self.tokens();
        // A quote that is missing somewhere makes a string that runs over the ends of statements.
        let mut swallowed = tokens.iter().take(at + 2).find_map(|token| match token.kind {
            TokenKind::String | TokenKind::QuotedName => self.statement_inside(token.span),
            _ => self.statement_in_rest(token),
        });
        if swallowed.is_none()
            && !block
            && let Some(end) = self.recover_at_line(at)
        {
            return Some(end);
        }
        let tokens = self.tokens();
        // What stays open up to the end of the text is wrong, however far behind the error it begins.
        swallowed = swallowed.or_else(|| tokens.last().and_then(|last| self.statement_in_rest(last)));
        if let Some((end, next)) = swallowed {
            self.ahead = None;
            self.lexer.resume(next);
            return Some(end);
        }
        // The token behind a block without its `;` was only looked at.
        tokens.iter().rfind(|token| Some(**token) != self.ahead).map(|last| last.span.end)
    }

    /// A `;` that is missing makes the next statement a part of this one: goes back to the line where it seems to begin.
    fn recover_at_line(&mut self, at: usize) -> Option<u32> {
        let tokens = self.tokens();
        let mut pairs = tokens.iter().zip(tokens.iter().skip(1)).enumerate().skip(at.saturating_sub(1));
        let (place, (before, next)) = pairs.find(|(place, (before, token))| {
            let follows = tokens.get(place + 2).map(|token| token.keyword);
            self.is_line_start(**token, **before) && begins_statement(token.keyword, follows)
        })?;
        let (end, next) = (before.span.end, *next);
        if next.keyword == Keyword::Begin {
            // Its members reach behind the `;` that ended these tokens.
            self.ahead = None;
            self.lexer.resume(next.span.start);
        } else {
            self.kept = Some(self.from + place + 1);
        }
        Some(end)
    }

    /// In a string (or a quoted name, or a comment) that runs over several lines: where a statement ends inside it and
    /// the next one begins.
    fn statement_inside(&self, span: Span) -> Option<(u32, u32)> {
        let inside = span.text(self.text);
        let mut lexer = self.lexer.clone();
        let mut from = 0;
        while let Some(found) = inside.get(from..).and_then(|rest| rest.find(';')) {
            let end = from + found;
            from = end + 1;
            let rest = inside.get(from..).unwrap_or("");
            let blank = rest.len() - rest.trim_start().len();
            if !rest.get(..blank).unwrap_or("").contains('\n') {
                continue;
            }
            let next = span.start + (from + blank) as u32;
            lexer.resume(next);
            let (first, second) = (lexer.token(), lexer.token());
            if begins_statement(first.keyword, Some(second.keyword)) {
                return Some((span.start + end as u32, next));
            }
        }
        None
    }

    /// The same for a token that stays open up to the end of the text.
    fn statement_in_rest(&self, token: &Token) -> Option<(u32, u32)> {
        match token.kind {
            TokenKind::UnterminatedString | TokenKind::UnterminatedName | TokenKind::UnterminatedComment => {
                self.statement_inside(token.span)
            }
            _ => None,
        }
    }
}

impl Iterator for Script<'_> {
    type Item = Parsed;

    fn next(&mut self) -> Option<Parsed> {
        let first = self.first()?;
        if is_shell_command(first, self.text) {
            return Some(self.shell_command(first));
        }
        let Parser { dialects, tokens, tree } = &mut *self.parser;
        let tokens = tokens.get(self.from..).unwrap_or_default();
        let end = tokens.last().map_or(first.span.end, |token| token.span.end);
        let span = Span::new(first.span.start, end);
        tree.clear();
        let cx = Context::new(self.text, tokens, tree, *dialects, false);
        match whole(&cx, statement) {
            Some(statement) => Some(Parsed { span, piece: Piece::Statement(statement), errors: Vec::new() }),
            None if matches!(first.keyword, Keyword::Describe | Keyword::Desc) => {
                // cqlsh ends DESCRIBE at the end of the line, too.
                self.ahead = None;
                Some(self.shell_command(first))
            }
            None => Some(self.broken(span)),
        }
    }
}

/// The statement, when all tokens belong to it.
pub(crate) fn whole<'t>(
    cx: &'t Context<'t>,
    production: impl Fn(Tokens<'t>) -> nom::IResult<Tokens<'t>, Statement, crate::parser::Mismatch>,
) -> Option<Statement> {
    let (rest, statement) = production(Tokens::new(cx)).ok()?;
    if rest.kind() == TokenKind::End {
        return Some(statement);
    }
    rest.could_be("`;`");
    None
}

/// The members of a block behind the one that is broken.
fn more_errors(text: &str, tokens: &[Token], tree: &mut Tree, dialects: Dialects, at: usize, errors: &mut Vec<SyntaxError>) {
    let mut from = at;
    while let Some(ahead) = tokens.iter().skip(from).position(|token| token.kind == TokenKind::Semicolon) {
        let start = from + ahead + 1;
        let rest = tokens.get(start..).unwrap_or_default();
        let length = rest.iter().position(|token| token.kind == TokenKind::Semicolon).unwrap_or(rest.len());
        let member = rest.get(..length).unwrap_or_default();
        from = start;
        if !member.first().is_some_and(|token| matches!(token.keyword, Keyword::Insert | Keyword::Update | Keyword::Delete)) {
            continue;
        }
        // The last member may lack its `;`.
        let closing = member.iter().position(|token| token.keyword == Keyword::Apply).unwrap_or(member.len());
        let member = member.get(..closing).unwrap_or_default();
        let cx = Context::new(text, member, tree, dialects, true);
        if whole(&cx, batch_member).is_none() {
            let (fatal, farthest) = cx.explanation();
            errors.push(fatal.unwrap_or_else(|| explain(text, member, farthest)));
        }
    }
}

/// What may follow a `;` inside BEGIN ….
fn continues_block(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::Insert
            | Keyword::Update
            | Keyword::Delete
            | Keyword::Apply
            | Keyword::Let
            | Keyword::Select
            | Keyword::If
            | Keyword::End
            | Keyword::Commit
    )
}

/// Whether these two words begin a statement, and nothing else does.
fn begins_statement(first: Keyword, second: Option<Keyword>) -> bool {
    let second = second.unwrap_or(Keyword::None);
    match first {
        Keyword::Insert => second == Keyword::Into,
        Keyword::Create | Keyword::Alter | Keyword::Drop => matches!(
            second,
            Keyword::Table
                | Keyword::Columnfamily
                | Keyword::Keyspace
                | Keyword::Schema
                | Keyword::Type
                | Keyword::Index
                | Keyword::Custom
                | Keyword::Materialized
                | Keyword::Function
                | Keyword::Aggregate
                | Keyword::Or
                | Keyword::Role
                | Keyword::User
                | Keyword::Trigger
        ),
        Keyword::Select | Keyword::Update | Keyword::Delete | Keyword::Truncate | Keyword::Use | Keyword::Begin => true,
        Keyword::Grant | Keyword::Revoke => true,
        _ => false,
    }
}
