//! `rename-if-exists`: IF EXISTS guards no renaming of columns.

use alloc::string::ToString;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Guard, TableChange};
use cqlint_syntax::{Keyword, Statement};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `rename_if_exists.md`.
pub(crate) static RULE: Rule = Rule {
    name: "rename-if-exists",
    summary: "a column is renamed with IF EXISTS: the second run raises all the same",
    docs: include_str!("rename_if_exists.md"),
    level: Level::Warn,
    group: "migration",
    asks: Asks::Statement(check),
};

/// `ALTER TABLE t RENAME IF EXISTS a TO b`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    let Statement::AlterTable(table) = inspection.statement else { return };
    let TableChange::Rename(Guard::IfExists, _) = table.change else { return };
    // The other one, behind TABLE, does what it says.
    let rename = inspection.tokens.iter().position(|token| token.keyword == Keyword::Rename);
    let Some([guard, exists]) = rename.and_then(|rename| inspection.tokens.get(rename + 1..rename + 3)) else { return };
    let message = "IF EXISTS does not guard a renaming: the second run raises an error".to_string();
    let mut finding = Diagnostic::new(&RULE, guard.span.to(exists.span), message, "does nothing here");
    finding.note = Some("once the column has its new name, the old one is unknown: \"Undefined column name\"".into());
    finding.help =
        Some("run it once: let the migration tool remember that it ran, or look into system_schema.columns before".into());
    findings.push(finding);
}
