//! What the server said of the bind markers, and what is bound to them, brought together with the markers in the text.

use cqlint_analysis::{Binding, Schema};

use super::Question;
use crate::{Bound, DataType};

/// What the server says of a bind marker when it prepares a statement.
///
/// ```
/// use cqlint_runtime::MarkerType;
///
/// let told = MarkerType::new("n", "counter");
/// assert_eq!(told.data_type.unwrap().to_string(), "counter");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MarkerType {
    /// The name that it goes by: its own, else that of the column.
    pub name: String,
    /// Its type; nothing for a type that is not known here.
    pub data_type: Option<DataType>,
}

impl MarkerType {
    /// A marker with its type as CQL writes it; what is no type is unknown.
    ///
    /// ```
    /// use cqlint_runtime::MarkerType;
    ///
    /// assert_eq!(MarkerType::new("tags", "set<text>").data_type.unwrap().to_string(), "set<text>");
    /// assert_eq!(MarkerType::new("tags", "no type").data_type, None);
    /// ```
    #[must_use]
    pub fn new(name: &str, cql_type: &str) -> Self {
        let schema = Schema::from_text(&format!("CREATE TABLE t (k int PRIMARY KEY, c {cql_type})"));
        let column = schema.table(None, "t").and_then(|table| table.column("c"));
        Self { name: name.to_owned(), data_type: column.and_then(|column| column.data_type).cloned() }
    }
}

/// The server tells of each marker in the order of the text. Where it tells of a name that stands twice only once, as newer
/// ScyllaDB does, the numbers differ and nothing is taken over.
pub(super) fn add_types(question: &Question<'_>, bindings: &mut [Binding]) {
    let Some(types) = question.types else { return };
    let types = types();
    if types.len() == bindings.len() {
        for (binding, told) in bindings.iter_mut().zip(types) {
            binding.data_type = told.data_type;
        }
    }
}

/// As many values as markers, or none is taken over.
pub(super) fn add_values(values: &[Bound], bindings: &mut [Binding]) {
    if values.len() == bindings.len() {
        for (binding, value) in bindings.iter_mut().zip(values) {
            binding.value = Some(*value);
        }
    }
}
