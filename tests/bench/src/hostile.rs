//! Texts that nobody writes and that must not hurt: deep, long, random, or broken in every line.

use crate::tree::Numbers;
use crate::{Result, workload};

/// A text of a size of one's choice.
#[derive(Clone, Copy)]
pub struct Case {
    /// What it is made of.
    pub name: &'static str,
    /// The smaller of the two sizes that it is measured at; the other is twice that.
    pub size: usize,
    /// Makes it.
    pub text: fn(usize) -> Result<String>,
}

const MILLION: usize = 1_000_000;

/// All of them.
pub const CASES: &[Case] = &[
    Case { name: "nested ( )", size: 100_000, text: |n| Ok(value(&nested("(", "1", ")", n))) },
    Case { name: "nested [ ]", size: 100_000, text: |n| Ok(value(&nested("[", "1", "]", n))) },
    Case { name: "nested { }", size: 100_000, text: |n| Ok(value(&nested("{", "1", "}", n))) },
    Case { name: "nested calls", size: 100_000, text: |n| Ok(value(&nested("f(", "1", ")", n))) },
    Case { name: "nested minus", size: 100_000, text: |n| Ok(value(&nested("- ", "a", "", n))) },
    Case { name: "nested ( ) in SELECT", size: 100_000, text: |n| Ok(format!("SELECT {} FROM t", nested("(", "1", ")", n))) },
    Case {
        name: "nested ( ) in WHERE",
        size: 100_000,
        text: |n| Ok(format!("SELECT a FROM t WHERE {}", nested("(", "a = 1", ")", n))),
    },
    Case {
        name: "nested types",
        size: 100_000,
        text: |n| Ok(format!("CREATE TABLE t (k int PRIMARY KEY, v {})", nested("list<", "int", ">", n))),
    },
    Case { name: "one letter", size: MILLION, text: |n| Ok("a".repeat(n)) },
    Case { name: "only '", size: MILLION, text: |n| Ok("'".repeat(n | 1)) },
    Case { name: "only \"", size: MILLION, text: |n| Ok("\"".repeat(n | 1)) },
    Case { name: "only (", size: MILLION, text: |n| Ok("(".repeat(n)) },
    Case { name: "only {", size: MILLION, text: |n| Ok("{".repeat(n)) },
    Case { name: "only -", size: MILLION, text: |n| Ok("-".repeat(n)) },
    Case { name: "only ;", size: MILLION, text: |n| Ok(";".repeat(n)) },
    Case { name: "only $", size: MILLION, text: |n| Ok("$".repeat(n)) },
    Case { name: "only /*", size: MILLION, text: |n| Ok("/*".repeat(n / 2)) },
    Case { name: "only 0", size: MILLION, text: |n| Ok("0".repeat(n)) },
    Case { name: "( after INSERT", size: MILLION, text: |n| Ok(format!("INSERT INTO t {}", "(".repeat(n))) },
    Case { name: "random bytes", size: 10 * MILLION, text: random_bytes },
    Case { name: "random printable bytes", size: 10 * MILLION, text: random_ascii },
    Case { name: "random tokens", size: 10 * MILLION, text: random_tokens },
    Case { name: "arithmetic chain", size: MILLION, text: |n| Ok(value(&["1"].repeat(n).join(" + "))) },
    Case {
        name: "AND relations",
        size: 100_000,
        text: |n| Ok(format!("SELECT a FROM t WHERE {}", ["k = 1"].repeat(n).join(" AND "))),
    },
    Case {
        name: "values of one IN",
        size: MILLION,
        text: |n| Ok(format!("SELECT a FROM t WHERE k IN ({})", ["?"].repeat(n).join(","))),
    },
    Case {
        name: "assignments",
        size: 100_000,
        text: |n| Ok(format!("UPDATE t SET {} WHERE k = 1", ["c = c + 1"].repeat(n).join(","))),
    },
    Case {
        name: "members of one batch",
        size: 100_000,
        text: |n| Ok(format!("BEGIN BATCH {}APPLY BATCH", "UPDATE t SET c = 1 WHERE k = 1;\n".repeat(n))),
    },
    Case {
        name: "broken members of one batch",
        size: 10_000,
        text: |n| Ok(format!("BEGIN BATCH {}APPLY BATCH", "UPDATE t SET c = WHERE k = 1;\n".repeat(n))),
    },
    Case { name: "broken statements", size: 100_000, text: |n| Ok("UPDATE t SET c = WHERE k = 1;\n".repeat(n)) },
    Case { name: "statements without ;", size: 10_000, text: |n| Ok("UPDATE t SET c = 1 WHERE k = 1\n".repeat(n)) },
    Case { name: "a quote open in each", size: 10_000, text: |n| Ok("UPDATE t SET c = 'x WHERE k = 1;\n".repeat(n | 1)) },
    Case { name: "a $$ open in each", size: 10_000, text: |n| Ok("UPDATE t SET c = $x WHERE k = 1;\nUSE k;\n".repeat(n) + "$$") },
    Case { name: "a comment open in each", size: 10_000, text: |n| Ok("SELECT /* ;\nSELECT a b\n".repeat(n)) },
    Case { name: "a ; in open comments", size: 100_000, text: |n| Ok("/* ;\n".repeat(n)) },
    Case { name: "lines of DESCRIBE", size: 10_000, text: |n| Ok("DESCRIBE a b c\n".repeat(n)) },
    Case { name: "statements on one line", size: 100_000, text: |n| Ok("UPDATE t SET c = 1 WHERE k = 1;".repeat(n)) },
    Case { name: "columns of one table", size: 100_000, text: |n| columns(n, |n| format!("c{n} int, ")) },
    Case {
        name: "tables",
        size: 20_000,
        text: |n| numbered(n, |n| format!("CREATE TABLE t{n} (k int PRIMARY KEY, v list<int>);\n")),
    },
    Case { name: "script", size: 100 * MILLION, text: script },
];

fn nested(open: &str, inside: &str, close: &str, depth: usize) -> String {
    [&open.repeat(depth), inside, &close.repeat(depth)].concat()
}

fn value(value: &str) -> String {
    format!("INSERT INTO t (k) VALUES ({value})")
}

fn columns(number: usize, column: fn(usize) -> String) -> Result<String> {
    Ok(format!("CREATE TABLE t (k int PRIMARY KEY, {}z int)", numbered(number, column)?))
}

fn numbered(number: usize, one: fn(usize) -> String) -> Result<String> {
    Ok((0..number).map(one).collect())
}

/// What is not UTF-8 becomes U+FFFD, as it does when a file is read.
fn random_bytes(size: usize) -> Result<String> {
    let mut numbers = Numbers(1);
    let bytes: Vec<u8> = (0..size).map(|_| numbers.any() as u8).collect();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn random_ascii(size: usize) -> Result<String> {
    let mut numbers = Numbers(2);
    Ok((0..size).map(|_| char::from(b' ' + (numbers.any() % 95) as u8)).collect())
}

fn random_tokens(size: usize) -> Result<String> {
    const OTHERS: [&str; 30] = [
        "a", "b", "1", "1.5", "'s'", "\"q\"", "?", ":b", "(", ")", "[", "]", "{", "}", "<", ">", "=", "+", "-", "*", ",", ",", ".",
        ";", ";", "\n", "\n", "0xff", "1h", "..",
    ];
    let mut numbers = Numbers(3);
    let mut text = String::with_capacity(size);
    while text.len() < size {
        let word = if numbers.any() & 1 == 0 {
            numbers.pick(cqlint_syntax::KEYWORDS).map_or("", |(_, word)| word)
        } else {
            numbers.pick(&OTHERS).copied().unwrap_or("")
        };
        text.push_str(word);
        text.push(' ');
    }
    Ok(text)
}

/// A script as people write it, but long.
fn script(size: usize) -> Result<String> {
    let samples = workload::small()?;
    let mut numbers = Numbers(4);
    let mut text = String::with_capacity(size + 10_000);
    while text.len() < size {
        if let Some(sample) = numbers.pick(&samples) {
            text.push_str(sample.cql.trim_end_matches(';'));
            text.push_str(";\n");
        }
    }
    Ok(text)
}
