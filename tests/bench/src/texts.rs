//! Long files of each language, as their own language servers see them.

use std::fmt::Write as _;

use crate::tree::Numbers;
use crate::{Result, workload};

/// So many lines has each.
const LINES: usize = 2_000;

/// Tables and statements of CQL, as people write them, on as many lines; about one in ten has something to be found.
///
/// # Errors
/// None; it reads as the others do.
pub fn cql() -> Result<String> {
    let mut numbers = Numbers(1);
    let mut text = String::new();
    for group in 0..LINES / 20 {
        let (number, table) = (numbers.any() % 1_000, format!("items{group}"));
        writeln!(text, "CREATE TABLE IF NOT EXISTS {table} (\n    id uuid,\n    at timestamp,\n    name text,\n    value int,")?;
        writeln!(text, "    tags list<text>,\n    PRIMARY KEY (id, at)\n) WITH comment = 'number {number}';\n")?;
        writeln!(text, "SELECT name, value, tags FROM {table}\n    WHERE id = ? AND at > '2024-01-01' LIMIT {number};")?;
        writeln!(text, "INSERT INTO {table} (id, at, name, value) VALUES (?, ?, 'name of {number}', {number});")?;
        writeln!(text, "UPDATE {table} SET name = ?, value = {number}\n    WHERE id = ? AND at = ?;")?;
        writeln!(text, "UPDATE {table} SET tags = tags + ['{number}'] WHERE id = ? AND at = ?;")?;
        writeln!(
            text,
            "DELETE FROM {table} WHERE id = ? AND at = ?;\nINSERT INTO {table} (id, at) VALUES (?, toTimestamp(now()));"
        )?;
        writeln!(text, "-- What belongs to {table} ends here.\n\n")?;
    }
    Ok(text.lines().take(LINES).flat_map(|line| [line, "\n"]).collect())
}

/// A class in Java with 60 statements.
///
/// # Errors
/// When the workload is damaged.
pub fn java() -> Result<String> {
    const METHODS: usize = 60;
    // The class around the methods, and the first and last lines of each.
    const AROUND: usize = 8;
    const EACH: usize = (LINES - AROUND) / METHODS;
    let statements: Vec<_> = workload::small()?.iter().map(|sample| one_line(&sample.cql)).collect();
    let mut numbers = Numbers(2);
    let mut text = String::from(
        "package shop;\n\nimport com.datastax.oss.driver.api.core.CqlSession;\n\
         import com.datastax.oss.driver.api.core.cql.SimpleStatement;\n\nclass Queries {\n",
    );
    for method in 0..METHODS {
        let cql = numbers.pick(&statements).map_or("", String::as_str).replace('\\', "\\\\").replace('"', "\\\"");
        writeln!(text, "    long query{method}(CqlSession session, Object key) {{")?;
        writeln!(text, "        session.execute(SimpleStatement.newInstance(\"{cql}\", key));")?;
        for line in 0..EACH - 4 {
            writeln!(text, "        long value{line} = key.hashCode() * {}L + {method};", numbers.any() % 1_000)?;
        }
        writeln!(text, "        return value0;\n    }}")?;
    }
    text.push_str("}\n");
    filled(text, "// A line of its own.\n")
}

/// Functions in Python, some of them with what ruff finds by itself.
///
/// # Errors
/// None; it reads as the others do.
pub fn python() -> Result<String> {
    let mut numbers = Numbers(3);
    let mut text = String::from("import os\nimport sys\n\n");
    for function in 0..LINES / 10 {
        let number = numbers.any() % 1_000;
        writeln!(text, "def query{function}(session, key):")?;
        writeln!(text, "    statement = \"SELECT value FROM items WHERE key = %s\"")?;
        writeln!(text, "    rows = session.execute(statement, (key, {number}))")?;
        writeln!(text, "    total = sum(row.value for row in rows if row.value != None)")?;
        writeln!(text, "    names = [str(value) for value in range({number})]")?;
        writeln!(text, "    if total > {number}:\n        return names")?;
        writeln!(text, "    unused = {{\"key\": key, \"path\": os.sep}}\n    return total\n")?;
    }
    Ok(text.lines().take(LINES).flat_map(|line| [line, "\n"]).collect())
}

/// Statements of PostgreSQL, one on each line, some of them with what squawk finds by itself.
///
/// # Errors
/// None; it reads as the others do.
pub fn sql() -> Result<String> {
    let mut numbers = Numbers(4);
    let mut text = String::new();
    for line in 0..LINES {
        let number = numbers.any() % 1_000;
        let table = format!("items{}", line / 5);
        match line % 5 {
            // Adding a column needs a lock, which is a finding.
            2 if line % 50 == 2 => writeln!(text, "ALTER TABLE {table} ADD COLUMN note{line} text;")?,
            0 => writeln!(
                text,
                "CREATE TABLE IF NOT EXISTS {table} (id bigint PRIMARY KEY, name text NOT NULL, value numeric(12, 2));"
            )?,
            1 => writeln!(text, "INSERT INTO {table} (id, name, value) VALUES ({number}, 'name of {line}', {number}.5);")?,
            2 => writeln!(text, "DELETE FROM {table} WHERE id = {number} AND name <> 'name of {line}';")?,
            3 => writeln!(text, "UPDATE {table} SET value = value + {number}, name = upper(name) WHERE id IN (1, 2, {number});")?,
            _ => writeln!(text, "SELECT i.id, sum(i.value) FROM {table} i WHERE i.name LIKE 'a%' GROUP BY i.id ORDER BY 2;")?,
        }
    }
    Ok(text)
}

fn one_line(cql: &str) -> String {
    cql.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(';').to_owned()
}

/// Made as long as the others.
fn filled(mut text: String, line: &str) -> Result<String> {
    let missing = LINES.checked_sub(text.lines().count()).ok_or("the text is too long")?;
    text.push_str(&line.repeat(missing));
    Ok(text)
}
