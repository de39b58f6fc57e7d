//! What is said where.

use super::*;
use crate::features::fixture::{findings, with_page};
use crate::names::Names;

const SCHEMA: &str = "\
CREATE TABLE shop.orders (id uuid, at timeuuid, state text, \"Total\" decimal, home frozen<address>, log list<text>, note text STATIC, PRIMARY KEY (id, at));
CREATE TABLE shop.views (page text PRIMARY KEY, n counter);
CREATE TYPE shop.address (street text, zip int);
CREATE FUNCTION shop.twice (x int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS 'return x;';
CREATE MATERIALIZED VIEW shop.by_state AS SELECT id FROM shop.orders WHERE state IS NOT NULL AND id IS NOT NULL AND at IS NOT NULL PRIMARY KEY (state, id, at);
";

/// What is hovered, and what is said of it.
fn hovered(name: &str, text: &str) -> Option<(String, Prose)> {
    let mut index = Index::default();
    with_page("schema.cql", SCHEMA, "", |page, _| index.set(page.path, Names::of(page)));
    with_page(name, text, SCHEMA, |page, at| {
        index.set(page.path, Names::of(page));
        hover(page, &index, &findings(page), at).map(|hover| (hover.span.text(page.text).to_owned(), hover.prose))
    })
}

/// Holds what is said against what must be in it.
fn assert_said(name: &str, cases: &[(&str, &str, &[&str])]) {
    for (text, characters, expected) in cases {
        let (found, prose) = hovered(name, text).unwrap_or_default();
        assert_eq!(found, *characters, "{text}");
        let markdown = prose.markdown();
        for expected in *expected {
            assert!(markdown.contains(expected), "{text}: {expected:?} is not in\n{markdown}");
        }
    }
}

#[test]
fn names() {
    assert_said(
        "a.cql",
        &[
            (
                "-- é\r\nSELECT $0id FROM shop.orders",
                "id",
                &["```cql\nid uuid\n```", "partition key of `shop.orders`", "defined in `schema.cql:1`"],
            ),
            ("SELECT at$0 FROM orders", "at", &["at timeuuid", "clustering key of `shop.orders`"]),
            ("SELECT no$0te FROM orders", "note", &["note text", "static column of `shop.orders`"]),
            ("SELECT \"$0Total\" FROM orders", "\"Total\"", &["\"Total\" decimal", "column of `shop.orders`"]),
            ("SELECT $0n FROM views", "n", &["n counter", "counter of `shop.views`"]),
            ("SELECT $0state FROM by_state", "state", &["state text", "column of `shop.orders`, read through `by_state`"]),
            (
                "SELECT $0nobody FROM orders",
                "nobody",
                &["column `nobody` of `orders`, of which nothing is defined in the workspace"],
            ),
            (
                "SELECT id FROM shop.$0orders",
                "orders",
                &[
                    "```cql\nTABLE shop.orders (\n  id uuid,  -- partition key\n  at timeuuid,  -- clustering key",
                    "  note text  -- static column\n)",
                    "used by 2 statements",
                ],
            ),
            ("SELECT id FROM $0by_state", "by_state", &["materialized view `by_state` of `orders`", "defined in `schema.cql:5`"]),
            ("SELECT id FROM $0nobody", "nobody", &["table `nobody`, of which nothing is defined"]),
            (
                "CREATE TABLE x (k int PRIMARY KEY, a frozen<shop.$0address>)",
                "address",
                &["TYPE shop.address (\n  street text,\n  zip int\n)", "`schema.cql:3`"],
            ),
            (
                "UPDATE orders SET home = {$0street: 'x'} WHERE id = 1 AND at = now()",
                "street",
                &["street text", "field of type `shop.address`"],
            ),
            ("SELECT shop.$0twice(1) FROM orders", "twice", &["user function `twice`, of which nobody says", "`schema.cql:4`"]),
            ("SELECT nobody$0(1) FROM orders", "nobody", &["nobody knows whether it answers the same each time"]),
            ("SELECT $0now() FROM orders", "now", &["now() → timeuuid", "**not deterministic**", "since Cassandra 3.11"]),
            (
                "SELECT $0toDate(at) FROM orders",
                "toDate",
                &["**deterministic**", "also called `to_date` (deterministic, since Cassandra 5.0)"],
            ),
            ("DESCRIBE KEYSPACE $0shop", "shop", &["keyspace `shop`"]),
        ],
    );
}

#[test]
fn statements_and_what_drivers_do_with_them() {
    assert_said(
        "a.cql",
        &[
            (
                "$0UPDATE orders SET state = 'x' WHERE id = 1 AND at = ?",
                "UPDATE",
                &[
                    "**Idempotent**",
                    "profile `driver`",
                    "Mark it",
                    "- `setIdempotent(true)`: the Java driver 3, the Java driver 4",
                    "- `is_idempotent = True`; repeated without it, too: the Python driver",
                    "- cannot be marked, and is not repeated: cassandra-cpp, the PHP driver",
                ],
            ),
            (
                "UPDATE views $0SET n = n + 1 WHERE page = ''",
                "SET",
                &[
                    "**Not idempotent**",
                    "- `counter-update`: counter `n` is updated: a retry counts twice",
                    "Never mark it.",
                    "- repeated all the same: set a retry policy that does not: the Python driver, the C# driver",
                    "- repeated where a retry policy is set: gocql 1",
                    "Even so it may be applied twice, unless another retry policy is set:",
                    "- after overloaded, server error, connection closed: the Python driver",
                    "- after overloaded, connection closed, client timeout: the C# driver",
                    "- after write timeout COUNTER, write failure, overloaded, server error: ScyllaDB's gocql",
                ],
            ),
            (
                "UPDATE nobody SET c = c + ? $0WHERE k = 1",
                "WHERE",
                &["**May be idempotent**", "depends on the type of column `c`", "Do not mark it before that is known."],
            ),
        ],
    );
}

#[test]
fn findings_and_their_pages() {
    assert_said(
        "a.cql",
        &[
            (
                "UPDATE views SET n $0= n + 1 WHERE page = ''",
                "=",
                &[
                    "**Not idempotent**",
                    "---\n\n**warn** `counter-update`: counter `n` is updated: a retry counts twice",
                    "- here: adds again each time it is executed",
                    "- on a retry: when the answer is lost",
                    "- help: never mark it idempotent",
                    "## What happens on a retry",
                    "The full page: `cqlint explain counter-update`",
                ],
            ),
            ("UPDATE views SET n = $0n + 1 WHERE page = ''", "n", &["n counter", "**warn** `counter-update`"]),
        ],
    );
    let hidden = "UPDATE views SET n $0= n + 1 WHERE page = ''; -- cqlint: allow counter-update: nobody counts on it";
    let said = hovered("a.cql", hidden).map(|(_, prose)| prose.markdown()).unwrap_or_default();
    assert!(said.contains("Not idempotent") && !said.contains("**warn**"), "{said}");
}

#[test]
fn rules_in_comments() {
    let page = &["# counter-update", "```cql\nUPDATE views", "## Sources"];
    assert_said(
        "a.cql",
        &[
            ("-- cqlint: allow $0counter-update: é\nSELECT a FROM t", "counter-update", page),
            ("SELECT a FROM t; -- cqlint: allow-file truncate, counter$0-update: é", "counter-update", page),
            (
                "-- cqlint: allow $0truncate: é\nSELECT id FROM shop.orders WHERE id = 1",
                "truncate",
                &["# truncate", "---\n\n**warn** `unused-suppression`: "],
            ),
            ("-- cqlint: allow $0nobody: é\nSELECT id FROM t", "nobody", &["**warn** `bad-suppression`: "]),
            ("/* cqlint: allow $0marks: é */", "marks", &["**marks**: what programs say", "- `wrong-mark`: "]),
        ],
    );
    assert_said("A.java", &[("class A {\n  // cqlint: allow counter-update$0: é\n}", "counter-update", page)]);
    // A reason, the word before the name, and what is no such comment.
    for other in [
        "-- cqlint: allow counter-update: for $0truncate\nUPDATE shop.views SET n = n + 1 WHERE page = ''",
        "-- cqlint: $0allow counter-update: x\nUPDATE shop.views SET n = n + 1 WHERE page = ''",
        "-- $0counter-update",
    ] {
        assert_eq!(hovered("a.cql", other), None, "{other}");
    }
}

#[test]
fn programs() {
    let java = |call: &str| {
        format!("import com.datastax.oss.driver.api.core.CqlSession;\nclass A {{ /* é */ void f(CqlSession s) {{\n {call}\n}} }}")
    };
    let cases = [
        ("s.execute(\"SELECT $0state FROM \" + \"orders WHERE id = 1\");", "state", "state text"),
        ("s.execute(\"SELECT state FROM \" + \"$0orders WHERE id = 1\");", "orders", "TABLE shop.orders"),
        ("s.execute(\"SELECT state FROM orders $0WHERE id = 1\");", "WHERE", "- `setIdempotent(true)`: the Java driver 4"),
        ("s.execute(\"$0UPDATE views SET n = n + 1 WHERE page = 'x'\");", "UPDATE", "- not repeated: the Java driver 4"),
    ];
    for (call, characters, expected) in cases {
        assert_said("A.java", &[(&java(call), characters, &[expected])]);
    }
    assert_eq!(hovered("A.java", &java("s.$0close();")), None);
    let go = "package a\n\nfunc f(s *gocql.Session) {\n\ts.Query(`UPDATE views\n\t\tSET $0n = n + 1 WHERE page = ''`).Exec()\n}\n";
    let python = "session.execute('''\r\n  -- é\r\n SELECT $0state\r\n  FROM shop.orders''')\r\n";
    assert_said("a.py", &[(python, "state", &["state text", "column of `shop.orders`"])]);
    assert_said("a.go", &[(go, "n", &["counter of `shop.views`", "**warn** `counter-update`"])]);
}

#[test]
fn long_tables_are_cut() {
    let columns: String = (0..30).map(|number| format!("c{number} int, ")).collect();
    let text = format!("CREATE TABLE $0t ({columns}id uuid PRIMARY KEY)");
    let (_, prose) = hovered("a.cql", &text).unwrap_or_default();
    let markdown = prose.markdown();
    assert!(markdown.contains("  c0 int,\n") && markdown.contains("  c23 int,\n  -- and 7 more\n)"), "{markdown}");
}

#[test]
fn without_markdown_there_are_no_marks() {
    let (_, prose) = hovered("a.cql", "UPDATE views $0SET n = n + 1 WHERE page = ''").unwrap_or_default();
    let plain = prose.plain();
    assert!(plain.contains("Not idempotent: a second execution") && plain.contains("- not repeated: the Java driver 3"), "{plain}");
    assert!(!plain.contains("**") && !plain.contains("```") && !plain.contains("|--"), "{plain}");
}

#[test]
fn short_pages_are_whole_parts() {
    for rule in cqlint_analysis::RULES {
        let short = rule::short(rule);
        let fences = short.lines().filter(|line| line.starts_with("```")).count();
        assert_eq!(fences % 2, 0, "a fence is left open in {}:\n{short}", rule.name);
        assert!(short.lines().count() < 40 && short.lines().count() > 3, "{}: {} lines", rule.name, short.lines().count());
        assert!(short.ends_with(&format!("The full page: `cqlint explain {}`", rule.name)));
    }
}
