//! The first keywords of a statement pick its production.

use super::aggregate::{create_aggregate, drop_aggregate};
use super::basic::{name, word};
pub(crate) use super::batch::batch_member;
use super::batch::begin;
use super::delete::truncate_statement;
use super::describe::{comment, describe_statement, list_statement, security_label};
use super::function::{create_function, drop_function};
use super::index::{alter_view, create_index, create_trigger, create_view, drop_index, drop_trigger, drop_view};
use super::input::{Parsed, Tokens};
use super::keyspace::{alter_keyspace, create_keyspace, drop_keyspace};
use super::role::{
    add_identity, alter_role, alter_user, create_generated_role, create_role, create_user, drop_identity, drop_role, drop_user,
    grant, restrict, revoke,
};
use super::search::search_index;
use super::select::{prune_view, select_statement};
use super::service_level::{
    alter_service_level, attach_service_level, create_service_level, detach_service_level, drop_service_level,
};
use super::table::{alter_table, create_table, drop_table};
use super::transaction::let_statement;
use super::user_type::{alter_type, create_type, drop_type};
use crate::Keyword;
use crate::ast::Statement;

/// `statement`: any statement.
pub(crate) fn statement(input: Tokens<'_>) -> Parsed<'_, Statement> {
    match input.keyword() {
        Keyword::Select => select_statement(input),
        Keyword::Insert | Keyword::Update | Keyword::Delete => batch_member(input),
        Keyword::Begin => begin(input),
        Keyword::Truncate => truncate_statement(input),
        Keyword::Use => use_statement(input),
        Keyword::Create => create(input),
        Keyword::Alter => alter(input),
        Keyword::Drop => drop(input),
        Keyword::Grant => grant(input),
        Keyword::Revoke => revoke(input),
        Keyword::List => list_statement(input),
        Keyword::Describe | Keyword::Desc => describe_statement(input),
        Keyword::Add => add_identity(input),
        Keyword::Comment => comment(input),
        Keyword::Security => security_label(input),
        Keyword::Prune => prune_view(input),
        Keyword::Attach => attach_service_level(input),
        Keyword::Detach => detach_service_level(input),
        Keyword::Let => let_statement(input),
        Keyword::Reload | Keyword::Commit | Keyword::Rebuild if input.peek(1).keyword == Keyword::Search => search_index(input),
        Keyword::Restrict | Keyword::Unrestrict => restrict(input),
        _ => input.mismatch("a statement"),
    }
}

/// `use_statement = "USE" name`.
fn use_statement(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, _) = word(Keyword::Use)(input)?;
    let (rest, keyspace) = rest.called("a keyspace", name)?;
    Ok((rest, Statement::Use(keyspace)))
}

/// Names every keyword that could stand here.
fn none_of<'t>(input: Tokens<'t>, keywords: &[Keyword]) -> Parsed<'t, Statement> {
    for keyword in keywords {
        input.could_be(keyword.text());
    }
    input.mismatch("a kind of object")
}

fn create(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let object = input.skip(1);
    match object.keyword() {
        Keyword::Table | Keyword::Columnfamily => create_table(input),
        Keyword::Keyspace | Keyword::Schema => create_keyspace(input),
        Keyword::Type => create_type(input),
        Keyword::Index | Keyword::Custom => create_index(input),
        Keyword::Materialized => create_view(input),
        Keyword::Trigger => create_trigger(input),
        Keyword::Role => create_role(input),
        Keyword::Generated => create_generated_role(input),
        Keyword::Search => search_index(input),
        Keyword::User => create_user(input),
        Keyword::Service | Keyword::ServiceLevel => create_service_level(input),
        Keyword::Function => create_function(input),
        Keyword::Aggregate => create_aggregate(input),
        Keyword::Or => match input.peek(3).keyword {
            Keyword::Aggregate => create_aggregate(input),
            _ => create_function(input),
        },
        _ => none_of(object, &OBJECTS),
    }
}

const OBJECTS: [Keyword; 9] = [
    Keyword::Table,
    Keyword::Keyspace,
    Keyword::Type,
    Keyword::Index,
    Keyword::Materialized,
    Keyword::Function,
    Keyword::Aggregate,
    Keyword::Role,
    Keyword::User,
];

fn alter(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let object = input.skip(1);
    match object.keyword() {
        Keyword::Table | Keyword::Columnfamily => alter_table(input),
        Keyword::Keyspace | Keyword::Schema => alter_keyspace(input),
        Keyword::Type => alter_type(input),
        Keyword::Materialized => alter_view(input),
        Keyword::Role => alter_role(input),
        Keyword::Search => search_index(input),
        Keyword::User => alter_user(input),
        Keyword::Service | Keyword::ServiceLevel => alter_service_level(input),
        _ => none_of(
            object,
            &[Keyword::Table, Keyword::Keyspace, Keyword::Type, Keyword::Materialized, Keyword::Role, Keyword::User],
        ),
    }
}

fn drop(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let object = input.skip(1);
    match object.keyword() {
        Keyword::Table | Keyword::Columnfamily => drop_table(input),
        Keyword::Keyspace | Keyword::Schema => drop_keyspace(input),
        Keyword::Type => drop_type(input),
        Keyword::Index => drop_index(input),
        Keyword::Materialized => drop_view(input),
        Keyword::Trigger => drop_trigger(input),
        Keyword::Function => drop_function(input),
        Keyword::Aggregate => drop_aggregate(input),
        Keyword::Role => drop_role(input),
        Keyword::Search => search_index(input),
        Keyword::User => drop_user(input),
        Keyword::Identity => drop_identity(input),
        Keyword::Service | Keyword::ServiceLevel => drop_service_level(input),
        _ => none_of(object, &OBJECTS),
    }
}
