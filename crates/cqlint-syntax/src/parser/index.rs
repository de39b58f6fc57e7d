//! Indexes, materialized views and triggers.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::{delimited, preceded};

use super::basic::{
    alter_if_exists, column, comma_list, flag, if_exists, if_not_exists, name, parenthesised, qualified_name, string, symbol,
    table, word, words,
};
use super::input::{Parsed, Tokens};
use super::keyspace::definition;
use super::relation::where_clause;
use super::select::view_selectors;
use super::table::{only_properties, primary_key, with_table_properties};
use super::using::with_properties;
use crate::ast::{Definition, Name, Object, Property, QualifiedName, Statement};
use crate::{Dialects, Keyword, TokenKind};

/// `create_index = "CREATE" [ "CUSTOM" ] "INDEX" [ "IF" "NOT" "EXISTS" ] [ name ] "ON" table "(" [ targets ] ")"
/// [ "USING" STRING ] [ "WITH" properties ]`.
pub(super) fn create_index(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, _) = flag(word(Keyword::Custom))(input.skip(1))?;
    let (rest, _) = word(Keyword::Index)(rest)?;
    let head = definition(input, rest, Object::CreateIndex);
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, index) = opt(name).parse(rest)?;
    let (rest, _) = preceded(word(Keyword::On), table).parse(rest)?;
    let (rest, _) =
        delimited(symbol(TokenKind::OpenParen), opt(comma_list(index_target)), symbol(TokenKind::CloseParen)).parse(rest)?;
    let (rest, _) = opt(preceded(word(Keyword::Using), string)).parse(rest)?;
    let (rest, _) = if input.cx.dialects.meets(Dialects::SCYLLA) { with_table_properties(rest)? } else { with_properties(rest)? };
    let name = index.map(|name| QualifiedName { keyspace: None, name });
    Ok((rest, Statement::Definition(Definition { name, guard, ..head })))
}

/// `index_target = column | ( "VALUES" | "KEYS" | "ENTRIES" | "FULL" ) "(" column ")" | "(" columns ")"`.
fn index_target(input: Tokens<'_>) -> Parsed<'_, Name> {
    let part = Name { span: input.span() };
    if input.kind() == TokenKind::OpenParen {
        input.only(Dialects::SCYLLA, "an index on several columns")?;
        return parenthesised(column)(input).map(|(rest, _)| (rest, part));
    }
    let wrapped = matches!(input.keyword(), Keyword::Values | Keyword::Keys | Keyword::Entries | Keyword::Full);
    if wrapped && input.peek(1).kind == TokenKind::OpenParen {
        return delimited(symbol(TokenKind::OpenParen), column, symbol(TokenKind::CloseParen)).parse(input.skip(1));
    }
    column(input)
}

/// `drop_index = "DROP" "INDEX" [ "IF" "EXISTS" ] qualified_name`.
pub(super) fn drop_index(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = definition(input, rest, Object::DropIndex);
    let (rest, guard) = if_exists(rest)?;
    let (rest, name) = rest.called("an index", qualified_name)?;
    Ok((rest, Statement::Definition(Definition { name: Some(name), guard, ..head })))
}

/// `create_view = "CREATE" "MATERIALIZED" "VIEW" [ "IF" "NOT" "EXISTS" ] table "AS" "SELECT" selectors "FROM" table
/// [ where_clause ] primary_key [ "WITH" … ]`.
pub(super) fn create_view(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, _) = words([Keyword::Materialized, Keyword::View])(input.skip(1))?;
    let head = definition(input, rest, Object::CreateView);
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, view) = rest.called("a view", qualified_name)?;
    let (rest, _) = words([Keyword::As, Keyword::Select])(rest)?;
    let (rest, _) = view_selectors(rest)?;
    let (rest, _) = preceded(word(Keyword::From), table).parse(rest)?;
    let (rest, _) = opt(where_clause).parse(rest)?;
    let (rest, _) = primary_key(rest, key_column)?;
    let options = rest;
    let (rest, properties) = with_table_properties(rest)?;
    let is_compact = |property: &Property| {
        let first = property.span.text(input.cx.text).get(..Keyword::Compact.text().len());
        property.name.is_none() && first.is_some_and(|first| first.eq_ignore_ascii_case(Keyword::Compact.text()))
    };
    if input.with_list(properties, |properties| properties.iter().any(is_compact)) {
        options.only(Dialects::CASSANDRA_3_11 | Dialects::SCYLLA, "a view with COMPACT STORAGE")?;
    }
    Ok((rest, Statement::Definition(Definition { name: Some(view), guard, ..head })))
}

/// A column of a view's key, which may have the empty name in 3.11.
fn key_column(input: Tokens<'_>) -> Parsed<'_, Name> {
    if input.kind() == TokenKind::EmptyName {
        input.only(Dialects::CASSANDRA_3_11, "an empty name in the key of a view")?;
    }
    input.called("a column", column)
}

/// `alter_view = "ALTER" "MATERIALIZED" "VIEW" [ "IF" "EXISTS" ] table "WITH" properties`.
pub(super) fn alter_view(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, _) = words([Keyword::Materialized, Keyword::View])(input.skip(1))?;
    let head = definition(input, rest, Object::AlterView);
    let (rest, guard) = alter_if_exists(rest)?;
    let (rest, view) = rest.called("a view", qualified_name)?;
    let (rest, _) = only_properties(rest)?;
    Ok((rest, Statement::Definition(Definition { name: Some(view), guard, ..head })))
}

/// `drop_view = "DROP" "MATERIALIZED" "VIEW" [ "IF" "EXISTS" ] table`.
pub(super) fn drop_view(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, _) = words([Keyword::Materialized, Keyword::View])(input.skip(1))?;
    let head = definition(input, rest, Object::DropView);
    let (rest, guard) = if_exists(rest)?;
    let (rest, view) = rest.called("a view", qualified_name)?;
    Ok((rest, Statement::Definition(Definition { name: Some(view), guard, ..head })))
}

/// `create_trigger = "CREATE" "TRIGGER" [ "IF" "NOT" "EXISTS" ] name "ON" table "USING" STRING`.
pub(super) fn create_trigger(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    input.only(Dialects::CASSANDRA | Dialects::DSE, "a trigger")?;
    let head = definition(input, rest, Object::CreateTrigger);
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, trigger) = rest.called("a trigger", name)?;
    let (rest, _) = preceded(word(Keyword::On), table).parse(rest)?;
    let (rest, _) = preceded(word(Keyword::Using), string).parse(rest)?;
    let name = Some(QualifiedName { keyspace: None, name: trigger });
    Ok((rest, Statement::Definition(Definition { name, guard, ..head })))
}

/// `drop_trigger = "DROP" "TRIGGER" [ "IF" "EXISTS" ] name "ON" table`.
pub(super) fn drop_trigger(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    input.only(Dialects::CASSANDRA | Dialects::DSE, "a trigger")?;
    let head = definition(input, rest, Object::DropTrigger);
    let (rest, guard) = if_exists(rest)?;
    let (rest, trigger) = rest.called("a trigger", name)?;
    let (rest, _) = preceded(word(Keyword::On), table).parse(rest)?;
    let name = Some(QualifiedName { keyspace: None, name: trigger });
    Ok((rest, Statement::Definition(Definition { name, guard, ..head })))
}
