//! Whether a SELECT makes one answer of many rows.

use cqlint_syntax::Span;
use cqlint_syntax::ast::{Select, Term, TermKind};

use super::Inspection;

/// The native aggregates: one answer for all rows, or for each group.
const AGGREGATES: [&str; 5] = ["avg", "count", "max", "min", "sum"];

impl Inspection<'_> {
    /// Where an aggregate stands in the SELECT, or what its rows are grouped by.
    pub(crate) fn aggregate(&self, select: &Select) -> Option<Span> {
        let selectors = self.tree.list(select.selectors).iter().map(|selector| &selector.term);
        let group = self.tree.list(select.group_by).first().map(|term| term.span);
        selectors.filter_map(|term| self.aggregate_in(term)).next().or(group)
    }

    /// `count(*)`, also within `CAST(count(*) AS int)`.
    fn aggregate_in(&self, term: &Term) -> Option<Span> {
        match term.kind {
            TermKind::Call(call) => {
                let call = self.tree.get(call)?;
                let name = call.function.name.span.text(self.text).trim_matches('"');
                let arguments = self.tree.list(call.arguments);
                let is_native = call.function.keyspace.is_none_or(|keyspace| keyspace.value(self.text) == "system");
                if is_native && arguments.len() == 1 && AGGREGATES.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                    return Some(term.span);
                }
                arguments.iter().find_map(|argument| self.aggregate_in(argument))
            }
            TermKind::Cast(inner, _) => self.tree.get(inner).and_then(|inner| self.aggregate_in(inner)),
            TermKind::Literal(_)
            | TermKind::Marker
            | TermKind::Column(_)
            | TermKind::Star
            | TermKind::TypeHint(..)
            | TermKind::Negate(_)
            | TermKind::Arithmetic(_)
            | TermKind::List(_)
            | TermKind::Set(_)
            | TermKind::Map(_)
            | TermKind::Tuple(_)
            | TermKind::Access(_) => None,
        }
    }
}
