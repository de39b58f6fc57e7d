//! Every kind of literal in a column of every kind of type: what the server takes is never said not to fit.

use cqlint_analysis::Schema;

use super::refusals::refusals;
use super::{block_on, stage};
use crate::cassandra::{Client, required, say, server};

const TYPES: &[&str] = &[
    "ascii",
    "bigint",
    "blob",
    "boolean",
    "date",
    "decimal",
    "double",
    "duration",
    "float",
    "inet",
    "int",
    "smallint",
    "text",
    "time",
    "timestamp",
    "timeuuid",
    "tinyint",
    "uuid",
    "varint",
    "list<int>",
    "set<text>",
    "map<text, int>",
    "map<int, frozen<list<int>>>",
    "frozen<list<text>>",
    "frozen<set<int>>",
    "frozen<map<int, text>>",
    "list<frozen<place>>",
    "tuple<int, text>",
    "tuple<int>",
    "vector<float, 2>",
    "place",
    "frozen<place>",
];

const LITERALS: &[&str] = &[
    "null",
    "0",
    "-1",
    "127",
    "128",
    "-129",
    "32768",
    "2147483648",
    "-2147483648",
    "9223372036854775808",
    "86400000000000",
    "1.5",
    "-1e10",
    "NaN",
    "true",
    "0x",
    "0xca",
    "0xcaf",
    "5b6962dd-3f90-4c93-8f61-eabfa4a803e2",
    "5b6962dd-3f90-1c93-8f61-eabfa4a803e2",
    "2h",
    "P1DT2H",
    "''",
    "'a'",
    "'ä'",
    "'1'",
    "'-1'",
    "'it''s'",
    "$$a$$",
    "'now'",
    "'NOW'",
    "'2026-01-31'",
    "'2026-1-31'",
    "'2026-13-01'",
    "'2026-01-31T08:30Z'",
    "'2026-01-31 08:30:00.123+0100'",
    "'2026-01-31 Europe/Berlin'",
    "'01/31/2026'",
    "'08:30:00'",
    "'08:30:00.123456789'",
    "'08:30'",
    "'127.0.0.1'",
    "'::1'",
    "'1:a'",
    "[]",
    "[1]",
    "[1, 2]",
    "['a']",
    "[1.5, 2]",
    "[[1]]",
    "[{name: 'a'}]",
    "[{nam: 'a'}]",
    "{}",
    "{1}",
    "{'a'}",
    "{1, 'a'}",
    "{1: 'a'}",
    "{'a': 1}",
    "{1: [1]}",
    "{1: ['a']}",
    "{name: 'a'}",
    "{name: 'a', n: 1}",
    "{name: 1}",
    "{nam: 'a'}",
    "{'name': 'a'}",
    "(1)",
    "('a')",
    "(1, 'a')",
    "(1, 1)",
    "(1, 'a', 2)",
    "(int) 1",
    "(text) 'a'",
    "- 1",
    "1 + 1",
    "1 - 2.5",
    "now()",
    "uuid()",
];

#[test]
fn literals_fit_where_the_server_takes_them() {
    let Some(server) = required("the literals", server()) else { return };
    let columns: Vec<_> = TYPES.iter().enumerate().map(|(number, of)| format!("c{number} {of}")).collect();
    let schema = format!(
        "CREATE TYPE literals.place (name text, n int); CREATE TABLE literals.all_types (k int PRIMARY KEY, {})",
        columns.join(", ")
    );
    let known = Schema::from_text(&schema);
    let (mut wrong, mut refused, mut told) = (Vec::new(), 0, 0);
    block_on(async {
        let client = Client::connect(server).await.expect("a connection");
        stage::define(&client, &["literals"], &schema).await;
        for (number, of) in TYPES.iter().enumerate() {
            for literal in LITERALS {
                let statement = format!("INSERT INTO literals.all_types (k, c{number}) VALUES (1, {literal})");
                let is_told = !refusals(&statement, &known).is_empty();
                match client.text(&statement).await {
                    Ok(_) if is_told => wrong.push(format!("{of}: {literal} is taken")),
                    Ok(_) => {}
                    Err(_) => {
                        refused += 1;
                        told += usize::from(is_told);
                    }
                }
            }
        }
    });
    let count = TYPES.len() * LITERALS.len();
    say(&format!("the literals: {count} tried, {refused} refused, {told} of them told"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
