//! Names in statements that read and write rows.

use alloc::vec::Vec;

use cqlint_syntax::ast::{
    AssignmentKind, Condition, Delete, Insert, InsertSource, Name, QualifiedName, Relation, Select, Target, Transaction, Update,
};
use cqlint_syntax::{Keyword, List, Statement, TokenKind};

use super::words::Words;
use super::{Collector, Owner, Sense, What};

impl Collector<'_, '_> {
    pub(super) fn select(&mut self, select: &Select) {
        let table = select.table.map_or_else(Owner::default, |table| self.qualified(What::Table, Sense::Uses, table));
        // An answer of rows that a transaction has read names no table.
        for selector in self.tree.list(select.selectors) {
            match select.table {
                Some(_) => self.selector(&selector.term, &table),
                None => self.value(&selector.term),
            }
        }
        self.relations(select.relations, &table);
        self.tree.list(select.group_by).iter().for_each(|by| self.selector(by, &table));
        self.orderings(select.order_by, &table);
        select.per_partition_limit.into_iter().chain(select.limit).for_each(|limit| self.inner_value(limit));
        self.index_hints();
    }

    /// `WITH included_indexes = {i, ks.j}`, of Cassandra after 5.0.
    fn index_hints(&mut self) {
        for hint in [Keyword::IncludedIndexes, Keyword::ExcludedIndexes] {
            // Behind `= {`, and then behind each comma.
            let mut rest = self.behind(&[hint]).map(|words| words.rest().rest());
            while let Some((index, behind)) = rest.and_then(Words::qualified) {
                self.qualified(What::Index, Sense::Uses, index);
                rest = (behind.kind() == TokenKind::Comma).then(|| behind.rest());
            }
        }
    }

    pub(super) fn insert(&mut self, insert: &Insert) {
        let table = self.written(insert.table);
        self.columns(self.tree.list(insert.columns), Sense::Uses, &table);
        match insert.source {
            InsertSource::Values(values) => self.values(values),
            InsertSource::Json(json) => self.inner_value(json),
        }
        self.using(insert.using);
    }

    pub(super) fn update(&mut self, update: &Update) {
        let table = self.written(update.table);
        self.using(update.using);
        for assignment in self.tree.list(update.assignments) {
            self.column(assignment.column, Sense::Uses, &table);
            self.target(assignment.target);
            self.value(&assignment.value);
            let words = self.words_in(assignment.span);
            if let Some(again) = repeated(words, assignment.kind, assignment.target) {
                self.column(again, Sense::Uses, &table);
            }
        }
        self.relations(update.relations, &table);
        self.condition(update.condition, &table);
    }

    pub(super) fn delete(&mut self, delete: &Delete) {
        let table = self.written(delete.table);
        for deletion in self.tree.list(delete.selection) {
            self.column(deletion.column, Sense::Uses, &table);
            self.target(deletion.target);
        }
        self.using(delete.using);
        self.relations(delete.relations, &table);
        self.condition(delete.condition, &table);
    }

    fn written(&mut self, table: QualifiedName) -> Owner {
        self.qualified(What::Table, Sense::Uses, table)
    }

    /// The rows that LET has read have names, under which the condition and the writes know their columns.
    pub(super) fn transaction(&mut self, transaction: &Transaction) {
        let members = self.tree.list(transaction.members);
        let text = self.text;
        let names = self.tokens.windows(2).filter_map(|pair| match pair {
            [first, name] if first.keyword == Keyword::Let && name.kind == TokenKind::Word => Some(Name { span: name.span }),
            _ => None,
        });
        let names: Vec<_> = names.collect();
        for (name, member) in names.into_iter().zip(members) {
            if let Statement::Select(Select { table: Some(table), .. }) = member {
                let table = self.owner(*table);
                self.rows.push((name.value(text), table));
            }
        }
        members.iter().for_each(|member| self.statement(member));
        match transaction.condition {
            Condition::None | Condition::Exists(_) => {}
            Condition::If(_, relations) => self.row_conditions(relations),
        }
    }

    /// Both sides speak of rows, and of nothing else.
    fn row_conditions(&mut self, relations: List<Relation>) {
        for relation in self.tree.list(relations) {
            self.value(&relation.left);
            self.values(relation.right);
        }
    }

    /// ScyllaDB's `PRUNE MATERIALIZED VIEW`, whose WHERE clause the tree does not keep.
    pub(super) fn prune_view(&mut self, view: QualifiedName) {
        let view = self.qualified(What::View, Sense::Uses, view);
        let mut rest = self.behind(&[Keyword::Where]);
        while let Some(words) = rest {
            let names: Vec<_> = match words.parenthesised() {
                Some((inside, _)) => inside.names().collect(),
                None if words.keyword() == Keyword::Token => {
                    words.rest().parenthesised().map(|(inside, _)| inside.names().collect()).unwrap_or_default()
                }
                None => words.name().map(|(name, _)| name).into_iter().collect(),
            };
            self.columns(&names, Sense::Uses, &view);
            rest = words.behind(&[Keyword::And]);
        }
    }
}

/// The column where an assignment names it a second time: `c = c + 1`, `c = [1] + c`.
fn repeated(words: Words<'_>, kind: AssignmentKind, target: Target) -> Option<Name> {
    let is_whole = match target {
        Target::Column => true,
        Target::Element(_) | Target::Field(_) | Target::TimeuuidIndex(_) => false,
    };
    let behind = words.rest();
    match kind {
        AssignmentKind::Add | AssignmentKind::Subtract if is_whole && behind.kind() == TokenKind::Equal => {
            behind.rest().name().map(|(name, _)| name)
        }
        AssignmentKind::Prepend => words.0.last().map(|last| Name { span: last.span }),
        AssignmentKind::Add | AssignmentKind::Subtract | AssignmentKind::Set | AssignmentKind::CounterShards => None,
    }
}
