//! `unknown-type`: a type that no definition knows, and that is spelled almost as one that is, or as another database calls it.

use alloc::format;
use alloc::vec::Vec;

use cqlint_syntax::ast::{ColumnDefinition, NativeType, QualifiedName, TableChange, Type, TypeKind};
use cqlint_syntax::{Id, List, Statement};

use crate::inspection::Inspection;
use crate::near::nearest;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `unknown_type.md`.
pub(crate) static RULE: Rule = Rule {
    name: "unknown-type",
    summary: "a type that is neither native nor defined, and that resembles one",
    docs: include_str!("unknown_type.md"),
    level: Level::Warn,
    group: "schema",
    asks: Asks::Statement(check),
};

/// What others call it, and what CQL does.
const ELSEWHERE: &[(&str, &str)] = &[
    ("bool", "boolean"),
    ("bytea", "blob"),
    ("bytes", "blob"),
    ("char", "text"),
    ("datetime", "timestamp"),
    ("integer", "int"),
    ("json", "text"),
    ("long", "bigint"),
    ("number", "decimal"),
    ("numeric", "decimal"),
    ("real", "float"),
    ("short", "smallint"),
    ("string", "text"),
];

fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    match inspection.statement {
        Statement::CreateTable(table) => columns(inspection, table.columns, findings),
        Statement::CreateType(user) => columns(inspection, user.fields, findings),
        Statement::Definition(definition) => columns(inspection, definition.columns, findings),
        Statement::AlterTable(table) => match table.change {
            TableChange::Add(_, added) => columns(inspection, added, findings),
            TableChange::Type(_, of) => in_type(inspection, &of, findings),
            TableChange::Drop(..)
            | TableChange::Rename(..)
            | TableChange::Column(_)
            | TableChange::Properties(_)
            | TableChange::DropCompactStorage
            | TableChange::TtlColumn
            | TableChange::Graph => {}
        },
        Statement::Select(_)
        | Statement::Insert(_)
        | Statement::Update(_)
        | Statement::Delete(_)
        | Statement::Batch(_)
        | Statement::Transaction(_)
        | Statement::Truncate(_)
        | Statement::PruneView(_)
        | Statement::Use(_)
        | Statement::Describe(_)
        | Statement::List(_)
        | Statement::CreateFunction(_)
        | Statement::Grant(_)
        | Statement::Revoke(_) => {}
    }
}

fn columns(inspection: &Inspection<'_>, columns: List<ColumnDefinition>, findings: &mut Vec<Diagnostic>) {
    for column in inspection.tree.list(columns) {
        in_type(inspection, &column.of, findings);
    }
}

fn in_type(inspection: &Inspection<'_>, of: &Type, findings: &mut Vec<Diagnostic>) {
    let mut inner = |inner: Id<Type>| {
        if let Some(inner) = inspection.tree.get(inner) {
            in_type(inspection, inner, findings);
        }
    };
    match of.kind {
        TypeKind::Native(_) | TypeKind::Custom => {}
        TypeKind::List(of) | TypeKind::Set(of) | TypeKind::Vector(of) | TypeKind::Frozen(of) => inner(of),
        TypeKind::Map(key, value) => {
            inner(key);
            inner(value);
        }
        TypeKind::Tuple(parts) => inspection.tree.list(parts).iter().for_each(|part| in_type(inspection, part, findings)),
        TypeKind::User(name) => findings.extend(finding(inspection, name)),
    }
}

fn finding(inspection: &Inspection<'_>, of: QualifiedName) -> Option<Diagnostic> {
    let schema = inspection.schema()?;
    let name = inspection.known_name(of.name)?;
    if schema.beyond().types || schema.type_names().any(|known| known == name) {
        return None;
    }
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == name && of.keyspace.is_none()).map(|(_, own)| *own);
    let meant =
        elsewhere.or_else(|| nearest(&name, schema.type_names().chain(NativeType::ALL.iter().map(|native| native.text()))))?;
    let message = format!("there is no type `{name}`");
    let mut finding = Diagnostic::new(&RULE, of.name.span, message, "is neither native nor defined");
    finding.note = Some("the server refuses the definition: it knows only types that were created before".into());
    finding.help = Some(format!("did you mean `{meant}`? If it is a type of yours, give its CREATE TYPE with `--schema`"));
    Some(finding)
}
