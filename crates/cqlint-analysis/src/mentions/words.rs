//! The words of a statement, one after the other: for what the tree does not keep, because no verdict asks for it.
#![expect(clippy::wildcard_enum_match_arm, reason = "whatever else stands there has no name")]

use cqlint_syntax::ast::{Name, QualifiedName};
use cqlint_syntax::{Keyword, Token, TokenKind};

/// Tokens that are still to be read. The statement has been parsed, so that what stands there has the form that it must have.
#[derive(Clone, Copy)]
pub(super) struct Words<'a>(pub(super) &'a [Token]);

impl<'a> Words<'a> {
    pub(super) fn keyword(&self) -> Keyword {
        self.0.first().map_or(Keyword::None, |token| token.keyword)
    }

    pub(super) fn kind(&self) -> TokenKind {
        self.0.first().map_or(TokenKind::End, |token| token.kind)
    }

    /// What stands behind the first token.
    pub(super) fn rest(self) -> Self {
        Self(self.0.get(1..).unwrap_or_default())
    }

    /// What stands behind these words, where they first come one after the other.
    pub(super) fn behind(self, words: &[Keyword]) -> Option<Self> {
        let is_there = |tokens: &[Token]| tokens.iter().map(|token| token.keyword).eq(words.iter().copied());
        let at = self.0.windows(words.len()).position(is_there)?;
        Some(Self(self.0.get(at + words.len()..).unwrap_or_default()))
    }

    /// Passes over a word that may stand here.
    pub(super) fn without(self, word: Keyword) -> Self {
        if self.keyword() == word { self.rest() } else { self }
    }

    /// The name that stands here, and what stands behind it. Roles may be strings.
    pub(super) fn name(self) -> Option<(Name, Self)> {
        let token = self.0.first()?;
        let is_name = matches!(token.kind, TokenKind::Word | TokenKind::QuotedName | TokenKind::String);
        is_name.then_some((Name { span: token.span }, self.rest()))
    }

    /// The same, perhaps with a keyspace before it.
    pub(super) fn qualified(self) -> Option<(QualifiedName, Self)> {
        let (first, rest) = self.name()?;
        if rest.kind() != TokenKind::Dot {
            return Some((QualifiedName { keyspace: None, name: first }, rest));
        }
        let (name, rest) = rest.rest().name()?;
        Some((QualifiedName { keyspace: Some(first), name }, rest))
    }

    /// What stands between the parentheses that open here, and what stands behind them.
    pub(super) fn parenthesised(self) -> Option<(Self, Self)> {
        let mut depth = 0_usize;
        for (at, token) in self.0.iter().enumerate() {
            match token.kind {
                TokenKind::OpenParen => depth += 1,
                TokenKind::CloseParen => depth = depth.checked_sub(1)?,
                _ if depth == 0 => return None,
                _ => {}
            }
            if depth == 0 {
                return Some((Self(self.0.get(1..at)?), Self(self.0.get(at + 1..).unwrap_or_default())));
            }
        }
        None
    }

    /// The names in a list: what stands first in it, behind a comma or in parentheses, but for what is called like a function.
    pub(super) fn names(self) -> impl Iterator<Item = Name> {
        let before = [TokenKind::Comma].into_iter().chain(self.0.iter().map(|token| token.kind));
        let behind = self.0.iter().map(|token| token.kind).skip(1).chain([TokenKind::End]);
        let is_name = |(token, (before, behind)): &(&Token, (TokenKind, TokenKind))| {
            matches!(token.kind, TokenKind::Word | TokenKind::QuotedName)
                && matches!(before, TokenKind::Comma | TokenKind::OpenParen)
                && *behind != TokenKind::OpenParen
        };
        self.0.iter().zip(before.zip(behind)).filter(is_name).map(|(token, _)| Name { span: token.span })
    }
}
