//! What the server said of the bind markers, and what is bound to them, brought together with the markers in the text.

use cqlint_analysis::Binding;

use super::Question;
use crate::{Bound, DataType};

/// What the server says of a bind marker when it prepares a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkerType {
    /// The name that it goes by: its own, else that of the column.
    pub name: String,
    /// Its type; nothing for a type that is not known here.
    pub data_type: Option<DataType>,
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
