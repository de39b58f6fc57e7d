//! Which columns make the partition key of a table.

use super::{Role, Table, TableView, is_hole};

impl<'s> TableView<'s> {
    /// The names of the columns that make the partition key; nothing when a definition leaves that open, or when two
    /// disagree.
    pub(crate) fn partition_key(self) -> Option<impl Iterator<Item = &'s str> + Clone> {
        let mut candidates = self.candidates();
        let first = candidates.next()?;
        let agree = |other: &Table| other.is_settled() && other.partition_key().eq(first.partition_key());
        let known = first.is_settled() && first.partition_key().next().is_some() && candidates.all(agree);
        known.then(|| first.partition_key())
    }
}

impl Table {
    /// By name.
    fn partition_key(&self) -> impl Iterator<Item = &str> + Clone {
        let is_part = |(_, column): &(_, &super::Column)| column.role == Some(Role::PartitionKey);
        self.columns.iter().filter(is_part).map(|(name, _)| name.as_str())
    }

    /// Whether it is known of each column what it is for. What the program names may be any.
    fn is_settled(&self) -> bool {
        self.columns.iter().all(|(name, column)| column.role.is_some() && !is_hole(name))
    }
}
