//! Texts by chance and those of the corpora, with the cursor anywhere: there is always an answer, and it is about the text.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use cqlint_analysis::syntax::Span;
use proptest::prelude::*;
use proptest::sample::{Index as Place, select};

use crate::features::fixture::{findings, with_page};
use crate::features::{hover, lens, outline};
use crate::names::{Declarations, Index, Names};

const SCHEMA: &str = "\
CREATE TABLE shop.orders (id uuid, at timeuuid, state text, \"Total\" decimal, home frozen<address>, PRIMARY KEY (id, at));
CREATE TABLE shop.views (page text PRIMARY KEY, n counter);
CREATE TYPE shop.address (street text, zip int);
";

/// Parts of texts, whole and broken.
const PIECES: &[&str] = &[
    "SELECT state, \"Total\" FROM shop.orders WHERE id = ?;\r\n",
    "UPDATE views SET n = n + 1 WHERE page = 'é'",
    "CREATE TABLE t (a int PRIMARY KEY, b frozen<address>);",
    "CREATE MATERIALIZED VIEW v AS SELECT a FROM t WHERE a IS NOT NULL PRIMARY KEY (a);",
    "ALTER TABLE t RENAME a TO c;",
    "s.execute(\"SELECT a FROM \" + t + \" WHERE b = 1\");\n",
    "\"UPDATE orders SET state = 'x' \" + \"WHERE id = 1\"",
    "'''DELETE FROM orders WHERE id = 1'''\n",
    "s.Query(`INSERT INTO orders (id, at) VALUES (?, now())`)",
    "-- cqlint: allow counter-update: é\n",
    "BEGIN BATCH ",
    "; APPLY BATCH;",
    "class A { void f(Session s) { ",
    "} }\n",
    "(",
    "'",
    "\"",
    "😀",
    ".",
];

/// Where texts of CQL are, and of documentation with CQL in it.
const FOLDERS: [&str; 6] = [
    "tests/corpus/accepted",
    "tests/corpus/broken",
    "tests/semantics",
    "tests/example/queries",
    "tests/example/schema",
    "crates/cqlint-analysis/src/rules",
];

static FILES: LazyLock<Vec<PathBuf>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = FOLDERS.iter().filter_map(|folder| std::fs::read_dir(root.join(folder)).ok());
    let mut files: Vec<_> = folders.flatten().flatten().map(|file| file.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
});

/// Asks for everything at one place.
fn ask(name: &str, text: &str, place: Place) {
    let at = place.index(text.len() + 1) as u32;
    let mut index = Index::default();
    with_page("schema.cql", SCHEMA, "", |page, _| index.set(page.path, Names::of(page)));
    with_page(name, text, SCHEMA, |page, _| {
        index.set(page.path, Names::of(page));
        let inside = |span: Span| page.text.get(span.range()).is_some();
        if let Some(hover) = hover::hover(page, &index, &findings(page), at) {
            assert!(inside(hover.span) && !hover.prose.markdown().is_empty() && !hover.prose.plain().is_empty());
        }
        let lenses = lens::verdicts(page).into_iter().chain(lens::uses(page, &index));
        assert!(lenses.into_iter().all(|lens| inside(lens.span) && !lens.title.is_empty()));
        let symbols = outline::outline(page);
        assert!(symbols.iter().all(|symbol| inside(symbol.span) && inside(symbol.name_span)));
        let found = index.references(page.path, at, Declarations::Included);
        assert!(found.iter().all(|place| place.path != page.path || inside(place.span)));
        if let Ok(current) = index.prepare_rename(page.path, at) {
            assert!(inside(current.span) && current.span.touches(at));
        }
        if let Ok(renaming) = index.rename(page.path, at, "other") {
            assert_eq!(renaming.places.values().map(|spans| spans.len()).sum::<usize>(), found.len());
        }
    });
}

#[test]
fn there_are_corpora() {
    assert!(FILES.len() > 80, "{} files", FILES.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn in_texts_by_chance(
        pieces in prop::collection::vec(select(PIECES), 1..12),
        name in select(&["a.cql", "A.java", "a.py", "a.go", "a.md"][..]),
        place in any::<Place>(),
    ) {
        ask(name, &pieces.concat(), place);
    }

    #[test]
    fn in_corpora(file in any::<Place>(), place in any::<Place>()) {
        let path = file.get(&FILES);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Ok(text) = std::fs::read_to_string(path) {
            ask(name, &text, place);
        }
    }
}
