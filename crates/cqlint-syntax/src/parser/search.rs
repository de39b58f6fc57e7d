//! DSE's search indexes.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::basic::{and_list, comma_list, if_not_exists, is_name, name, string, symbol, table, word, words};
use super::input::{Parsed, Tokens};
use super::keyspace::definition;
use super::using::constant;
use crate::ast::{Definition, Guard, Name, Object, Statement};
use crate::{Dialects, Keyword, TokenKind};

/// `( "CREATE" | "ALTER" | "DROP" | "RELOAD" | "COMMIT" | "REBUILD" ) "SEARCH" "INDEX" … "ON" table …`.
pub(super) fn search_index(input: Tokens<'_>) -> Parsed<'_, Statement> {
    input.only(Dialects::DSE, "a search index")?;
    let (rest, _) = words([Keyword::Search, Keyword::Index])(input.skip(1))?;
    let verb = input.keyword();
    let object = match verb {
        Keyword::Create => Object::CreateSearchIndex,
        Keyword::Drop => Object::DropSearchIndex,
        Keyword::Alter => Object::AlterSearchIndex,
        _ => Object::ManageSearchIndex,
    };
    let head = definition(input, rest, object);
    let (rest, guard) = if verb == Keyword::Create { if_not_exists(rest)? } else { (rest, Guard::None) };
    let rest = match (verb, rest.keyword()) {
        (Keyword::Alter, Keyword::Schema) => rest.skip(1),
        (Keyword::Alter, _) => {
            rest.could_be(Keyword::Schema.text());
            word(Keyword::Config)(rest)?.0
        }
        _ => rest,
    };
    let (rest, name) = preceded(word(Keyword::On), table).parse(rest)?;
    let rest = match verb {
        Keyword::Create => opt(preceded(word(Keyword::With), and_list(option))).parse(rest)?.0,
        Keyword::Alter => change(rest)?.0,
        Keyword::Drop | Keyword::Rebuild => opt(preceded(words([Keyword::With, Keyword::Options]), map)).parse(rest)?.0,
        _ => rest,
    };
    Ok((rest, Statement::Definition(Definition { name: Some(name), guard, ..head })))
}

/// `option = "COLUMNS" columns | "PROFILES" names | ( "CONFIG" | "OPTIONS" ) map`.
fn option(input: Tokens<'_>) -> Parsed<'_, Name> {
    let option = Name { span: input.span() };
    let inner = input.skip(1);
    let rest = match input.keyword() {
        Keyword::Columns => comma_list(column)(inner)?.0,
        Keyword::Profiles => comma_list(name)(inner)?.0,
        Keyword::Config | Keyword::Options => map(inner)?.0,
        _ => {
            for keyword in [Keyword::Columns, Keyword::Profiles, Keyword::Config] {
                input.could_be(keyword.text());
            }
            return input.mismatch(Keyword::Options.text());
        }
    };
    Ok((rest, option))
}

fn column(input: Tokens<'_>) -> Parsed<'_, Name> {
    let column = Name { span: input.span() };
    let rest = if input.kind() == TokenKind::Star { input.skip(1) } else { name(input)?.0 };
    let rest = if rest.kind() == TokenKind::OpenBrace { map(rest)?.0 } else { rest };
    Ok((rest, column))
}

/// `map = "{" ( name | STRING ) ":" literal { "," … } "}"`.
fn map(input: Tokens<'_>) -> Parsed<'_, ()> {
    let (rest, _) = symbol(TokenKind::OpenBrace)(input)?;
    let (rest, _) = comma_list(entry)(rest)?;
    let (rest, _) = symbol(TokenKind::CloseBrace)(rest)?;
    Ok((rest, ()))
}

fn entry(input: Tokens<'_>) -> Parsed<'_, Name> {
    let key = Name { span: input.span() };
    let rest = if input.kind() == TokenKind::String { input.skip(1) } else { name(input)?.0 };
    let (rest, _) = preceded(symbol(TokenKind::Colon), constant).parse(rest)?;
    Ok((rest, key))
}

/// `change = "ADD" ( "FIELD" name | path [ "WITH" STRING ] ) | "SET" path "=" literal | "DROP" ( "FIELD" name | path )`.
fn change(input: Tokens<'_>) -> Parsed<'_, ()> {
    let inner = input.skip(1);
    let rest = match input.keyword() {
        Keyword::Add | Keyword::Drop if inner.keyword() == Keyword::Field && is_name(inner, 1) => name(inner.skip(1))?.0,
        Keyword::Add => {
            let (rest, ()) = path(inner)?;
            opt(preceded(word(Keyword::With), string)).parse(rest)?.0
        }
        Keyword::Drop => path(inner)?.0,
        _ => {
            input.could_be(Keyword::Add.text());
            input.could_be(Keyword::Drop.text());
            let (rest, ()) = preceded(word(Keyword::Set), path).parse(input)?;
            preceded(symbol(TokenKind::Equal), constant).parse(rest)?.0
        }
    };
    Ok((rest, ()))
}

/// `path = name { "." name } [ "[" "@" name "=" STRING { "," "@" name "=" STRING } "]" ] [ "@" name ]`.
fn path(input: Tokens<'_>) -> Parsed<'_, ()> {
    let (mut rest, _) = name(input)?;
    while rest.kind() == TokenKind::Dot {
        (rest, _) = name(rest.skip(1))?;
    }
    if rest.kind() == TokenKind::OpenBracket {
        (rest, _) = comma_list(attribute)(rest.skip(1))?;
        (rest, _) = symbol(TokenKind::CloseBracket)(rest)?;
    }
    if rest.kind() == TokenKind::At {
        (rest, _) = name(rest.skip(1))?;
    }
    Ok((rest, ()))
}

fn attribute(input: Tokens<'_>) -> Parsed<'_, Name> {
    let (rest, attribute) = preceded(symbol(TokenKind::At), name).parse(input)?;
    let (rest, _) = preceded(symbol(TokenKind::Equal), string).parse(rest)?;
    Ok((rest, attribute))
}
