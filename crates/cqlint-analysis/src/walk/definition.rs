//! What a second run of a schema change does: nothing, or it raises.

use cqlint_syntax::ast::{Definition, Guard, Object, TableChange};

use crate::Effect;

/// A CREATE with this guard.
pub(super) fn created(guard: Guard) -> Effect {
    match guard {
        Guard::None => Effect::Error,
        Guard::IfExists | Guard::IfNotExists | Guard::OrReplace => Effect::Schema,
    }
}

/// ALTER TABLE with this change.
pub(super) fn altered(change: TableChange) -> Effect {
    match change {
        TableChange::Add(Guard::IfNotExists, _) | TableChange::Drop(Guard::IfExists, _) => Effect::Schema,
        TableChange::Add(Guard::None | Guard::IfExists | Guard::OrReplace, _)
        | TableChange::Drop(Guard::None | Guard::IfNotExists | Guard::OrReplace, _) => Effect::Error,
        // Measured: with IF EXISTS, too, the second run raises.
        TableChange::Rename(..) => Effect::Error,
        TableChange::Type(..) | TableChange::DropCompactStorage | TableChange::Graph => Effect::Error,
        TableChange::Column(_) | TableChange::Properties(_) | TableChange::TtlColumn => Effect::Schema,
    }
}

/// What a second run of any other definition does.
pub(super) fn effect(definition: &Definition) -> Effect {
    if definition.generates {
        // Another password each time.
        return Effect::State;
    }
    match definition.object {
        // A guard of its own makes these re-runnable.
        Object::CreateKeyspace
        | Object::DropKeyspace
        | Object::CopyTable
        | Object::DropTable
        | Object::DropType
        | Object::CreateIndex
        | Object::DropIndex
        | Object::CreateView
        | Object::DropView
        | Object::CreateTrigger
        | Object::DropTrigger
        | Object::DropFunction
        | Object::CreateAggregate
        | Object::DropAggregate
        | Object::CreateRole
        | Object::DropRole
        | Object::CreateUser
        | Object::DropUser
        | Object::AddIdentity
        | Object::DropIdentity
        | Object::CreateServiceLevel
        | Object::DropServiceLevel => match definition.guard {
            Guard::None => Effect::Error,
            Guard::IfExists | Guard::IfNotExists | Guard::OrReplace => Effect::Schema,
        },
        Object::AlterTypeAdd => match definition.inner {
            Guard::IfNotExists => Effect::Schema,
            Guard::None | Guard::IfExists | Guard::OrReplace => Effect::Error,
        },
        // Measured: unlike with tables, the guard helps.
        Object::AlterTypeRename => match definition.inner {
            Guard::IfExists => Effect::Schema,
            Guard::None | Guard::IfNotExists | Guard::OrReplace => Effect::Error,
        },
        Object::AlterTypeChange => Effect::Error,
        // These set what they set.
        Object::AlterKeyspace
        | Object::AlterView
        | Object::AlterRole
        | Object::AlterUser
        | Object::AlterServiceLevel
        | Object::Comment
        | Object::SecurityLabel => Effect::Schema,
        // Nobody has measured these.
        Object::AttachServiceLevel
        | Object::DetachServiceLevel
        | Object::Restrict
        | Object::CreateSearchIndex
        | Object::AlterSearchIndex
        | Object::DropSearchIndex
        | Object::ManageSearchIndex => Effect::Error,
    }
}
