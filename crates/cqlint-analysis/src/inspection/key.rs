//! What a WHERE clause says of columns.

use cqlint_syntax::ast::{Name, Relation, RelationKind, TermKind};
use cqlint_syntax::{List, Span};

use super::Inspection;

/// A column that a WHERE clause restricts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Restriction {
    pub(crate) column: Name,
    pub(crate) kind: RelationKind,
    /// The whole relation.
    pub(crate) span: Span,
}

impl Inspection<'_> {
    /// Hands over each column that a WHERE clause restricts. Answers false when there may be others: unknown clauses,
    /// `token(k)`, a name that the program puts in.
    pub(crate) fn restrictions(&self, relations: List<Relation>, each: &mut impl FnMut(Restriction)) -> bool {
        let mut all = !self.is_open();
        for relation in self.tree.list(relations) {
            let mut column = |left: TermKind| {
                if let TermKind::Column(column) = left
                    && self.known_name(column).is_some()
                {
                    each(Restriction { column, kind: relation.kind, span: relation.span });
                } else {
                    all = false;
                }
            };
            if let TermKind::Tuple(columns) = relation.left.kind {
                self.tree.list(columns).iter().for_each(|term| column(term.kind));
            } else {
                column(relation.left.kind);
            }
        }
        all
    }

    /// Whether a WHERE clause restricts the column, or may do so.
    pub(crate) fn may_restrict(&self, relations: List<Relation>, name: &str) -> bool {
        let mut found = false;
        let all = self.restrictions(relations, &mut |restriction| found |= restriction.column.value(self.text) == name);
        found || !all
    }
}
