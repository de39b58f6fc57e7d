//! `count-scan`: an aggregate of all partitions.

use alloc::format;
use alloc::vec::Vec;

use crate::inspection::{Inspection, Reach};
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `count_scan.md`.
pub(crate) static RULE: Rule = Rule {
    name: "count-scan",
    summary: "rows of all partitions are counted or summed up: one answer reads the whole table",
    docs: include_str!("count_scan.md"),
    level: Level::Warn,
    group: "performance",
    asks: Asks::Statement(check),
};

/// `SELECT count(*) FROM t`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for select in inspection.reads() {
        let (Some(span), Some(table)) = (inspection.aggregate(select), select.table) else { continue };
        if inspection.reach(select) != Some(Reach::Everything) {
            continue;
        }
        let message = format!("an aggregate reads all rows of `{}`", inspection.text_of(table.span()));
        let mut finding = Diagnostic::new(&RULE, span, message, "no partition is named");
        finding.note = Some(
            "nobody keeps the number of rows: each node reads all that it has, until the query times out; LIMIT does not help"
                .into(),
        );
        finding.help = Some("restrict the partition key, count where you write, or ask nodetool for an estimate".into());
        findings.push(finding);
    }
}
