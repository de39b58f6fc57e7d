//! What is looked for: one thing, under all the names that lead to it.

use std::collections::BTreeSet;

use cqlint_analysis::{Mention, What};

use super::Index;

/// A thing that names may mean.
#[derive(Clone, Debug)]
pub(super) struct Target<'i> {
    pub(super) what: What,
    pub(super) name: &'i str,
    /// Its keyspace, where the name says it, or where there is but one in which it is defined.
    pub(super) keyspace: Option<&'i str>,
    /// For a column the table and the views of it; for a field its type. None when nothing is said.
    pub(super) owners: BTreeSet<&'i str>,
}

impl<'i> Target<'i> {
    /// What a name means, by what the workspace knows.
    pub(super) fn new(index: &'i Index, mention: &'i Mention) -> Self {
        let owners = mention.owner.as_deref();
        let owners = match mention.what {
            What::Column => {
                owners.map(|owner| tables_with_columns_of(index, mention.keyspace.as_deref(), owner)).unwrap_or_default()
            }
            What::Field => owners.into_iter().collect(),
            What::Keyspace
            | What::Table
            | What::View
            | What::Index
            | What::Type
            | What::Function
            | What::Aggregate
            | What::Role => BTreeSet::new(),
        };
        let mut target = Self { what: mention.what.family(), name: &mention.name, keyspace: mention.keyspace.as_deref(), owners };
        if target.keyspace.is_none() {
            target.keyspace = target.only_keyspace(index);
        }
        target
    }

    /// The keyspace of all definitions, when it is one.
    fn only_keyspace(&self, index: &'i Index) -> Option<&'i str> {
        let defined = index.called(self.name).map(|(_, entry)| &entry.mention);
        let defined = defined.filter(|mention| mention.sense.defines() && self.is_met_by(mention));
        let keyspaces: BTreeSet<_> = defined.map(|mention| mention.keyspace.as_deref()).collect();
        match keyspaces.len() {
            1 => keyspaces.first().copied().flatten(),
            _ => None,
        }
    }

    /// Whether a name may mean the thing.
    pub(super) fn is_met_by(&self, mention: &Mention) -> bool {
        let meets = |one: Option<&str>, other: Option<&str>| one.zip(other).is_none_or(|(one, other)| one == other);
        let is_owned = matches!(self.what, What::Column | What::Field);
        let is_of_owner = || mention.owner.as_deref().is_none_or(|owner| self.owners.contains(owner));
        self.what == mention.what.family()
            && self.name == mention.name
            && meets(self.keyspace, mention.keyspace.as_deref())
            && (!is_owned || self.owners.is_empty() || is_of_owner())
    }
}

/// The table, what it takes its columns from, and what takes them from there: a column has one name in all of them.
fn tables_with_columns_of<'i>(index: &'i Index, keyspace: Option<&str>, table: &'i str) -> BTreeSet<&'i str> {
    let mut tables = BTreeSet::from([table]);
    let in_keyspace = |mention: &&Mention| mention.keyspace.as_deref().zip(keyspace).is_none_or(|(one, other)| one == other);
    let pairs: Vec<_> =
        index.sources().filter(in_keyspace).filter_map(|view| Some((view.name.as_str(), view.owner.as_deref()?))).collect();
    loop {
        let known = tables.len();
        for (view, base) in &pairs {
            if tables.contains(view) || tables.contains(base) {
                tables.extend([*view, *base]);
            }
        }
        if tables.len() == known {
            return tables;
        }
    }
}
