//! WHERE clauses: which rows a write is about, and whether that changes from one execution to the next.

use cqlint_syntax::List;
use cqlint_syntax::ast::{Relation, RelationKind, Term, TermKind};

use super::{Position, Target, Walk};
use crate::Role;
use crate::functions::{Argument, Native};
use crate::rules;

impl<'a> Walk<'a> {
    /// What the left side names.
    fn restricted(&self, left: &Term) -> (Target<'a>, Position) {
        let unknown = (Target::unknown(left.span), Position::Unknown);
        let TermKind::Column(column) = left.kind else { return unknown };
        let view = self.column(column);
        let position = match view.and_then(|view| view.role) {
            Some(Role::PartitionKey | Role::ClusteringKey) => Position::Key,
            // The server takes only keys here, so something is not known.
            Some(Role::Static | Role::Regular) | None => Position::Unknown,
        };
        (Target { data_type: view.and_then(|view| view.data_type), column: column.span }, position)
    }

    /// An UPDATE creates the rows that it names: a key from the clock makes another row each time.
    pub(crate) fn update_relation(&mut self, relation: &Relation) {
        self.restrictions(relation, &mut |walk, target, position, value| walk.value(value, target, position));
    }

    /// A DELETE removes what it names: no row has a new key, but a range may have grown.
    pub(crate) fn delete_relation(&mut self, relation: &Relation) {
        self.restrictions(relation, &mut |walk, target, _, value| match relation.kind {
            RelationKind::Equal | RelationKind::In => walk.value(value, target, Position::Removal),
            RelationKind::Greater | RelationKind::GreaterEqual => walk.bound(value, target, false),
            RelationKind::Less | RelationKind::LessEqual => walk.bound(value, target, true),
            // Of two bounds the upper one grows; which is which does not matter enough.
            RelationKind::Between
            | RelationKind::NotEqual
            | RelationKind::NotIn
            | RelationKind::Contains
            | RelationKind::ContainsKey
            | RelationKind::NotContains
            | RelationKind::NotContainsKey
            | RelationKind::Like
            | RelationKind::IsNull
            | RelationKind::IsNotNull
            | RelationKind::Expression => walk.bound(value, target, true),
        });
    }

    /// Hands over each value on the right side with what it restricts: one, those of IN, those of a tuple.
    fn restrictions(&mut self, relation: &Relation, each: &mut impl FnMut(&mut Self, &Target<'a>, Position, &Term)) {
        let is_list = matches!(relation.kind, RelationKind::In | RelationKind::NotIn);
        for right in self.tree.list(relation.right) {
            match (relation.left.kind, right.kind) {
                (TermKind::Tuple(columns), TermKind::Tuple(rows)) if is_list => {
                    for row in self.tree.list(rows) {
                        self.row(columns, row, each);
                    }
                }
                (TermKind::Tuple(columns), _) => self.row(columns, right, each),
                (_, TermKind::Tuple(values)) if is_list => {
                    let (target, position) = self.restricted(&relation.left);
                    for value in self.tree.list(values) {
                        each(self, &target, position, value);
                    }
                }
                _ => {
                    let (target, position) = self.restricted(&relation.left);
                    each(self, &target, position, right);
                }
            }
        }
    }

    /// `(a, b) = (1, 2)`, column by column.
    fn row(&mut self, columns: List<Term>, row: &Term, each: &mut impl FnMut(&mut Self, &Target<'a>, Position, &Term)) {
        if let TermKind::Tuple(values) = row.kind
            && values.len() == columns.len()
        {
            for (column, value) in self.tree.list(columns).iter().zip(self.tree.list(values)) {
                let (target, position) = self.restricted(column);
                each(self, &target, position, value);
            }
        } else {
            each(self, &Target::unknown(row.span), Position::Unknown, row);
        }
    }

    /// One bound of a range that is deleted. With the clock as its upper bound the range grows; as its lower bound it
    /// only shrinks, as long as the value keeps the order of times.
    fn bound(&mut self, value: &Term, target: &Target<'a>, upper: bool) {
        let before = self.hazards.len();
        self.value(value, target, Position::Bound);
        let clock =
            self.hazards.iter().skip(before).any(|hazard| {
                [&rules::server_value::RULE, &rules::clock_literal::RULE].into_iter().any(|rule| rule == hazard.rule)
            });
        if !clock {
            return;
        }
        let depends = self.hazards.get(before).map(|hazard| (hazard.certainty, hazard.subject));
        // The range says it better than the value in it.
        let is_clock =
            |hazard: &crate::Hazard| hazard.rule == &rules::server_value::RULE || hazard.rule == &rules::clock_literal::RULE;
        let mut at = 0;
        self.hazards.retain(|hazard| {
            at += 1;
            at <= before || !is_clock(hazard)
        });
        if upper || !self.only_grows(value) {
            let (certainty, subject) = depends.unwrap_or((crate::Certainty::Certain, value.span));
            rules::clock_range::check(self, value.span, certainty, subject);
        }
    }

    /// Whether a later evaluation is never less than an earlier one.
    fn only_grows(&self, term: &Term) -> bool {
        match term.kind {
            TermKind::Literal(_) | TermKind::Marker => true,
            TermKind::Tuple(elements) => match self.tree.list(elements) {
                [only] => self.only_grows(only),
                _ => false,
            },
            TermKind::TypeHint(_, inner) => self.term(inner).is_some_and(|inner| self.only_grows(inner)),
            TermKind::Call(call) => {
                let Some(call) = self.tree.get(call) else { return false };
                match self.native(call.function) {
                    // Uuids of version 1 are ordered by their time.
                    Some(Native::Unique) => call.function.name.value(self.text) != "uuid",
                    Some(Native::Clock) => true,
                    Some(Native::Pure(Argument::Time)) => {
                        self.tree.list(call.arguments).iter().all(|argument| self.only_grows(argument))
                    }
                    Some(
                        Native::TimeOfDay
                        | Native::Pure(Argument::Plain | Argument::Text | Argument::Json | Argument::List | Argument::Same),
                    )
                    | None => false,
                }
            }
            // `clock - constant`: the first operand grows, and the others stay.
            TermKind::Arithmetic(operands) => {
                let operands = self.tree.list(operands);
                let constant = |term: &Term| matches!(term.kind, TermKind::Literal(_) | TermKind::Marker);
                let sum = operands.iter().all(|operand| {
                    matches!(operand.operator, cqlint_syntax::ast::Operator::Add | cqlint_syntax::ast::Operator::Subtract)
                });
                let mut rest = operands.iter();
                let first = rest.next().is_some_and(|first| self.only_grows(&first.term));
                sum && first && rest.all(|operand| constant(&operand.term) && self.is_no_clock(&operand.term))
            }
            TermKind::Column(_)
            | TermKind::Star
            | TermKind::Cast(..)
            | TermKind::Negate(_)
            | TermKind::List(_)
            | TermKind::Set(_)
            | TermKind::Map(_)
            | TermKind::Access(_) => false,
        }
    }

    fn is_no_clock(&self, term: &Term) -> bool {
        !super::value::is_now(term.span.text(self.text))
    }
}
