//! The transactions of Cassandra after 5.0.

use nom::Parser;
use nom::combinator::opt;

use super::basic::{and_list, comma_list, is_name, name, plain_word, symbol, word, words};
use super::batch::members;
use super::call::is_call;
use super::input::{Parsed, Tokens};
use super::relation::{Left, compare, relation_kind};
use super::select::{select_statement, selected};
use super::term::term;
use crate::ast::{Condition, Relation, Select, Selector, Statement, Step, StepKind, Term, TermAccess, TermKind, Transaction};
use crate::{Dialects, Keyword, List, Meaning, TokenKind};

/// `transaction = "BEGIN" "TRANSACTION" { let ";" } [ select ";" ] [ "IF" row_conditions "THEN" ] { member ";" }
/// [ "END" "IF" ] "COMMIT" "TRANSACTION"`.
pub(super) fn transaction(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, head) = words([Keyword::Begin, Keyword::Transaction])(input)?;
    let mark = input.open::<Statement>();
    match transaction_body(rest) {
        Ok((rest, condition)) => {
            let members = input.close(mark);
            let (rest, _) = words([Keyword::Commit, Keyword::Transaction])(rest)?;
            Ok((rest, Statement::Transaction(Transaction { head, members, condition })))
        }
        Err(error) => {
            input.drop_open::<Statement>(mark);
            Err(error)
        }
    }
}

fn transaction_body(input: Tokens<'_>) -> Parsed<'_, Condition> {
    let mut rest = input;
    while rest.keyword() == Keyword::Let {
        let (after, read) = let_statement(rest)?;
        input.push(read);
        (rest, _) = symbol(TokenKind::Semicolon)(after)?;
    }
    rest.could_be(Keyword::Let.text());
    if rest.keyword() == Keyword::Select {
        let (after, answer) = answer(rest)?;
        input.push(answer);
        (rest, _) = symbol(TokenKind::Semicolon)(after)?;
    }
    if rest.keyword() != Keyword::If {
        rest.could_be(Keyword::If.text());
        return Ok((members(rest, Keyword::Commit)?, Condition::None));
    }
    let start = rest;
    let (rest, relations) = and_list(row_condition)(start.skip(1))?;
    let condition = Condition::If(start.until(rest), relations);
    let (rest, _) = word(Keyword::Then)(rest)?;
    let rest = members(rest, Keyword::End)?;
    let (rest, _) = words([Keyword::End, Keyword::If])(rest)?;
    let (rest, _) = opt(symbol(TokenKind::Semicolon)).parse(rest)?;
    Ok((rest, condition))
}

/// A whole SELECT, or `SELECT row.column, …` of rows that LET has read.
fn answer(input: Tokens<'_>) -> Parsed<'_, Statement> {
    match select_statement(input) {
        Err(nom::Err::Error(_)) => row_references(input),
        other => other,
    }
}

/// `"SELECT" row_reference { "," row_reference }`.
fn row_references(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, _) = word(Keyword::Select)(input)?;
    let selector = |input| row_reference(input).map(|(rest, term)| (rest, Selector { term, alias: None }));
    let (rest, selectors) = comma_list(selector)(rest)?;
    let select = Select {
        json: false,
        distinct: false,
        selectors,
        table: None,
        relations: List::EMPTY,
        group_by: List::EMPTY,
        order_by: List::EMPTY,
        per_partition_limit: None,
        limit: None,
        allow_filtering: None,
    };
    Ok((rest, Statement::Select(select)))
}

/// `let = "LET" name "=" "(" select ")"`, whose SELECT has neither aliases nor other clauses than WHERE and LIMIT.
pub(super) fn let_statement(input: Tokens<'_>) -> Parsed<'_, Statement> {
    input.only(Dialects::CASSANDRA_TRUNK, "LET")?;
    let (rest, _) = word(Keyword::Let)(input)?;
    let (rest, _) = plain_word(rest)?;
    let (rest, _) = symbol(TokenKind::Equal)(rest)?;
    let (rest, _) = symbol(TokenKind::OpenParen)(rest)?;
    let select_at = rest;
    let (rest, _) = word(Keyword::Select)(rest)?;
    let (rest, select) = selected(select_at, rest, false, false)?;
    let plain = select.group_by.is_empty() && select.order_by.is_empty() && select.per_partition_limit.is_none();
    let unnamed = input.with_list(select.selectors, |selectors| selectors.iter().all(|selector| selector.alias.is_none()));
    if select.table.is_none() || select.relations.is_empty() || !plain || !unnamed || select.allow_filtering.is_some() {
        let message = "the SELECT of LET has a WHERE clause, no aliases, and nothing else but LIMIT";
        return input.fail(select_at.until(rest), message, Some("name one row by its primary key"));
    }
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    Ok((rest, Statement::Select(select)))
}

/// `row_reference = name [ "." name [ "." name | "[" term "]" ] ]`.
fn row_reference(input: Tokens<'_>) -> Parsed<'_, Term> {
    let (rest, row) = input.called("a row that LET has read", name)?;
    let of = Term { span: row.span, kind: TermKind::Column(row) };
    if rest.kind() != TokenKind::Dot {
        rest.could_be(TokenKind::Dot.text());
        return Ok((rest, of));
    }
    let mark = input.open::<Step>();
    match row_path(rest) {
        Ok((rest, ())) => {
            let path = input.close(mark);
            let access = input.add(TermAccess { of, path });
            Ok((rest, Term { span: input.until(rest), kind: TermKind::Access(access) }))
        }
        Err(error) => {
            input.drop_open::<Step>(mark);
            Err(error)
        }
    }
}

fn row_path(input: Tokens<'_>) -> Parsed<'_, ()> {
    let (rest, column) = name(input.skip(1))?;
    input.names(Meaning::Column, rest);
    input.push(Step { span: input.until(rest), kind: StepKind::Field(column) });
    match rest.kind() {
        TokenKind::Dot => {
            let (after, field) = name(rest.skip(1))?;
            rest.names(Meaning::Field, after);
            input.push(Step { span: rest.until(after), kind: StepKind::Field(field) });
            Ok((after, ()))
        }
        TokenKind::OpenBracket => {
            let (after, index) = term(rest.skip(1))?;
            let (after, _) = symbol(TokenKind::CloseBracket)(after)?;
            input.push(Step { span: rest.until(after), kind: StepKind::Element(input.add(index)) });
            Ok((after, ()))
        }
        _ => Ok((rest, ())),
    }
}

/// A value, or in a transaction the reference to a row.
#[inline]
pub(super) fn term_or_row(input: Tokens<'_>) -> Parsed<'_, Term> {
    if input.cx.in_transaction.get() && is_name(input, 0) && !is_call(input) {
        return row_reference(input);
    }
    term(input)
}

/// `row_condition = row_reference ( operator term | "IS" [ "NOT" ] "NULL" ) | term operator row_reference`.
fn row_condition(input: Tokens<'_>) -> Parsed<'_, Relation> {
    if is_name(input, 0) && !is_call(input) {
        let (rest, left) = row_reference(input)?;
        return compare(input, rest, left, Left::Row);
    }
    let (rest, left) = term(input)?;
    let Some(kind) = relation_kind(rest.kind()) else { return rest.mismatch("an operator") };
    let (rest, row) = row_reference(rest.skip(1))?;
    let mark = input.open::<Term>();
    input.push(row);
    let right = input.close(mark);
    Ok((rest, Relation { span: input.until(rest), left, kind, right }))
}
