//! SELECT, and ScyllaDB's PRUNE MATERIALIZED VIEW.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::{delimited, preceded};

use super::basic::{column, comma_list, is_name, name, symbol, table, word, words};
use super::call::{is_call, scoring_call};
use super::input::{Parsed, Tokens};
use super::relation::where_clause;
use super::term::{int_value, is_slice, selector, term};
use super::using::{using, with_properties};
use crate::ast::{Ordering, QualifiedName, Select, Selector, Statement, Term, TermKind};
use crate::{Dialects, Keyword, List, TokenKind};

/// `select_statement = "SELECT" [ "JSON" ] [ "DISTINCT" ] selectors [ "FROM" table ] …`.
pub(crate) fn select_statement(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, select) = select(input)?;
    Ok((rest, Statement::Select(select)))
}

pub(crate) fn select(input: Tokens<'_>) -> Parsed<'_, Select> {
    let (rest, _) = word(Keyword::Select)(input)?;
    let (rest, json) = modifier(rest, Keyword::Json)?;
    let (rest, distinct) = modifier(rest, Keyword::Distinct)?;
    selected(input, rest, json, distinct)
}

/// What stands behind SELECT and its modifiers.
pub(super) fn selected<'t>(input: Tokens<'t>, rest: Tokens<'t>, json: bool, distinct: bool) -> Parsed<'t, Select> {
    // Without FROM there is nothing to be distinct: `SELECT distinct(a)` calls a function.
    let may_be_name = matches!(rest.kind(), TokenKind::OpenParen | TokenKind::OpenBracket);
    let (rest, selectors) = view_selectors(rest)?;
    let (rest, table) = match rest.keyword() {
        Keyword::From => from(rest.skip(1)).map(|(rest, table)| (rest, Some(table)))?,
        _ => {
            // ScyllaDB alone selects from nothing.
            rest.could_be(Keyword::From.text());
            let ends = matches!(rest.kind(), TokenKind::End | TokenKind::Semicolon) || is_clause(rest);
            if !ends || distinct && !may_be_name || !input.cx.dialects.meets(Dialects::SCYLLA) {
                return rest.mismatch(Keyword::From.text());
            }
            (rest, None)
        }
    };
    let (rest, relations) = match rest.keyword() {
        Keyword::Where => where_clause(rest)?,
        _ => {
            rest.could_be(Keyword::Where.text());
            (rest, List::EMPTY)
        }
    };
    let (rest, group_by) = match opt(words([Keyword::Group, Keyword::By])).parse(rest)? {
        (rest, Some(_)) => comma_list(grouping)(rest)?,
        (rest, None) => (rest, List::EMPTY),
    };
    let (rest, order_by) = match opt(words([Keyword::Order, Keyword::By])).parse(rest)? {
        (rest, Some(_)) => comma_list(ordering)(rest)?,
        (rest, None) => (rest, List::EMPTY),
    };
    let per_partition = words([Keyword::Per, Keyword::Partition, Keyword::Limit]);
    let (rest, per_partition_limit) = opt(preceded(per_partition, int_value)).parse(rest)?;
    let (rest, limit) = match rest.keyword() {
        Keyword::Limit => int_value(rest.skip(1)).map(|(rest, limit)| (rest, Some(limit)))?,
        _ => {
            rest.could_be(Keyword::Limit.text());
            (rest, None)
        }
    };
    let (rest, allow_filtering) = opt(words([Keyword::Allow, Keyword::Filtering])).parse(rest)?;
    let rest = endings(rest)?;
    let select = Select {
        json,
        distinct,
        selectors,
        table,
        relations,
        group_by,
        order_by,
        per_partition_limit: per_partition_limit.map(|limit| input.add(limit)),
        limit: limit.map(|limit| input.add(limit)),
        allow_filtering,
    };
    Ok((rest, select))
}

/// `[ "BYPASS" "CACHE" ] [ using_clause ]` of ScyllaDB, `[ with_clause ]` of Cassandra after 5.0.
fn endings(input: Tokens<'_>) -> Result<Tokens<'_>, nom::Err<super::input::Mismatch>> {
    let mut rest = input;
    if rest.keyword() == Keyword::Bypass {
        rest.only(Dialects::SCYLLA, "BYPASS CACHE")?;
        (rest, _) = words([Keyword::Bypass, Keyword::Cache])(rest)?;
    }
    if rest.keyword() == Keyword::With {
        rest.only(Dialects::CASSANDRA_TRUNK, "SELECT … WITH")?;
        (rest, _) = with_properties(rest)?;
    }
    (rest, _) = using(&[Keyword::Timeout, Keyword::Service, Keyword::ServiceLevel])(rest)?;
    Ok(rest)
}

/// One column of GROUP BY, or since 4.1 an expression.
fn grouping(input: Tokens<'_>) -> Parsed<'_, Term> {
    if input.kind() == TokenKind::EmptyName {
        input.only(Dialects::SINCE_4_1.union(Dialects::SCYLLA).others(), "an empty name in GROUP BY")?;
        let (rest, column) = column(input)?;
        return Ok((rest, Term { span: column.span, kind: TermKind::Column(column) }));
    }
    let (rest, by) = selector(input)?;
    if !matches!(by.kind, TermKind::Column(_)) {
        input.only(Dialects::SINCE_4_1 | Dialects::DSE, "an expression in GROUP BY")?;
    }
    Ok((rest, by))
}

/// JSON and DISTINCT are free as names: they are modifiers only when a selector follows.
fn modifier(input: Tokens<'_>, keyword: Keyword) -> Parsed<'_, bool> {
    if input.keyword() != keyword {
        return Ok((input, false));
    }
    let next = input.peek(1);
    let follows = match next.kind {
        TokenKind::Comma
        | TokenKind::Dot
        | TokenKind::Plus
        | TokenKind::Slash
        | TokenKind::Percent
        | TokenKind::End
        | TokenKind::Semicolon => false,
        TokenKind::Star => {
            let behind = input.skip(2);
            let ends = matches!(behind.kind(), TokenKind::End | TokenKind::Semicolon | TokenKind::Comma);
            if !ends && behind.keyword() != Keyword::From && !is_clause(behind) {
                let all = input.until(behind);
                return input.fail(all, "everything is selected here, nothing multiplied", Some("quote the name of the column"));
            }
            true
        }
        // `SELECT JSON [a, b] FROM` selects a list, `SELECT json[1..2] FROM` a part of a column.
        TokenKind::OpenBracket => !is_slice(input.skip(1)),
        TokenKind::OpenParen => input.peek(2).kind != TokenKind::CloseParen,
        // `SELECT json AS j FROM` renames, `SELECT DISTINCT as FROM` has a column of that name.
        TokenKind::Word if next.keyword == Keyword::As => {
            let behind = input.skip(3);
            let ends = matches!(behind.kind(), TokenKind::Comma | TokenKind::End | TokenKind::Semicolon);
            !(is_name(input, 2) && (ends || behind.keyword() == Keyword::From || is_clause(behind)))
        }
        TokenKind::Word => next.keyword != Keyword::From && !is_clause(input.skip(1)),
        _ => true,
    };
    Ok((if follows { input.skip(1) } else { input }, follows))
}

/// Whether a clause begins here that may follow what is selected; some of these words are free as names.
pub(super) fn is_clause(input: Tokens<'_>) -> bool {
    match input.keyword() {
        Keyword::Where | Keyword::Order | Keyword::Limit | Keyword::Allow | Keyword::Using | Keyword::With => true,
        Keyword::Group => input.peek(1).keyword == Keyword::By,
        Keyword::Per => input.peek(1).keyword == Keyword::Partition,
        Keyword::Bypass => input.peek(1).keyword == Keyword::Cache,
        _ => false,
    }
}

/// `selectors = "*" | selector [ "AS" name ] { "," … }`; empty for `*`.
pub(super) fn view_selectors(input: Tokens<'_>) -> Parsed<'_, List<Selector>> {
    match input.kind() {
        TokenKind::Star => Ok((input.skip(1), List::EMPTY)),
        _ => comma_list(aliased)(input),
    }
}

fn aliased(input: Tokens<'_>) -> Parsed<'_, Selector> {
    let (rest, term) = selector(input)?;
    if rest.keyword() != Keyword::As {
        rest.could_be(Keyword::As.text());
        return Ok((rest, Selector { term, alias: None }));
    }
    let (rest, alias) = name(rest.skip(1))?;
    Ok((rest, Selector { term, alias: Some(alias) }))
}

/// `table | "MUTATION_FRAGMENTS" "(" table ")"`.
fn from(input: Tokens<'_>) -> Parsed<'_, QualifiedName> {
    if input.keyword() == Keyword::MutationFragments && input.peek(1).kind == TokenKind::OpenParen {
        input.only(Dialects::SCYLLA, "MUTATION_FRAGMENTS")?;
        return delimited(symbol(TokenKind::OpenParen), table, symbol(TokenKind::CloseParen)).parse(input.skip(1));
    }
    table(input)
}

/// `ordering = column [ "ANN" "OF" term ] [ "ASC" | "DESC" ]`; in ScyllaDB also a scoring function.
fn ordering(input: Tokens<'_>) -> Parsed<'_, Ordering> {
    if is_call(input) {
        input.only(Dialects::SCYLLA, "a function in ORDER BY")?;
        let (rest, by) = scoring_call(input)?;
        return Ok((rest, Ordering { by, ann_of: None, descending: false }));
    }
    let (rest, column) = column(input)?;
    let by = Term { span: column.span, kind: TermKind::Column(column) };
    let (rest, ann_of) = opt(preceded(words([Keyword::Ann, Keyword::Of]), term)).parse(rest)?;
    if ann_of.is_some() {
        input.only(Dialects::SINCE_5_0 | Dialects::SCYLLA | Dialects::DSE, "ANN OF")?;
    }
    let descending = rest.keyword() == Keyword::Desc;
    let rest = match rest.keyword() {
        Keyword::Asc | Keyword::Desc => rest.skip(1),
        _ => {
            rest.could_be(Keyword::Asc.text());
            rest.could_be(Keyword::Desc.text());
            rest
        }
    };
    Ok((rest, Ordering { by, ann_of: ann_of.map(|vector| input.add(vector)), descending }))
}

/// `prune_view = "PRUNE" "MATERIALIZED" "VIEW" table [ where_clause ] [ using_clause ]`.
pub(crate) fn prune_view(input: Tokens<'_>) -> Parsed<'_, Statement> {
    input.only(Dialects::SCYLLA, "PRUNE MATERIALIZED VIEW")?;
    let (rest, _) = words([Keyword::Prune, Keyword::Materialized, Keyword::View])(input)?;
    let (rest, view) = table(rest)?;
    let (rest, _) = opt(where_clause).parse(rest)?;
    let (rest, _) = using(&[Keyword::Timeout, Keyword::Concurrency])(rest)?;
    Ok((rest, Statement::PruneView(view)))
}
