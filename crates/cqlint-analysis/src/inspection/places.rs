//! Where the parts of a statement stand that have no place of their own in the tree.

use alloc::vec::Vec;

use cqlint_syntax::{Keyword, Span, Statement, Token, TokenKind};

use super::Inspection;
use crate::schema::is_hole;

impl<'a> Inspection<'a> {
    /// The first token of this kind.
    pub(crate) fn first(&self, kind: TokenKind) -> Option<Span> {
        self.tokens.iter().find(|token| token.kind == kind).map(|token| token.span)
    }

    /// The number of the first token that spells this keyword.
    pub(crate) fn first_word(&self, keyword: Keyword) -> Option<usize> {
        self.tokens.iter().position(|token| token.keyword == keyword)
    }

    /// The token behind a place.
    pub(crate) fn token_behind(&self, place: Span) -> Option<&'a Token> {
        self.tokens.get(self.tokens.partition_point(|token| token.span.start < place.end))
    }

    /// Whether something stands right behind a place that the program puts in.
    pub(crate) fn is_hole_behind(&self, place: Span) -> bool {
        self.token_behind(place).is_some_and(|token| is_hole(self.text_of(token.span).trim_start_matches('"')))
    }

    /// Whether no USING stands right behind the first words of a batch.
    pub(crate) fn has_no_using(&self, head: Span) -> bool {
        self.token_behind(head).is_some_and(|token| token.keyword != Keyword::Using)
    }

    /// The bind markers.
    pub(crate) fn markers(&self) -> Vec<Span> {
        let mut markers = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            let before = |count: usize| at.checked_sub(count).and_then(|at| self.tokens.get(at));
            if token.kind == TokenKind::Question {
                markers.push(token.span);
            // Else it stands between a key and its value.
            } else if token.kind == TokenKind::Colon && !ends_key(before(2), before(1)) {
                markers.extend(self.tokens.get(at + 1).map(|name| token.span.to(name.span)));
            }
        }
        markers
    }

    /// The members of a batch, each from its first token up to its last, without the `;`.
    pub(crate) fn members(&self) -> Vec<(Span, &'a Statement)> {
        let Statement::Batch(batch) = self.statement else { return Vec::new() };
        let is_verb = |token: &Token| matches!(token.keyword, Keyword::Insert | Keyword::Update | Keyword::Delete);
        // The verbs are reserved, so each begins a member.
        let verbs = self.tokens.iter().enumerate().filter(|(_, token)| is_verb(token)).map(|(at, _)| at);
        let starts: Vec<_> = verbs.chain(self.tokens.iter().rposition(|token| token.keyword == Keyword::Apply)).collect();
        let places = starts.windows(2).filter_map(|pair| {
            let tokens = self.tokens.get(*pair.first()?..*pair.last()?)?;
            let last = tokens.iter().rfind(|token| token.kind != TokenKind::Semicolon)?;
            Some(tokens.first()?.span.to(last.span))
        });
        places.zip(self.tree.list(batch.members)).collect()
    }
}

/// Whether these two tokens end the key of a map or the name of a field.
fn ends_key(first: Option<&Token>, last: Option<&Token>) -> bool {
    let opens = |token: &Token| matches!(token.kind, TokenKind::OpenBrace | TokenKind::Comma);
    let is_name = |token: &Token| matches!(token.kind, TokenKind::Word | TokenKind::QuotedName);
    let ends_value = |token: &Token| {
        use TokenKind::{Blob, CloseBrace, CloseBracket, CloseParen, Duration, Float, Integer, Question, String, Uuid};
        matches!(token.kind, String | Integer | Float | Duration | Uuid | Blob | Question | CloseParen | CloseBracket | CloseBrace)
    };
    last.is_some_and(|last| ends_value(last) || is_name(last) && first.is_some_and(opens))
}
