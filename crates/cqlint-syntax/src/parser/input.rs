//! The input of every production: a place in the tokens of one statement, and what all productions share.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::iter::Enumerate;

use nom::error::{ErrorKind, ParseError};
use nom::{IResult, Input, Needed};

use crate::tree::Node;
use crate::{Dialects, Id, Keyword, List, Meaning, Span, SyntaxError, Token, TokenKind, Tree};

/// How deep terms, types and parentheses may nest. A real statement stays below ten; the bound keeps 100,000
/// parentheses from overflowing the stack.
pub(crate) const MAX_DEPTH: u16 = 100;

/// The answer of a production.
pub(crate) type Parsed<'t, T> = IResult<Tokens<'t>, T, Mismatch>;

/// A production did not fit. What was expected where is kept in [`Context`], and only while an error is explained,
/// so that a branch not taken costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mismatch;

impl<I> ParseError<I> for Mismatch {
    fn from_error_kind(_: I, _: ErrorKind) -> Self {
        Mismatch
    }

    fn append(_: I, _: ErrorKind, _: Self) -> Self {
        Mismatch
    }
}

/// What the productions of one statement share.
pub(crate) struct Context<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: &'t [Token],
    pub(crate) dialects: Dialects,
    tree: RefCell<&'t mut Tree>,
    depth: Cell<u16>,
    /// Inside `BEGIN TRANSACTION`, a value may be a reference to a row that was read.
    pub(crate) in_transaction: Cell<bool>,
    /// The farthest token that fitted nothing, with what would have: only in a second reading.
    explain: Option<RefCell<Farthest>>,
    /// What each token was taken for; only in a second reading, too.
    meanings: RefCell<Vec<Meaning>>,
    /// An error that no other branch can mend.
    fatal: RefCell<Option<SyntaxError>>,
    end: Token,
}

/// The farthest token that was reached, and what was expected there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Farthest {
    pub(crate) at: u32,
    pub(crate) expected: Vec<&'static str>,
    /// The same, with what [`Tokens::called`] gives a common name.
    pub(crate) every: Vec<&'static str>,
    quiet: bool,
}

impl Farthest {
    #[cold]
    fn note(&mut self, at: u32, expected: &'static str) {
        if self.quiet {
            return;
        }
        if at > self.at {
            self.at = at;
            self.expected.clear();
            self.every.clear();
        }
        if at == self.at && !self.every.contains(&expected) {
            self.every.push(expected);
        }
        if at == self.at && !self.expected.contains(&expected) {
            self.expected.push(expected);
        }
    }
}

impl<'t> Context<'t> {
    pub(crate) fn new(text: &'t str, tokens: &'t [Token], tree: &'t mut Tree, dialects: Dialects, explain: bool) -> Self {
        let behind = tokens.last().map_or(0, |token| token.span.end);
        Self {
            text,
            tokens,
            dialects,
            tree: RefCell::new(tree),
            depth: Cell::new(0),
            in_transaction: Cell::new(false),
            explain: explain.then(RefCell::default),
            meanings: RefCell::default(),
            fatal: RefCell::new(None),
            end: Token { span: Span::new(behind, behind), kind: TokenKind::End, keyword: Keyword::None },
        }
    }

    /// What the second reading found out.
    pub(crate) fn explanation(&self) -> (Option<SyntaxError>, Farthest) {
        (self.fatal.take(), self.explain.as_ref().map(RefCell::take).unwrap_or_default())
    }

    /// What the second reading took each token for; fewer than tokens where the last ones name nothing.
    pub(crate) fn meanings(&self) -> Vec<Meaning> {
        self.meanings.take()
    }
}

/// A place in the tokens of one statement.
#[derive(Clone, Copy)]
pub(crate) struct Tokens<'t> {
    pub(crate) cx: &'t Context<'t>,
    pub(crate) at: u32,
    end: u32,
}

impl<'t> Tokens<'t> {
    pub(crate) fn new(cx: &'t Context<'t>) -> Self {
        Self { cx, at: 0, end: cx.tokens.len() as u32 }
    }

    /// The token `ahead` of this one; an [`TokenKind::End`] behind the last.
    #[inline]
    pub(crate) fn peek(self, ahead: u32) -> Token {
        self.cx.tokens.get((self.at + ahead) as usize).copied().unwrap_or(self.cx.end)
    }

    #[inline]
    pub(crate) fn token(self) -> Token {
        self.peek(0)
    }

    #[inline]
    pub(crate) fn kind(self) -> TokenKind {
        self.peek(0).kind
    }

    #[inline]
    pub(crate) fn keyword(self) -> Keyword {
        self.peek(0).keyword
    }

    /// Behind `count` tokens.
    #[inline]
    pub(crate) fn skip(self, count: u32) -> Self {
        Self { at: self.at + count, ..self }
    }

    /// Where this token stands.
    #[inline]
    pub(crate) fn span(self) -> Span {
        self.peek(0).span
    }

    /// From `self` up to the token before `rest`.
    pub(crate) fn until(self, rest: Self) -> Span {
        let last = rest.at.max(self.at + 1) - 1;
        let end = self.cx.tokens.get(last as usize).copied().unwrap_or(self.cx.end);
        self.span().to(end.span)
    }

    /// This token is not `expected`.
    #[inline]
    pub(crate) fn mismatch<T>(self, expected: &'static str) -> Parsed<'t, T> {
        self.could_be(expected);
        Err(nom::Err::Error(Mismatch))
    }

    /// `expected` could have stood here, had the statement gone on otherwise.
    #[inline]
    pub(crate) fn could_be(self, expected: &'static str) {
        if let Some(explain) = &self.cx.explain {
            explain.borrow_mut().note(self.at, expected);
        }
    }

    /// The tokens up to `rest` name this; one with a dot behind it is the keyspace of what follows.
    #[inline(always)]
    pub(crate) fn names(self, meaning: Meaning, rest: Self) {
        if self.cx.explain.is_some() {
            self.note_meaning(meaning, rest.at);
        }
    }

    #[cold]
    fn note_meaning(self, meaning: Meaning, end: u32) {
        if self.cx.explain.as_ref().is_some_and(|explain| explain.borrow().quiet) {
            return;
        }
        let mut meanings = self.cx.meanings.borrow_mut();
        let known = meanings.len().max(end as usize);
        meanings.resize(known, Meaning::Nothing);
        for at in self.at..end {
            let token = self.skip(at - self.at);
            let is_name = matches!(token.kind(), TokenKind::Word | TokenKind::QuotedName | TokenKind::EmptyName);
            if let Some(known) = meanings.get_mut(at as usize).filter(|_| is_name) {
                let is_keyspace = at + 1 < end && token.peek(1).kind == TokenKind::Dot;
                *known = if is_keyspace { Meaning::Keyspace } else { meaning };
            }
        }
    }

    /// An error that no other branch can mend.
    #[cold]
    pub(crate) fn fail<T>(self, span: Span, message: &str, help: Option<&str>) -> Parsed<'t, T> {
        let error = SyntaxError { span, message: message.to_string(), expected: Vec::new(), help: help.map(String::from) };
        self.cx.fatal.borrow_mut().get_or_insert(error);
        Err(nom::Err::Failure(Mismatch))
    }

    /// Runs `production` and keeps none of what it expected: a look-ahead, not a demand.
    pub(crate) fn quietly<T>(self, production: impl FnOnce(Self) -> Parsed<'t, T>) -> Parsed<'t, T> {
        let Some(explain) = &self.cx.explain else { return production(self) };
        let before = core::mem::replace(&mut explain.borrow_mut().quiet, true);
        let answer = production(self);
        explain.borrow_mut().quiet = before;
        answer
    }

    /// Runs `production`; when it fails on its very first token, `name` is what was expected there.
    #[inline(always)]
    pub(crate) fn called<T>(self, name: &'static str, production: impl FnOnce(Self) -> Parsed<'t, T>) -> Parsed<'t, T> {
        if self.cx.explain.is_none() {
            return production(self);
        }
        self.named(name, production)
    }

    #[cold]
    fn named<T>(self, name: &'static str, production: impl FnOnce(Self) -> Parsed<'t, T>) -> Parsed<'t, T> {
        let Some(explain) = &self.cx.explain else { return production(self) };
        let known = {
            let farthest = explain.borrow();
            if farthest.at == self.at { farthest.expected.len() } else { 0 }
        };
        let answer = production(self);
        match &answer {
            Ok((rest, _)) => {
                if let Some(meaning) = Meaning::called(name) {
                    self.names(meaning, *rest);
                }
            }
            Err(_) => {
                let mut farthest = explain.borrow_mut();
                if farthest.at == self.at && !farthest.quiet {
                    farthest.expected.truncate(known);
                    farthest.note(self.at, name);
                }
            }
        }
        answer
    }

    /// One level deeper; a clear error when that is too deep.
    pub(crate) fn deeper<T>(self, production: impl FnOnce(Self) -> Parsed<'t, T>) -> Parsed<'t, T> {
        let depth = self.cx.depth.get();
        if depth >= MAX_DEPTH {
            return self.fail(self.span(), "nested too deep: more than 100 levels", Some("flatten the expression"));
        }
        self.cx.depth.set(depth + 1);
        let answer = production(self);
        self.cx.depth.set(depth);
        answer
    }

    /// A production that only `dialects` know: an error where the user targets none of them.
    pub(crate) fn only(self, dialects: Dialects, what: &str) -> Result<(), nom::Err<Mismatch>> {
        if self.cx.dialects.meets(dialects) {
            return Ok(());
        }
        let message = alloc::format!("{what} is only in {dialects}, and the target is {}", self.cx.dialects);
        self.fail::<()>(self.span(), &message, Some("choose another `--dialect`")).map(|_| ())
    }

    pub(crate) fn text(self, span: Span) -> &'t str {
        span.text(self.cx.text)
    }

    pub(crate) fn add<T: Node>(self, node: T) -> Id<T> {
        self.cx.tree.borrow_mut().add(node)
    }

    /// Looks at the nodes of a list.
    pub(crate) fn with_list<T: Node, R>(self, list: List<T>, look: impl FnOnce(&[T]) -> R) -> R {
        look(self.cx.tree.borrow().list(list))
    }

    pub(crate) fn open<T: Node>(self) -> usize {
        self.cx.tree.borrow().open::<T>()
    }

    #[inline]
    pub(crate) fn push<T: Node>(self, node: T) {
        self.cx.tree.borrow_mut().push(node);
    }

    pub(crate) fn close<T: Node>(self, mark: usize) -> List<T> {
        self.cx.tree.borrow_mut().close(mark)
    }

    pub(crate) fn drop_open<T: Node>(self, mark: usize) {
        self.cx.tree.borrow_mut().drop_open::<T>(mark);
    }
}

impl<'t> Input for Tokens<'t> {
    type Item = Token;
    type Iter = core::iter::Copied<core::slice::Iter<'t, Token>>;
    type IterIndices = Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        (self.end - self.at) as usize
    }

    fn take(&self, index: usize) -> Self {
        Self { end: self.at + index as u32, ..*self }
    }

    fn take_from(&self, index: usize) -> Self {
        self.skip(index as u32)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<P: Fn(Token) -> bool>(&self, predicate: P) -> Option<usize> {
        self.iter_elements().position(predicate)
    }

    fn iter_elements(&self) -> Self::Iter {
        self.cx.tokens.get(self.at as usize..self.end as usize).unwrap_or_default().iter().copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if count <= self.input_len() { Ok(count) } else { Err(Needed::Unknown) }
    }
}
