//! UPDATE.

use super::basic::{column, comma_list, is_name, name, symbol, table, word};
use super::call::is_call;
use super::input::{Parsed, Tokens};
use super::relation::{condition, where_clause};
use super::term::term;
use super::transaction::term_or_row;
use super::using::using;
use crate::ast::{Assignment, AssignmentKind, Literal, Name, Target, Term, TermKind, Update};
use crate::{Dialects, Keyword, Meaning, TokenKind};

/// `update_statement = "UPDATE" table [ using_clause ] "SET" assignment { "," assignment } where_clause [ condition ]`.
pub(crate) fn update_statement(input: Tokens<'_>) -> Parsed<'_, Update> {
    let (rest, _) = word(Keyword::Update)(input)?;
    let (rest, table) = table(rest)?;
    let (rest, using) = using(&[Keyword::Timestamp, Keyword::Ttl, Keyword::Timeout])(rest)?;
    let (rest, _) = word(Keyword::Set)(rest)?;
    let (rest, assignments) = comma_list(assignment)(rest)?;
    let (rest, relations) = where_clause(rest)?;
    let (rest, condition) = condition(rest)?;
    Ok((rest, Update { table, using, assignments, relations, condition }))
}

/// `assignment = column "=" value | column ( "+=" | "-=" ) term | column "[" term "]" "=" term | column "." name "=" term`.
fn assignment(input: Tokens<'_>) -> Parsed<'_, Assignment> {
    let (rest, column) = column(input)?;
    let (rest, target, kind, value) = match rest.kind() {
        TokenKind::Equal => {
            let (rest, kind, value) = whole(rest.skip(1), column).map(|(rest, (kind, value))| (rest, kind, value))?;
            (rest, Target::Column, kind, value)
        }
        TokenKind::PlusEqual | TokenKind::MinusEqual => {
            rest.only(Dialects::SINCE_4_0 | Dialects::CASSANDRA_3_11 | Dialects::DSE, "`+=` and `-=`")?;
            let kind = if rest.kind() == TokenKind::PlusEqual { AssignmentKind::Add } else { AssignmentKind::Subtract };
            let (rest, value) = term_or_row(rest.skip(1))?;
            (rest, Target::Column, kind, value)
        }
        TokenKind::OpenBracket => {
            let (rest, target) = element(rest)?;
            let (rest, value) = set_to(rest)?;
            (rest, target, AssignmentKind::Set, value)
        }
        TokenKind::Dot => {
            let (after, field) = name(rest.skip(1))?;
            rest.names(Meaning::Field, after);
            let (rest, value) = set_to(after)?;
            (rest, Target::Field(field), AssignmentKind::Set, value)
        }
        _ => {
            for kind in [TokenKind::PlusEqual, TokenKind::MinusEqual, TokenKind::OpenBracket, TokenKind::Dot] {
                rest.could_be(kind.text());
            }
            return rest.mismatch(TokenKind::Equal.text());
        }
    };
    Ok((rest, Assignment { span: input.until(rest), column, target, kind, value }))
}

fn set_to(input: Tokens<'_>) -> Parsed<'_, Term> {
    let (rest, _) = symbol(TokenKind::Equal)(input)?;
    term_or_row(rest)
}

/// `"[" term "]" | "[" "SCYLLA_TIMEUUID_LIST_INDEX" "(" term ")" "]"`.
pub(super) fn element(input: Tokens<'_>) -> Parsed<'_, Target> {
    let inner = input.skip(1);
    if inner.keyword() == Keyword::ScyllaTimeuuidListIndex
        && let Ok((rest, index)) = of_scylla(inner)
        && rest.kind() == TokenKind::CloseBracket
    {
        return Ok((rest.skip(1), Target::TimeuuidIndex(input.add(index))));
    }
    let (rest, index) = term(inner)?;
    let (rest, _) = symbol(TokenKind::CloseBracket)(rest)?;
    Ok((rest, Target::Element(input.add(index))))
}

/// Behind `column =`: `term [ "+" column ] | column ( "+" | "-" ) term | column INTEGER`.
fn whole<'t>(input: Tokens<'t>, target: Name) -> Parsed<'t, (AssignmentKind, Term)> {
    let in_transaction = input.cx.in_transaction.get();
    if (is_name(input, 0) || input.kind() == TokenKind::EmptyName) && !is_call(input) {
        let own = Name { span: input.span() };
        input.names(Meaning::Column, input.skip(1));
        let next = input.peek(1);
        let kind = match next.kind {
            TokenKind::Plus => Some(AssignmentKind::Add),
            TokenKind::Minus => Some(AssignmentKind::Subtract),
            // `c = c -1` is a name and a negative number, which is added; `c = c 1` passes with it.
            TokenKind::Integer => None,
            _ if in_transaction => return term_or_row(input).map(|(rest, value)| (rest, (AssignmentKind::Set, value))),
            _ => return bare_name(input),
        };
        if !own.same(target, input.cx.text) {
            let message = "only the column itself can stand before the operator here";
            let help = "write `c = c + value`, `c = c - value` or `c = value + c`";
            return input.fail(own.span, message, Some(help));
        }
        let Some(kind) = kind else {
            let value = Term { span: next.span, kind: TermKind::Literal(Literal::Integer) };
            return Ok((input.skip(2), (AssignmentKind::Add, value)));
        };
        let (rest, value) = term(input.skip(2))?;
        return Ok((rest, (kind, value)));
    }
    if input.keyword() == Keyword::ScyllaCounterShardList
        && let Ok((rest, value)) = of_scylla(input)
        && (rest.kind() == TokenKind::Comma || rest.keyword() == Keyword::Where)
    {
        return Ok((rest, (AssignmentKind::CounterShards, value)));
    }
    let (rest, value) = term(input)?;
    if rest.kind() != TokenKind::Plus {
        rest.could_be(TokenKind::Plus.text());
        return Ok((rest, (AssignmentKind::Set, value)));
    }
    let (after, own) = column(rest.skip(1))?;
    if !own.same(target, input.cx.text) {
        let message = "only the column itself can stand behind `+` here";
        return input.fail(own.span, message, Some("write `c = value + c`"));
    }
    Ok((after, (AssignmentKind::Prepend, value)))
}

/// A column where only a value may stand.
fn bare_name<'t, T>(input: Tokens<'t>) -> Parsed<'t, T> {
    let help = match input.kind() {
        TokenKind::QuotedName => "double quotes make a name; a string stands in single quotes",
        _ => "write a literal, a bind marker or a function; the column itself only with `+` or `-`",
    };
    input.fail(input.span(), "a column is no value here", Some(help))
}

/// `( "SCYLLA_COUNTER_SHARD_LIST" | "SCYLLA_TIMEUUID_LIST_INDEX" ) "(" term ")"`; to Cassandra these are functions.
fn of_scylla(input: Tokens<'_>) -> Parsed<'_, Term> {
    if !input.cx.dialects.meets(Dialects::SCYLLA) {
        return input.mismatch("a value");
    }
    let (rest, _) = symbol(TokenKind::OpenParen)(input.skip(1))?;
    input.names(Meaning::Function, input.skip(1));
    let (rest, value) = term(rest)?;
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    Ok((rest, value))
}
