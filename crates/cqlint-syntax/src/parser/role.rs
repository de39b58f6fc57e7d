//! Roles, users, identities and permissions.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::opt;
use nom::sequence::{delimited, preceded};

use super::basic::{
    alter_if_exists, and_list, column, comma_list, if_exists, if_not_exists, is_name, is_plain_word, name, role_name, string,
    symbol, table, word, words,
};
use super::call::{function_name, is_function_word};
use super::function::signature;
use super::input::{Parsed, Tokens};
use super::keyspace::{definition, no_schema};
use super::using::property_map;
use crate::ast::{Definition, Grant, Name, Object, QualifiedName, Statement};
use crate::{Dialects, Keyword, Span, TokenKind};

/// `grant = "GRANT" ( permissions "ON" resource "TO" role | role "TO" role )`.
pub(super) fn grant(input: Tokens<'_>) -> Parsed<'_, Statement> {
    granted(input, Keyword::To).map(|(rest, grant)| (rest, Statement::Grant(grant)))
}

/// `revoke = "REVOKE" ( permissions "ON" resource "FROM" role | role "FROM" role )`.
pub(super) fn revoke(input: Tokens<'_>) -> Parsed<'_, Statement> {
    granted(input, Keyword::From).map(|(rest, grant)| (rest, Statement::Revoke(grant)))
}

fn granted(input: Tokens<'_>, direction: Keyword) -> Parsed<'_, Grant> {
    let first = input.skip(1);
    // A role may be called as a permission is, so what follows decides.
    if first.peek(1).keyword == direction {
        let (rest, _) = role_name(first)?;
        let (rest, _) = role_name(rest.skip(1))?;
        return Ok((rest, Grant { role: true }));
    }
    let authorize_for = first.keyword() == Keyword::Authorize && first.peek(1).keyword == Keyword::For;
    let rest = if authorize_for {
        first.only(Dialects::DSE, "AUTHORIZE FOR")?;
        first.skip(2)
    } else {
        first
    };
    let (rest, ()) = permissions(rest)?;
    let (rest, ()) = preceded(word(Keyword::On), resource).parse(rest)?;
    let (rest, _) = preceded(word(direction), role_name).parse(rest)?;
    Ok((rest, Grant { role: false }))
}

/// DSE: `( "RESTRICT" | "UNRESTRICT" ) permissions "ON" resource ( "TO" | "FROM" ) role`, `RESTRICT ROWS ON t USING c`.
pub(super) fn restrict(input: Tokens<'_>) -> Parsed<'_, Statement> {
    input.only(Dialects::DSE, "RESTRICT")?;
    let head = definition(input, input.skip(1), Object::Restrict);
    let rest = input.skip(1);
    let rest = if rest.keyword() == Keyword::Rows {
        let (rest, _) = preceded(word(Keyword::On), table).parse(rest.skip(1))?;
        if input.keyword() == Keyword::Restrict { preceded(word(Keyword::Using), column).parse(rest)?.0 } else { rest }
    } else {
        let (rest, ()) = permissions(rest)?;
        let (rest, ()) = preceded(word(Keyword::On), resource).parse(rest)?;
        let direction = if input.keyword() == Keyword::Restrict { Keyword::To } else { Keyword::From };
        preceded(word(direction), role_name).parse(rest)?.0
    };
    Ok((rest, Statement::Definition(head)))
}

/// `permissions = "ALL" [ "PERMISSIONS" ] | permission [ "PERMISSION" ] { "," permission [ "PERMISSION" ] }`.
pub(super) fn permissions(input: Tokens<'_>) -> Parsed<'_, ()> {
    if input.keyword() == Keyword::All {
        let rest = input.skip(1);
        return Ok((if rest.keyword() == Keyword::Permissions { rest.skip(1) } else { rest }, ()));
    }
    input.could_be(Keyword::All.text());
    let (rest, listed) = input.called("a permission", comma_list(permission))?;
    if listed.len() > 1 {
        input.only(Dialects::SINCE_4_1 | Dialects::DSE, "a list of permissions")?;
    }
    Ok((rest, ()))
}

/// `permission`: a word of the server's, or DSE's `proxy.login` and `dse.…`.
fn permission(input: Tokens<'_>) -> Parsed<'_, Name> {
    let known = matches!(
        input.keyword(),
        Keyword::Create
            | Keyword::Alter
            | Keyword::Drop
            | Keyword::Select
            | Keyword::Modify
            | Keyword::Authorize
            | Keyword::Describe
            | Keyword::Execute
            | Keyword::Unmask
            | Keyword::SelectMasked
            | Keyword::VectorSearchIndexing
            | Keyword::TextSearchIndexing
    );
    let permission = Name { span: input.span() };
    match input.keyword() {
        Keyword::Unmask | Keyword::SelectMasked => input.only(Dialects::SINCE_5_0, "this permission")?,
        Keyword::VectorSearchIndexing | Keyword::TextSearchIndexing => input.only(Dialects::SCYLLA, "this permission")?,
        _ => {}
    }
    let rest = if known {
        input.skip(1)
    } else if matches!(input.keyword(), Keyword::Proxy | Keyword::Search) && input.peek(1).kind == TokenKind::Dot {
        input.only(Dialects::DSE, "a permission with a dot")?;
        let action = input.skip(2);
        let fits = match action.keyword() {
            Keyword::Login | Keyword::Execute => input.keyword() == Keyword::Proxy,
            Keyword::Create | Keyword::Alter | Keyword::Drop | Keyword::Commit | Keyword::Rebuild | Keyword::Reload => {
                input.keyword() == Keyword::Search
            }
            _ => false,
        };
        if !fits {
            return action.mismatch("a permission");
        }
        action.skip(1)
    } else {
        return input.mismatch("a permission");
    };
    Ok((if rest.keyword() == Keyword::Permission { rest.skip(1) } else { rest }, permission))
}

/// `resource`: what a permission is about.
pub(super) fn resource(input: Tokens<'_>) -> Parsed<'_, ()> {
    let inner = input.skip(1);
    match input.keyword() {
        // Or a table of that name.
        Keyword::All if !ends_resource(inner) => all(inner),
        Keyword::Keyspace | Keyword::Schema => {
            no_schema(input)?;
            named(inner)
        }
        Keyword::Table | Keyword::Columnfamily => table(inner).map(|(rest, _)| (rest, ())),
        Keyword::Role if inner.kind() == TokenKind::String || is_name(inner, 0) => role_name(inner).map(|(rest, _)| (rest, ())),
        Keyword::Mbean | Keyword::Mbeans if inner.kind() == TokenKind::String => {
            input.only(Dialects::CASSANDRA | Dialects::DSE, "an MBean")?;
            Ok((inner.skip(1), ()))
        }
        Keyword::Function if is_name(inner, 0) || is_function_word(inner.keyword()) => {
            preceded(function_name, signature).parse(inner)
        }
        Keyword::Search if inner.keyword() == Keyword::Indices => {
            input.only(Dialects::DSE, "a search index")?;
            table(inner.skip(1)).map(|(rest, _)| (rest, ()))
        }
        _ if input.kind() == TokenKind::String => {
            input.only(Dialects::DSE, "rows as a resource")?;
            let (rest, _) = preceded(words([Keyword::Rows, Keyword::In]), table).parse(inner)?;
            Ok((rest, ()))
        }
        _ => input.called("a resource", table).map(|(rest, _)| (rest, ())),
    }
}

/// Whether what stands here follows a resource or continues the name of a table.
fn ends_resource(input: Tokens<'_>) -> bool {
    matches!(input.kind(), TokenKind::Dot | TokenKind::End)
        || matches!(input.keyword(), Keyword::To | Keyword::From | Keyword::Of | Keyword::Norecursive)
}

fn named(input: Tokens<'_>) -> Parsed<'_, ()> {
    name(input).map(|(rest, _)| (rest, ()))
}

/// `"ALL" ( "KEYSPACES" | "ROLES" | "MBEANS" | "FUNCTIONS" [ "IN" "KEYSPACE" name ] | "TABLES" "IN" "KEYSPACE" name )`.
fn all(input: Tokens<'_>) -> Parsed<'_, ()> {
    let rest = input.skip(1);
    match input.keyword() {
        Keyword::Keyspaces | Keyword::Roles => Ok((rest, ())),
        Keyword::Mbeans => {
            input.only(Dialects::CASSANDRA | Dialects::DSE, "an MBean")?;
            Ok((rest, ()))
        }
        Keyword::Functions if rest.keyword() == Keyword::In => preceded(words([Keyword::In, Keyword::Keyspace]), named).parse(rest),
        Keyword::Functions => Ok((rest, ())),
        Keyword::Tables => {
            input.only(Dialects::SINCE_4_1, "ALL TABLES IN KEYSPACE")?;
            preceded(words([Keyword::In, Keyword::Keyspace]), named).parse(rest)
        }
        Keyword::Search => {
            input.only(Dialects::DSE, "a search index")?;
            word(Keyword::Indices)(rest).map(|(rest, _)| (rest, ()))
        }
        _ => {
            for keyword in [Keyword::Keyspaces, Keyword::Roles, Keyword::Functions, Keyword::Tables] {
                input.could_be(keyword.text());
            }
            input.mismatch(Keyword::Mbeans.text())
        }
    }
}

/// `create_role = "CREATE" "ROLE" [ "IF" "NOT" "EXISTS" ] role [ "WITH" role_option { "AND" role_option } ]`.
pub(super) fn create_role(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = definition(input, rest, Object::CreateRole);
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, name) = role_name(rest)?;
    let (rest, generates) = role_options(rest)?;
    let name = Some(QualifiedName { keyspace: None, name });
    Ok((rest, Statement::Definition(Definition { name, guard, generates, ..head })))
}

/// `create_generated_role = "CREATE" "GENERATED" "ROLE" [ "WITH" … ]`: another role each time.
pub(super) fn create_generated_role(input: Tokens<'_>) -> Parsed<'_, Statement> {
    input.only(Dialects::CASSANDRA_TRUNK, "a generated role")?;
    let (rest, _) = words([Keyword::Create, Keyword::Generated, Keyword::Role])(input)?;
    let head = definition(input, rest, Object::CreateRole);
    let (rest, _) = role_options(rest)?;
    Ok((rest, Statement::Definition(Definition { generates: true, ..head })))
}

/// `alter_role = "ALTER" "ROLE" [ "IF" "EXISTS" ] role [ "WITH" role_option { "AND" role_option } ]`.
pub(super) fn alter_role(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = definition(input, rest, Object::AlterRole);
    let (rest, guard) = alter_if_exists(rest)?;
    let (rest, name) = role_name(rest)?;
    let (rest, generates) = role_options(rest)?;
    let name = Some(QualifiedName { keyspace: None, name });
    Ok((rest, Statement::Definition(Definition { name, guard, generates, ..head })))
}

/// `drop_role = "DROP" "ROLE" [ "IF" "EXISTS" ] role`.
pub(super) fn drop_role(input: Tokens<'_>) -> Parsed<'_, Statement> {
    drop_named(input, Object::DropRole, role_name)
}

/// `drop_user = "DROP" "USER" [ "IF" "EXISTS" ] role`.
pub(super) fn drop_user(input: Tokens<'_>) -> Parsed<'_, Statement> {
    drop_named(input, Object::DropUser, user_name)
}

/// `drop_identity = "DROP" "IDENTITY" [ "IF" "EXISTS" ] identity`.
pub(super) fn drop_identity(input: Tokens<'_>) -> Parsed<'_, Statement> {
    input.only(Dialects::SINCE_5_0, "an identity")?;
    drop_named(input, Object::DropIdentity, user_name)
}

fn drop_named<'t>(input: Tokens<'t>, object: Object, named: fn(Tokens<'t>) -> Parsed<'t, Name>) -> Parsed<'t, Statement> {
    let rest = input.skip(2);
    let head = definition(input, rest, object);
    let (rest, guard) = if_exists(rest)?;
    let (rest, name) = named(rest)?;
    let name = Some(QualifiedName { keyspace: None, name });
    Ok((rest, Statement::Definition(Definition { name, guard, ..head })))
}

/// `add_identity = "ADD" "IDENTITY" [ "IF" "NOT" "EXISTS" ] identity "TO" "ROLE" role`.
pub(super) fn add_identity(input: Tokens<'_>) -> Parsed<'_, Statement> {
    input.only(Dialects::SINCE_5_0, "an identity")?;
    let (rest, _) = words([Keyword::Add, Keyword::Identity])(input)?;
    let head = definition(input, rest, Object::AddIdentity);
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, name) = user_name(rest)?;
    let (rest, _) = preceded(words([Keyword::To, Keyword::Role]), user_name).parse(rest)?;
    let name = Some(QualifiedName { keyspace: None, name });
    Ok((rest, Statement::Definition(Definition { name, guard, ..head })))
}

/// The options; whether one generates a password.
fn role_options(input: Tokens<'_>) -> Parsed<'_, bool> {
    if input.keyword() != Keyword::With {
        input.could_be(Keyword::With.text());
        return Ok((input, false));
    }
    let (rest, _) = and_list(role_option)(input.skip(1))?;
    let generates = (0..rest.at - input.at).any(|ahead| input.peek(ahead).keyword == Keyword::Generated);
    Ok((rest, generates))
}

/// `role_option`: one option of a role.
fn role_option(input: Tokens<'_>) -> Parsed<'_, Name> {
    let option = Name { span: input.span() };
    let inner = input.skip(1);
    let rest = match input.keyword() {
        Keyword::Password => preceded(symbol(TokenKind::Equal), string).parse(inner)?.0,
        Keyword::Generated => {
            input.only(Dialects::CASSANDRA_TRUNK, "GENERATED PASSWORD")?;
            word(Keyword::Password)(inner)?.0
        }
        Keyword::Hashed => {
            input.only(Dialects::SINCE_4_1 | Dialects::SCYLLA, "HASHED PASSWORD")?;
            preceded(word(Keyword::Password), preceded(symbol(TokenKind::Equal), string)).parse(inner)?.0
        }
        Keyword::Options => preceded(symbol(TokenKind::Equal), property_map).parse(inner)?.0,
        Keyword::Superuser | Keyword::Login => preceded(symbol(TokenKind::Equal), boolean).parse(inner)?.0,
        Keyword::Access => access(inner)?.0,
        _ => {
            for keyword in [Keyword::Password, Keyword::Login, Keyword::Superuser, Keyword::Options, Keyword::Hashed] {
                input.could_be(keyword.text());
            }
            return input.mismatch(Keyword::Access.text());
        }
    };
    Ok((rest, option))
}

fn boolean(input: Tokens<'_>) -> Parsed<'_, Span> {
    match input.keyword() {
        Keyword::True | Keyword::False => Ok((input.skip(1), input.span())),
        _ => input.mismatch("true or false"),
    }
}

/// `"ACCESS" ( "TO" ( "ALL" "DATACENTERS" | "DATACENTERS" strings ) | "FROM" ( "ALL" "CIDRS" | "CIDRS" strings ) )`.
fn access(input: Tokens<'_>) -> Parsed<'_, ()> {
    let what = match input.keyword() {
        Keyword::From => Keyword::Cidrs,
        _ => {
            input.could_be(Keyword::From.text());
            word(Keyword::To)(input)?;
            Keyword::Datacenters
        }
    };
    input.only(if what == Keyword::Cidrs { Dialects::SINCE_5_0 } else { Dialects::SINCE_4_0 }, "ACCESS")?;
    let inner = input.skip(1);
    if inner.keyword() == Keyword::All {
        let (rest, _) = word(what)(inner.skip(1))?;
        return Ok((rest, ()));
    }
    inner.could_be(Keyword::All.text());
    let (rest, _) = word(what)(inner)?;
    let quoted = |input| string(input).map(|(rest, span)| (rest, Name { span }));
    let (rest, _) = delimited(symbol(TokenKind::OpenBrace), comma_list(quoted), symbol(TokenKind::CloseBrace)).parse(rest)?;
    Ok((rest, ()))
}

/// `user_name`: a word or a string; for users, quoted names never were.
fn user_name(input: Tokens<'_>) -> Parsed<'_, Name> {
    match input.kind() {
        TokenKind::QuotedName => {
            input.fail(input.span(), "a user's name cannot stand in double quotes", Some("use single quotes, or ROLE"))
        }
        TokenKind::Word if !is_plain_word(input) => {
            input.only(Dialects::CASSANDRA_TRUNK | Dialects::SCYLLA, "a keyword as the name of a user")?;
            role_name(input)
        }
        _ => role_name(input),
    }
}

/// `create_user = "CREATE" "USER" [ "IF" "NOT" "EXISTS" ] user [ "WITH" password ] [ "SUPERUSER" | "NOSUPERUSER" ]`.
pub(super) fn create_user(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = definition(input, rest, Object::CreateUser);
    let (rest, guard) = if_not_exists(rest)?;
    let (rest, name) = user_name(rest)?;
    let (rest, generates) = user_options(rest)?;
    let name = Some(QualifiedName { keyspace: None, name });
    Ok((rest, Statement::Definition(Definition { name, guard, generates, ..head })))
}

/// `alter_user = "ALTER" "USER" [ "IF" "EXISTS" ] user [ "WITH" password ] [ "SUPERUSER" | "NOSUPERUSER" ]`.
pub(super) fn alter_user(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let rest = input.skip(2);
    let head = definition(input, rest, Object::AlterUser);
    let (rest, guard) = alter_if_exists(rest)?;
    let (rest, name) = user_name(rest)?;
    let (rest, generates) = user_options(rest)?;
    let name = Some(QualifiedName { keyspace: None, name });
    Ok((rest, Statement::Definition(Definition { name, guard, generates, ..head })))
}

fn user_options(input: Tokens<'_>) -> Parsed<'_, bool> {
    let password = alt((
        preceded(words([Keyword::With, Keyword::Password]), string),
        preceded(words([Keyword::With, Keyword::Hashed, Keyword::Password]), string),
        words([Keyword::With, Keyword::Generated, Keyword::Password]),
    ));
    let generates = input.peek(1).keyword == Keyword::Generated && input.keyword() == Keyword::With;
    match input.peek(1).keyword {
        Keyword::Generated if generates => input.only(Dialects::CASSANDRA_TRUNK, "GENERATED PASSWORD")?,
        Keyword::Hashed if input.keyword() == Keyword::With => input.only(Dialects::SINCE_4_1, "HASHED PASSWORD")?,
        _ => {}
    }
    let (rest, _) = opt(password).parse(input)?;
    let (rest, _) = opt(alt((word(Keyword::Superuser), word(Keyword::Nosuperuser)))).parse(rest)?;
    Ok((rest, generates))
}

/// `service_level_name`: a name, a string, or DEFAULT.
pub(super) fn service_level_name(input: Tokens<'_>) -> Parsed<'_, Name> {
    if input.keyword() == Keyword::Default {
        return Ok((input.skip(1), Name { span: input.span() }));
    }
    input.called("the name of a service level", role_name)
}
