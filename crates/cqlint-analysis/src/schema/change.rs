//! One definition, apart from the text that it came from.

use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::Span;

use super::{DataType, Role};

/// One definition.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) keyspace: Option<String>,
    pub(super) name: String,
    /// Where the name stands.
    pub(super) at: Span,
    pub(super) kind: ChangeKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum ChangeKind {
    CreateTable {
        columns: Vec<NewColumn>,
        default_ttl: bool,
        whole: bool,
    },
    /// A view, or a copy of a table: its columns are not read.
    CreateUnread,
    AddColumns(Vec<NewColumn>),
    DropColumns(Vec<String>),
    RenameColumns(Vec<(String, String)>),
    ChangeType(String, Option<DataType>, Span),
    DefaultTtl(bool),
    DropTable,
    DropKeyspace,
    CreateType {
        fields: Vec<(String, Option<DataType>)>,
        whole: bool,
    },
    AddFields(Vec<(String, Option<DataType>)>),
    RenameFields(Vec<(String, String)>),
    DropType,
    CreateFunction {
        deterministic: bool,
        /// What it takes; nothing for an aggregate, whose arguments are not read.
        arguments: Option<Vec<(String, Option<DataType>)>>,
    },
    DropFunction,
    /// It does not parse.
    Broken,
}

impl ChangeKind {
    /// Whether it is about a table.
    pub(super) const fn is_of_table(&self) -> bool {
        match self {
            ChangeKind::CreateTable { .. }
            | ChangeKind::CreateUnread
            | ChangeKind::AddColumns(_)
            | ChangeKind::DropColumns(_)
            | ChangeKind::RenameColumns(_)
            | ChangeKind::ChangeType(..)
            | ChangeKind::DefaultTtl(_)
            | ChangeKind::DropTable => true,
            ChangeKind::DropKeyspace
            | ChangeKind::CreateType { .. }
            | ChangeKind::AddFields(_)
            | ChangeKind::RenameFields(_)
            | ChangeKind::DropType
            | ChangeKind::CreateFunction { .. }
            | ChangeKind::DropFunction
            | ChangeKind::Broken => false,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct NewColumn {
    pub(super) name: String,
    pub(super) data_type: Option<DataType>,
    pub(super) role: Role,
    pub(super) span: Span,
}
