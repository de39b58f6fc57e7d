//! What is defined in a workspace, by a few letters of its name.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::Path;

use cqlint_analysis::syntax::Span;
use cqlint_analysis::{Mention, What};

use crate::names::Index;

/// A thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found<'i> {
    pub(crate) path: &'i Path,
    pub(crate) span: Span,
    pub(crate) name: &'i str,
    pub(crate) what: What,
    /// What it belongs to: a table, a type, a keyspace.
    pub(crate) container: Option<&'i str>,
}

/// How well a name fits what was typed, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It has the letters in their order.
    Letters,
    /// It has them side by side.
    Inside,
    /// A word in it begins with them.
    Word,
    /// It begins with them.
    Beginning,
    Whole,
}

/// The things that are defined under names like this, the best first, and not more than `most`. With a dot, what stands before
/// it is the name of what the thing belongs to.
pub(crate) fn search<'i>(index: &'i Index, query: &str, most: usize) -> Vec<Found<'i>> {
    let query = query.trim().to_lowercase();
    let (owner, name) = query.rsplit_once('.').map_or((None, query.as_str()), |(owner, name)| (Some(owner), name));
    let mut seen = BTreeSet::new();
    let mut found: Vec<_> = index
        .definitions()
        .filter_map(|(path, mention)| {
            let container = container(mention);
            let fits = |owner: &str| container.and_then(|container| fit(&container.to_lowercase(), owner));
            let of_owner = owner.map_or(Some(Fit::Whole), fits)?;
            let own = fit(&mention.name.to_lowercase(), name)?;
            let rank = (Reverse(own), Reverse(of_owner), order(mention.what), mention.name.len(), mention.name.as_str());
            Some((rank, Found { path, span: mention.span, name: &mention.name, what: mention.what, container }))
        })
        .filter(|(_, found)| seen.insert((found.path, found.span)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.truncate(most);
    found.into_iter().map(|(_, found)| found).collect()
}

fn container(mention: &Mention) -> Option<&str> {
    match mention.what {
        What::Column | What::Field | What::Index => mention.owner.as_deref(),
        What::Table | What::View | What::Type | What::Function | What::Aggregate => mention.keyspace.as_deref(),
        What::Keyspace | What::Role => None,
    }
}

/// What people look for more often comes first.
fn order(what: What) -> u8 {
    match what {
        What::Table | What::View => 0,
        What::Type => 1,
        What::Function | What::Aggregate => 2,
        What::Keyspace => 3,
        What::Index => 4,
        What::Column => 5,
        What::Field => 6,
        What::Role => 7,
    }
}

/// Both are in lower case.
fn fit(name: &str, query: &str) -> Option<Fit> {
    if name == query {
        return Some(Fit::Whole);
    }
    if name.starts_with(query) {
        return Some(Fit::Beginning);
    }
    if name.split('_').any(|word| word.starts_with(query)) {
        return Some(Fit::Word);
    }
    if name.contains(query) {
        return Some(Fit::Inside);
    }
    let mut letters = name.chars();
    query.chars().all(|wanted| letters.any(|letter| letter == wanted)).then_some(Fit::Letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::fixture::with_page;
    use crate::names::Names;

    #[test]
    fn the_best_comes_first() {
        let schema = "\
            CREATE KEYSPACE shop WITH replication = {};\
            CREATE TABLE shop.orders (id uuid PRIMARY KEY, order_state text, \"Total\" int);\
            CREATE TABLE shop.orders_by_state (state text PRIMARY KEY, id uuid);\
            CREATE TYPE shop.address (street text);\
            CREATE TABLE old.orders (id uuid PRIMARY KEY);";
        let mut index = Index::default();
        with_page("schema.cql", schema, "", |page, _| index.set(page.path, Names::of(page)));
        for (query, expected) in [
            ("orders", "shop.orders old.orders shop.orders_by_state orders.order_state"),
            ("ORD", "shop.orders old.orders shop.orders_by_state orders.order_state"),
            ("state", "orders_by_state.state shop.orders_by_state orders.order_state"),
            ("obs", "shop.orders_by_state"),
            ("shop.orders", "shop.orders shop.orders_by_state"),
            ("orders.id", "orders.id orders.id orders_by_state.id"),
            ("total", "orders.Total"),
            ("street", "address.street"),
            ("shop", "shop"),
            ("nothing", ""),
        ] {
            let found = search(&index, query, 100);
            let shown: Vec<_> = found
                .iter()
                .map(|found| found.container.map_or(found.name.to_owned(), |container| format!("{container}.{}", found.name)))
                .collect();
            assert_eq!(shown.join(" "), expected, "{query}");
        }
        assert_eq!(search(&index, "", 3).len(), 3);
    }
}
