//! What may be defined although no text that was read says so.

use alloc::collections::BTreeSet;
use alloc::string::String;

use super::change::ChangeKind;

/// What may be defined beside the schema. What is not known may be there, and then there is nothing to say of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beyond {
    /// Tables: only the running program knows the name of one that it creates.
    pub(crate) tables: bool,
    /// Columns of any table.
    pub(crate) columns: bool,
    /// User types.
    pub(crate) types: bool,
    /// User functions.
    pub(crate) functions: bool,
    /// Tables and views of which nothing but the name is known.
    pub(crate) table_names: BTreeSet<String>,
}

impl Beyond {
    /// A definition whose name only the running program knows may be of anything of its kind.
    pub(super) fn named_by_program(&mut self, kind: &ChangeKind) {
        match kind {
            ChangeKind::CreateTable { .. } | ChangeKind::CreateUnread => self.tables = true,
            ChangeKind::AddColumns(_) | ChangeKind::RenameColumns(_) | ChangeKind::ChangeType(..) => self.columns = true,
            ChangeKind::CreateType { .. } | ChangeKind::AddFields(_) | ChangeKind::RenameFields(_) => self.types = true,
            ChangeKind::CreateFunction { .. } => self.functions = true,
            ChangeKind::DropColumns(_)
            | ChangeKind::DefaultTtl(_)
            | ChangeKind::DropTable
            | ChangeKind::DropKeyspace
            | ChangeKind::DropType
            | ChangeKind::DropFunction
            | ChangeKind::Broken => {}
        }
    }

    /// A definition that does not parse may define anything.
    pub(super) fn anything(&mut self) {
        self.tables = true;
        self.columns = true;
        self.types = true;
        self.functions = true;
    }
}
