//! How much of a table a SELECT has to look at.

use cqlint_syntax::Statement;
use cqlint_syntax::ast::{Name, Relation, RelationKind, Select, Term, TermKind};

use super::Inspection;
use crate::schema::TableView;

/// What a SELECT looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Partitions that it names: each column of the partition key is restricted by `=` or IN.
    Partitions,
    /// The partitions between two tokens, as programs do that read a table piece by piece.
    Tokens,
    /// Partitions that nobody names: every node is asked.
    Everything,
    /// The table is unknown, and what is restricted may be its partition key.
    Unknown,
}

impl<'a> Inspection<'a> {
    /// The statement itself when it is a SELECT, or the SELECTs of the transaction that it is.
    pub(crate) fn reads(&self) -> impl Iterator<Item = &'a Select> {
        self.writes().iter().filter_map(|statement| {
            let Statement::Select(select) = statement else { return None };
            Some(select)
        })
    }

    /// What a SELECT looks at; nothing where the program puts in the table or a clause, or where the table is the server's own.
    pub(crate) fn reach(&self, select: &Select) -> Option<Reach> {
        let table = select.table.filter(|table| self.is_written_out(*table))?;
        if self.is_open() || self.keyspace_of(table).is_some_and(|keyspace| is_servers(&keyspace)) {
            return None;
        }
        let relations = self.tree.list(select.relations);
        if relations.iter().any(|relation| self.is_token(&relation.left)) {
            return Some(Reach::Tokens);
        }
        let named = relations.iter().filter_map(restricted);
        if named.clone().any(|column| self.known_name(column).is_none()) {
            return None;
        }
        let is_named = |column: &str| named.clone().any(|name| name.value(self.text) == column);
        Some(match self.table(table).and_then(TableView::partition_key) {
            Some(mut key) => {
                if key.all(is_named) {
                    Reach::Partitions
                } else {
                    Reach::Everything
                }
            }
            None if named.clone().next().is_some() => Reach::Unknown,
            None => Reach::Everything,
        })
    }

    /// Whether it is `token(…)`.
    fn is_token(&self, left: &Term) -> bool {
        let TermKind::Call(call) = left.kind else { return false };
        self.tree.get(call).is_some_and(|call| call.function.name.span.text(self.text).eq_ignore_ascii_case("token"))
    }
}

/// Whether a keyspace is one of the server's own: what they hold is small, or not stored at all.
pub(crate) fn is_servers(keyspace: &str) -> bool {
    keyspace == "system" || ["system_", "dse_"].iter().any(|own| keyspace.starts_with(own))
}

/// The column that a relation restricts to single values.
fn restricted(relation: &Relation) -> Option<Name> {
    let TermKind::Column(name) = relation.left.kind else { return None };
    matches!(relation.kind, RelationKind::Equal | RelationKind::In).then_some(name)
}
