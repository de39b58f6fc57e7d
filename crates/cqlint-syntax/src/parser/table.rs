//! Tables.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::{pair, preceded};

use super::basic::{
    alter_if_exists, alter_if_not_exists, and_list, column, comma_list, flag, if_exists, if_not_exists, name, new_column,
    parenthesised, symbol, table, word, words,
};
use super::call::function_name;
use super::input::{Mismatch, Parsed, Tokens};
use super::keyspace::definition;
use super::term::term;
use super::types::data_type;
use super::using::{graph_label, no_option_twice, properties, table_property};
use crate::ast::{AlterTable, ColumnDefinition, CreateTable, Definition, Guard, Name, Object, Property, Statement, TableChange};
use crate::{Dialects, Keyword, List, TokenKind};

/// `create_table = "CREATE" ( "TABLE" | "COLUMNFAMILY" ) [ "IF" "NOT" "EXISTS" ] table ( columns | "LIKE" table ) [ "WITH" … ]`.
pub(super) fn create_table(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = definition(input, rest, Object::CopyTable);
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, name) = table(rest)?;
    if rest.keyword() == Keyword::Like {
        rest.only(Dialects::CASSANDRA_TRUNK, "CREATE TABLE … LIKE")?;
        let (rest, _) = table(rest.skip(1))?;
        let (rest, _) = with_table_properties(rest)?;
        return Ok((rest, Statement::Definition(Definition { name: Some(name), guard, ..head })));
    }
    let (rest, columns, key) = column_definitions(rest)?;
    let (rest, properties) = with_table_properties(rest)?;
    let table = CreateTable { name, guard, head: head.head, columns, partition_key: key.0, clustering_key: key.1, properties };
    Ok((rest, Statement::CreateTable(table)))
}

pub(super) fn with_table_properties(input: Tokens<'_>) -> Parsed<'_, List<Property>> {
    if input.keyword() != Keyword::With {
        input.could_be(Keyword::With.text());
        return Ok((input, List::EMPTY));
    }
    let (rest, properties) = and_list(table_property)(input.skip(1))?;
    no_option_twice(input, rest, properties)?;
    Ok((rest, properties))
}

/// The partition key and the clustering key.
type Key = (List<Name>, List<Name>);

/// `"(" ( column_definition | primary_key ) { "," [ column_definition | primary_key ] } ")"`.
fn column_definitions(input: Tokens<'_>) -> Result<(Tokens<'_>, List<ColumnDefinition>, Key), nom::Err<Mismatch>> {
    let (mut rest, _) = symbol(TokenKind::OpenParen)(input)?;
    let mut key = (List::EMPTY, List::EMPTY);
    let mark = input.open::<ColumnDefinition>();
    loop {
        let item = if rest.keyword() == Keyword::Primary {
            primary_key(rest, new_column).map(|(rest, found)| {
                key = found;
                rest
            })
        } else {
            rest.could_be(Keyword::Primary.text());
            column_definition(rest).map(|(rest, column)| {
                input.push(column);
                rest
            })
        };
        match item.and_then(after_item) {
            Ok((after, true)) => rest = after,
            Ok((after, false)) => return Ok((after, input.close(mark), key)),
            Err(error) => {
                input.drop_open::<ColumnDefinition>(mark);
                return Err(error);
            }
        }
    }
}

/// Behind an item: whether another follows. Commas may trail.
pub(super) fn after_item(input: Tokens<'_>) -> Result<(Tokens<'_>, bool), nom::Err<Mismatch>> {
    let mut rest = input;
    if rest.kind() == TokenKind::Comma {
        while rest.kind() == TokenKind::Comma {
            rest = rest.skip(1);
        }
        if rest.kind() != TokenKind::CloseParen {
            return Ok((rest, true));
        }
    }
    rest.could_be(TokenKind::Comma.text());
    symbol(TokenKind::CloseParen)(rest).map(|(rest, _)| (rest, false))
}

/// `column_definition = name type [ "TTL" ] [ "STATIC" ] [ "NOT" "NULL" ] [ mask ] [ check ] [ "PRIMARY" "KEY" ]`.
fn column_definition(input: Tokens<'_>) -> Parsed<'_, ColumnDefinition> {
    let (rest, column) = input.called("a column", name)?;
    let (mut rest, of) = data_type(rest)?;
    if rest.keyword() == Keyword::Ttl {
        rest.only(Dialects::SCYLLA, "a TTL column")?;
        rest = rest.skip(1);
    }
    let (mut rest, is_static) = flag(word(Keyword::Static))(rest)?;
    if rest.keyword() == Keyword::Not {
        rest.only(Dialects::CASSANDRA_TRUNK, "NOT NULL")?;
        (rest, _) = words([Keyword::Not, Keyword::Null])(rest)?;
    }
    let rest = mask_and_check(rest)?;
    let (rest, is_key) = flag(words([Keyword::Primary, Keyword::Key]))(rest)?;
    Ok((rest, ColumnDefinition { name: column, of, is_static, is_key }))
}

fn mask_and_check(input: Tokens<'_>) -> Result<Tokens<'_>, nom::Err<Mismatch>> {
    let mut rest = input;
    if rest.keyword() == Keyword::Masked {
        (rest, ()) = mask(rest)?;
    }
    if rest.keyword() == Keyword::Check {
        (rest, ()) = check(rest)?;
    }
    Ok(rest)
}

/// `mask = "MASKED" "WITH" ( "DEFAULT" | function_name "(" [ term { "," term } ] ")" )`.
fn mask(input: Tokens<'_>) -> Parsed<'_, ()> {
    input.only(Dialects::SINCE_5_0, "MASKED WITH")?;
    let (rest, _) = words([Keyword::Masked, Keyword::With])(input)?;
    // It may also be the keyspace of a function.
    if rest.keyword() == Keyword::Default && !matches!(rest.peek(1).kind, TokenKind::OpenParen | TokenKind::Dot) {
        return Ok((rest.skip(1), ()));
    }
    let (rest, _) = function_name(rest)?;
    if rest.peek(1).kind == TokenKind::CloseParen && rest.kind() == TokenKind::OpenParen {
        return Ok((rest.skip(2), ()));
    }
    let (rest, _) = parenthesised(term)(rest)?;
    Ok((rest, ()))
}

/// `check = "CHECK" constraint { "AND" constraint }`.
fn check(input: Tokens<'_>) -> Parsed<'_, ()> {
    input.only(Dialects::CASSANDRA_TRUNK, "CHECK")?;
    let (rest, _) = word(Keyword::Check)(input)?;
    let (rest, _) = and_list(constraint)(rest)?;
    Ok((rest, ()))
}

/// `constraint = "NOT" "NULL" | name [ "(" … ")" ] [ operator term ]`.
fn constraint(input: Tokens<'_>) -> Parsed<'_, Name> {
    let subject = Name { span: input.span() };
    if input.keyword() == Keyword::Not {
        let (rest, _) = words([Keyword::Not, Keyword::Null])(input)?;
        return Ok((rest, subject));
    }
    let (mut rest, subject) = name(input)?;
    if rest.kind() == TokenKind::OpenParen {
        rest = match rest.peek(1).kind {
            TokenKind::CloseParen => rest.skip(2),
            _ => parenthesised(term)(rest)?.0,
        };
    }
    let is_operator = matches!(
        rest.kind(),
        TokenKind::Equal
            | TokenKind::NotEqual
            | TokenKind::Less
            | TokenKind::LessEqual
            | TokenKind::Greater
            | TokenKind::GreaterEqual
    );
    if is_operator {
        (rest, _) = term(rest.skip(1))?;
    }
    Ok((rest, subject))
}

/// `primary_key = "PRIMARY" "KEY" "(" ( column | "(" columns ")" ) { "," column } ")"`.
pub(super) fn primary_key<'t>(input: Tokens<'t>, column: fn(Tokens<'t>) -> Parsed<'t, Name>) -> Parsed<'t, Key> {
    let (rest, _) = words([Keyword::Primary, Keyword::Key])(input)?;
    let (rest, _) = symbol(TokenKind::OpenParen)(rest)?;
    let (rest, partition) = if rest.kind() == TokenKind::OpenParen {
        parenthesised(column)(rest)?
    } else {
        let mark = rest.open::<Name>();
        let (after, only) = column(rest)?;
        rest.push(only);
        (after, rest.close(mark))
    };
    let (rest, clustering) = if rest.kind() == TokenKind::Comma {
        comma_list(column)(rest.skip(1))?
    } else {
        rest.could_be(TokenKind::Comma.text());
        (rest, List::EMPTY)
    };
    let (rest, _) = symbol(TokenKind::CloseParen)(rest)?;
    Ok((rest, (partition, clustering)))
}

/// `alter_table = "ALTER" ( "TABLE" | "COLUMNFAMILY" ) [ "IF" "EXISTS" ] table change`.
pub(super) fn alter_table(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = input.until(rest);
    let (rest, guard) = alter_if_exists(rest)?;
    let (rest, name) = table(rest)?;
    let (rest, change) = change(rest)?;
    Ok((rest, Statement::AlterTable(AlterTable { name, guard, head, change })))
}

fn change(input: Tokens<'_>) -> Parsed<'_, TableChange> {
    let inner = input.skip(1);
    match input.keyword() {
        Keyword::Add => {
            let (rest, guard) = alter_if_not_exists(inner)?;
            let (rest, columns) = match rest.kind() {
                TokenKind::OpenParen => parenthesised(added_column)(rest)?,
                _ => {
                    let mark = rest.open::<ColumnDefinition>();
                    let (after, only) = added_column(rest)?;
                    rest.push(only);
                    (after, rest.close(mark))
                }
            };
            Ok((rest, TableChange::Add(guard, columns)))
        }
        Keyword::Drop if inner.keyword() == Keyword::Compact && inner.peek(1).keyword == Keyword::Storage => {
            input.only(Dialects::CASSANDRA | Dialects::DSE, "DROP COMPACT STORAGE")?;
            Ok((inner.skip(2), TableChange::DropCompactStorage))
        }
        Keyword::Drop => dropped_columns(inner),
        Keyword::Rename
            if matches!(inner.keyword(), Keyword::Vertex | Keyword::Edge) && inner.peek(1).keyword == Keyword::Label =>
        {
            let (rest, _) = preceded(word(Keyword::Label), opt(name)).parse(inner.skip(1))?;
            let (rest, _) = preceded(word(Keyword::To), name).parse(rest)?;
            Ok((rest, TableChange::Graph))
        }
        Keyword::Rename => {
            let (rest, guard) = alter_if_exists(inner)?;
            let (rest, names) = renames(rest)?;
            Ok((rest, TableChange::Rename(guard, names)))
        }
        Keyword::Alter => altered_column(inner),
        Keyword::With if matches!(inner.keyword(), Keyword::Vertex | Keyword::Edge) && inner.peek(1).keyword == Keyword::Label => {
            graph_label(inner).map(|(rest, ())| (rest, TableChange::Graph))
        }
        Keyword::With => properties(inner).map(|(rest, options)| (rest, TableChange::Properties(options))),
        Keyword::Without => {
            input.only(Dialects::DSE, "a graph label")?;
            let (rest, _) = match inner.keyword() {
                Keyword::Edge => words([Keyword::Edge, Keyword::Label])(inner)?,
                _ => words([Keyword::Vertex, Keyword::Label])(inner)?,
            };
            let (rest, _) = opt(name).parse(rest)?;
            Ok((rest, TableChange::Graph))
        }
        Keyword::Ttl => {
            input.only(Dialects::SCYLLA, "a TTL column")?;
            let (rest, _) = if inner.keyword() == Keyword::Null {
                word(Keyword::Null)(inner)?
            } else {
                column(inner).map(|(rest, name)| (rest, name.span))?
            };
            Ok((rest, TableChange::TtlColumn))
        }
        _ => {
            for keyword in [Keyword::Add, Keyword::Drop, Keyword::Rename, Keyword::Alter] {
                input.could_be(keyword.text());
            }
            input.mismatch(Keyword::With.text())
        }
    }
}

/// `name type [ "STATIC" ] [ mask ] [ check ]`.
fn added_column(input: Tokens<'_>) -> Parsed<'_, ColumnDefinition> {
    let (rest, column) = new_column(input)?;
    let (rest, of) = data_type(rest)?;
    let (rest, is_static) = flag(word(Keyword::Static))(rest)?;
    let rest = mask_and_check(rest)?;
    Ok((rest, ColumnDefinition { name: column, of, is_static, is_key: false }))
}

/// `"DROP" [ "IF" "EXISTS" ] ( column | "(" columns ")" ) [ "USING" "TIMESTAMP" INTEGER ]`.
fn dropped_columns(input: Tokens<'_>) -> Parsed<'_, TableChange> {
    let (rest, guard) = alter_if_exists(input)?;
    let (rest, names) = match rest.kind() {
        TokenKind::OpenParen => parenthesised(new_column)(rest)?,
        _ => {
            let mark = rest.open::<Name>();
            let (after, only) = new_column(rest)?;
            rest.push(only);
            (after, rest.close(mark))
        }
    };
    if rest.keyword() == Keyword::Using && matches!(rest.peek(2).kind, TokenKind::Question | TokenKind::Colon) {
        rest.skip(2).only(Dialects::SCYLLA, "a bind marker in ALTER TABLE")?;
    }
    let (rest, _) = super::using::using_one(&[Keyword::Timestamp])(rest)?;
    Ok((rest, TableChange::Drop(guard, names)))
}

/// `name "TO" name { "AND" name "TO" name }`, flattened into pairs.
pub(super) fn renames(input: Tokens<'_>) -> Parsed<'_, List<Name>> {
    let mark = input.open::<Name>();
    let mut rest = input;
    loop {
        match pair(new_column, preceded(word(Keyword::To), new_column)).parse(rest) {
            Ok((after, (from, to))) => {
                input.push(from);
                input.push(to);
                rest = after;
            }
            Err(error) => {
                input.drop_open::<Name>(mark);
                return Err(error);
            }
        }
        if rest.keyword() != Keyword::And {
            rest.could_be(Keyword::And.text());
            return Ok((rest, input.close(mark)));
        }
        rest = rest.skip(1);
    }
}

/// `"ALTER" [ "IF" "EXISTS" ] column ( "TYPE" type | mask | check | "DROP" ( "MASKED" | "CHECK" ) )`.
fn altered_column(input: Tokens<'_>) -> Parsed<'_, TableChange> {
    let (rest, guard) = alter_if_exists(input)?;
    if rest.kind() == TokenKind::EmptyName {
        rest.only(Dialects::CASSANDRA_3_11.others(), "an empty name here")?;
    }
    let (rest, subject) = column(rest)?;
    match rest.keyword() {
        Keyword::Masked => mask(rest).map(|(rest, ())| (rest, TableChange::Column(subject))),
        Keyword::Check => check(rest).map(|(rest, ())| (rest, TableChange::Column(subject))),
        Keyword::Drop => {
            let check = rest.peek(1).keyword == Keyword::Check;
            rest.only(if check { Dialects::CASSANDRA_TRUNK } else { Dialects::SINCE_5_0 }, "this change of a column")?;
            match rest.peek(1).keyword {
                Keyword::Masked | Keyword::Check => Ok((rest.skip(2), TableChange::Column(subject))),
                _ => {
                    rest.skip(1).could_be(Keyword::Check.text());
                    rest.skip(1).mismatch(Keyword::Masked.text())
                }
            }
        }
        _ => {
            for keyword in [Keyword::Masked, Keyword::Check, Keyword::Drop] {
                rest.could_be(keyword.text());
            }
            if guard != Guard::None {
                return rest.mismatch(Keyword::Masked.text());
            }
            let (rest, of) = preceded(word(Keyword::Type), data_type).parse(rest)?;
            Ok((rest, TableChange::Type(subject, of)))
        }
    }
}

/// `drop_table = "DROP" ( "TABLE" | "COLUMNFAMILY" ) [ "IF" "EXISTS" ] table`.
pub(super) fn drop_table(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = definition(input, rest, Object::DropTable);
    let (rest, guard) = if_exists(rest)?;
    let (rest, name) = table(rest)?;
    Ok((rest, Statement::Definition(Definition { name: Some(name), guard, ..head })))
}

/// `properties`, for the definitions that have only these.
pub(super) fn only_properties(input: Tokens<'_>) -> Parsed<'_, List<Property>> {
    let (rest, _) = word(Keyword::With)(input)?;
    properties(rest)
}
