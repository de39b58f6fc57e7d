//! `select-star`: a SELECT that takes all columns.

use alloc::string::ToString;
use alloc::vec::Vec;

use cqlint_syntax::{Statement, TokenKind};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `select_star.md`.
pub(crate) static RULE: Rule = Rule {
    name: "select-star",
    summary: "all columns are selected: a column that is added later comes along, or breaks who prepared it",
    docs: include_str!("select_star.md"),
    level: Level::Off,
    group: "performance",
    asks: Asks::Statement(check),
};

/// `SELECT * FROM t`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    let Statement::Select(select) = inspection.statement else { return };
    // What the program puts in may be names, too.
    if !select.selectors.is_empty() || inspection.is_open() {
        return;
    }
    let Some(span) = inspection.first(TokenKind::Star) else { return };
    let mut finding = Diagnostic::new(&RULE, span, "all columns are selected".to_string(), "whatever the table has");
    finding.note = Some("a column that is added later is read, too, and results of prepared statements change their shape".into());
    finding.help = Some("name the columns that are used".into());
    findings.push(finding);
}
