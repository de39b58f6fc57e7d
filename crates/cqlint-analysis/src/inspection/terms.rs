//! The terms of a statement, and where it names columns of its table.

use cqlint_syntax::ast::{
    Condition, Delete, InsertSource, Name, Relation, RelationKind, StepKind, Target, Term, TermKind, Update, Write,
};
use cqlint_syntax::{Id, Keyword, List, Statement};

use super::Inspection;

impl Inspection<'_> {
    /// Hands over each column that is named in a statement that reads or writes rows.
    pub(crate) fn columns(&self, statement: &Statement, each: &mut impl FnMut(Name)) {
        // ScyllaDB's MUTATION_FRAGMENTS(t) has columns of its own.
        if self.tokens.iter().any(|token| token.keyword == Keyword::MutationFragments) {
            return;
        }
        self.written_columns(statement, each);
        self.terms(statement, &mut |term| {
            if let TermKind::Column(name) = term.kind {
                each(name);
            }
        });
    }

    /// Hands over each column that a statement inserts, sets or deletes.
    pub(crate) fn written_columns(&self, statement: &Statement, each: &mut impl FnMut(Name)) {
        match statement.write() {
            Some(Write::Insert(insert)) => self.tree.list(insert.columns).iter().copied().for_each(&mut *each),
            Some(Write::Update(update)) => {
                self.tree.list(update.assignments).iter().for_each(|assignment| each(assignment.column));
            }
            Some(Write::Delete(delete)) => self.tree.list(delete.selection).iter().for_each(|deletion| each(deletion.column)),
            None => {}
        }
    }

    /// Hands over each term of a statement that reads or writes rows, those within others, too.
    pub(crate) fn terms(&self, statement: &Statement, each: &mut impl FnMut(&Term)) {
        match statement {
            Statement::Select(select) => {
                for selector in self.tree.list(select.selectors) {
                    self.in_term(&selector.term, each);
                }
                self.in_list(select.group_by, each);
                for ordering in self.tree.list(select.order_by) {
                    self.in_term(&ordering.by, each);
                }
            }
            Statement::Insert(insert) => match insert.source {
                InsertSource::Values(values) => self.in_list(values, each),
                InsertSource::Json(json) => self.in_inner(json, each),
            },
            Statement::Update(update) => {
                for assignment in self.tree.list(update.assignments) {
                    self.in_target(assignment.target, each);
                    self.in_term(&assignment.value, each);
                }
            }
            Statement::Delete(delete) => {
                for deletion in self.tree.list(delete.selection) {
                    self.in_target(deletion.target, each);
                }
            }
            Statement::Batch(_)
            | Statement::Transaction(_)
            | Statement::Truncate(_)
            | Statement::PruneView(_)
            | Statement::Use(_)
            | Statement::Describe(_)
            | Statement::List(_)
            | Statement::CreateTable(_)
            | Statement::AlterTable(_)
            | Statement::CreateType(_)
            | Statement::CreateFunction(_)
            | Statement::Definition(_)
            | Statement::Grant(_)
            | Statement::Revoke(_) => {}
        }
        self.relations(statement, &mut |relation| {
            // `expr(index, 'query')` names an index.
            if relation.kind != RelationKind::Expression {
                self.in_term(&relation.left, each);
                self.in_list(relation.right, each);
            }
        });
    }

    fn in_target(&self, target: Target, each: &mut impl FnMut(&Term)) {
        match target {
            Target::Element(index) | Target::TimeuuidIndex(index) => self.in_inner(index, each),
            Target::Column | Target::Field(_) => {}
        }
    }

    /// Hands over each relation of the WHERE clause and of the condition.
    pub(crate) fn relations(&self, statement: &Statement, each: &mut impl FnMut(&Relation)) {
        let read = if let Statement::Select(select) = statement { Some(select.relations) } else { None };
        let condition = if let Statement::Update(Update { condition: Condition::If(_, relations), .. })
        | Statement::Delete(Delete { condition: Condition::If(_, relations), .. }) = statement
        {
            Some(*relations)
        } else {
            None
        };
        for relations in read.into_iter().chain(statement.write().and_then(Write::relations)).chain(condition) {
            self.tree.list(relations).iter().for_each(&mut *each);
        }
    }

    fn in_list(&self, terms: List<Term>, each: &mut impl FnMut(&Term)) {
        self.tree.list(terms).iter().for_each(|term| self.in_term(term, each));
    }

    fn in_inner(&self, inner: Id<Term>, each: &mut impl FnMut(&Term)) {
        if let Some(inner) = self.tree.get(inner) {
            self.in_term(inner, each);
        }
    }

    fn in_term(&self, term: &Term, each: &mut impl FnMut(&Term)) {
        each(term);
        match term.kind {
            TermKind::Column(_) | TermKind::Literal(_) | TermKind::Marker | TermKind::Star => {}
            TermKind::Call(call) => {
                if let Some(call) = self.tree.get(call) {
                    self.in_list(call.arguments, each);
                }
            }
            TermKind::Cast(inner, _) | TermKind::TypeHint(_, inner) | TermKind::Negate(inner) => self.in_inner(inner, each),
            TermKind::Arithmetic(operands) => {
                self.tree.list(operands).iter().for_each(|operand| self.in_term(&operand.term, each));
            }
            TermKind::List(elements) | TermKind::Set(elements) | TermKind::Tuple(elements) => self.in_list(elements, each),
            TermKind::Map(entries) => {
                for entry in self.tree.list(entries) {
                    // A bare name is a field.
                    if !matches!(entry.key.kind, TermKind::Column(_)) {
                        self.in_term(&entry.key, each);
                    }
                    self.in_term(&entry.value, each);
                }
            }
            TermKind::Access(access) => {
                let Some(access) = self.tree.get(access) else { return };
                self.in_term(&access.of, each);
                for step in self.tree.list(access.path) {
                    match step.kind {
                        StepKind::Field(_) => {}
                        StepKind::Element(index) => self.in_inner(index, each),
                        StepKind::Slice(from, to) => {
                            from.into_iter().chain(to).for_each(|bound| self.in_inner(bound, each));
                        }
                    }
                }
            }
        }
    }
}
