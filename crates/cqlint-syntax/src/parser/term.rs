//! Values and selectors. They share one grammar; only selectors may name columns.

use nom::combinator::opt;
use nom::sequence::delimited;
use nom::{Input, Parser};

use super::basic::{is_name, name, symbol};
use super::call::{call_or_column, cast, is_call};
use super::collection::{list, parentheses, set_or_map};
use super::input::{Parsed, Tokens};
use super::select::is_clause;
use crate::ast::{Literal, Operand, Operator, Step, StepKind, Term, TermAccess, TermKind};
use crate::{Dialects, Id, Keyword, Meaning, TokenKind};

/// What a term may be made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// No columns: what INSERT, SET and WHERE take.
    Value,
    /// Columns, and elements and fields of things: what SELECT takes.
    Selector,
}

/// `term`: a value.
#[inline(always)]
pub(crate) fn term(input: Tokens<'_>) -> Parsed<'_, Term> {
    input.called("a value", |input| sum(input, Mode::Value))
}

/// `selector`: what may be selected.
#[inline(always)]
pub(crate) fn selector(input: Tokens<'_>) -> Parsed<'_, Term> {
    input.called("a selector", |input| sum(input, Mode::Selector))
}

/// `int_value = INTEGER | marker`.
pub(crate) fn int_value(input: Tokens<'_>) -> Parsed<'_, Term> {
    if input.kind() == TokenKind::Integer {
        return Ok((input.skip(1), Term { span: input.span(), kind: TermKind::Literal(Literal::Integer) }));
    }
    input.called("an integer or a bind marker", marker)
}

/// `marker = "?" | ":" name`.
pub(crate) fn marker(input: Tokens<'_>) -> Parsed<'_, Term> {
    match input.kind() {
        TokenKind::Question => Ok((input.skip(1), Term { span: input.span(), kind: TermKind::Marker })),
        TokenKind::Colon => {
            let (rest, _) = name(input.skip(1))?;
            input.names(Meaning::Marker, rest);
            Ok((rest, Term { span: input.until(rest), kind: TermKind::Marker }))
        }
        _ => input.mismatch("a bind marker"),
    }
}

/// A term of one token with a comma, a closing parenthesis or a reserved word behind it: what most terms are. The way
/// through all levels of operators gives the same answer, only later.
#[inline(always)]
fn plain(input: Tokens<'_>) -> Option<Term> {
    let (token, next) = (input.token(), input.peek(1));
    let alone = match next.kind {
        TokenKind::Comma
        | TokenKind::CloseParen
        | TokenKind::CloseBrace
        | TokenKind::CloseBracket
        | TokenKind::Colon
        | TokenKind::Semicolon
        | TokenKind::End => true,
        TokenKind::Word => next.keyword.is_reserved(),
        _ => false,
    };
    let kind = match token.kind {
        _ if !alone => return None,
        TokenKind::Question => TermKind::Marker,
        TokenKind::String => TermKind::Literal(Literal::String),
        TokenKind::Integer => TermKind::Literal(Literal::Integer),
        TokenKind::Float => TermKind::Literal(Literal::Float),
        TokenKind::Uuid => TermKind::Literal(Literal::Uuid),
        TokenKind::Blob => TermKind::Literal(Literal::Blob),
        TokenKind::Duration => TermKind::Literal(Literal::Duration),
        _ => return None,
    };
    Some(Term { span: token.span, kind })
}

/// `sum = product { ( "+" | "-" ) product }`.
#[inline(always)]
pub(super) fn sum(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    match plain(input) {
        Some(term) => Ok((input.skip(1), term)),
        None => any_sum(input, mode),
    }
}

fn any_sum(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    chain(input, mode, product, |input| match input.kind() {
        // In `SET l = [1] + l` the last operand is no term: the assignment takes it.
        TokenKind::Plus if mode == Mode::Value && input.peek(1).kind == TokenKind::EmptyName => None,
        TokenKind::Plus if mode == Mode::Value && is_name(input, 1) && !is_call(input.skip(1)) => None,
        TokenKind::Plus => Some(Operator::Add),
        TokenKind::Minus => Some(Operator::Subtract),
        _ => None,
    })
}

/// `product = factor { ( "*" | "/" | "%" ) factor }`.
fn product(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    chain(input, mode, factor, |input| match input.kind() {
        TokenKind::Star => Some(Operator::Multiply),
        TokenKind::Slash => Some(Operator::Divide),
        TokenKind::Percent => Some(Operator::Remainder),
        _ => None,
    })
}

/// Operands of one precedence, kept flat: a long chain is no deep tree.
#[inline]
fn chain<'t>(
    input: Tokens<'t>,
    mode: Mode,
    operand: impl Fn(Tokens<'t>, Mode) -> Parsed<'t, Term>,
    operator: impl Fn(Tokens<'t>) -> Option<Operator>,
) -> Parsed<'t, Term> {
    let (mut rest, first) = operand(input, mode)?;
    let Some(mut next) = operator(rest) else { return Ok((rest, first)) };
    input.only(Dialects::SINCE_4_0 | Dialects::DSE, "arithmetic")?;
    let mark = input.open::<Operand>();
    input.push(Operand { operator: Operator::Add, term: first });
    loop {
        match operand(rest.skip(1), mode) {
            Ok((after, term)) => {
                input.push(Operand { operator: next, term });
                rest = after;
            }
            Err(error) => {
                input.drop_open::<Operand>(mark);
                return Err(error);
            }
        }
        match operator(rest) {
            Some(operator) => next = operator,
            None => break,
        }
    }
    let operands = input.close(mark);
    Ok((rest, Term { span: input.until(rest), kind: TermKind::Arithmetic(operands) }))
}

/// `factor = "-" factor | primary { step }`.
pub(super) fn factor(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    if input.kind() == TokenKind::Minus {
        // Only what is selected may be negated twice, but for `- - NaN`.
        if mode == Mode::Value && input.peek(1).kind == TokenKind::Minus {
            if !is_number_word(input.skip(2)) {
                return input.skip(1).mismatch("a value");
            }
            input.only(Dialects::DSE, "a double negation")?;
        }
        if !is_number_word(input.skip(1)) {
            input.only(Dialects::SINCE_4_0 | Dialects::DSE, "a negation")?;
        }
        let (rest, negated) = input.deeper(|input| factor(input.skip(1), mode))?;
        return Ok((rest, Term { span: input.until(rest), kind: TermKind::Negate(input.add(negated)) }));
    }
    let (rest, of) = primary(input, mode)?;
    if mode == Mode::Value || !matches!(rest.kind(), TokenKind::Dot | TokenKind::OpenBracket) {
        return Ok((rest, of));
    }
    let (rest, path) = path(rest)?;
    let access = input.add(TermAccess { of, path });
    Ok((rest, Term { span: input.until(rest), kind: TermKind::Access(access) }))
}

/// `{ "." name | "[" index "]" }`, at least one.
pub(super) fn path(input: Tokens<'_>) -> Parsed<'_, crate::List<Step>> {
    let mark = input.open::<Step>();
    let mut rest = input;
    while matches!(rest.kind(), TokenKind::Dot | TokenKind::OpenBracket) {
        match step(rest) {
            Ok((after, step)) => {
                input.push(step);
                rest = after;
            }
            Err(error) => {
                input.drop_open::<Step>(mark);
                return Err(error);
            }
        }
    }
    Ok((rest, input.close(mark)))
}

fn step(input: Tokens<'_>) -> Parsed<'_, Step> {
    if input.kind() == TokenKind::Dot {
        let (rest, field) = name(input.skip(1))?;
        input.names(Meaning::Field, rest);
        return Ok((rest, Step { span: input.until(rest), kind: StepKind::Field(field) }));
    }
    let (rest, kind) = delimited(symbol(TokenKind::OpenBracket), index, symbol(TokenKind::CloseBracket)).parse(input)?;
    Ok((rest, Step { span: input.until(rest), kind }))
}

/// `index = term | [ term ] ".." [ term ]`, one of them present.
fn index(input: Tokens<'_>) -> Parsed<'_, StepKind> {
    let boxed = |input: Tokens<'_>, term: Option<Term>| term.map(|term| -> Id<Term> { input.add(term) });
    let (rest, from) = if input.kind() == TokenKind::Range { (input, None) } else { opt(term).parse(input)? };
    if rest.kind() != TokenKind::Range {
        input.only(Dialects::SINCE_4_0 | Dialects::SCYLLA | Dialects::DSE, "an element in a selector")?;
        return match from {
            Some(from) => Ok((rest, StepKind::Element(input.add(from)))),
            None => rest.mismatch(TokenKind::Range.text()),
        };
    }
    rest.only(Dialects::SINCE_4_0 | Dialects::DSE, "a slice")?;
    let (rest, to) = match from {
        Some(_) => opt(term).parse(rest.skip(1))?,
        None => term(rest.skip(1)).map(|(rest, to)| (rest, Some(to)))?,
    };
    Ok((rest, StepKind::Slice(boxed(input, from), boxed(input, to))))
}

/// Where `- NaN` with its blank is one number, not the negation of another.
pub(super) const DETACHED_SIGN: Dialects = Dialects::CASSANDRA_3_11.union(Dialects::SCYLLA).union(Dialects::DSE);

/// `NAN` or `INFINITY`.
pub(crate) fn is_number_word(input: Tokens<'_>) -> bool {
    matches!(input.keyword(), Keyword::Nan | Keyword::Infinity)
}

pub(super) fn primary(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    let token = input.token();
    let literal = |kind| Ok((input.skip(1), Term { span: token.span, kind: TermKind::Literal(kind) }));
    match token.kind {
        TokenKind::Question | TokenKind::Colon => marker(input),
        TokenKind::String => literal(Literal::String),
        TokenKind::Integer => literal(Literal::Integer),
        TokenKind::Float => literal(Literal::Float),
        TokenKind::Uuid => literal(Literal::Uuid),
        TokenKind::Blob => literal(Literal::Blob),
        TokenKind::Duration => literal(Literal::Duration),
        TokenKind::OpenBracket => input.deeper(|input| list(input, mode)),
        TokenKind::OpenBrace => input.deeper(|input| set_or_map(input, mode)),
        TokenKind::OpenParen => input.deeper(|input| parentheses(input, mode)),
        TokenKind::Word => match token.keyword {
            Keyword::Null => literal(Literal::Null),
            Keyword::True | Keyword::False => literal(Literal::Boolean),
            Keyword::Nan | Keyword::Infinity => literal(Literal::Float),
            Keyword::Cast if input.peek(1).kind == TokenKind::OpenParen => input.deeper(|input| cast(input, mode)),
            _ => call_or_column(input, mode),
        },
        TokenKind::QuotedName => call_or_column(input, mode),
        TokenKind::EmptyName if mode == Mode::Selector => {
            input.only(Dialects::CASSANDRA_3_11, "an empty name in a selector")?;
            call_or_column(input, mode)
        }
        _ => input.mismatch("a value"),
    }
}

/// Whether the brackets that open here hold a range.
pub(crate) fn is_slice(input: Tokens<'_>) -> bool {
    let mut open = 0_u32;
    for token in input.iter_elements() {
        match token.kind {
            TokenKind::OpenBracket => open += 1,
            TokenKind::CloseBracket => open -= 1,
            TokenKind::Range if open == 1 => return true,
            _ => {}
        }
        if open == 0 {
            return false;
        }
    }
    false
}

/// Whether the word behind a closed parenthesis begins what a type hint belongs to. Where the parentheses may hold a
/// value, `(a) AS b` names that and `(a) PER PARTITION` ends it.
pub(super) fn names_operand(input: Tokens<'_>, mode: Mode, behind_value: bool) -> bool {
    let ends = is_clause(input) || input.keyword() == Keyword::As && is_name(input, 1);
    is_call(input) || mode == Mode::Selector && is_name(input, 0) && !(behind_value && ends)
}
