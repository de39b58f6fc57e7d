//! IF [NOT] EXISTS for a definition that raises when it is run again.

use alloc::format;
use alloc::string::String;
use alloc::vec;

use cqlint_syntax::ast::{AlterTable, Definition, Guard, Object, TableChange};
use cqlint_syntax::{Dialects, Keyword, Span, Statement};

use super::{Edit, Fix, Safety};
use crate::inspection::Inspection;
use crate::{Effect, Hazard};

const CREATED: &str = "IF NOT EXISTS";
const DROPPED: &str = "IF EXISTS";

/// Puts in the guard of the statement, where every dialect that is asked for has it.
///
/// Whenever the statement succeeds, it does the same with its guard: so this is safe.
pub(crate) fn add(inspection: &Inspection<'_>, hazard: &Hazard) -> Option<Fix> {
    // What the program puts in may be the guard.
    if hazard.effect != Effect::Error || inspection.is_open() {
        return None;
    }
    let (words, before) = place(inspection)?;
    if inspection.is_hole_behind(before) {
        return None;
    }
    let is_small = inspection.text_of(before).starts_with(|first: char| first.is_ascii_lowercase());
    let words = if is_small { words.to_ascii_lowercase() } else { String::from(words) };
    let edits = vec![Edit { span: Span::new(before.end, before.end), text: format!(" {words}") }];
    Some(Fix { message: format!("put {words} in"), edits, safety: Safety::Safe })
}

/// The guard, and the words that it stands behind.
fn place(inspection: &Inspection<'_>) -> Option<(&'static str, Span)> {
    match inspection.statement {
        Statement::CreateTable(table) => Some((CREATED, table.head)),
        Statement::CreateType(user) => Some((CREATED, user.head)),
        Statement::CreateFunction(function) => Some((CREATED, function.head)),
        Statement::AlterTable(table) => altered(inspection, table),
        Statement::Definition(definition) => defined(inspection, definition),
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
        | Statement::Grant(_)
        | Statement::Revoke(_) => None,
    }
}

fn altered(inspection: &Inspection<'_>, table: &AlterTable) -> Option<(&'static str, Span)> {
    match table.change {
        TableChange::Add(Guard::None, _) => inner(inspection, CREATED, Keyword::Add),
        TableChange::Drop(Guard::None, _) => inner(inspection, DROPPED, Keyword::Drop),
        // Measured: with its guard, a renaming raises the second time all the same.
        TableChange::Rename(..) => None,
        TableChange::Add(Guard::IfExists | Guard::IfNotExists | Guard::OrReplace, _)
        | TableChange::Drop(Guard::IfExists | Guard::IfNotExists | Guard::OrReplace, _)
        | TableChange::Type(..)
        | TableChange::Column(_)
        | TableChange::Properties(_)
        | TableChange::DropCompactStorage
        | TableChange::TtlColumn
        | TableChange::Graph => None,
    }
}

/// The guard of what an ALTER changes, which came later than those of CREATE and DROP.
fn inner(inspection: &Inspection<'_>, words: &'static str, verb: Keyword) -> Option<(&'static str, Span)> {
    if inspection.options.dialects.meets(Dialects::SINCE_4_1.others()) {
        return None;
    }
    // Both verbs are reserved, so the name before them is none of them.
    let verb = inspection.tokens.iter().find(|token| token.keyword == verb)?;
    Some((words, verb.span))
}

fn defined(inspection: &Inspection<'_>, definition: &Definition) -> Option<(&'static str, Span)> {
    match definition.object {
        Object::CreateKeyspace
        | Object::CopyTable
        | Object::CreateIndex
        | Object::CreateView
        | Object::CreateTrigger
        | Object::CreateAggregate
        | Object::CreateRole
        | Object::CreateUser
        | Object::AddIdentity
        | Object::CreateServiceLevel => Some((CREATED, definition.head)),
        Object::DropKeyspace
        | Object::DropTable
        | Object::DropType
        | Object::DropIndex
        | Object::DropView
        | Object::DropTrigger
        | Object::DropFunction
        | Object::DropAggregate
        | Object::DropRole
        | Object::DropUser
        | Object::DropIdentity
        | Object::DropServiceLevel => Some((DROPPED, definition.head)),
        Object::AlterTypeAdd => inner(inspection, CREATED, Keyword::Add),
        Object::AlterTypeRename
        | Object::AlterTypeChange
        | Object::AlterKeyspace
        | Object::AlterView
        | Object::AlterRole
        | Object::AlterUser
        | Object::AlterServiceLevel
        | Object::Comment
        | Object::SecurityLabel
        | Object::AttachServiceLevel
        | Object::DetachServiceLevel
        | Object::Restrict
        // Nobody has measured these.
        | Object::CreateSearchIndex
        | Object::AlterSearchIndex
        | Object::DropSearchIndex
        | Object::ManageSearchIndex => None,
    }
}
