//! Tables and their columns, as far as definitions tell.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::ast::NativeType;

use super::{DataType, Place, meets};

/// A table, as far as the definitions tell.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its keyspace, when the definition or a USE before it says which.
    pub keyspace: Option<String>,
    pub(super) columns: BTreeMap<String, Column>,
    /// Columns that it had once.
    pub(super) former: Vec<String>,
    /// All of it is known: its definition was read to the end, and no other one disagrees.
    pub(super) whole: bool,
    /// A default time to live that is not zero.
    pub default_ttl: bool,
    /// A DROP came after the definition: the next one replaces it.
    pub(super) dropped: bool,
}

impl Table {
    /// The column of this name.
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.get(name)
    }

    /// Whether the table had a column of this name once.
    pub(crate) fn had(&self, name: &str) -> bool {
        self.former.iter().any(|former| former == name)
    }

    /// All columns, by name.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (&str, &Column)> {
        self.columns.iter().map(|(name, column)| (name.as_str(), column))
    }

    /// The names of the columns with this role.
    pub(crate) fn with_role(&self, role: Role) -> impl Iterator<Item = &str> {
        self.columns().filter(move |(_, column)| column.role == Some(role)).map(|(name, _)| name)
    }

    /// Whether it holds counters.
    pub(crate) fn has_counters(&self) -> bool {
        let counter = DataType::Native(NativeType::Counter);
        self.columns.values().any(|column| column.data_type.as_ref() == Some(&counter))
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its type; nothing when definitions disagree.
    pub data_type: Option<DataType>,
    /// Its role; nothing when definitions disagree.
    pub role: Option<Role>,
    /// Where it was defined first.
    pub(super) origin: Place,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the role that it names")]
pub enum Role {
    PartitionKey,
    ClusteringKey,
    Static,
    Regular,
}

impl Role {
    /// Whether the column belongs to the primary key.
    #[must_use]
    pub const fn is_key(self) -> bool {
        matches!(self, Role::PartitionKey | Role::ClusteringKey)
    }
}

/// All definitions that a table's name can mean. What they agree on is known.
#[derive(Clone, Copy, Debug)]
pub struct TableView<'s> {
    pub(super) tables: &'s [Table],
    pub(super) keyspace: Option<&'s str>,
}

impl<'s> TableView<'s> {
    pub(super) fn candidates(self) -> impl Iterator<Item = &'s Table> {
        self.tables.iter().filter(move |table| meets(table.keyspace.as_deref(), self.keyspace))
    }

    /// The column of this name.
    #[must_use]
    pub fn column(self, name: &str) -> Option<ColumnView<'s>> {
        let mut known = self.candidates().filter_map(|table| table.columns.get(name));
        let first = known.next()?;
        let mut view = ColumnView { data_type: first.data_type.as_ref(), role: first.role };
        for other in known {
            if other.data_type.as_ref() != view.data_type {
                view.data_type = None;
            }
            if other.role != view.role {
                view.role = None;
            }
        }
        Some(view)
    }

    /// The columns of all definitions.
    pub fn columns(self) -> impl Iterator<Item = &'s Column> {
        self.candidates().flat_map(|table| table.columns.values())
    }

    /// The names of its columns and what is known of them, in the order of their definitions.
    ///
    /// ```
    /// use cqlint_analysis::Schema;
    ///
    /// let schema = Schema::from_text("CREATE TABLE users (name text, id uuid PRIMARY KEY)");
    /// let table = schema.table(None, "users").unwrap();
    /// let names: Vec<_> = table.named_columns().into_iter().map(|(name, _)| name).collect();
    /// assert_eq!(names, ["name", "id"]);
    /// ```
    #[must_use]
    pub fn named_columns(self) -> Vec<(&'s str, ColumnView<'s>)> {
        let mut columns: Vec<_> = self.candidates().flat_map(|table| &table.columns).collect();
        columns.sort_by_key(|(_, column)| (column.origin.source, column.origin.span.start));
        let mut named: Vec<(&str, ColumnView<'_>)> = Vec::new();
        for (name, _) in columns {
            if let Some(view) = self.column(name).filter(|_| !named.iter().any(|(known, _)| known == name)) {
                named.push((name, view));
            }
        }
        named
    }

    /// Whether a write without TTL expires all the same.
    #[must_use]
    pub fn default_ttl(self) -> bool {
        self.candidates().any(|table| table.default_ttl)
    }

    /// The keyspace, when there is just one candidate and it says.
    #[must_use]
    pub fn keyspace(self) -> Option<&'s str> {
        let mut candidates = self.candidates();
        let first = candidates.next()?;
        if candidates.next().is_some() { None } else { first.keyspace.as_deref() }
    }
}

/// What is known of a column.
#[derive(Clone, Copy, Debug)]
pub struct ColumnView<'s> {
    /// Its type, when the definitions agree.
    pub data_type: Option<&'s DataType>,
    /// Its role, when the definitions agree.
    pub role: Option<Role>,
}
