//! Keyspaces, and the shape that most definitions share.

use super::basic::{alter_if_exists, if_exists, if_not_exists, name, word};
use super::input::{Parsed, Tokens};
use super::using::properties;
use crate::ast::{Definition, Guard, Object, QualifiedName, Statement};
use crate::{Dialects, Keyword, List};

/// A definition whose `head` is what stands before `rest`.
pub(super) fn definition<'t>(input: Tokens<'t>, rest: Tokens<'t>, object: Object) -> Definition {
    Definition {
        object,
        head: input.until(rest),
        name: None,
        guard: Guard::None,
        inner: Guard::None,
        generates: false,
        columns: List::EMPTY,
        names: List::EMPTY,
    }
}

/// SCHEMA for KEYSPACE: since 4.0 it is a word of its own, for DESCRIBE.
pub(super) fn no_schema(input: Tokens<'_>) -> Parsed<'_, ()> {
    if input.keyword() == Keyword::Schema {
        input.only(Dialects::CASSANDRA_3_11 | Dialects::DSE, "SCHEMA for KEYSPACE")?;
    }
    Ok((input, ()))
}

fn keyspace_name(input: Tokens<'_>) -> Parsed<'_, QualifiedName> {
    let (rest, keyspace) = input.called("a keyspace", name)?;
    Ok((rest, QualifiedName { keyspace: None, name: keyspace }))
}

/// `create_keyspace = "CREATE" ( "KEYSPACE" | "SCHEMA" ) [ "IF" "NOT" "EXISTS" ] name [ "WITH" properties ]`.
pub(super) fn create_keyspace(input: Tokens<'_>) -> Parsed<'_, Statement> {
    no_schema(input.skip(1))?;
    let rest = input.skip(2);
    let head = definition(input, rest, Object::CreateKeyspace);
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, name) = keyspace_name(rest)?;
    let rest = match rest.keyword() {
        Keyword::With => with(rest)?.0,
        // ScyllaDB has defaults for all options.
        _ if input.cx.dialects.meets(Dialects::SCYLLA) => {
            rest.could_be(Keyword::With.text());
            rest
        }
        _ => word(Keyword::With)(rest)?.0,
    };
    Ok((rest, Statement::Definition(Definition { name: Some(name), guard, ..head })))
}

/// `"WITH" properties`.
fn with(input: Tokens<'_>) -> Parsed<'_, ()> {
    properties(input.skip(1)).map(|(rest, _)| (rest, ()))
}

/// `alter_keyspace = "ALTER" ( "KEYSPACE" | "SCHEMA" ) [ "IF" "EXISTS" ] name "WITH" properties`.
pub(super) fn alter_keyspace(input: Tokens<'_>) -> Parsed<'_, Statement> {
    no_schema(input.skip(1))?;
    let rest = input.skip(2);
    let head = definition(input, rest, Object::AlterKeyspace);
    let (rest, guard) = alter_if_exists(rest)?;
    let (rest, name) = keyspace_name(rest)?;
    let (rest, _) = word(Keyword::With)(rest)?;
    let (rest, _) = properties(rest)?;
    Ok((rest, Statement::Definition(Definition { name: Some(name), guard, ..head })))
}

/// `drop_keyspace = "DROP" ( "KEYSPACE" | "SCHEMA" ) [ "IF" "EXISTS" ] name`.
pub(super) fn drop_keyspace(input: Tokens<'_>) -> Parsed<'_, Statement> {
    no_schema(input.skip(1))?;
    let rest = input.skip(2);
    let head = definition(input, rest, Object::DropKeyspace);
    let (rest, guard) = if_exists(rest)?;
    let (rest, name) = keyspace_name(rest)?;
    Ok((rest, Statement::Definition(Definition { name: Some(name), guard, ..head })))
}
