//! `wide-table`: a table with very many columns.

use alloc::format;
use alloc::vec::Vec;

use cqlint_syntax::Statement;

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `wide_table.md`.
pub(crate) static RULE: Rule = Rule {
    name: "wide-table",
    summary: "a table has very many columns: its rows are large, and reads skip most of them",
    docs: include_str!("wide_table.md"),
    level: Level::Off,
    group: "performance",
    asks: Asks::Statement(check),
};

/// The most columns that a table should have. Cassandra's guardrail `columns_per_table_warn_threshold` names no number of its own;
/// DataStax's databases as a service began at 20.
const COLUMNS: usize = 50;

/// `CREATE TABLE t (a int, b int, …)`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    let Statement::CreateTable(table) = inspection.statement else { return };
    let columns = table.columns.len();
    if columns <= COLUMNS {
        return;
    }
    let message = format!("table `{}` has {columns} columns", inspection.text_of(table.name.span()));
    let mut finding = Diagnostic::new(&RULE, table.name.span(), message, "a row is read and compacted as a whole");
    finding.note = Some("each column costs in every row that has it, and in the table's metadata on every node".into());
    finding.help = Some("split it by what is read together, or keep what nobody asks for by itself in one value".into());
    findings.push(finding);
}
