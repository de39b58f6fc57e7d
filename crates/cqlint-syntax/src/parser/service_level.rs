//! ScyllaDB's service levels.

use super::basic::{if_exists, if_not_exists, word};
use super::input::{Parsed, Tokens};
use super::keyspace::definition;
use super::role::service_level_name;
use super::using::{service_level_words, with_properties};
use crate::ast::{Definition, Object, QualifiedName, Statement};
use crate::{Dialects, Keyword};

fn head(input: Tokens<'_>, object: Object) -> Parsed<'_, Definition> {
    input.only(Dialects::SCYLLA, "a service level")?;
    let (rest, ()) = service_level_words(input.skip(1))?;
    Ok((rest, definition(input, rest, object)))
}

/// `create_service_level = "CREATE" service_level [ "IF" "NOT" "EXISTS" ] name [ "WITH" properties ]`.
pub(super) fn create_service_level(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, head) = head(input, Object::CreateServiceLevel)?;
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, name) = service_level_name(rest)?;
    let (rest, _) = with_properties(rest)?;
    let name = Some(QualifiedName { keyspace: None, name });
    Ok((rest, Statement::Definition(Definition { name, guard, ..head })))
}

/// `alter_service_level = "ALTER" service_level name "WITH" properties`.
pub(super) fn alter_service_level(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, head) = head(input, Object::AlterServiceLevel)?;
    let (rest, name) = service_level_name(rest)?;
    let (rest, _) = super::table::only_properties(rest)?;
    let name = Some(QualifiedName { keyspace: None, name });
    Ok((rest, Statement::Definition(Definition { name, ..head })))
}

/// `drop_service_level = "DROP" service_level [ "IF" "EXISTS" ] name`.
pub(super) fn drop_service_level(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, head) = head(input, Object::DropServiceLevel)?;
    let (rest, guard) = if_exists(rest)?;
    let (rest, name) = service_level_name(rest)?;
    let name = Some(QualifiedName { keyspace: None, name });
    Ok((rest, Statement::Definition(Definition { name, guard, ..head })))
}

/// `attach_service_level = "ATTACH" service_level name "TO" role`.
pub(super) fn attach_service_level(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, head) = head(input, Object::AttachServiceLevel)?;
    let (rest, _) = service_level_name(rest)?;
    let (rest, _) = word(Keyword::To)(rest)?;
    let (rest, _) = service_level_name(rest)?;
    Ok((rest, Statement::Definition(head)))
}

/// `detach_service_level = "DETACH" service_level "FROM" role`.
pub(super) fn detach_service_level(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, head) = head(input, Object::DetachServiceLevel)?;
    let (rest, _) = word(Keyword::From)(rest)?;
    let (rest, _) = service_level_name(rest)?;
    Ok((rest, Statement::Definition(head)))
}
