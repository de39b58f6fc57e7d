//! User types.

use nom::Parser;
use nom::sequence::{pair, preceded};

use super::basic::{alter_if_exists, alter_if_not_exists, if_exists, if_not_exists, name, new_column, symbol, word};
use super::input::{Parsed, Tokens};
use super::keyspace::definition;
use super::table::{after_item, renames};
use super::types::{data_type, type_name};
use crate::ast::{ColumnDefinition, CreateType, Definition, Object, Statement};
use crate::{Keyword, TokenKind};

/// `create_type = "CREATE" "TYPE" [ "IF" "NOT" "EXISTS" ] type_name "(" field { "," [ field ] } ")"`.
pub(super) fn create_type(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = input.until(rest);
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, name) = rest.called("the name of a type", type_name)?;
    let (mut rest, _) = symbol(TokenKind::OpenParen)(rest)?;
    let mark = input.open::<ColumnDefinition>();
    loop {
        let item = field(rest).map(|(rest, field)| {
            input.push(field);
            rest
        });
        match item.and_then(after_item) {
            Ok((after, true)) => rest = after,
            Ok((after, false)) => {
                let fields = input.close(mark);
                return Ok((after, Statement::CreateType(CreateType { name, guard, head, fields })));
            }
            Err(error) => {
                input.drop_open::<ColumnDefinition>(mark);
                return Err(error);
            }
        }
    }
}

fn field(input: Tokens<'_>) -> Parsed<'_, ColumnDefinition> {
    let (rest, field) = input.called("a field", name)?;
    let (rest, of) = data_type(rest)?;
    Ok((rest, ColumnDefinition { name: field, of, is_static: false, is_key: false }))
}

/// `alter_type = "ALTER" "TYPE" [ "IF" "EXISTS" ] type_name ( "ADD" … | "RENAME" … | "ALTER" field "TYPE" type )`.
pub(super) fn alter_type(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = definition(input, rest, Object::AlterTypeChange);
    let (rest, guard) = alter_if_exists(rest)?;
    let (rest, name) = rest.called("the name of a type", type_name)?;
    let head = Definition { name: Some(name), guard, ..head };
    let inner = rest.skip(1);
    match rest.keyword() {
        Keyword::Add => {
            let (rest, guard) = alter_if_not_exists(inner)?;
            let mark = rest.open::<ColumnDefinition>();
            let (after, added) = field(rest)?;
            rest.push(added);
            let columns = rest.close(mark);
            Ok((after, Statement::Definition(Definition { object: Object::AlterTypeAdd, inner: guard, columns, ..head })))
        }
        Keyword::Rename => {
            let (rest, guard) = alter_if_exists(inner)?;
            let (rest, names) = renames(rest)?;
            Ok((rest, Statement::Definition(Definition { object: Object::AlterTypeRename, inner: guard, names, ..head })))
        }
        Keyword::Alter => {
            let (rest, (name, of)) = pair(new_column, preceded(word(Keyword::Type), data_type)).parse(inner)?;
            let mark = rest.open::<ColumnDefinition>();
            rest.push(ColumnDefinition { name, of, is_static: false, is_key: false });
            let columns = rest.close(mark);
            Ok((rest, Statement::Definition(Definition { columns, ..head })))
        }
        _ => {
            rest.could_be(Keyword::Add.text());
            rest.could_be(Keyword::Rename.text());
            rest.mismatch(Keyword::Alter.text())
        }
    }
}

/// `drop_type = "DROP" "TYPE" [ "IF" "EXISTS" ] type_name`.
pub(super) fn drop_type(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = definition(input, rest, Object::DropType);
    let (rest, guard) = if_exists(rest)?;
    let (rest, name) = rest.called("the name of a type", type_name)?;
    Ok((rest, Statement::Definition(Definition { name: Some(name), guard, ..head })))
}
