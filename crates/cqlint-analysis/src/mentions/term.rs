//! Names within terms: columns, fields, functions, types, and the rows of transactions.

use cqlint_syntax::ast::{
    Condition, Ordering, Relation, RelationKind, Step, StepKind, Target, Term, TermAccess, TermCall, TermKind, Type, TypeKind,
    Using,
};
use cqlint_syntax::{Id, List};

use super::{Collector, Owner, Sense, What};

impl Collector<'_, '_> {
    /// A term whose bare names are columns of a table: a selector, the left side of a relation.
    pub(super) fn selector(&mut self, term: &Term, table: &Owner) {
        self.term(term, Some(table));
    }

    /// A term that is a value. A bare name in it is that of a row, which a transaction has read.
    pub(super) fn value(&mut self, term: &Term) {
        self.term(term, None);
    }

    pub(super) fn values(&mut self, terms: List<Term>) {
        self.tree.list(terms).iter().for_each(|term| self.value(term));
    }

    pub(super) fn inner_value(&mut self, term: Id<Term>) {
        if let Some(term) = self.tree.get(term) {
            self.value(term);
        }
    }

    fn term(&mut self, term: &Term, table: Option<&Owner>) {
        match term.kind {
            TermKind::Literal(_) | TermKind::Marker | TermKind::Star => {}
            TermKind::Column(name) => {
                if let Some(table) = table {
                    self.column(name, Sense::Uses, table);
                }
            }
            TermKind::Call(call) => self.call(call, table),
            TermKind::Cast(inner, of) | TermKind::TypeHint(of, inner) => {
                self.inner_type(of);
                self.inner(inner, table);
            }
            TermKind::Negate(inner) => self.inner(inner, table),
            TermKind::Arithmetic(operands) => {
                self.tree.list(operands).iter().for_each(|operand| self.term(&operand.term, table));
            }
            TermKind::List(elements) | TermKind::Set(elements) | TermKind::Tuple(elements) => self.list(elements, table),
            TermKind::Map(entries) => {
                for entry in self.tree.list(entries) {
                    match entry.key.kind {
                        TermKind::Column(field) => self.field(field),
                        TermKind::Literal(_)
                        | TermKind::Marker
                        | TermKind::Star
                        | TermKind::Call(_)
                        | TermKind::Cast(..)
                        | TermKind::TypeHint(..)
                        | TermKind::Negate(_)
                        | TermKind::Arithmetic(_)
                        | TermKind::List(_)
                        | TermKind::Set(_)
                        | TermKind::Map(_)
                        | TermKind::Tuple(_)
                        | TermKind::Access(_) => self.term(&entry.key, table),
                    }
                    self.term(&entry.value, table);
                }
            }
            TermKind::Access(access) => {
                if let Some(access) = self.tree.get(access) {
                    self.access(access, table);
                }
            }
        }
    }

    fn call(&mut self, call: Id<TermCall>, table: Option<&Owner>) {
        if let Some(call) = self.tree.get(call) {
            self.qualified(What::Function, Sense::Uses, call.function);
            self.list(call.arguments, table);
        }
    }

    fn access(&mut self, access: &TermAccess, table: Option<&Owner>) {
        let mut path = self.tree.list(access.path);
        match (self.row(&access.of), path) {
            // `row.column`, perhaps with more behind it.
            (Some(row), [Step { kind: StepKind::Field(column), .. }, rest @ ..]) => {
                self.column(*column, Sense::Uses, &row);
                path = rest;
            }
            _ => self.term(&access.of, table),
        }
        for step in path {
            match step.kind {
                StepKind::Field(field) => self.field(field),
                StepKind::Element(index) => self.inner_value(index),
                StepKind::Slice(from, to) => from.into_iter().chain(to).for_each(|bound| self.inner_value(bound)),
            }
        }
    }

    /// The table of a row that the transaction has read under this name.
    fn row(&self, of: &Term) -> Option<Owner> {
        let TermKind::Column(name) = of.kind else { return None };
        let name = name.value(self.text);
        self.rows.iter().find(|(row, _)| *row == name).map(|(_, table)| table.clone())
    }

    fn inner(&mut self, term: Id<Term>, table: Option<&Owner>) {
        if let Some(term) = self.tree.get(term) {
            self.term(term, table);
        }
    }

    fn list(&mut self, terms: List<Term>, table: Option<&Owner>) {
        self.tree.list(terms).iter().for_each(|term| self.term(term, table));
    }

    pub(super) fn relations(&mut self, relations: List<Relation>, table: &Owner) {
        for relation in self.tree.list(relations) {
            match (relation.kind, relation.left.kind) {
                // `expr(index, 'query')` names an index.
                (RelationKind::Expression, TermKind::Call(call)) => self.index_expression(call, table),
                _ => {
                    self.selector(&relation.left, table);
                    self.values(relation.right);
                }
            }
        }
    }

    fn index_expression(&mut self, call: Id<TermCall>, table: &Owner) {
        let arguments = self.tree.get(call).map_or(&[][..], |call| self.tree.list(call.arguments));
        if let Some(Term { kind: TermKind::Column(index), .. }) = arguments.first() {
            self.push(What::Index, Sense::Uses, *index, table.clone());
        }
        arguments.iter().skip(1).for_each(|argument| self.value(argument));
    }

    pub(super) fn condition(&mut self, condition: Condition, table: &Owner) {
        match condition {
            Condition::None | Condition::Exists(_) => {}
            Condition::If(_, relations) => self.relations(relations, table),
        }
    }

    pub(super) fn orderings(&mut self, orderings: List<Ordering>, table: &Owner) {
        for ordering in self.tree.list(orderings) {
            self.selector(&ordering.by, table);
            ordering.ann_of.into_iter().for_each(|vector| self.inner_value(vector));
        }
    }

    pub(super) fn using(&mut self, using: Using) {
        using.timestamp.into_iter().chain(using.ttl).for_each(|value| self.inner_value(value));
    }

    pub(super) fn target(&mut self, target: Target) {
        match target {
            Target::Column => {}
            Target::Element(index) | Target::TimeuuidIndex(index) => self.inner_value(index),
            Target::Field(field) => self.field(field),
        }
    }

    fn inner_type(&mut self, of: Id<Type>) {
        if let Some(of) = self.tree.get(of) {
            self.data_type(of);
        }
    }

    /// The user types in a type.
    pub(super) fn data_type(&mut self, of: &Type) {
        match of.kind {
            TypeKind::Native(_) | TypeKind::Custom => {}
            TypeKind::List(of) | TypeKind::Set(of) | TypeKind::Vector(of) | TypeKind::Frozen(of) => self.inner_type(of),
            TypeKind::Map(key, value) => {
                self.inner_type(key);
                self.inner_type(value);
            }
            TypeKind::Tuple(of) => self.tree.list(of).iter().for_each(|of| self.data_type(of)),
            TypeKind::User(name) => _ = self.qualified(What::Type, Sense::Uses, name),
        }
    }
}
