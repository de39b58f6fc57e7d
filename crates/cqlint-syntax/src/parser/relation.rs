//! WHERE and IF clauses.

use nom::branch::alt;
use nom::combinator::value;
use nom::sequence::preceded;
use nom::{Input, Parser};

use super::basic::{and_list, column, comma_list, is_name, name, opens_expression, symbol, word, words};
use super::call::{any_call, is_call};
use super::input::{Parsed, Tokens};
use super::term::{marker, term};
use crate::ast::{Condition, Name, QualifiedName, Relation, RelationKind, Step, StepKind, Term, TermAccess, TermCall, TermKind};
use crate::{Dialects, Keyword, List, Meaning, Span, TokenKind};

/// `where_clause = "WHERE" relation { "AND" relation }`.
pub(crate) fn where_clause(input: Tokens<'_>) -> Parsed<'_, List<Relation>> {
    preceded(word(Keyword::Where), and_list(relation)).parse(input)
}

/// `condition = "IF" ( "EXISTS" | column_condition { "AND" column_condition } )`, or nothing.
pub(crate) fn condition(input: Tokens<'_>) -> Parsed<'_, Condition> {
    if input.keyword() != Keyword::If {
        input.could_be(Keyword::If.text());
        return Ok((input, Condition::None));
    }
    if input.peek(1).keyword == Keyword::Exists && !starts_condition(input.skip(2)) {
        let rest = input.skip(2);
        return Ok((rest, Condition::Exists(input.until(rest))));
    }
    let (rest, relations) = and_list(column_condition)(input.skip(1))?;
    Ok((rest, Condition::If(input.until(rest), relations)))
}

/// Whether the word before is a column (EXISTS is free as a name) rather than a clause.
fn starts_condition(input: Tokens<'_>) -> bool {
    relation_kind(input.kind()).is_some()
        || matches!(input.kind(), TokenKind::OpenBracket | TokenKind::Dot)
        || matches!(input.keyword(), Keyword::In | Keyword::Not | Keyword::Contains | Keyword::Like)
}

/// `column_condition = column [ "[" term "]" | "." name ] operator term`.
fn column_condition(input: Tokens<'_>) -> Parsed<'_, Relation> {
    let (rest, subject) = column(input)?;
    let mut left = Term { span: subject.span, kind: TermKind::Column(subject) };
    let (rest, step) = match rest.kind() {
        TokenKind::OpenBracket => {
            let (after, index) = term(rest.skip(1))?;
            let (after, _) = symbol(TokenKind::CloseBracket)(after)?;
            (after, Some(StepKind::Element(input.add(index))))
        }
        TokenKind::Dot => {
            let (after, field) = name(rest.skip(1))?;
            rest.names(Meaning::Field, after);
            (after, Some(StepKind::Field(field)))
        }
        _ => (rest, None),
    };
    if let Some(kind) = step {
        left = access(input, rest, left, kind);
        return compare(input, rest, left, Left::ConditionPart);
    }
    compare(input, rest, left, Left::Condition)
}

fn access<'t>(input: Tokens<'t>, rest: Tokens<'t>, of: Term, kind: StepKind) -> Term {
    let span = input.until(rest);
    let mark = input.open::<Step>();
    input.push(Step { span, kind });
    let path = input.close(mark);
    let access = input.add(TermAccess { of, path });
    Term { span, kind: TermKind::Access(access) }
}

/// `relation`: one restriction of a WHERE clause.
pub(crate) fn relation(input: Tokens<'_>) -> Parsed<'_, Relation> {
    let first = input.token();
    match first.kind {
        TokenKind::OpenParen if is_tuple_of_columns(input) => tuple_relation(input),
        TokenKind::OpenParen => input.deeper(|input| {
            if is_expression(input.skip(1)) {
                return input.skip(1).mismatch("a relation");
            }
            let (rest, inner) = relation(input.skip(1))?;
            let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
            Ok((rest, inner))
        }),
        TokenKind::Word if first.keyword == Keyword::Token => {
            input.names(Meaning::Function, input.skip(1));
            let (rest, _) = symbol(TokenKind::OpenParen)(input.skip(1))?;
            let (rest, columns) = comma_list(column_term)(rest)?;
            let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
            let function = QualifiedName { keyspace: None, name: Name { span: first.span } };
            let call = input.add(TermCall { function, arguments: columns });
            let left = Term { span: input.until(rest), kind: TermKind::Call(call) };
            compare(input, rest, left, Left::Token)
        }
        _ if is_expression(input) => index_expression(input),
        _ if is_call(input) => {
            input.only(Dialects::SCYLLA, "a function on the left side of a relation")?;
            let (rest, left) = any_call(input)?;
            compare(input, rest, left, Left::Element)
        }
        _ => {
            let (rest, subject) = column(input)?;
            let left = Term { span: subject.span, kind: TermKind::Column(subject) };
            if rest.kind() == TokenKind::OpenBracket {
                let (rest, index) = term(rest.skip(1))?;
                let (rest, _) = symbol(TokenKind::CloseBracket)(rest)?;
                let left = access(input, rest, left, StepKind::Element(input.add(index)));
                return compare(input, rest, left, Left::Element);
            }
            compare(input, rest, left, Left::Column)
        }
    }
}

/// `( a, b )` and `( a )` are tuples of columns; `( a = 1 )` is a relation in parentheses.
fn is_tuple_of_columns(input: Tokens<'_>) -> bool {
    let is_column = is_name(input, 1) || input.peek(1).kind == TokenKind::EmptyName;
    is_column && matches!(input.peek(2).kind, TokenKind::Comma | TokenKind::CloseParen)
}

fn column_term(input: Tokens<'_>) -> Parsed<'_, Term> {
    let (rest, column) = column(input)?;
    Ok((rest, Term { span: column.span, kind: TermKind::Column(column) }))
}

/// `"(" column { "," column } ")" ( operator [ "SCYLLA_CLUSTERING_BOUND" ] tuple | [ "NOT" ] "IN" … )`.
fn tuple_relation(input: Tokens<'_>) -> Parsed<'_, Relation> {
    let (rest, columns) = comma_list(column_term)(input.skip(1))?;
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    let left = Term { span: input.until(rest), kind: TermKind::Tuple(columns) };
    compare(input, rest, left, Left::Tuple)
}

/// `expr(index, 'query')`, the way to a custom index.
fn is_expression(input: Tokens<'_>) -> bool {
    input.keyword() == Keyword::Expr
        && input.peek(1).kind == TokenKind::OpenParen
        && is_name(input, 2)
        && input.peek(3).kind == TokenKind::Comma
        && !is_compared(input.skip(1))
}

/// Whether an operator stands behind the parenthesis that closes the one here: to ScyllaDB `expr(a, 'b') > 0` has a function.
fn is_compared(input: Tokens<'_>) -> bool {
    let mut open = 0_u32;
    let close = input.iter_elements().position(|token| {
        open += u32::from(token.kind == TokenKind::OpenParen);
        open -= u32::from(token.kind == TokenKind::CloseParen);
        open == 0
    });
    close.is_some_and(|close| {
        let behind = input.peek(close as u32 + 1);
        relation_kind(behind.kind).is_some() || behind.keyword == Keyword::Like
    })
}

fn index_expression(input: Tokens<'_>) -> Parsed<'_, Relation> {
    input.only(Dialects::CASSANDRA | Dialects::DSE, "expr(…)")?;
    // The servers read the word and its parenthesis as one token.
    if !opens_expression(input, 0) {
        let start = input.until(input.skip(2));
        return input.fail(
            start,
            "an index is asked by `expr(`: in lower case, without a blank",
            Some("write `expr(index, value)`"),
        );
    }
    let function = QualifiedName { keyspace: None, name: Name { span: input.span() } };
    let mark = input.open::<Term>();
    let index = Name { span: input.peek(2).span };
    input.names(Meaning::Function, input.skip(1));
    input.skip(2).names(Meaning::Index, input.skip(3));
    input.push(Term { span: index.span, kind: TermKind::Column(index) });
    let (rest, query) = match term(input.skip(4)) {
        Ok(parsed) => parsed,
        Err(error) => {
            input.drop_open::<Term>(mark);
            return Err(error);
        }
    };
    input.push(query);
    let arguments = input.close(mark);
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    let span = input.until(rest);
    let left = Term { span, kind: TermKind::Call(input.add(TermCall { function, arguments })) };
    Ok((rest, Relation { span, left, kind: RelationKind::Expression, right: List::EMPTY }))
}

/// What stands on the left side decides which operators fit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// A column.
    Column,
    /// A column of a condition.
    Condition,
    /// An element or a field of a condition's column.
    ConditionPart,
    /// `(a, b)`.
    Tuple,
    /// `token(…)`.
    Token,
    /// `c['key']`, or a function of ScyllaDB's.
    Element,
    /// A row of a transaction.
    Row,
}

/// The operator and the right side; `rest` stands behind the left one.
pub(super) fn compare<'t>(input: Tokens<'t>, rest: Tokens<'t>, left: Term, form: Left) -> Parsed<'t, Relation> {
    let is_tuple = form == Left::Tuple;
    let (rest, kind) = match relation_kind(rest.kind()) {
        Some(kind) => (rest.skip(1), kind),
        None => rest.called("an operator", |input| word_operator(input, form))?,
    };
    let mark = input.open::<Term>();
    let right = match kind {
        RelationKind::IsNull | RelationKind::IsNotNull | RelationKind::Expression => Ok(rest),
        RelationKind::In | RelationKind::NotIn => in_values(rest, is_tuple),
        RelationKind::Between => range(rest, is_tuple),
        RelationKind::Equal
        | RelationKind::NotEqual
        | RelationKind::Less
        | RelationKind::LessEqual
        | RelationKind::Greater
        | RelationKind::GreaterEqual
        | RelationKind::Contains
        | RelationKind::ContainsKey
        | RelationKind::NotContains
        | RelationKind::NotContainsKey
        | RelationKind::Like => operand(rest, is_tuple),
    };
    match right {
        Ok(rest) => {
            let right = input.close(mark);
            Ok((rest, Relation { span: input.until(rest), left, kind, right }))
        }
        Err(error) => {
            input.drop_open::<Term>(mark);
            Err(error)
        }
    }
}

pub(super) fn relation_kind(token: TokenKind) -> Option<RelationKind> {
    Some(match token {
        TokenKind::Equal => RelationKind::Equal,
        TokenKind::NotEqual => RelationKind::NotEqual,
        TokenKind::Less => RelationKind::Less,
        TokenKind::LessEqual => RelationKind::LessEqual,
        TokenKind::Greater => RelationKind::Greater,
        TokenKind::GreaterEqual => RelationKind::GreaterEqual,
        _ => return None,
    })
}

/// `CONTAINS KEY`, but not `CONTAINS key.f()`.
fn contains_key(input: Tokens<'_>) -> Parsed<'_, Span> {
    let (rest, span) = words([Keyword::Contains, Keyword::Key])(input)?;
    if rest.kind() == TokenKind::Dot { rest.mismatch("a value") } else { Ok((rest, span)) }
}

fn word_operator(input: Tokens<'_>, form: Left) -> Parsed<'_, RelationKind> {
    let (rest, kind) = alt((
        value(RelationKind::In, word(Keyword::In)),
        value(RelationKind::NotIn, words([Keyword::Not, Keyword::In])),
        value(RelationKind::Between, word(Keyword::Between)),
        value(RelationKind::ContainsKey, contains_key),
        value(RelationKind::Contains, word(Keyword::Contains)),
        value(RelationKind::NotContainsKey, preceded(word(Keyword::Not), contains_key)),
        value(RelationKind::NotContains, words([Keyword::Not, Keyword::Contains])),
        value(RelationKind::Like, word(Keyword::Like)),
        value(RelationKind::IsNotNull, words([Keyword::Is, Keyword::Not, Keyword::Null])),
        value(RelationKind::IsNull, words([Keyword::Is, Keyword::Null])),
    ))
    .parse(input)?;
    let scylla = input.cx.dialects.meets(Dialects::SCYLLA);
    let fits = match kind {
        RelationKind::In => matches!(form, Left::Column | Left::Tuple | Left::Condition | Left::ConditionPart),
        RelationKind::NotIn if matches!(form, Left::Condition | Left::ConditionPart) => scylla,
        RelationKind::NotIn => matches!(form, Left::Column | Left::Tuple),
        RelationKind::Between => matches!(form, Left::Column | Left::Tuple | Left::Token),
        RelationKind::Like => form == Left::Column || scylla && form != Left::Row,
        RelationKind::IsNull => form == Left::Row,
        RelationKind::IsNotNull => matches!(form, Left::Column | Left::Row),
        RelationKind::Contains | RelationKind::ContainsKey => matches!(form, Left::Column | Left::Condition),
        RelationKind::NotContains | RelationKind::NotContainsKey => form == Left::Column,
        RelationKind::Equal
        | RelationKind::NotEqual
        | RelationKind::Less
        | RelationKind::LessEqual
        | RelationKind::Greater
        | RelationKind::GreaterEqual
        | RelationKind::Expression => true,
    };
    if !fits {
        return input.mismatch("another operator");
    }
    match kind {
        RelationKind::NotIn if form == Left::Tuple => input.only(Dialects::CASSANDRA_TRUNK, "NOT IN on a tuple")?,
        RelationKind::NotIn => input.only(Dialects::CASSANDRA_TRUNK | Dialects::SCYLLA, "NOT IN")?,
        RelationKind::NotContains | RelationKind::NotContainsKey => input.only(Dialects::CASSANDRA_TRUNK, "NOT CONTAINS")?,
        RelationKind::Contains | RelationKind::ContainsKey if form == Left::Condition => {
            input.only(Dialects::SINCE_4_1, "CONTAINS in a condition")?;
        }
        RelationKind::Between => input.only(Dialects::CASSANDRA_TRUNK, "BETWEEN")?,
        _ => {}
    }
    Ok((rest, kind))
}

/// One value; a tuple or a marker against a tuple of columns.
fn operand(input: Tokens<'_>, is_tuple: bool) -> Result<Tokens<'_>, nom::Err<super::input::Mismatch>> {
    let start = match input.keyword() {
        Keyword::ScyllaClusteringBound if is_tuple => {
            input.only(Dialects::SCYLLA, "SCYLLA_CLUSTERING_BOUND")?;
            input.skip(1)
        }
        _ => input,
    };
    let (rest, right) = if is_tuple { tuple_or_marker(start)? } else { term(start)? };
    input.push(right);
    Ok(rest)
}

fn tuple(input: Tokens<'_>) -> Parsed<'_, Term> {
    if input.kind() != TokenKind::OpenParen {
        return input.mismatch("a tuple");
    }
    let (rest, found) = term(input)?;
    if matches!(found.kind, TermKind::Tuple(_)) { Ok((rest, found)) } else { input.mismatch("a tuple") }
}

fn tuple_or_marker(input: Tokens<'_>) -> Parsed<'_, Term> {
    match input.kind() {
        TokenKind::OpenParen => tuple(input),
        _ => input.called("a tuple", marker),
    }
}

/// `BETWEEN a AND b`.
fn range(input: Tokens<'_>, is_tuple: bool) -> Result<Tokens<'_>, nom::Err<super::input::Mismatch>> {
    let rest = operand(input, is_tuple)?;
    let (rest, _) = word(Keyword::And)(rest)?;
    operand(rest, is_tuple)
}

/// `IN ? | IN ( a, b )`, the values of a tuple being tuples or markers.
fn in_values(input: Tokens<'_>, is_tuple: bool) -> Result<Tokens<'_>, nom::Err<super::input::Mismatch>> {
    if input.kind() != TokenKind::OpenParen {
        let (rest, marker) = input.called("a list of values", marker)?;
        input.push(marker);
        return Ok(rest);
    }
    let inner = input.skip(1);
    let (rest, values) = match inner.kind() {
        TokenKind::CloseParen => (inner, List::EMPTY),
        // All tuples or all markers.
        _ if is_tuple && inner.kind() == TokenKind::OpenParen => comma_list(tuple)(inner)?,
        _ if is_tuple => inner.called("a tuple or a bind marker", comma_list(marker))?,
        _ => comma_list(term)(inner)?,
    };
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    input.push(Term { span: input.until(rest), kind: TermKind::Tuple(values) });
    Ok(rest)
}
