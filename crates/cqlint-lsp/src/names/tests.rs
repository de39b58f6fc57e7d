//! Names that are followed and changed over several files.

use proptest::prelude::*;

use super::rename::Renaming;
use super::*;
use crate::features::fixture::with_page;

const SCHEMA: &str = "\
CREATE TABLE shop.orders (id uuid PRIMARY KEY, state text, \"Total\" decimal, home frozen<shop.address>);
CREATE TABLE shop.users (id uuid PRIMARY KEY, state text);
CREATE TYPE shop.address (street text);
CREATE MATERIALIZED VIEW shop.by_state AS SELECT state, id FROM shop.orders
  WHERE state IS NOT NULL AND id IS NOT NULL PRIMARY KEY (state, id);
CREATE FUNCTION shop.twice (x int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS 'return x;';
";

const QUERIES: &str = "\
USE shop;\r
SELECT state FROM orders; -- é\r
UPDATE orders SET state = 'é', home = {street: 'x'} WHERE id = ? IF \"Total\" = 1;\r
SELECT state FROM by_state WHERE id = ?;\r
SELECT state, twice(1), now() FROM users;\r
";

const JAVA: &str = "class Shop {
    void pay(Session session) {
        /* é */ session.execute(\"SELECT id, state FROM shop.orders WHERE id = 1\");
        session.execute(\"UPDATE shop.orders SET state = 'paid' \" + \"WHERE id = 1\");
    }
}
";

/// Names of files and their texts.
type Files<'a> = &'a [(&'a str, &'a str)];

/// An index of files, with the place of `$0` in one of them.
fn index(files: Files<'_>) -> (Index, PathBuf, u32) {
    let mut index = Index::default();
    let mut cursor = (PathBuf::new(), 0);
    for (path, text) in files {
        with_page(path, text, "", |page, at| {
            index.set(page.path, Names::of(page));
            if text.contains("$0") {
                cursor = (page.path.to_path_buf(), at);
            }
        });
    }
    (index, cursor.0, cursor.1)
}

/// The texts after a renaming, or why there is none.
fn renamed(files: Files<'_>, new_name: &str) -> Result<Vec<String>, String> {
    let (index, path, at) = index(files);
    let renaming = index.rename(&path, at, new_name).map_err(|refusal| refusal.to_string())?;
    Ok(files.iter().map(|(path, text)| apply(&renaming, Path::new(path), &text.replace("$0", ""))).collect())
}

fn apply(renaming: &Renaming<'_>, path: &Path, text: &str) -> String {
    let mut text = text.to_owned();
    for span in renaming.places.get(path).into_iter().flatten().rev() {
        text.replace_range(span.range(), &renaming.text);
    }
    text
}

/// Puts the cursor before the nth occurrence of a word, counted from 0.
fn at(text: &str, word: &str, number: usize) -> String {
    let place = text.match_indices(word).nth(number).map_or(text.len(), |(place, _)| place);
    format!("{}$0{}", &text[..place], &text[place..])
}

#[test]
fn places_are_found_in_all_files() {
    // What stands under the cursor, and how many places define it and speak of it.
    let cases = [
        ("orders;", 0, 1, 6),
        // In the table, the view and the statements that read either; not in the other table.
        ("state FROM orders", 0, 1, 9),
        ("state FROM by_state", 0, 1, 9),
        ("state, twice", 0, 1, 2),
        ("by_state", 0, 1, 2),
        ("\"Total\"", 0, 1, 2),
        ("street", 0, 1, 2),
        ("twice", 0, 1, 2),
        ("now", 0, 0, 1),
        ("shop", 0, 0, 10),
        ("WHERE", 0, 0, 0),
    ];
    for (word, number, defined, spoken) in cases {
        let queries = at(QUERIES, word, number);
        let (index, path, at) = index(&[("schema.cql", SCHEMA), ("queries.cql", &queries), ("Shop.java", JAVA)]);
        assert_eq!(index.definition(&path, at).len(), defined, "definitions of {word}");
        let found = index.references(&path, at, Declarations::Included);
        assert_eq!(found.len(), spoken, "references to {word}: {found:?}");
        assert_eq!(index.references(&path, at, Declarations::Left).len(), spoken - defined, "uses of {word}");
        let here = index.highlights(&path, at);
        assert!(here.iter().all(|place| place.path == path && found.contains(place)) && here.is_empty() == found.is_empty());
    }
}

#[test]
fn a_file_that_changes_is_read_again_alone() {
    let (mut index, path, at) = index(&[("schema.cql", SCHEMA), ("queries.cql", &at(QUERIES, "orders", 0))]);
    let count = |index: &Index| index.references(&path, at, Declarations::Included).len();
    assert_eq!(count(&index), 4);
    with_page("schema.cql", "CREATE TABLE shop.orders (id uuid PRIMARY KEY)", "", |page, _| index.set(page.path, Names::of(page)));
    assert_eq!(count(&index), 3);
    index.remove(Path::new("schema.cql"));
    assert_eq!((count(&index), index.definition(&path, at).len()), (2, 0));
}

#[test]
fn a_column_is_renamed_everywhere() {
    let queries = at(QUERIES, "state FROM orders", 0);
    let texts = renamed(&[("schema.cql", SCHEMA), ("queries.cql", &queries), ("Shop.java", JAVA)], "phase");
    let texts = texts.unwrap_or_default();
    let users = "users (id uuid PRIMARY KEY, state text)";
    let schema = SCHEMA.replace("state", "phase").replace("by_phase", "by_state").replace(&users.replace("state", "phase"), users);
    let queries = QUERIES.replace("state", "phase").replace("by_phase", "by_state").replace("phase, twice", "state, twice");
    assert_eq!(texts, [schema, queries, JAVA.replace("state", "phase")]);
}

#[test]
fn new_names_are_quoted_when_they_need_to_be() {
    for (new_name, written) in [
        ("phase", "phase"),
        ("Phase", "\"Phase\""),
        ("\"Phase\"", "\"Phase\""),
        ("select", "\"select\""),
        ("a b", "\"a b\""),
        ("\"phase\"", "phase"),
        ("a\"b", "\"a\"\"b\""),
    ] {
        let text = "CREATE TABLE t (id int PRIMARY KEY, $0state int); SELECT state FROM t;";
        let expected = text.replace("$0", "").replace("state", written);
        assert_eq!(renamed(&[("a.cql", text)], new_name), Ok(vec![expected]), "{new_name}");
    }
}

#[test]
fn what_cannot_be_renamed_is_refused() {
    let table = "CREATE TABLE t (id int PRIMARY KEY, a int);";
    let cases: &[(Files<'_>, &str, &str)] = &[
        (&[("a.cql", "$0SELECT a FROM t")], "x", "no name that can be changed stands here"),
        (
            &[("a.cql", "SELECT $0now() FROM t")],
            "x",
            "nothing in the workspace defines `now`: a function of the server keeps its name",
        ),
        (
            &[("a.cql", "SELECT $0a FROM t")],
            "x",
            "nothing in the workspace defines column `a`: open the folder that has its definition, too",
        ),
        (
            &[("a.cql", "CREATE KEYSPACE $0k WITH replication = {}")],
            "x",
            "a keyspace is not renamed: configuration, sessions and servers know it, too",
        ),
        (&[("a.cql", table), ("b.cql", "SELECT $0a FROM t")], "id", "there is a column `id` already, at a.cql:1"),
        (
            &[("a.cql", table), ("b.cql", "SELECT a FROM $0t")],
            "a b",
            "`a b` cannot be the name: that of a table or an index is made of letters, digits and `_`",
        ),
        (
            &[("a.cql", table), ("b.cql", "SELECT $0a FROM t")],
            " ",
            "` ` cannot be the name: a name has at least one character, and none that cannot be seen",
        ),
        (
            &[("a.cql", table), ("b.cql", "ALTER TABLE t ALTER a TYPE text"), ("c.cql", "SELECT $0a FROM t")],
            "x",
            "a migration changes column `a` at b.cql:1, and what may have been applied must stay: write a new migration instead",
        ),
        (
            &[("a.cql", table), ("b.cql", "\nALTER TABLE t ADD b int"), ("c.cql", "SELECT $0b FROM t")],
            "x",
            "a migration changes column `b` at b.cql:2, and what may have been applied must stay: write a new migration instead",
        ),
        (
            &[
                ("a.cql", "CREATE TABLE k.t (id int PRIMARY KEY); CREATE TABLE l.t (id int PRIMARY KEY);"),
                ("b.cql", "SELECT * FROM $0t"),
            ],
            "x",
            "table `t` at a.cql:1 may be another one of the same name: write its keyspace or table there first",
        ),
        (
            &[
                ("a.cql", "CREATE TABLE k.t (id int PRIMARY KEY); CREATE TABLE l.$0t (id int PRIMARY KEY);"),
                ("b.cql", "\nSELECT * FROM t"),
            ],
            "x",
            "table `t` at b.cql:2 may be another one of the same name: write its keyspace or table there first",
        ),
        (
            &[("a.cql", table), ("B.java", "class B { void f(Session s) {\n s.execute(\"SELECT $0a FROM t WHERE id = 1\"); } }")],
            "Upper",
            "\"Upper\" needs its quotes, which the string at B.java:2 has to escape: choose a name in lower case",
        ),
        (
            &[
                ("a.cql", "CREATE TABLE orders (id int PRIMARY KEY, $0state int)"),
                ("B.java", "class B { void f(Session s) {\n\n s.execute(\"SELECT st\" + \"ate FROM orders WHERE id = 1\"); } }"),
            ],
            "phase",
            "the program puts this name together at B.java:3: write it out there first",
        ),
    ];
    for (files, new_name, expected) in cases {
        assert_eq!(renamed(files, new_name), Err((*expected).to_owned()));
    }
}

#[test]
fn what_can_be_renamed_says_its_name() {
    for (text, expected) in [
        ("CREATE TABLE \"T\" (id int PRIMARY KEY); SELECT id FROM \"$0T\";", Ok("T")),
        ("CREATE TABLE t (id int PRIMARY KEY); SELECT id FROM t$0;", Ok("t")),
        ("CREATE TABLE t (id int PRIMARY KEY); SELECT$0 id FROM t;", Err(())),
        ("SELECT id FROM $0t;", Err(())),
    ] {
        let (index, path, at) = index(&[("a.cql", text)]);
        let current = index.prepare_rename(&path, at);
        assert_eq!(current.as_ref().map(|current| current.name).map_err(|_| ()), expected, "{text}: {current:?}");
    }
}

proptest! {
    /// There and back again.
    #[test]
    fn a_name_that_is_renamed_back_is_as_before(place in any::<prop::sample::Index>(), new_name in "[a-z]{1,3}_[a-z0-9]{1,4}|[A-Z][a-z]{2,5}|order") {
        let files = [("schema.cql", SCHEMA.to_owned()), ("queries.cql", QUERIES.to_owned()), ("Shop.java", JAVA.to_owned())];
        let at = place.index(QUERIES.len() + 1) as u32;
        let read = |files: &[(&str, String)]| {
            let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
            index(&files).0
        };
        let path = Path::new("queries.cql");
        let before = read(&files);
        if let Ok(renaming) = before.rename(path, at, &new_name) {
            let old = before.mention_at(path, at).map(|mention| mention.name.clone()).unwrap_or_default();
            let there = files.clone().map(|(path, text)| (path, apply(&renaming, Path::new(path), &text)));
            prop_assert!(renaming.places.is_empty() || there != files);
            // The name begins where it began, but for what stands before it on the page.
            let first = renaming.places.get(path).and_then(|spans| spans.iter().next()).map_or(at, |first| first.start);
            let after = read(&there);
            let back = after.rename(path, first, &old);
            prop_assert!(back.is_ok(), "{back:?}");
            if let Ok(back) = back {
                let again = there.map(|(path, text)| (path, apply(&back, Path::new(path), &text)));
                prop_assert_eq!(&again, &files);
            }
        }
    }
}
