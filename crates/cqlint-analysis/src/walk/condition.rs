//! The IF clause of a write: what stands in it, and whether the write breaks it itself.

use cqlint_syntax::ast::{AssignmentKind, Condition, Literal, Name, RelationKind, StepKind, Term, TermKind, Update};

use super::{Position, Target, Walk};

impl<'a> Walk<'a> {
    /// The values of an IF clause: with the clock in it, the second execution may apply where the first did not.
    pub(super) fn conditions(&mut self, condition: Condition) {
        match condition {
            Condition::None | Condition::Exists(_) => {}
            Condition::If(_, relations) => {
                for relation in self.tree.list(relations) {
                    let target = self.compared(&relation.left);
                    for right in self.tree.list(relation.right) {
                        self.value(right, &target, Position::Condition);
                    }
                }
            }
        }
    }

    /// What the left side of a condition is compared as.
    fn compared(&self, left: &Term) -> Target<'a> {
        match left.kind {
            TermKind::Column(column) => {
                let data_type = self.column(column).and_then(|view| view.data_type);
                Target { data_type, column: column.span }
            }
            TermKind::Access(access) => match self.tree.get(access) {
                Some(access) => self.tree.list(access.path).iter().fold(self.compared(&access.of), |of, step| match step.kind {
                    StepKind::Field(field) => self.field_target(&of, field),
                    StepKind::Element(_) => of.element().1,
                    StepKind::Slice(..) => Target::unknown(left.span),
                }),
                None => Target::unknown(left.span),
            },
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
            | TermKind::Tuple(_) => Target::unknown(left.span),
        }
    }

    /// Whether the write sets a column to another constant than its own condition asks for.
    pub(super) fn breaks_itself(&self, update: &Update) -> bool {
        let Condition::If(_, relations) = update.condition else { return false };
        let set_to = |column: Name| {
            self.tree.list(update.assignments).iter().find_map(|assignment| {
                let whole = matches!(assignment.target, cqlint_syntax::ast::Target::Column);
                let set = assignment.kind == AssignmentKind::Set;
                (whole && set && assignment.column.same(column, self.text)).then_some(assignment.value)
            })
        };
        self.tree.list(relations).iter().any(|relation| {
            let TermKind::Column(column) = relation.left.kind else { return false };
            let [wanted] = self.tree.list(relation.right) else { return false };
            relation.kind == RelationKind::Equal && set_to(column).is_some_and(|value| self.certainly_differ(value, *wanted))
        })
    }

    /// Two constants that no column type makes equal: plain strings, plain whole numbers, true and false.
    fn certainly_differ(&self, left: Term, right: Term) -> bool {
        let (TermKind::Literal(a), TermKind::Literal(b)) = (left.kind, right.kind) else { return false };
        let (left, right) = (left.span.text(self.text), right.span.text(self.text));
        match (a, b) {
            (Literal::Integer, Literal::Integer) => {
                let plain = |text: &str| !text.starts_with(['-', '0']) || text == "0";
                plain(left) && plain(right) && left != right
            }
            (Literal::Boolean, Literal::Boolean) => !left.eq_ignore_ascii_case(right),
            // Only letters: dates and addresses have several spellings.
            (Literal::String, Literal::String) => {
                let plain = |text: &str| {
                    let inner = text.trim_matches('\'');
                    inner.len() + 2 == text.len() && !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_alphabetic())
                };
                plain(left) && plain(right) && !left.eq_ignore_ascii_case(right)
            }
            (
                Literal::Null
                | Literal::Boolean
                | Literal::Integer
                | Literal::Float
                | Literal::String
                | Literal::Blob
                | Literal::Uuid
                | Literal::Duration,
                _,
            ) => false,
        }
    }
}
