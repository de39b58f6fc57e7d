//! Inlay hints: the types of bind markers, the columns that values are inserted into, and what is key of a new table.

use cqlint_analysis::slots;
use cqlint_analysis::syntax::ast::{CreateTable, Name};
use cqlint_analysis::syntax::{List, Parser, Piece, Span, Statement, Tree};

use crate::page::{Page, Passage};

/// What a hint tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The type of the bind marker before it.
    MarkerType,
    /// The column that an INSERT puts the value behind it into.
    InsertedColumn,
    /// What the column before it is for.
    KeyRole,
}

/// Words that stand in an editor beside the text, and not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hint {
    /// Where, on the page.
    pub(crate) at: u32,
    /// The words.
    pub(crate) label: String,
    /// What they tell.
    pub(crate) kind: Kind,
}

/// The hints for a part of the page, by place.
pub(crate) fn hints(page: &Page<'_>, part: Span) -> Vec<Hint> {
    let mut found = Vec::new();
    for passage in page.passages() {
        if passage.fragment().is_some_and(|fragment| fragment.home().end < part.start || part.end < fragment.home().start) {
            continue;
        }
        slot_hints(page, &passage, &mut found);
        role_hints(page, &passage, &mut found);
    }
    found.retain(|hint| part.touches(hint.at));
    // A constant may be part of several statements.
    found.sort_by(|left, right| left.at.cmp(&right.at).then_with(|| left.label.cmp(&right.label)));
    found.dedup();
    found
}

fn slot_hints(page: &Page<'_>, passage: &Passage<'_>, found: &mut Vec<Hint>) {
    for slot in slots(passage.text(), &passage.options(page.options)) {
        let Some(place) = passage.exact_host(slot.span) else { continue };
        if let Some(column) = slot.column {
            found.push(Hint { at: place.start, label: format!("{column}:"), kind: Kind::InsertedColumn });
        }
        if let Some(of) = slot.data_type.filter(|_| slot.is_marker) {
            found.push(Hint { at: place.end, label: format!(": {of}"), kind: Kind::MarkerType });
        }
    }
}

fn role_hints(page: &Page<'_>, passage: &Passage<'_>, found: &mut Vec<Hint>) {
    let text = passage.text();
    let mut parser = Parser::new(page.options.dialects);
    let mut script = parser.script(text);
    while let Some(parsed) = script.next() {
        let Piece::Statement(Statement::CreateTable(table)) = parsed.piece else { continue };
        for (column, role) in roles(text, script.tree(), &table) {
            if let Some(place) = passage.exact_host(column) {
                found.push(Hint { at: place.end, label: role.to_owned(), kind: Kind::KeyRole });
            }
        }
    }
}

/// The columns of a key that is named below them, and what they are for.
fn roles(text: &str, tree: &Tree, table: &CreateTable) -> Vec<(Span, &'static str)> {
    let names = |names: List<Name>, column: Name| tree.list(names).iter().any(|name| name.same(column, text));
    let role = |column: Name| {
        if names(table.partition_key, column) {
            Some("partition key")
        } else if names(table.clustering_key, column) {
            Some("clustering key")
        } else {
            None
        }
    };
    let columns = tree.list(table.columns).iter().filter(|column| !column.is_key);
    columns.filter_map(|column| Some((column.of.span, role(column.name)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::fixture::with_page;

    const SCHEMA: &str = "CREATE TABLE shop.orders (id uuid, at timestamp, total int, tags set<text>, prices map<text, int>, c counter, \
                          PRIMARY KEY (id, at));";

    /// The text with the hints where they stand.
    fn shown(name: &str, text: &str) -> String {
        with_page(name, text, SCHEMA, |page, _| {
            let mut shown = page.text.to_owned();
            for hint in hints(page, Span::new(0, page.text.len() as u32)).iter().rev() {
                shown.insert_str(hint.at as usize, &format!("«{}»", hint.label));
            }
            shown
        })
    }

    #[test]
    fn markers_have_types() {
        for text in [
            "SELECT * FROM shop.orders WHERE id = ?«: uuid» AND at > :at«: timestamp» LIMIT ?«: int»",
            "SELECT * FROM shop.orders WHERE id IN ?«: list<uuid>» AND tags CONTAINS ?«: text»",
            "SELECT * FROM shop.orders WHERE id IN (?«: uuid», 5) AND (at) > (?«: timestamp»)",
            "SELECT * FROM nobody WHERE id = ? PER PARTITION LIMIT ?«: int»",
            "UPDATE shop.orders USING TTL ?«: int» AND TIMESTAMP ?«: bigint» SET tags = tags + {?«: text»}, prices['é'] = ?«: int» \
             WHERE id = ?«: uuid» IF total = ?«: int»",
            "INSERT INTO shop.orders (id, total) VALUES («id:»?«: uuid», «total:»3) USING TTL ?«: int»",
            "INSERT INTO nobody (a, b) VALUES («a:»?, «b:»now())",
            "INSERT INTO shop.orders (id, total) VALUES (?)",
            "USE shop;\r\nBEGIN BATCH USING TIMESTAMP ?«: bigint»\r\nDELETE prices[?«: text»] FROM orders WHERE id = ?«: uuid»;\r\nAPPLY BATCH",
        ] {
            let plain = without(text);
            assert_eq!(shown("a.cql", &plain), text);
        }
    }

    /// The text without the hints in it.
    fn without(text: &str) -> String {
        let parts = text.split('«').map(|part| part.split_once('»').map_or(part, |(_, behind)| behind));
        parts.collect()
    }

    #[test]
    fn keys_have_roles() {
        for text in [
            "CREATE TABLE t (a int« partition key», b list<text>« clustering key», c text, PRIMARY KEY ((a), b))",
            "CREATE TABLE t (a int PRIMARY KEY, b text)",
        ] {
            let plain = without(text);
            assert_eq!(shown("a.cql", &plain).replace("«partition", "« partition").replace("«clustering", "« clustering"), text);
        }
    }

    #[test]
    fn programs_have_hints() {
        for (name, text) in [
            ("A.java", "class A { String a = \"DELETE FROM shop.orders WHERE id = ?«: uuid»\" +\n \" AND at = ?«: timestamp»\"; }"),
            ("a.go", "package a\nvar q = `INSERT INTO shop.orders (id)\nVALUES («id:»?«: uuid»)`\n"),
            ("a.py", "q = \"SELECT * FROM shop.orders WHERE id = %s LIMIT :m«: int»\"\n"),
        ] {
            let plain = without(text);
            assert_eq!(shown(name, &plain), text);
        }
    }

    #[test]
    fn a_part_has_its_own() {
        let text = "SELECT a FROM t LIMIT ?; SELECT a FROM t LIMIT ?;";
        let count = |part: Span| with_page("a.cql", text, "", |page, _| hints(page, part).len());
        assert_eq!((count(Span::new(0, 10)), count(Span::new(0, 24)), count(Span::new(0, 60))), (0, 1, 2));
    }
}
