//! The page that is made of what was said.

use cqlint_analysis::Timestamps;

use super::peers::{CQL_PROXY, JAVA_DRIVER, NODE_DRIVER};
use super::{Answer, Row, Section};

/// Who was asked, and which timestamps its attempts carry: cqlint-runtime's drivers and the Java driver draw one for each, the Node
/// driver sends one request again, and cql-proxy the frame that it was given.
pub(super) const COLUMNS: [(&str, Timestamps); 5] = [
    ("cqlint", Timestamps::PerAttempt),
    ("cqlint, text only", Timestamps::PerAttempt),
    ("Java QueryBuilder", Timestamps::PerAttempt),
    ("Node Mapper", Timestamps::PerRequest),
    ("cql-proxy", Timestamps::PerRequest),
];

/// What `QueryBuilders.java` adds to code that makes the text of the line above.
const SAME: &str = " for the same text";

/// What an answer is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Worth {
    Right,
    /// The driver will repeat what must not be repeated.
    Wrong,
    /// The driver will not repeat what could be.
    Cautious,
}

/// What the answer of a column is worth; nothing where there is none.
fn worth(row: &Row<'_>, column: usize) -> Option<(Answer, Worth)> {
    let (answer, (_, timestamps)) = (row.answers[column]?, COLUMNS[column]);
    let worth = match (answer, row.truth.may_be_repeated(timestamps)) {
        (Answer::Idempotent, true) => Worth::Right,
        (Answer::Idempotent, false) => Worth::Wrong,
        (Answer::NotIdempotent | Answer::Nothing | Answer::Refused, true) => Worth::Cautious,
        (Answer::NotIdempotent | Answer::Nothing | Answer::Refused, false) => Worth::Right,
    };
    Some((answer, worth))
}

fn cell(row: &Row<'_>, column: usize) -> String {
    let Some((answer, worth)) = worth(row, column) else { return String::new() };
    let said = match answer {
        Answer::Idempotent => "yes",
        Answer::NotIdempotent => "no",
        Answer::Nothing => "unsaid",
        Answer::Refused => "unread",
    };
    match worth {
        Worth::Right => said.to_owned(),
        Worth::Wrong => format!("**✗ {said}**"),
        Worth::Cautious => format!("({said})"),
    }
}

/// The whole page.
pub(super) fn page(sections: &[Section], rows: &[Row<'_>], facts: &[(String, String)]) -> String {
    let mut page = include_str!("head.md").replace("{totals}", &totals(rows));
    let mut rows = rows.iter();
    for section in sections {
        page += &format!("\n### {}\n\n{}", section.title, table_head(&["statement", "executed twice"]));
        for row in rows.by_ref().take(section.form.len()) {
            let cells: Vec<_> = (0..COLUMNS.len()).map(|column| cell(row, column)).collect();
            page += &format!("| `{}` | {} | {} |\n", row.form.cql, row.truth.twice, cells.join(" | "));
        }
    }
    // The second way to say a text stands below the first.
    let facts = facts.iter().map(|(code, said)| match code.strip_suffix(SAME) {
        Some(code) => format!("| `{code}`{SAME} | {said} |\n"),
        None => format!("| `{code}` | {said} |\n"),
    });
    page += &include_str!("features.md").replace("{facts}", &facts.collect::<String>());
    page.replace("{java}", JAVA_DRIVER).replace("{node}", NODE_DRIVER).replace("{cql-proxy}", CQL_PROXY)
}

/// These columns, and one for each who was asked.
fn table_head(columns: &[&str]) -> String {
    let names: Vec<_> = columns.iter().copied().chain(COLUMNS.map(|(name, _)| name)).collect();
    format!("| {} |\n|{}\n", names.join(" | "), "---|".repeat(names.len()))
}

fn totals(rows: &[Row<'_>]) -> String {
    let line = |name: &str, counts: &dyn Fn(Worth) -> bool| {
        let count = |column| rows.iter().filter_map(|row| worth(row, column)).filter(|(_, worth)| counts(*worth)).count();
        let cells: Vec<_> = (0..COLUMNS.len()).map(|column| count(column).to_string()).collect();
        format!("| {name} | {} |\n", cells.join(" | "))
    };
    [
        table_head(&[""]),
        line("forms that it can say", &|_| true),
        line("right", &|worth| worth == Worth::Right),
        line("over-cautious: `(no)`", &|worth| worth == Worth::Cautious),
        line("**wrongly idempotent: ✗**", &|worth| worth == Worth::Wrong),
    ]
    .concat()
}
