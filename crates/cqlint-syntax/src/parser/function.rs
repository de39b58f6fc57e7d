//! User functions.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::{delimited, preceded};

use super::basic::{comma_list, if_exists, if_not_exists, name, new_column, plain_word, string, symbol, word, words};
use super::call::{function_name, is_function_name};
use super::input::{Parsed, Tokens};
use super::keyspace::definition;
use super::types::data_type;
use crate::ast::{ColumnDefinition, CreateFunction, Definition, Guard, Object, Statement};
use crate::{Dialects, Keyword, List, Meaning, TokenKind};

/// `create_function = "CREATE" [ "OR" "REPLACE" ] "FUNCTION" [ "IF" "NOT" "EXISTS" ] function_name "(" [ arguments ] ")"
/// ( "CALLED" | "RETURNS" "NULL" ) "ON" "NULL" "INPUT" "RETURNS" type [ "DETERMINISTIC" ] [ "MONOTONIC" [ "ON" name ] ]
/// "LANGUAGE" name "AS" STRING`.
pub(super) fn create_function(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, replaced) = or_replace(input.skip(1))?;
    let (rest, _) = word(Keyword::Function)(rest)?;
    let head = input.until(rest);
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, name) = function_name(rest)?;
    let (rest, arguments) =
        delimited(symbol(TokenKind::OpenParen), opt(comma_list(argument)), symbol(TokenKind::CloseParen)).parse(rest)?;
    let arguments = arguments.unwrap_or(List::EMPTY);
    let rest = match rest.keyword() {
        Keyword::Called => rest.skip(1),
        _ => {
            rest.could_be(Keyword::Called.text());
            words([Keyword::Returns, Keyword::Null])(rest)?.0
        }
    };
    let (rest, _) = words([Keyword::On, Keyword::Null, Keyword::Input, Keyword::Returns])(rest)?;
    let (rest, returns) = data_type(rest)?;
    let (rest, deterministic) = promises(rest)?;
    let (rest, _) = word(Keyword::Language)(rest)?;
    let (rest, _) = rest.called("a language", plain_word)?;
    let (rest, _) = preceded(word(Keyword::As), string).parse(rest)?;
    if replaced == Guard::OrReplace && guard == Guard::IfNotExists {
        input.only(Dialects::CASSANDRA | Dialects::DSE, "OR REPLACE with IF NOT EXISTS")?;
    }
    let guard = if replaced == Guard::OrReplace { replaced } else { guard };
    Ok((rest, Statement::CreateFunction(CreateFunction { name, guard, head, deterministic, arguments, returns })))
}

/// `[ "OR" "REPLACE" ]`.
pub(super) fn or_replace(input: Tokens<'_>) -> Parsed<'_, Guard> {
    let (rest, found) = opt(words([Keyword::Or, Keyword::Replace])).parse(input)?;
    Ok((rest, if found.is_some() { Guard::OrReplace } else { Guard::None }))
}

fn argument(input: Tokens<'_>) -> Parsed<'_, ColumnDefinition> {
    let (rest, argument) = input.called("an argument", name)?;
    let (rest, of) = data_type(rest)?;
    Ok((rest, ColumnDefinition { name: argument, of, is_static: false, is_key: false }))
}

/// DSE: `[ "DETERMINISTIC" ] [ "MONOTONIC" [ "ON" name ] ]`.
fn promises(input: Tokens<'_>) -> Parsed<'_, bool> {
    let mut rest = input;
    let deterministic = rest.keyword() == Keyword::Deterministic;
    if deterministic {
        rest.only(Dialects::DSE, "DETERMINISTIC")?;
        rest = rest.skip(1);
    }
    if rest.keyword() == Keyword::Monotonic {
        rest.only(Dialects::DSE, "MONOTONIC")?;
        rest = rest.skip(1);
        if rest.keyword() == Keyword::On {
            (rest, _) = new_column(rest.skip(1))?;
        }
    }
    Ok((rest, deterministic))
}

/// `drop_function = "DROP" "FUNCTION" [ "IF" "EXISTS" ] function_name [ "(" [ types ] ")" ]`.
pub(super) fn drop_function(input: Tokens<'_>) -> Parsed<'_, Statement> {
    drop_routine(input, Object::DropFunction)
}

/// A function or an aggregate to be dropped, perhaps by its signature.
pub(super) fn drop_routine(input: Tokens<'_>, object: Object) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = definition(input, rest, object);
    let (rest, guard) = if_exists(rest)?;
    let (mut rest, name) = function_name(rest)?;
    if rest.kind() == TokenKind::OpenParen {
        (rest, ()) = signature(rest)?;
    } else {
        rest.could_be(TokenKind::OpenParen.text());
    }
    Ok((rest, Statement::Definition(Definition { name: Some(name), guard, ..head })))
}

/// `"(" [ type { "," type } ] ")"`.
pub(super) fn signature(input: Tokens<'_>) -> Parsed<'_, ()> {
    let (rest, _) =
        delimited(symbol(TokenKind::OpenParen), opt(comma_list(argument_type)), symbol(TokenKind::CloseParen)).parse(input)?;
    Ok((rest, ()))
}

fn argument_type(input: Tokens<'_>) -> Parsed<'_, crate::ast::Type> {
    data_type(input)
}

/// A function's name without a keyspace, as SFUNC and FINALFUNC want it.
pub(super) fn bare_function(input: Tokens<'_>) -> Parsed<'_, ()> {
    if is_function_name(input, 0) {
        input.names(Meaning::Function, input.skip(1));
        return Ok((input.skip(1), ()));
    }
    input.mismatch("a function")
}
