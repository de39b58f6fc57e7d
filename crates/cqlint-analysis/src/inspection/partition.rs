//! Whether writes go to one partition.

use cqlint_syntax::ast::{InsertSource, QualifiedName, Relation, RelationKind, Term, TermKind};
use cqlint_syntax::{List, Statement};

use super::Inspection;
use crate::walk::constants_may_be_equal;
use crate::{Certainty, DataType};

/// How many partitions writes go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Partitions {
    /// All of them to the same.
    One,
    /// Not all of them to the same.
    Several,
    /// That is only known when values are bound, or when the table is.
    Unknown,
}

impl<'a> Inspection<'a> {
    /// How many partitions the members of a batch go to.
    pub(crate) fn partitions(&self, members: List<Statement>) -> Partitions {
        let Some((first, rest)) = self.tree.list(members).split_first() else { return Partitions::One };
        let mut all = Partitions::One;
        for member in rest {
            match self.shares_partition(first, member) {
                Some(true) => {}
                Some(false) => return Partitions::Several,
                None => all = Partitions::Unknown,
            }
        }
        all
    }

    /// The table that a write goes to, and its WHERE clause.
    pub(crate) fn written(&self, statement: &Statement) -> Option<(QualifiedName, &'a [Relation])> {
        let write = statement.write()?;
        Some((write.table(), write.relations().map_or(&[][..], |relations| self.tree.list(relations))))
    }

    /// Whether two writes go to the same partition, when the text and the schema tell.
    fn shares_partition(&self, one: &Statement, other: &Statement) -> Option<bool> {
        let ((table, _), (second, _)) = (self.written(one)?, self.written(other)?);
        if ![table, second].into_iter().all(|table| self.is_written_out(table)) {
            return None;
        }
        if table.name.value(self.text) != second.name.value(self.text) {
            return Some(false);
        }
        match (self.keyspace_of(table), self.keyspace_of(second)) {
            (Some(one), Some(other)) if one != other => return Some(false),
            (Some(_), None) | (None, Some(_)) => return None,
            (Some(_), Some(_)) | (None, None) => {}
        }
        let mut shared = Some(true);
        let view = self.table(table)?;
        for column in view.partition_key()? {
            let values = self.value_of(one, column).zip(self.value_of(other, column));
            let data_type = view.column(column).and_then(|column| column.data_type);
            match values.and_then(|(one, other)| self.is_same(one, other, data_type)) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => shared = None,
            }
        }
        shared
    }

    /// What a write says of a column of its key.
    fn value_of(&self, statement: &Statement, column: &str) -> Option<&'a Term> {
        if let Statement::Insert(insert) = statement {
            let InsertSource::Values(values) = insert.source else { return None };
            let at = self.tree.list(insert.columns).iter().position(|name| name.value(self.text) == column)?;
            return self.tree.list(values).get(at);
        }
        let (_, relations) = self.written(statement)?;
        let is_it = |relation: &&Relation| {
            let TermKind::Column(name) = relation.left.kind else { return false };
            relation.kind == RelationKind::Equal && name.value(self.text) == column
        };
        self.tree.list(relations.iter().find(is_it)?.right).first()
    }

    /// Whether two values of a column are the same, when their text tells: constants, and bind markers with one name.
    fn is_same(&self, one: &Term, other: &Term, data_type: Option<&DataType>) -> Option<bool> {
        let (left, right) = (self.text_of(one.span), self.text_of(other.span));
        match (one.kind, other.kind) {
            (TermKind::Literal(a), TermKind::Literal(b)) => match constants_may_be_equal((a, left), (b, right), data_type) {
                Some(Certainty::Certain) => Some(true),
                Some(Certainty::Depends(_)) => None,
                None => Some(false),
            },
            (TermKind::Marker, TermKind::Marker) if left == right && left.starts_with(':') => Some(true),
            _ => None,
        }
    }
}
