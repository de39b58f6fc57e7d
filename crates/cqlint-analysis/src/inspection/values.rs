//! Which type each value of a statement must fit.

use cqlint_syntax::ast::{
    Assignment, AssignmentKind, InsertSource, Name, NativeType, Relation, RelationKind, StepKind, Target, Term, TermKind, Write,
};
use cqlint_syntax::{List, Statement};

use super::Inspection;
use crate::DataType;
use crate::schema::Table;

static INT: DataType = DataType::Native(NativeType::Int);

/// What a value must fit.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted<'s> {
    /// A type.
    Type(&'s DataType),
    /// A set of keys of this type: `map - {key}`.
    Keys(&'s DataType),
}

impl<'a> Inspection<'a> {
    /// Hands over each value of a statement with what it must fit, as far as the schema tells.
    pub(crate) fn values(&self, statement: &Statement, table: &'a Table, each: &mut impl FnMut(&Term, Wanted<'a>)) {
        match statement.write() {
            Some(Write::Insert(insert)) => {
                let InsertSource::Values(values) = insert.source else { return };
                // Else nobody knows which value is whose.
                if insert.columns.len() != values.len() {
                    return;
                }
                for (column, value) in self.tree.list(insert.columns).iter().zip(self.tree.list(values)) {
                    if let Some(of) = self.type_of(table, *column) {
                        each(value, Wanted::Type(of));
                    }
                }
            }
            Some(Write::Update(update)) => {
                for assignment in self.tree.list(update.assignments) {
                    self.assigned(assignment, table, each);
                }
            }
            Some(Write::Delete(delete)) => {
                for deletion in self.tree.list(delete.selection) {
                    let Target::Element(index) = deletion.target else { continue };
                    let inside = self.type_of(table, deletion.column).and_then(inside);
                    if let (Some((key, _)), Some(index)) = (inside, self.tree.get(index)) {
                        each(index, Wanted::Type(key));
                    }
                }
            }
            None => {}
        }
        self.relations(statement, &mut |relation| self.compared_with(relation, table, each));
    }

    fn type_of(&self, table: &'a Table, column: Name) -> Option<&'a DataType> {
        table.column(&self.known_name(column)?)?.data_type.as_ref()
    }

    fn assigned(&self, assignment: &Assignment, table: &'a Table, each: &mut impl FnMut(&Term, Wanted<'a>)) {
        let Some(of) = self.type_of(table, assignment.column) else { return };
        match (assignment.target, assignment.kind) {
            (Target::Column, AssignmentKind::Set) => each(&assignment.value, Wanted::Type(of)),
            (Target::Column, AssignmentKind::Add | AssignmentKind::Prepend | AssignmentKind::Subtract) => {
                match (of, assignment.kind) {
                    (DataType::Map(key, _), AssignmentKind::Subtract) => each(&assignment.value, Wanted::Keys(key)),
                    (DataType::List(_) | DataType::Set(_) | DataType::Map(..) | DataType::Native(NativeType::Counter), _) => {
                        each(&assignment.value, Wanted::Type(of));
                    }
                    // Newer servers add to numbers and texts, too.
                    (
                        DataType::Native(_)
                        | DataType::Tuple(_)
                        | DataType::Vector(_)
                        | DataType::Frozen(_)
                        | DataType::User(..)
                        | DataType::Custom(_),
                        _,
                    ) => {}
                }
            }
            (Target::Element(index), kind) => {
                let Some((key, value)) = inside(of) else { return };
                if let Some(index) = self.tree.get(index) {
                    each(index, Wanted::Type(key));
                }
                if let (Some(value), AssignmentKind::Set) = (value, kind) {
                    each(&assignment.value, Wanted::Type(value));
                }
            }
            (Target::Field(field), AssignmentKind::Set) => {
                if let Some(of) = self.field_type(table, of, field) {
                    each(&assignment.value, Wanted::Type(of));
                }
            }
            (
                Target::Field(_),
                AssignmentKind::Add | AssignmentKind::Subtract | AssignmentKind::Prepend | AssignmentKind::CounterShards,
            )
            | (Target::Column, AssignmentKind::CounterShards)
            | (Target::TimeuuidIndex(_), _) => {}
        }
    }

    fn field_type(&self, table: &'a Table, of: &'a DataType, field: Name) -> Option<&'a DataType> {
        let DataType::User(keyspace, name) = of.thawed() else { return None };
        self.fields(keyspace.as_deref(), name, table)?.get(self.known_name(field)?.as_ref())?.as_ref()
    }

    fn compared_with(&self, relation: &Relation, table: &'a Table, each: &mut impl FnMut(&Term, Wanted<'a>)) {
        for right in self.tree.list(relation.right) {
            match (relation.left.kind, right.kind) {
                (TermKind::Tuple(columns), TermKind::Tuple(rows)) if is_list(relation.kind) => {
                    self.tree.list(rows).iter().for_each(|row| self.row(columns, row, table, each));
                }
                (TermKind::Tuple(columns), _) => self.row(columns, right, table, each),
                (_, TermKind::Tuple(values)) if is_list(relation.kind) => {
                    let Some(of) = self.compared(relation, table) else { continue };
                    self.tree.list(values).iter().for_each(|value| each(value, Wanted::Type(of)));
                }
                _ => {
                    if let Some(of) = self.compared(relation, table) {
                        each(right, Wanted::Type(of));
                    }
                }
            }
        }
    }

    /// `(a, b) = (1, 2)`, column by column.
    fn row(&self, columns: List<Term>, row: &Term, table: &'a Table, each: &mut impl FnMut(&Term, Wanted<'a>)) {
        let TermKind::Tuple(values) = row.kind else { return };
        if columns.len() != values.len() {
            return;
        }
        for (column, value) in self.tree.list(columns).iter().zip(self.tree.list(values)) {
            if let TermKind::Column(column) = column.kind
                && let Some(of) = self.type_of(table, column)
            {
                each(value, Wanted::Type(of));
            }
        }
    }

    /// The type that the right side of a relation must fit.
    fn compared(&self, relation: &Relation, table: &'a Table) -> Option<&'a DataType> {
        let of = self.type_of_left(&relation.left, table)?;
        match relation.kind {
            RelationKind::Equal
            | RelationKind::NotEqual
            | RelationKind::Less
            | RelationKind::LessEqual
            | RelationKind::Greater
            | RelationKind::GreaterEqual
            | RelationKind::In
            | RelationKind::NotIn
            | RelationKind::Between => Some(of),
            RelationKind::Contains | RelationKind::NotContains => {
                let (DataType::Set(of) | DataType::List(of) | DataType::Map(_, of)) = of.thawed() else { return None };
                Some(of)
            }
            RelationKind::ContainsKey | RelationKind::NotContainsKey => {
                let DataType::Map(key, _) = of.thawed() else { return None };
                Some(key)
            }
            RelationKind::Like | RelationKind::IsNull | RelationKind::IsNotNull | RelationKind::Expression => None,
        }
    }
}

impl<'a> Inspection<'a> {
    /// The type of a column, of an element or of a field of it.
    fn type_of_left(&self, left: &Term, table: &'a Table) -> Option<&'a DataType> {
        if let TermKind::Column(column) = left.kind {
            return self.type_of(table, column);
        }
        let TermKind::Access(access) = left.kind else { return None };
        let access = self.tree.get(access)?;
        let TermKind::Column(column) = access.of.kind else { return None };
        let [step] = self.tree.list(access.path) else { return None };
        let of = self.type_of(table, column)?;
        match step.kind {
            StepKind::Field(field) => self.field_type(table, of, field),
            StepKind::Element(_) => inside(of)?.1,
            StepKind::Slice(..) => None,
        }
    }
}

fn is_list(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::In | RelationKind::NotIn)
}

/// What `c[index]` takes: the index, and what stands there.
fn inside(of: &DataType) -> Option<(&DataType, Option<&DataType>)> {
    match of.thawed() {
        DataType::List(of) => Some((&INT, Some(of))),
        DataType::Set(of) => Some((of, None)),
        DataType::Map(key, value) => Some((key, Some(value))),
        DataType::Native(_)
        | DataType::Tuple(_)
        | DataType::Vector(_)
        | DataType::Frozen(_)
        | DataType::User(..)
        | DataType::Custom(_) => None,
    }
}
