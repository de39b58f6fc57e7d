//! `cqlint rules`: all rules in a table.

use std::io::{self, Write};

use cqlint_analysis::{GROUPS, RULES, Rule};
use serde::Serialize;

use crate::arguments::{ListFormat, Rules};
use crate::exit::{Exit, Failure};

pub(crate) fn run(arguments: &Rules) -> Result<Exit, Failure> {
    let list = match arguments.format {
        ListFormat::Text => text(),
        ListFormat::Json => json()?,
        ListFormat::Markdown => markdown(),
    };
    let mut out = io::stdout().lock();
    out.write_all(list.as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}

fn text() -> String {
    let widest = |column: fn(&Rule) -> &str| RULES.iter().map(|rule| column(rule).len()).max().unwrap_or(0);
    let (name, level, group) = (widest(|rule| rule.name), widest(|rule| rule.level.name()), widest(|rule| rule.group));
    let row =
        |rule: &&Rule| format!("{:name$}  {:level$}  {:group$}  {}\n", rule.name, rule.level.name(), rule.group, rule.summary);
    RULES.iter().map(row).collect()
}

/// The page of all rules, which lies beside their folder.
fn markdown() -> String {
    let row = |rule: &&Rule| {
        let page = rule.name.replace('-', "_");
        format!("| [`{}`](src/rules/{page}.md) | {} | {} |\n", rule.name, rule.level.name(), rule.summary)
    };
    let section = |(group, about): &(&str, &str)| {
        let rows: String = RULES.iter().filter(|rule| rule.group == *group).map(row).collect();
        format!("\n## `{group}`: {about}\n\n| rule | level | what it says |\n|---|---|---|\n{rows}")
    };
    "# The rules\n".to_owned() + &GROUPS.iter().map(section).collect::<String>()
}

fn json() -> Result<String, io::Error> {
    #[derive(Serialize)]
    struct Row {
        name: &'static str,
        level: &'static str,
        group: &'static str,
        summary: &'static str,
    }
    let row = |rule: &&Rule| Row { name: rule.name, level: rule.level.name(), group: rule.group, summary: rule.summary };
    let rows: Vec<_> = RULES.iter().map(row).collect();
    Ok(serde_json::to_string_pretty(&rows)? + "\n")
}
