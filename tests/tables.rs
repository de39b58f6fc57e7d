//! The tables in `grammar/` and the ones in the code are the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cqlint_analysis::{Levels, Options, Schema, Verdict, analyze, classify};
use cqlint_syntax::KEYWORDS;

use crate::grammar::dialects;

/// The rows of a table, without its head.
fn rows(file: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../grammar").join(file);
    let text = fs::read_to_string(path).expect("a readable file");
    text.lines().skip(1).map(fields).collect()
}

/// Fields with a comma inside stand in double quotes, and double quotes inside are written twice.
fn fields(row: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for letter in row.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().expect("a field").push(letter),
        }
    }
    fields
}

#[test]
fn keywords_are_the_same() {
    let row = |word: &str, reserved_in, known_in, is_reserved| format!("{word},{reserved_in:?},{known_in:?},{is_reserved}");
    let listed = rows("keywords.csv");
    let listed: BTreeSet<_> =
        listed.iter().map(|fields| row(&fields[0], dialects(&fields[1]), dialects(&fields[2]), fields[3] == "no")).collect();
    let code = KEYWORDS.iter();
    let code: BTreeSet<_> = code.map(|(word, text)| row(text, word.reserved_in(), word.known_in(), word.is_reserved())).collect();
    let differing: Vec<_> = listed.symmetric_difference(&code).collect();
    assert!(differing.is_empty(), "in one table only: {differing:?}");
}

#[test]
fn functions_answer_as_listed() {
    let mut wrong = Vec::new();
    for row in rows("functions.csv") {
        for name in std::iter::once(row[0].as_str()).chain(row[1].split_whitespace()) {
            let argument = if name.starts_with("from") { "'1'" } else { "" };
            let verdict = classify(&format!("UPDATE t SET v = {name}({argument}) WHERE k = 1"));
            if (verdict == Verdict::Idempotent) != (row[5] == "yes") {
                wrong.push(format!("{name}: {verdict:?}, and deterministic is {}", row[5]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rule `wrong-arity` speaks of every number of arguments but those that are listed, and `unknown-function` of none of them.
#[test]
fn functions_take_as_many_arguments_as_listed() {
    let schema = Schema::from_text("CREATE TABLE t (k int PRIMARY KEY, v int)");
    let levels = Levels::default();
    let options = Options { schema: Some(&schema), levels: Some(&levels), ..Options::default() };
    let mut wrong = Vec::new();
    for row in rows("functions.csv") {
        // `a; b [; c]`: two, or three. `token` takes the partition key.
        let optional = row[6].matches('[').count();
        let required = row[6].split('[').next().unwrap_or_default().trim();
        let least = if required.is_empty() { 0 } else { required.matches(';').count() + 1 };
        let is_judged = row[0] != "token" && !row[0].contains("injection");
        for name in std::iter::once(row[0].as_str()).chain(row[1].split_whitespace()) {
            for count in 0..6 {
                let arguments = vec!["v"; count].join(", ");
                let analysis = analyze(&format!("SELECT {name}({arguments}) FROM t WHERE k = 1"), &options);
                let told: Vec<_> = analysis.statements[0].findings.iter().map(|finding| finding.rule.name).collect();
                let is_wrong = is_judged && !(least..=least + optional).contains(&count);
                if told != if is_wrong { vec!["wrong-arity"] } else { Vec::new() } {
                    wrong.push(format!("{name} with {count} arguments: {told:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
