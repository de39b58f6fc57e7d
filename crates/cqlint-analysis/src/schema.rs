//! What is known of tables, types and functions: from every definition in the texts that were given.
//!
//! Knowing nothing is always safe. Where two definitions disagree, the schema knows nothing either, and says so once.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::Span;

mod beyond;
mod build;
mod change;
mod data_type;
mod definitions;
mod keys;
mod table;

pub use data_type::DataType;
pub(crate) use definitions::is_hole;
pub use definitions::{Definitions, definitions};
pub use table::{Column, ColumnView, Role, Table, TableView};

pub(crate) use beyond::Beyond;

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
    beyond: Beyond,
    conflicts: Vec<Conflict>,
}

/// The fields of a user type, with their types as far as they are known.
pub(crate) type Fields = BTreeMap<String, Option<DataType>>;

#[derive(Clone, Debug)]
struct UserType {
    keyspace: Option<String>,
    fields: Fields,
    /// All fields are known.
    whole: bool,
}

#[derive(Clone, Debug)]
struct Function {
    keyspace: Option<String>,
    deterministic: bool,
    arguments: Option<Vec<(String, Option<DataType>)>>,
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

    /// The table of this name, when there is just one that can be meant, and all of it is known.
    pub(crate) fn whole_table(&self, keyspace: Option<&str>, name: &str) -> Option<&Table> {
        let mut candidates = self.table(keyspace, name)?.candidates();
        let first = candidates.next()?;
        (candidates.next().is_none() && first.whole).then_some(first)
    }

    /// What may be defined although no text says so.
    pub(crate) fn beyond(&self) -> &Beyond {
        &self.beyond
    }

    /// All tables and views: the keyspace, where one is said, and the name.
    ///
    /// ```
    /// use cqlint_analysis::Schema;
    ///
    /// let schema = Schema::from_text("CREATE TABLE shop.orders (id uuid PRIMARY KEY)");
    /// assert!(schema.tables().eq([(Some("shop"), "orders")]));
    /// ```
    pub fn tables(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        let read = self.tables.iter().flat_map(|(name, tables)| tables.iter().map(move |table| (table.keyspace.as_deref(), name)));
        let others = self.beyond.table_names.iter().map(|name| (None, name));
        read.chain(others).map(|(keyspace, name)| (keyspace, name.as_str()))
    }

    /// All user types: the keyspace, where one is said, and the name.
    pub fn types(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        self.types.iter().flat_map(|(name, types)| types.iter().map(move |user| (user.keyspace.as_deref(), name.as_str())))
    }

    /// All user functions and aggregates: the keyspace, where one is said, the name, and whether its author promises that it is
    /// deterministic.
    pub fn functions(&self) -> impl Iterator<Item = (Option<&str>, &str, bool)> {
        self.functions.iter().flat_map(|(name, functions)| {
            functions.iter().map(move |function| (function.keyspace.as_deref(), name.as_str(), function.deterministic))
        })
    }

    /// The arguments of the user functions of this name, each with its type as far as that is known: several functions may have
    /// one name.
    ///
    /// ```
    /// use cqlint_analysis::Schema;
    ///
    /// let text = "CREATE FUNCTION half(v int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS 'return v / 2;'";
    /// let schema = Schema::from_text(text);
    /// let arguments = schema.arguments_of(None, "half").next().unwrap();
    /// assert_eq!(arguments[0].0, "v");
    /// ```
    pub fn arguments_of(&self, keyspace: Option<&str>, name: &str) -> impl Iterator<Item = &[(String, Option<DataType>)]> {
        let known = self.functions.get(name).into_iter().flatten();
        known
            .filter(move |function| meets(function.keyspace.as_deref(), keyspace))
            .filter_map(|function| function.arguments.as_deref())
    }

    /// The fields of a user type, by name, with their types as far as they are known.
    pub fn fields_of(&self, keyspace: Option<&str>, name: &str) -> impl Iterator<Item = (&str, Option<&DataType>)> {
        let known = self.types.get(name).and_then(|known| known.iter().find(|user| meets(user.keyspace.as_deref(), keyspace)));
        known.into_iter().flat_map(|user| &user.fields).map(|(field, of)| (field.as_str(), of.as_ref()))
    }

    /// The names of the tables of a keyspace. Without a keyspace, on either side, all are meant.
    pub(crate) fn table_names(&self, keyspace: Option<&str>) -> impl Iterator<Item = &str> {
        let meant = move |tables: &[Table]| tables.iter().any(|table| meets(table.keyspace.as_deref(), keyspace));
        self.tables.iter().filter(move |(_, tables)| meant(tables)).map(|(name, _)| name.as_str())
    }

    /// Whether a table of this name is defined, in whatever keyspace.
    pub(crate) fn names_table(&self, name: &str) -> bool {
        self.tables.contains_key(name) || self.beyond.table_names.contains(name)
    }

    /// The names of all user types.
    pub(crate) fn type_names(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }

    /// The names of all user functions and aggregates.
    pub(crate) fn function_names(&self) -> impl Iterator<Item = &str> {
        self.functions.keys().map(String::as_str)
    }

    /// The fields of a user type, when there is just one that can be meant, and all of it is known.
    pub(crate) fn whole_type(&self, keyspace: Option<&str>, name: &str) -> Option<&Fields> {
        let mut known = self.types.get(name)?.iter().filter(|user| meets(user.keyspace.as_deref(), keyspace));
        let first = known.next()?;
        (known.next().is_none() && first.whole).then_some(&first.fields)
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
pub(crate) fn meets(left: Option<&str>, right: Option<&str>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left == right,
        (None, _) | (_, None) => true,
    }
}
