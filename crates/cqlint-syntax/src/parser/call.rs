//! Function calls, casts, and the columns that stand where calls may.

use nom::Parser;
use nom::sequence::delimited;

use super::basic::{comma_list, is_name, name, symbol, word};
use super::input::{Parsed, Tokens};
use super::term::{Mode, path, primary, selector, sum, term};
use super::types::native_type;
use crate::ast::{Name, QualifiedName, Term, TermAccess, TermCall, TermKind};
use crate::{Dialects, Keyword, Meaning, TokenKind};

/// `call = [ name "." ] function_name "(" [ argument { "," argument } ] ")"`, or a column.
pub(super) fn call_or_column(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
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
    if mode == Mode::Selector && input.peek(1).kind == TokenKind::OpenParen {
        match input.keyword() {
            Keyword::Ttl | Keyword::Writetime => return column_metadata(input),
            // Where it is no keyword it is any function.
            Keyword::Maxwritetime if input.cx.dialects.meets(Keyword::Maxwritetime.known_in()) => match column_metadata(input) {
                Err(nom::Err::Error(_)) => {}
                answer => return answer,
            },
            Keyword::Count if input.peek(2).kind == TokenKind::Star => return count_of_rows(input),
            _ => {}
        }
    }
    let (rest, function) = function_name(input)?;
    call_of(input, rest, function, mode)
}

/// `"COUNT" "(" "*" ")"`.
fn count_of_rows(input: Tokens<'_>) -> Parsed<'_, Term> {
    input.names(Meaning::Function, input.skip(1));
    let function = QualifiedName { keyspace: None, name: Name { span: input.span() } };
    let mark = input.open::<Term>();
    input.push(Term { span: input.peek(2).span, kind: TermKind::Star });
    let arguments = input.close(mark);
    let (rest, _) = symbol(TokenKind::CloseParen)(input.skip(3))?;
    let call = input.add(TermCall { function, arguments });
    Ok((rest, Term { span: input.until(rest), kind: TermKind::Call(call) }))
}

/// A call of a function in ORDER BY, in ScyllaDB.
pub(crate) fn scoring_call(input: Tokens<'_>) -> Parsed<'_, Term> {
    let (rest, function) = function_name(input)?;
    call_of(input, rest, function, Mode::Selector)
}

/// A call where every name is a function's: on the left side of a relation, in ScyllaDB.
pub(crate) fn any_call(input: Tokens<'_>) -> Parsed<'_, Term> {
    let (rest, function) = match input.peek(1).kind {
        TokenKind::OpenParen => {
            let (rest, name) = name(input)?;
            input.names(Meaning::Function, rest);
            (rest, QualifiedName { keyspace: None, name })
        }
        _ => function_name(input)?,
    };
    call_of(input, rest, function, Mode::Selector)
}

/// The arguments and the call; `rest` stands behind the name.
fn call_of<'t>(input: Tokens<'t>, rest: Tokens<'t>, function: QualifiedName, mode: Mode) -> Parsed<'t, Term> {
    let argument = move |input| if mode == Mode::Selector { selector(input) } else { term(input) };
    let (rest, _) = symbol(TokenKind::OpenParen)(rest)?;
    let (rest, arguments) = match rest.kind() {
        TokenKind::CloseParen => (rest, crate::List::EMPTY),
        _ => comma_list(argument)(rest)?,
    };
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    let call = input.add(TermCall { function, arguments });
    Ok((rest, Term { span: input.until(rest), kind: TermKind::Call(call) }))
}

/// `( "TTL" | "WRITETIME" | "MAXWRITETIME" ) "(" column { step } ")"`.
fn column_metadata(input: Tokens<'_>) -> Parsed<'_, Term> {
    input.names(Meaning::Function, input.skip(1));
    let function = QualifiedName { keyspace: None, name: Name { span: input.span() } };
    let (rest, _) = symbol(TokenKind::OpenParen)(input.skip(1))?;
    let start = rest;
    if start.kind() == TokenKind::EmptyName {
        start.only(Dialects::CASSANDRA_3_11, "an empty name in a selector")?;
    }
    let (rest, column) = super::basic::column(rest)?;
    let mut argument = Term { span: column.span, kind: TermKind::Column(column) };
    // The empty name has no parts.
    let rest = if start.kind() != TokenKind::EmptyName && matches!(rest.kind(), TokenKind::Dot | TokenKind::OpenBracket) {
        input.only(Dialects::SINCE_5_0 | Dialects::SCYLLA, "a part of a column here")?;
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
    let name_at = |ahead| is_name(input, ahead) || is_function_word(input.peek(ahead).keyword);
    match input.peek(1).kind {
        TokenKind::OpenParen => name_at(0),
        TokenKind::Dot => input.peek(3).kind == TokenKind::OpenParen && is_name(input, 0) && name_at(2),
        _ => false,
    }
}

/// Whether the token `ahead` can be a function's name: a name or TOKEN, but not what is called like a function.
pub(crate) fn is_function_name(input: Tokens<'_>, ahead: u32) -> bool {
    is_name(input, ahead) && !is_like_a_function(input, ahead) || is_function_word(input.peek(ahead).keyword)
}

/// Whether the token `ahead` is free as a name of other things only, since calls and SELECT have a meaning for it.
pub(super) fn is_like_a_function(input: Tokens<'_>, ahead: u32) -> bool {
    let dialects = input.cx.dialects;
    match input.peek(ahead).keyword {
        Keyword::Cast | Keyword::Key | Keyword::Ttl | Keyword::Writetime => true,
        Keyword::Distinct | Keyword::Json => !dialects.meets(Dialects::SCYLLA),
        Keyword::Maxwritetime => !dialects.meets(Keyword::Maxwritetime.known_in().others()),
        _ => false,
    }
}

/// Reserved, but a function's name: TOKEN everywhere, ANN in ScyllaDB.
pub(super) fn is_function_word(keyword: Keyword) -> bool {
    matches!(keyword, Keyword::Token | Keyword::Ann)
}

/// `function_name = [ name "." ] ( name | "TOKEN" )`.
pub(crate) fn function_name(input: Tokens<'_>) -> Parsed<'_, QualifiedName> {
    let part = |input: Tokens<'_>| Name { span: input.span() };
    if input.peek(1).kind != TokenKind::Dot {
        if !is_function_name(input, 0) {
            return input.mismatch("a function");
        }
        input.names(Meaning::Function, input.skip(1));
        return Ok((input.skip(1), QualifiedName { keyspace: None, name: part(input) }));
    }
    if !is_name(input, 0) {
        return input.mismatch("a function");
    }
    let second = input.skip(2);
    if !is_function_name(second, 0) {
        return second.mismatch("a function");
    }
    input.names(Meaning::Function, input.skip(3));
    Ok((input.skip(3), QualifiedName { keyspace: Some(part(input)), name: part(second) }))
}

/// `cast = "CAST" "(" term "AS" native_type ")"`.
pub(super) fn cast(input: Tokens<'_>, mode: Mode) -> Parsed<'_, Term> {
    if mode == Mode::Value {
        input.only(Dialects::SINCE_4_1, "CAST in a value")?;
    }
    input.names(Meaning::Function, input.skip(1));
    let (rest, _) = symbol(TokenKind::OpenParen)(input.skip(1))?;
    // A value is cast as it stands, without arithmetic.
    let (rest, operand) = if mode == Mode::Value { primary(rest, mode)? } else { sum(rest, mode)? };
    let (rest, to) = delimited(word(Keyword::As), native_type, symbol(TokenKind::CloseParen)).parse(rest)?;
    let kind = TermKind::Cast(input.add(operand), input.add(to));
    Ok((rest, Term { span: input.until(rest), kind }))
}
