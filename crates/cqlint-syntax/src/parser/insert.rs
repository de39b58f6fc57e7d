//! INSERT.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::basic::{column, parenthesised, table, word, words};
use super::input::{Parsed, Tokens};
use super::term::marker;
use super::transaction::term_or_row;
use super::using::using;
use crate::ast::{Insert, InsertSource, Literal, Term, TermKind};
use crate::{Keyword, List, Span, TokenKind};

/// `insert_statement = "INSERT" "INTO" table ( "(" columns ")" "VALUES" "(" terms ")" | "JSON" json [ default ] )
/// [ "IF" "NOT" "EXISTS" ] [ using_clause ]`.
pub(crate) fn insert_statement(input: Tokens<'_>) -> Parsed<'_, Insert> {
    let (rest, _) = words([Keyword::Insert, Keyword::Into])(input)?;
    let (rest, table) = table(rest)?;
    let (rest, columns, source) = if rest.keyword() == Keyword::Json {
        let (rest, value) = json(rest.skip(1))?;
        let (rest, ()) = json_default(rest)?;
        (rest, List::EMPTY, InsertSource::Json(input.add(value)))
    } else {
        rest.could_be(Keyword::Json.text());
        let (rest, columns) = parenthesised(column)(rest)?;
        let (rest, values) = preceded(word(Keyword::Values), parenthesised(term_or_row)).parse(rest)?;
        (rest, columns, InsertSource::Values(values))
    };
    let (rest, if_not_exists) = if_not_exists(rest)?;
    let (rest, using) = using(&[Keyword::Timestamp, Keyword::Ttl, Keyword::Timeout])(rest)?;
    Ok((rest, Insert { table, columns, source, if_not_exists, using }))
}

fn json(input: Tokens<'_>) -> Parsed<'_, Term> {
    match input.kind() {
        TokenKind::String => Ok((input.skip(1), Term { span: input.span(), kind: TermKind::Literal(Literal::String) })),
        _ => input.called("a JSON string or a bind marker", marker),
    }
}

/// `[ "DEFAULT" ( "NULL" | "UNSET" ) ]`.
fn json_default(input: Tokens<'_>) -> Parsed<'_, ()> {
    if input.keyword() != Keyword::Default {
        input.could_be(Keyword::Default.text());
        return Ok((input, ()));
    }
    let rest = match input.peek(1).keyword {
        Keyword::Unset => input.skip(2),
        _ => word(Keyword::Null)(input.skip(1))?.0,
    };
    Ok((rest, ()))
}

fn if_not_exists(input: Tokens<'_>) -> Parsed<'_, Option<Span>> {
    if input.keyword() != Keyword::If {
        input.could_be(Keyword::If.text());
        return Ok((input, None));
    }
    opt(words([Keyword::If, Keyword::Not, Keyword::Exists])).parse(input)
}
