//! Positions in lists beside other writes to the same list, in one statement.
//!
//! `l[0] = 'y'` alone sets the same element each time. Beside a write that moves, removes or replaces elements it does
//! not: all writes of a statement read the list as it was before. With `l - ['y']` the second execution removes what the
//! first has set; with a DELETE of the row it finds no list, and raises.

use cqlint_syntax::Statement;
use cqlint_syntax::ast::{Assignment, Name, QualifiedName, Target as Place, Update, Write};

use super::{Operand, Shape, Walk};
use crate::{Certainty, DependsOn, rules};

/// So many positions in one statement are compared; beyond, the answer is the safe one.
const COMPARED: usize = 100;

impl Walk<'_> {
    pub(super) fn positions(&mut self, writes: &[Statement]) {
        let mut compared = 0;
        for write in writes {
            let Statement::Update(update) = write else { continue };
            for assignment in self.tree.list(update.assignments) {
                let Some(certainty) = self.sets_position(update, assignment) else { continue };
                compared += 1;
                if compared > COMPARED || writes.iter().any(|other| self.writes_list(other, update.table, assignment.column)) {
                    rules::list_element_set::check_beside(self, assignment, certainty);
                }
                if compared > COMPARED {
                    return;
                }
            }
        }
    }

    /// Whether the assignment sets an element by its position, as far as the schema and the index tell.
    fn sets_position(&self, update: &Update, assignment: &Assignment) -> Option<Certainty> {
        let Place::Element(index) = assignment.target else { return None };
        let column = self.view(update.table).and_then(|table| table.column(&assignment.column.value(self.text)));
        match Shape::of(column.and_then(|column| column.data_type)) {
            Shape::List => Some(Certainty::Certain),
            Shape::Unknown => match self.term(index).map_or(Operand::Unknown, |index| self.operand(index)) {
                Operand::Zero | Operand::Number | Operand::Unset | Operand::Unknown => {
                    Some(Certainty::Depends(DependsOn::ColumnType))
                }
                Operand::Null | Operand::EmptyList | Operand::List | Operand::SetOrMap | Operand::Text | Operand::Scalar => None,
            },
            Shape::Counter | Shape::SetOrMap | Shape::Plain | Shape::Other => None,
        }
    }

    /// Whether the write changes the list otherwise than by a position.
    fn writes_list(&self, write: &Statement, table: QualifiedName, column: Name) -> bool {
        let same = |other: QualifiedName| other.name.same(table.name, self.text);
        match write.write() {
            Some(Write::Delete(delete)) => same(delete.table),
            Some(Write::Insert(insert)) => {
                let columns = self.tree.list(insert.columns);
                same(insert.table) && (columns.is_empty() || columns.iter().any(|other| other.same(column, self.text)))
            }
            Some(Write::Update(update)) => {
                same(update.table)
                    && self
                        .tree
                        .list(update.assignments)
                        .iter()
                        .any(|other| !matches!(other.target, Place::Element(_)) && other.column.same(column, self.text))
            }
            None => false,
        }
    }
}
