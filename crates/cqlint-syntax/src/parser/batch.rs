//! BATCH, and the transactions of Cassandra after 5.0.

use nom::Parser;
use nom::combinator::opt;

use super::basic::{and_list, name, symbol, word, words};
use super::delete::delete_statement;
use super::input::{Mismatch, Parsed, Tokens};
use super::insert::insert_statement;
use super::relation::row_condition;
use super::select::{select, select_statement};
use super::update::update_statement;
use super::using::using;
use crate::ast::{Batch, BatchKind, Condition, Statement, Transaction};
use crate::{Dialects, Keyword, TokenKind};

/// `BEGIN …`.
pub(crate) fn begin(input: Tokens<'_>) -> Parsed<'_, Statement> {
    if input.peek(1).keyword == Keyword::Transaction {
        input.only(Dialects::CASSANDRA_TRUNK, "a transaction")?;
        input.cx.in_transaction.set(true);
        let answer = transaction(input);
        input.cx.in_transaction.set(false);
        return answer;
    }
    batch_statement(input)
}

/// `batch_statement = "BEGIN" [ "UNLOGGED" | "COUNTER" ] "BATCH" [ using_clause ] { member [ ";" ] } "APPLY" "BATCH"`.
fn batch_statement(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, kind) = match input.peek(1).keyword {
        Keyword::Unlogged => (input.skip(2), BatchKind::Unlogged),
        Keyword::Counter => (input.skip(2), BatchKind::Counter),
        _ => {
            for keyword in [Keyword::Unlogged, Keyword::Counter, Keyword::Transaction] {
                input.skip(1).could_be(keyword.text());
            }
            (input.skip(1), BatchKind::Logged)
        }
    };
    let (rest, _) = word(Keyword::Batch)(rest)?;
    let head = input.until(rest);
    let (rest, using) = using(&[Keyword::Timestamp, Keyword::Ttl, Keyword::Timeout])(rest)?;
    let mark = input.open::<Statement>();
    match members(rest, Keyword::Apply) {
        Ok(rest) => {
            let members = input.close(mark);
            let (rest, _) = words([Keyword::Apply, Keyword::Batch])(rest)?;
            Ok((rest, Statement::Batch(Batch { kind, head, using, members })))
        }
        Err(error) => {
            input.drop_open::<Statement>(mark);
            Err(error)
        }
    }
}

/// Members up to the word `end`, which is not taken.
fn members(input: Tokens<'_>, end: Keyword) -> Result<Tokens<'_>, nom::Err<Mismatch>> {
    let mut rest = input;
    while rest.keyword() != end {
        rest.could_be(end.text());
        let (after, member) = batch_member(rest)?;
        input.push(member);
        rest = after;
        if rest.kind() == TokenKind::Semicolon {
            rest = rest.skip(1);
        }
    }
    Ok(rest)
}

/// `member = insert_statement | update_statement | delete_statement`.
pub(crate) fn batch_member(input: Tokens<'_>) -> Parsed<'_, Statement> {
    match input.keyword() {
        Keyword::Insert => insert_statement(input).map(|(rest, insert)| (rest, Statement::Insert(insert))),
        Keyword::Update => update_statement(input).map(|(rest, update)| (rest, Statement::Update(update))),
        Keyword::Delete => delete_statement(input).map(|(rest, delete)| (rest, Statement::Delete(delete))),
        _ => {
            for keyword in [Keyword::Insert, Keyword::Update] {
                input.could_be(keyword.text());
            }
            input.mismatch(Keyword::Delete.text())
        }
    }
}

/// `transaction = "BEGIN" "TRANSACTION" { let ";" } [ select ";" ] [ "IF" row_conditions "THEN" ] { member ";" }
/// [ "END" "IF" ] "COMMIT" "TRANSACTION"`.
fn transaction(input: Tokens<'_>) -> Parsed<'_, Statement> {
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
        Err(nom::Err::Error(_)) => super::select::row_references(input),
        other => other,
    }
}

/// `let = "LET" name "=" "(" select ")"`.
pub(crate) fn let_statement(input: Tokens<'_>) -> Parsed<'_, Statement> {
    input.only(Dialects::CASSANDRA_TRUNK, "LET")?;
    let (rest, _) = word(Keyword::Let)(input)?;
    let (rest, _) = name(rest)?;
    let (rest, _) = symbol(TokenKind::Equal)(rest)?;
    let (rest, _) = symbol(TokenKind::OpenParen)(rest)?;
    let (rest, select) = select(rest)?;
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    Ok((rest, Statement::Select(select)))
}
