//! The SET clause, the columns of INSERT, and the selection of DELETE.

use cqlint_syntax::ast::{Assignment, AssignmentKind, Deletion, Name, Target as Place, Term};

use super::{Operand, Position, Shape, Target, Walk};
use crate::rules;
use crate::schema::ColumnView;
use crate::{Certainty, DataType, DependsOn, Role};

impl<'a> Walk<'a> {
    /// What the schema knows of a column of the table that is written.
    pub(crate) fn column(&self, name: Name) -> Option<ColumnView<'a>> {
        self.write().table?.column(&name.value(self.text))
    }

    /// The column as the target of a value.
    fn target(&self, column: Name) -> (Target<'a>, Position) {
        let view = self.column(column);
        let position = match view.and_then(|view| view.role) {
            Some(Role::PartitionKey | Role::ClusteringKey) => Position::Key,
            Some(Role::Static | Role::Regular) => Position::Value,
            None => Position::Unknown,
        };
        (Target { data_type: view.and_then(|view| view.data_type), column: column.span }, position)
    }

    /// `INSERT … (column) VALUES (value)`.
    pub(crate) fn assigned(&mut self, column: Name, value: &Term) {
        let (target, position) = self.target(column);
        self.value(value, &target, position);
        rules::list_overwrite::check(self, column, &target, position, value);
    }

    /// One assignment of an UPDATE, which never writes a key.
    pub(crate) fn assignment(&mut self, assignment: &Assignment) {
        let (target, _) = self.target(assignment.column);
        match assignment.target {
            Place::Column => self.whole_column(assignment, &target),
            Place::Element(index) => {
                let index = self.term(index);
                self.element_set(assignment, &target, index);
            }
            Place::Field(field) => {
                let target = self.field_target(&target, field);
                self.value(&assignment.value, &target, Position::Value);
            }
            Place::TimeuuidIndex(_) => rules::undecided::check(self, assignment.span, assignment.column.span),
        }
    }

    fn whole_column(&mut self, assignment: &Assignment, target: &Target<'a>) {
        let value = &assignment.value;
        match assignment.kind {
            AssignmentKind::Set => {
                self.value(value, target, Position::Value);
                rules::list_overwrite::check(self, assignment.column, target, Position::Value, value);
            }
            AssignmentKind::Add => self.addition(assignment, target),
            AssignmentKind::Subtract => self.subtraction(assignment, target),
            AssignmentKind::Prepend => match self.operand(value) {
                Operand::Null | Operand::EmptyList => {}
                Operand::Unset
                | Operand::List
                | Operand::SetOrMap
                | Operand::Zero
                | Operand::Number
                | Operand::Text
                | Operand::Scalar
                | Operand::Unknown => {
                    rules::list_prepend::check(self, assignment);
                    self.value(value, target, Position::Value);
                }
            },
            AssignmentKind::CounterShards => rules::undecided::check(self, assignment.span, assignment.column.span),
        }
    }

    /// `c = c + v`: what it does depends on the column, and on the value where the column is not known.
    fn addition(&mut self, assignment: &Assignment, target: &Target<'a>) {
        let operand = self.operand(&assignment.value);
        match (self.shape(target.data_type, &assignment.value), operand) {
            // Nothing is added.
            (Shape::Counter | Shape::Plain | Shape::Unknown, Operand::Zero | Operand::Null) | (Shape::Counter, Operand::Unset) => {}
            (Shape::List | Shape::Unknown, Operand::EmptyList) | (Shape::List, Operand::Null) => {}
            (Shape::Counter, _) => rules::counter_update::check(self, assignment),
            (Shape::List, _) | (Shape::Unknown, Operand::List) => {
                rules::list_append::check(self, assignment);
                self.value(&assignment.value, target, Position::Value);
            }
            (Shape::SetOrMap, _) | (Shape::Unknown, Operand::SetOrMap) => self.value(&assignment.value, target, Position::Value),
            (Shape::Plain, _) => rules::conditional_increment::check(self, assignment),
            (Shape::Unknown, Operand::Number) => self.number_added(assignment),
            (Shape::Unknown, Operand::Text) if self.write().conditional => rules::conditional_increment::check(self, assignment),
            (Shape::Unknown, Operand::Unset | Operand::Text | Operand::Scalar | Operand::Unknown) | (Shape::Other, _) => {
                self.untyped(assignment);
                self.value(&assignment.value, target, Position::Value);
            }
        }
    }

    /// `c = c - v`: as an addition, but that removing elements twice is removing them once.
    fn subtraction(&mut self, assignment: &Assignment, target: &Target<'a>) {
        let operand = self.operand(&assignment.value);
        match (self.shape(target.data_type, &assignment.value), operand) {
            (Shape::Counter | Shape::Plain | Shape::Unknown, Operand::Zero | Operand::Null) | (Shape::Counter, Operand::Unset) => {}
            (Shape::Counter, _) => rules::counter_update::check(self, assignment),
            (Shape::List | Shape::SetOrMap, _) | (Shape::Unknown, Operand::List | Operand::EmptyList | Operand::SetOrMap) => {
                self.value(&assignment.value, target, Position::Removal);
            }
            (Shape::Plain, _) => rules::conditional_increment::check(self, assignment),
            (Shape::Unknown, Operand::Number) => self.number_added(assignment),
            (Shape::Unknown, Operand::Unset | Operand::Text | Operand::Scalar | Operand::Unknown) | (Shape::Other, _) => {
                self.untyped(assignment);
                self.value(&assignment.value, target, Position::Value);
            }
        }
    }

    /// Without a condition only a counter takes a number; with one, a counter takes none.
    fn number_added(&mut self, assignment: &Assignment) {
        if self.write().conditional {
            rules::conditional_increment::check(self, assignment);
        } else {
            rules::counter_update::check(self, assignment);
        }
    }

    /// What is in a counter batch is a counter.
    fn untyped(&mut self, assignment: &Assignment) {
        if self.write().counter_batch {
            rules::counter_update::check(self, assignment);
        } else {
            rules::untyped_operation::check(self, assignment);
        }
    }

    /// `c[index] = value`.
    fn element_set(&mut self, assignment: &Assignment, target: &Target<'a>, index: Option<&Term>) {
        let value = &assignment.value;
        let (key, element) = target.element();
        if let Some(index) = index {
            self.value(index, &key, Position::Value);
        }
        self.value(value, &element, Position::Value);
        let unsure = match self.element_of_list(target.data_type, index) {
            Some(unsure) => unsure,
            None => return,
        };
        match self.operand(value) {
            Operand::Null => {
                let certainty = if unsure { Certainty::Depends(DependsOn::ColumnType) } else { Certainty::Certain };
                rules::list_element_delete::check(self, assignment.span, assignment.column.span, certainty);
            }
            Operand::Unset
            | Operand::EmptyList
            | Operand::List
            | Operand::SetOrMap
            | Operand::Zero
            | Operand::Number
            | Operand::Text
            | Operand::Scalar
            | Operand::Unknown => {
                if self.may_be_null(value) {
                    let (on, subject) =
                        if unsure { (DependsOn::ColumnType, assignment.column.span) } else { (DependsOn::BoundValue, value.span) };
                    rules::list_element_delete::check(self, assignment.span, subject, Certainty::Depends(on));
                }
                if self.options.profile.strict {
                    rules::list_element_set::check(self, assignment, unsure);
                }
            }
        }
    }

    /// Whether `c[index]` is an element of a list: nothing when it is not, `true` when only the column's type tells.
    fn element_of_list(&self, data_type: Option<&DataType>, index: Option<&Term>) -> Option<bool> {
        match Shape::of(data_type) {
            Shape::List => Some(false),
            Shape::SetOrMap | Shape::Counter | Shape::Plain | Shape::Other => None,
            Shape::Unknown => match index.map_or(Operand::Unknown, |index| self.operand(index)) {
                Operand::Zero | Operand::Number | Operand::Unset | Operand::Unknown => Some(true),
                // The position in a list is a whole number.
                Operand::Null | Operand::EmptyList | Operand::List | Operand::SetOrMap | Operand::Text | Operand::Scalar => None,
            },
        }
    }

    /// `DELETE c, c[index], c.field`.
    pub(crate) fn deletion(&mut self, deletion: &Deletion) {
        let (target, _) = self.target(deletion.column);
        match deletion.target {
            Place::Column => {
                if Shape::of(target.data_type) == Shape::Counter {
                    rules::counter_delete::check(self, deletion.span);
                }
            }
            Place::Field(_) => {}
            Place::Element(index) => {
                let index = self.term(index);
                let (key, _) = target.element();
                if let Some(index) = index {
                    self.value(index, &key, Position::Removal);
                }
                if let Some(unsure) = self.element_of_list(target.data_type, index) {
                    let certainty = if unsure { Certainty::Depends(DependsOn::ColumnType) } else { Certainty::Certain };
                    rules::list_element_delete::check(self, deletion.span, deletion.column.span, certainty);
                }
            }
            Place::TimeuuidIndex(_) => rules::undecided::check(self, deletion.span, deletion.column.span),
        }
    }
}
