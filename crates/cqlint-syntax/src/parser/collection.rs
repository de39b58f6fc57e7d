//! Lists, sets, maps, user types, tuples and type hints: what stands between brackets.

use nom::Parser;
use nom::sequence::preceded;

use super::basic::{comma_list, comma_list_from, is_name, symbol};
use super::input::{Parsed, Tokens};
use super::term::{DETACHED_SIGN, Mode, factor, is_number_word, is_slice, names_operand, primary, sum};
use super::types::data_type;
use crate::ast::{Entry, Name, Term, TermKind, Type, TypeKind};
use crate::{Dialects, Keyword, Meaning, TokenKind};

/// `list = "[" [ term { "," term } ] "]"`.
pub(super) fn list(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    let mode = inner(input, mode);
    let inner = input.skip(1);
    let (rest, elements) = match inner.kind() {
        TokenKind::CloseBracket => (inner, crate::List::EMPTY),
        _ => comma_list(move |input| sum(input, mode))(inner)?,
    };
    let (rest, _) = symbol(TokenKind::CloseBracket)(rest)?;
    Ok((rest, Term { span: input.until(rest), kind: TermKind::List(elements) }))
}

/// `set = "{" [ term { "," term } ] "}"`, `map = "{" key ":" term { "," key ":" term } "}"`.
pub(super) fn set_or_map(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    let mode = inner(input, mode);
    let inner = input.skip(1);
    if inner.kind() == TokenKind::CloseBrace {
        return Ok((inner.skip(1), Term { span: input.until(inner.skip(1)), kind: TermKind::Set(crate::List::EMPTY) }));
    }
    // The first element is read once, whichever it turns out to be: reading it twice would double at each level.
    let (rest, first) = element(inner, mode)?;
    let (rest, kind) = if rest.kind() == TokenKind::Colon {
        let is_field = |key: &Term| matches!(key.kind, TermKind::Column(_));
        let fields = is_field(&first);
        let (rest, first) = entry(rest, first, mode)?;
        let (rest, entries) = comma_list_from(rest, first, |input| {
            let (rest, key) = element(input, mode)?;
            // A value is a map or a user type, not half of each.
            if mode == Mode::Value && is_field(&key) != fields {
                return input.mismatch(if fields { "a field" } else { "a value" });
            }
            entry(rest, key, mode)
        })?;
        (rest, TermKind::Map(entries))
    } else {
        rest.could_be(TokenKind::Colon.text());
        let (rest, elements) = comma_list_from(rest, first, move |input| sum(input, mode))?;
        (rest, TermKind::Set(elements))
    };
    let (rest, _) = symbol(TokenKind::CloseBrace)(rest)?;
    Ok((rest, Term { span: input.until(rest), kind }))
}

/// A key or an element. A bare name before a colon is a field of a user type.
fn element(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    if is_name(input, 0) && input.peek(1).kind == TokenKind::Colon {
        let field = Name { span: input.span() };
        input.names(Meaning::Field, input.skip(1));
        return Ok((input.skip(1), Term { span: field.span, kind: TermKind::Column(field) }));
    }
    sum(input, mode)
}

/// `":" term`, behind its key.
fn entry(input: Tokens<'_>, key: Term, mode: Mode) -> Parsed<'_, Entry> {
    let (rest, value) = preceded(symbol(TokenKind::Colon), |input| sum(input, mode)).parse(input)?;
    Ok((rest, Entry { key, value }))
}

/// `tuple = "(" term { "," term } ")"`, or `type_hint = "(" type ")" term`.
pub(super) fn parentheses(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    if let Some((rest, to)) = hinted_type(input, mode) {
        input.skip(1).names(Meaning::Type, rest);
        if mode == Mode::Selector {
            input.only(Dialects::CASSANDRA | Dialects::DSE, "a type hint in a selector")?;
        }
        let (rest, operand) = if rest.kind() == TokenKind::Minus {
            rest.only(DETACHED_SIGN, "a blank between `-` and the number")?;
            factor(rest, mode)?
        } else {
            primary(rest, mode)?
        };
        let is_value =
            !matches!(operand.kind, TermKind::Column(_) | TermKind::Call(_) | TermKind::Cast(..) | TermKind::TypeHint(..));
        if mode == Mode::Selector && !is_value {
            rest.only(Dialects::SINCE_4_0 | Dialects::DSE, "a type hint before what is no value")?;
        }
        let kind = TermKind::TypeHint(input.add(to), input.add(operand));
        return Ok((rest, Term { span: input.until(rest), kind }));
    }
    let mode = inner(input, mode);
    let (rest, elements) = comma_list(move |input| sum(input, mode))(input.skip(1))?;
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    Ok((rest, Term { span: input.until(rest), kind: TermKind::Tuple(elements) }))
}

/// What brackets in a selector may hold: columns since 4.0, before that and in ScyllaDB only values.
fn inner(input: Tokens<'_>, mode: Mode) -> Mode {
    if input.cx.dialects.meets(Dialects::SINCE_4_0 | Dialects::DSE) { mode } else { Mode::Value }
}

/// The type between parentheses, when a term stands right behind them.
fn hinted_type(input: Tokens<'_>, mode: Mode) -> Option<(Tokens<'_>, Type)> {
    let first = input.peek(1);
    if !matches!(first.kind, TokenKind::Word | TokenKind::QuotedName | TokenKind::String) {
        return None;
    }
    let (rest, to) = input.skip(1).quietly(data_type).ok()?;
    let may_be_value = match to.kind {
        TypeKind::Native(_) | TypeKind::User(_) => mode == Mode::Selector,
        TypeKind::Custom => true,
        _ => false,
    };
    let subtracts = input.cx.dialects.meets(Dialects::SINCE_4_0 | Dialects::DSE);
    let follows = |ahead| match rest.peek(ahead).kind {
        TokenKind::Word => {
            let value = [Keyword::Null, Keyword::True, Keyword::False, Keyword::Nan, Keyword::Infinity, Keyword::Token];
            value.contains(&rest.peek(ahead).keyword) || names_operand(rest.skip(ahead), mode, may_be_value)
        }
        TokenKind::QuotedName
        | TokenKind::String
        | TokenKind::Integer
        | TokenKind::Float
        | TokenKind::Duration
        | TokenKind::Uuid
        | TokenKind::Blob
        | TokenKind::Question
        | TokenKind::OpenParen
        | TokenKind::OpenBrace => true,
        // A list, and not a part of what stands in the parentheses.
        TokenKind::OpenBracket => !is_slice(rest.skip(ahead)),
        TokenKind::Colon => is_name(rest, ahead + 1),
        TokenKind::Minus if !may_be_value || !subtracts => is_number_word(rest.skip(ahead + 1)),
        _ => false,
    };
    (rest.kind() == TokenKind::CloseParen && follows(1)).then(|| (rest.skip(1), to))
}
