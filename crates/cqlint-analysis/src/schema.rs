//! What is known of tables, types and functions: from every definition in the texts that were given.
//!
//! Knowing nothing is always safe. Where two definitions disagree, the schema knows nothing either, and says so once.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::Span;

mod build;
mod data_type;
mod definitions;
mod keys;

pub use data_type::DataType;
pub(crate) use definitions::is_hole;
pub use definitions::{Definitions, definitions};

/// Tables, types and functions.
///
/// ```
/// use cqlint_analysis::Schema;
///
/// let schema = Schema::from_text("CREATE TABLE shop.baskets (id uuid PRIMARY KEY, items list<text>)");
/// assert!(schema.table(Some("shop"), "baskets").is_some());
/// assert!(schema.table(None, "orders").is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Schema {
    tables: BTreeMap<String, Vec<Table>>,
    types: BTreeMap<String, Vec<UserType>>,
    functions: BTreeMap<String, Vec<Function>>,
    conflicts: Vec<Conflict>,
}

/// A table, as far as the definitions tell.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its keyspace, when the definition or a USE before it says which.
    pub keyspace: Option<String>,
    columns: BTreeMap<String, Column>,
    /// A default time to live that is not zero.
    pub default_ttl: bool,
    /// A DROP came after the definition: the next one replaces it.
    dropped: bool,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its type; nothing when definitions disagree.
    pub data_type: Option<DataType>,
    /// Its role; nothing when definitions disagree.
    pub role: Option<Role>,
    /// Where it was defined first.
    origin: Place,
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

#[derive(Clone, Debug)]
struct UserType {
    keyspace: Option<String>,
    fields: BTreeMap<String, Option<DataType>>,
}

#[derive(Clone, Debug)]
struct Function {
    keyspace: Option<String>,
    deterministic: bool,
}

/// A place in one of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of the text, as it was given.
    pub source: u32,
    /// Where in the text.
    pub span: Span,
}

/// Two definitions that disagree.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The later one.
    pub place: Place,
    /// The earlier one.
    pub first: Place,
    /// What they disagree about: "column `c` of table `t`".
    pub about: String,
}

impl Schema {
    /// The schema that one text defines.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self::new([(0, definitions(text))])
    }

    /// The schema that texts define, in their order; each has a number for [`Place`].
    #[must_use]
    pub fn new(sources: impl IntoIterator<Item = (u32, Definitions)>) -> Self {
        build::build(sources)
    }

    /// Where definitions disagree.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.types.is_empty() && self.functions.is_empty()
    }

    /// The table of this name. Without a keyspace, on either side, the name alone decides.
    #[must_use]
    pub fn table(&self, keyspace: Option<&str>, name: &str) -> Option<TableView<'_>> {
        let tables = self.tables.get(name)?;
        let own = |keyspace: &str| tables.iter().find_map(|table| table.keyspace.as_deref().filter(|own| *own == keyspace));
        // No keyspace has an empty name: then only tables that name none are meant.
        let keyspace = keyspace.map(|keyspace| own(keyspace).unwrap_or(""));
        let view = TableView { tables, keyspace };
        view.candidates().next().is_some().then_some(view)
    }

    /// The type of a field of a user type.
    #[must_use]
    pub(crate) fn field(&self, keyspace: Option<&str>, name: &str, field: &str) -> Option<&DataType> {
        let mut known = self.types.get(name)?.iter().filter(|user| meets(user.keyspace.as_deref(), keyspace));
        let first = known.next()?.fields.get(field)?.as_ref()?;
        known.all(|other| other.fields.get(field).and_then(Option::as_ref) == Some(first)).then_some(first)
    }

    /// The types of all fields of a user type; nothing when the type or one of them is unknown.
    pub(crate) fn fields(&self, keyspace: Option<&str>, name: &str) -> Option<Vec<&DataType>> {
        let known = self.types.get(name)?.iter().filter(|user| meets(user.keyspace.as_deref(), keyspace));
        known.flat_map(|user| user.fields.values()).map(Option::as_ref).collect()
    }

    /// Whether a function of this name is defined; and if so, whether its author promises that it is deterministic.
    #[must_use]
    pub(crate) fn function(&self, keyspace: Option<&str>, name: &str) -> Option<bool> {
        let mut known = self.functions.get(name)?.iter().filter(|function| meets(function.keyspace.as_deref(), keyspace));
        let first = known.next()?.deterministic;
        Some(known.fold(first, |all, other| all && other.deterministic))
    }
}

/// What is not said meets everything.
fn meets(left: Option<&str>, right: Option<&str>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left == right,
        (None, _) | (_, None) => true,
    }
}

/// All definitions that a table's name can mean. What they agree on is known.
#[derive(Clone, Copy, Debug)]
pub struct TableView<'s> {
    tables: &'s [Table],
    keyspace: Option<&'s str>,
}

impl<'s> TableView<'s> {
    fn candidates(self) -> impl Iterator<Item = &'s Table> {
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
