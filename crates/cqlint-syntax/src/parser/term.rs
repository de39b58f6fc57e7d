//! Values and selectors. They share one grammar; only selectors may name columns.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::{delimited, preceded};

use super::basic::{comma_list, comma_list_from, is_name, name, symbol, word};
use super::input::{Parsed, Tokens};
use super::types::{data_type, native_type};
use crate::ast::{
    Entry, Literal, Name, Operand, Operator, QualifiedName, Step, StepKind, Term, TermAccess, TermCall, TermKind, Type,
};
use crate::{Dialects, Id, Keyword, TokenKind};

/// What a term may be made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
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
fn sum(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    match plain(input) {
        Some(term) => Ok((input.skip(1), term)),
        None => any_sum(input, mode),
    }
}

fn any_sum(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    chain(input, mode, product, |input| match input.kind() {
        // In `SET l = [1] + l` the last operand is no term: the assignment takes it.
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
fn factor(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    if input.kind() == TokenKind::Minus {
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
fn path(input: Tokens<'_>) -> Parsed<'_, crate::List<Step>> {
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
        return match from {
            Some(from) => Ok((rest, StepKind::Element(input.add(from)))),
            None => rest.mismatch(TokenKind::Range.text()),
        };
    }
    let (rest, to) = match from {
        Some(_) => opt(term).parse(rest.skip(1))?,
        None => term(rest.skip(1)).map(|(rest, to)| (rest, Some(to)))?,
    };
    Ok((rest, StepKind::Slice(boxed(input, from), boxed(input, to))))
}

fn primary(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
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
        TokenKind::EmptyName if mode == Mode::Selector => call_or_column(input, mode),
        _ => input.mismatch("a value"),
    }
}

/// `call = [ name "." ] function_name "(" [ argument { "," argument } ] ")"`, or a column.
fn call_or_column(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    if is_call(input) {
        return input.deeper(|input| call(input, mode));
    }
    match mode {
        Mode::Selector => {
            let (rest, column) = super::basic::column(input)?;
            Ok((rest, Term { span: column.span, kind: TermKind::Column(column) }))
        }
        Mode::Value => input.mismatch("a value"),
    }
}

fn call(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    let (rest, function) = function_name(input)?;
    if mode == Mode::Value && matches!(input.keyword(), Keyword::Ttl | Keyword::Writetime | Keyword::Maxwritetime) {
        return input.mismatch("a value");
    }
    if matches!(input.keyword(), Keyword::Ttl | Keyword::Writetime | Keyword::Maxwritetime) && rest.at == input.at + 1 {
        return column_metadata(input, function);
    }
    let argument = move |input| if mode == Mode::Selector { selector(input) } else { term(input) };
    let star = |input: Tokens<'_>| input.keyword() == Keyword::Count && mode == Mode::Selector;
    let (rest, _) = symbol(TokenKind::OpenParen)(rest)?;
    let (rest, arguments) = match rest.kind() {
        TokenKind::CloseParen => (rest, crate::List::EMPTY),
        TokenKind::Star if star(input) => {
            let mark = input.open::<Term>();
            input.push(Term { span: rest.span(), kind: TermKind::Star });
            (rest.skip(1), input.close(mark))
        }
        _ => comma_list(argument)(rest)?,
    };
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    let call = input.add(TermCall { function, arguments });
    Ok((rest, Term { span: input.until(rest), kind: TermKind::Call(call) }))
}

/// `( "TTL" | "WRITETIME" | "MAXWRITETIME" ) "(" column { step } ")"`.
fn column_metadata(input: Tokens<'_>, function: QualifiedName) -> Parsed<'_, Term> {
    let (rest, _) = symbol(TokenKind::OpenParen)(input.skip(1))?;
    let start = rest;
    let (rest, column) = super::basic::column(rest)?;
    let mut argument = Term { span: column.span, kind: TermKind::Column(column) };
    let rest = if matches!(rest.kind(), TokenKind::Dot | TokenKind::OpenBracket) {
        let (rest, path) = path(rest)?;
        let access = input.add(TermAccess { of: argument, path });
        argument = Term { span: start.until(rest), kind: TermKind::Access(access) };
        rest
    } else {
        rest
    };
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    let mark = input.open::<Term>();
    input.push(argument);
    let call = TermCall { function, arguments: input.close(mark) };
    Ok((rest, Term { span: input.until(rest), kind: TermKind::Call(input.add(call)) }))
}

/// Whether a function call begins here.
pub(crate) fn is_call(input: Tokens<'_>) -> bool {
    let name_at = |ahead| is_name(input, ahead) || input.peek(ahead).keyword == Keyword::Token;
    match input.peek(1).kind {
        TokenKind::OpenParen => name_at(0),
        TokenKind::Dot => input.peek(3).kind == TokenKind::OpenParen && is_name(input, 0) && name_at(2),
        _ => false,
    }
}

/// `function_name = [ name "." ] ( name | "TOKEN" )`.
pub(crate) fn function_name(input: Tokens<'_>) -> Parsed<'_, QualifiedName> {
    let part = |input: Tokens<'_>| Name { span: input.span() };
    let fits = |input: Tokens<'_>| is_name(input, 0) || input.keyword() == Keyword::Token;
    if !fits(input) {
        return input.mismatch("a function");
    }
    if input.peek(1).kind != TokenKind::Dot {
        return Ok((input.skip(1), QualifiedName { keyspace: None, name: part(input) }));
    }
    let second = input.skip(2);
    if !fits(second) {
        return second.mismatch("a function");
    }
    Ok((input.skip(3), QualifiedName { keyspace: Some(part(input)), name: part(second) }))
}

/// `cast = "CAST" "(" term "AS" native_type ")"`.
fn cast(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    let (rest, _) = symbol(TokenKind::OpenParen)(input.skip(1))?;
    let (rest, operand) = sum(rest, mode)?;
    let (rest, to) = delimited(word(Keyword::As), native_type, symbol(TokenKind::CloseParen)).parse(rest)?;
    let kind = TermKind::Cast(input.add(operand), input.add(to));
    Ok((rest, Term { span: input.until(rest), kind }))
}

/// `list = "[" [ term { "," term } ] "]"`.
fn list(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    let inner = input.skip(1);
    let (rest, elements) = match inner.kind() {
        TokenKind::CloseBracket => (inner, crate::List::EMPTY),
        _ => comma_list(move |input| sum(input, mode))(inner)?,
    };
    let (rest, _) = symbol(TokenKind::CloseBracket)(rest)?;
    Ok((rest, Term { span: input.until(rest), kind: TermKind::List(elements) }))
}

/// `set = "{" [ term { "," term } ] "}"`, `map = "{" key ":" term { "," key ":" term } "}"`.
fn set_or_map(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
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
fn parentheses(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    if let Some((rest, to)) = hinted_type(input) {
        let (rest, operand) = primary(rest, mode)?;
        let kind = TermKind::TypeHint(input.add(to), input.add(operand));
        return Ok((rest, Term { span: input.until(rest), kind }));
    }
    let (rest, elements) = comma_list(move |input| sum(input, mode))(input.skip(1))?;
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    Ok((rest, Term { span: input.until(rest), kind: TermKind::Tuple(elements) }))
}

/// The type between parentheses, when a term stands right behind them.
fn hinted_type(input: Tokens<'_>) -> Option<(Tokens<'_>, Type)> {
    let first = input.peek(1);
    if !matches!(first.kind, TokenKind::Word | TokenKind::QuotedName | TokenKind::String) {
        return None;
    }
    let (rest, to) = input.skip(1).quietly(data_type).ok()?;
    let follows = |ahead| match rest.peek(ahead).kind {
        TokenKind::Word => {
            let keyword = rest.peek(ahead).keyword;
            let value = [Keyword::Null, Keyword::True, Keyword::False, Keyword::Nan, Keyword::Infinity, Keyword::Token];
            value.contains(&keyword) || (!keyword.is_reserved() && !ends_selector(keyword))
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
        | TokenKind::OpenBracket
        | TokenKind::OpenBrace => true,
        TokenKind::Colon => is_name(rest, ahead + 1),
        _ => false,
    };
    (rest.kind() == TokenKind::CloseParen && follows(1)).then(|| (rest.skip(1), to))
}

/// Words that are free as names but stand behind a closed parenthesis far more often.
fn ends_selector(keyword: Keyword) -> bool {
    matches!(keyword, Keyword::As | Keyword::Desc | Keyword::Between | Keyword::Like | Keyword::Contains)
}
