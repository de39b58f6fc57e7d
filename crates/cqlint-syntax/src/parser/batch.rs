//! BATCH.

use super::basic::{symbol, word, words};
use super::delete::delete_statement;
use super::input::{Mismatch, Parsed, Tokens};
use super::insert::insert_statement;
use super::transaction::transaction;
use super::update::update_statement;
use super::using::using;
use crate::ast::{Batch, BatchKind, Statement};
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
pub(super) fn members(input: Tokens<'_>, end: Keyword) -> Result<Tokens<'_>, nom::Err<Mismatch>> {
    let mut rest = input;
    while rest.keyword() != end {
        rest.could_be(end.text());
        let (after, member) = batch_member(rest)?;
        input.push(member);
        rest = after;
        if rest.kind() == TokenKind::Semicolon {
            rest = rest.skip(1);
        } else if input.cx.in_transaction.get() {
            // Only a batch can do without.
            (rest, _) = symbol(TokenKind::Semicolon)(rest)?;
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
