//! Statements that ask about the schema and its users, and that annotate it.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::basic::{column, flag, name, qualified_name, role_name, string, symbol, table, word, words};
use super::call::function_name;
use super::input::{Parsed, Tokens};
use super::keyspace::definition;
use super::role::{permissions, resource, service_level_name};
use super::types::{no_kept_type, type_name};
use super::using::service_level_words;
use crate::ast::{Object, Statement};
use crate::{Dialects, Keyword, TokenKind};

/// `describe_statement = ( "DESCRIBE" | "DESC" ) … [ "WITH" "INTERNALS" [ "AND" "PASSWORDS" ] ]`.
pub(super) fn describe_statement(input: Tokens<'_>) -> Parsed<'_, Statement> {
    input.only(Dialects::SINCE_4_0 | Dialects::SCYLLA, "DESCRIBE as a statement")?;
    let object = input.skip(1);
    let inner = object.skip(1);
    // TYPE, FUNCTION and AGGREGATE are free as names of keyspaces and tables.
    let named = !matches!(inner.kind(), TokenKind::End | TokenKind::Semicolon | TokenKind::Dot) && inner.keyword() != Keyword::With;
    let rest = match object.keyword() {
        Keyword::Full => word(Keyword::Schema)(inner)?.0,
        Keyword::Only if inner.keyword() == Keyword::Keyspace => preceded(word(Keyword::Keyspace), opt(name)).parse(inner)?.0,
        Keyword::Keyspace => opt(name).parse(inner)?.0,
        Keyword::Table | Keyword::Columnfamily => table(inner)?.0,
        Keyword::Index => qualified_name(inner)?.0,
        Keyword::Materialized => preceded(word(Keyword::View), table).parse(inner)?.0,
        Keyword::Type if named => type_name(inner)?.0,
        Keyword::Function | Keyword::Aggregate if named => function_name(inner)?.0,
        Keyword::Schema
        | Keyword::Cluster
        | Keyword::Keyspaces
        | Keyword::Tables
        | Keyword::Types
        | Keyword::Functions
        | Keyword::Aggregates => inner,
        // To ScyllaDB it is a name.
        Keyword::Columnfamilies if !input.cx.dialects.meets(Dialects::SCYLLA) => inner,
        _ => object.called("what to describe", qualified_name)?.0,
    };
    let (rest, internals) = flag(words([Keyword::With, Keyword::Internals]))(rest)?;
    let rest = if internals && rest.keyword() == Keyword::And {
        rest.only(Dialects::SCYLLA, "WITH INTERNALS AND PASSWORDS")?;
        words([Keyword::And, Keyword::Passwords])(rest)?.0
    } else {
        rest
    };
    Ok((rest, Statement::Describe(input.until(rest))))
}

/// `list_statement = "LIST" ( "ROLES" | "USERS" | "SUPERUSERS" | permissions … | service levels )`.
pub(super) fn list_statement(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let object = input.skip(1);
    let rest = match object.keyword() {
        Keyword::Users => object.skip(1),
        Keyword::Superusers => {
            object.only(Dialects::CASSANDRA_TRUNK, "LIST SUPERUSERS")?;
            object.skip(1)
        }
        Keyword::Roles => {
            let (rest, _) = opt(preceded(word(Keyword::Of), role_name)).parse(object.skip(1))?;
            flag(word(Keyword::Norecursive))(rest)?.0
        }
        Keyword::Service | Keyword::ServiceLevel => {
            object.only(Dialects::SCYLLA, "a service level")?;
            preceded(service_level_words, service_level_name).parse(object)?.0
        }
        Keyword::Attached | Keyword::Effective => {
            object.only(Dialects::SCYLLA, "a service level")?;
            let (rest, ()) = service_level_words(object.skip(1))?;
            preceded(word(Keyword::Of), service_level_name).parse(rest)?.0
        }
        Keyword::All if is_service_levels(object.skip(1)) => service_levels(object.skip(1))?.0,
        Keyword::All if object.peek(1).keyword == Keyword::Attached => service_levels(object.skip(2))?.0,
        _ => {
            for keyword in [Keyword::Roles, Keyword::Users] {
                object.could_be(keyword.text());
            }
            let (rest, ()) = permissions(object)?;
            let (rest, _) = opt(preceded(word(Keyword::On), resource)).parse(rest)?;
            let (rest, _) = opt(preceded(word(Keyword::Of), role_name)).parse(rest)?;
            flag(word(Keyword::Norecursive))(rest)?.0
        }
    };
    Ok((rest, Statement::List(input.until(rest))))
}

fn is_service_levels(input: Tokens<'_>) -> bool {
    matches!(input.keyword(), Keyword::ServiceLevels | Keyword::Service)
}

/// `"SERVICE_LEVELS" | "SERVICE" "LEVELS"`.
fn service_levels(input: Tokens<'_>) -> Parsed<'_, ()> {
    input.only(Dialects::SCYLLA, "a service level")?;
    let rest = match input.keyword() {
        Keyword::ServiceLevels => input.skip(1),
        _ => words([Keyword::Service, Keyword::Levels])(input)?.0,
    };
    Ok((rest, ()))
}

/// `comment = "COMMENT" "ON" annotated "IS" ( STRING | "NULL" )`.
pub(super) fn comment(input: Tokens<'_>) -> Parsed<'_, Statement> {
    input.only(Dialects::CASSANDRA_TRUNK, "COMMENT ON")?;
    let (rest, _) = words([Keyword::Comment, Keyword::On])(input)?;
    let head = definition(input, rest, Object::Comment);
    let (rest, ()) = annotated(rest)?;
    Ok((rest, Statement::Definition(head)))
}

/// `security_label = "SECURITY" "LABEL" [ "FOR" name ] "ON" annotated "IS" ( STRING | "NULL" )`.
pub(super) fn security_label(input: Tokens<'_>) -> Parsed<'_, Statement> {
    input.only(Dialects::CASSANDRA_TRUNK, "SECURITY LABEL")?;
    let (rest, _) = words([Keyword::Security, Keyword::Label])(input)?;
    let (rest, _) = opt(preceded(word(Keyword::For), name)).parse(rest)?;
    let (rest, _) = word(Keyword::On)(rest)?;
    let head = definition(input, rest, Object::SecurityLabel);
    let (rest, ()) = annotated(rest)?;
    Ok((rest, Statement::Definition(head)))
}

/// `annotated = ( "KEYSPACE" | "TABLE" | "TYPE" | "COLUMN" | "FIELD" ) name { "." name } "IS" ( STRING | "NULL" )`.
fn annotated(input: Tokens<'_>) -> Parsed<'_, ()> {
    let known = [Keyword::Keyspace, Keyword::Table, Keyword::Columnfamily, Keyword::Type, Keyword::Column, Keyword::Field];
    if !known.contains(&input.keyword()) {
        for keyword in [Keyword::Keyspace, Keyword::Table, Keyword::Type, Keyword::Column] {
            input.could_be(keyword.text());
        }
        return input.mismatch(Keyword::Field.text());
    }
    // A column and a field stand behind what they belong to.
    let (least, most) = match input.keyword() {
        Keyword::Keyspace => (1, 1),
        Keyword::Column | Keyword::Field => (2, 3),
        _ => (1, 2),
    };
    let (mut rest, _) = name(input.skip(1))?;
    for names in 1..most {
        if names >= least && rest.kind() != TokenKind::Dot {
            break;
        }
        let last = if input.keyword() == Keyword::Column && rest.peek(2).kind != TokenKind::Dot { column } else { name };
        (rest, _) = preceded(symbol(TokenKind::Dot), last).parse(rest)?;
    }
    match input.keyword() {
        Keyword::Type => _ = no_kept_type(input.skip(rest.at - input.at - 1))?,
        Keyword::Field => _ = no_kept_type(input.skip(rest.at - input.at - 3))?,
        _ => {}
    }
    let (rest, _) = word(Keyword::Is)(rest)?;
    let rest = if rest.keyword() == Keyword::Null { rest.skip(1) } else { string(rest)?.0 };
    Ok((rest, ()))
}
