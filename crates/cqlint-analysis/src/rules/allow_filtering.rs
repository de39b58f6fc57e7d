//! `allow-filtering`: ALLOW FILTERING without the partition.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::inspection::{Inspection, Reach};
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `allow_filtering.md`.
pub(crate) static RULE: Rule = Rule {
    name: "allow-filtering",
    summary: "a query filters rows of all partitions: it reads far more than it answers",
    docs: include_str!("allow_filtering.md"),
    level: Level::Warn,
    group: "performance",
    asks: Asks::Statement(check),
};

/// `SELECT … WHERE c = 1 ALLOW FILTERING`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for select in inspection.reads() {
        let (Some(span), Some(table)) = (select.allow_filtering, select.table) else { continue };
        // Without conditions there is nothing to filter.
        if select.relations.is_empty() {
            continue;
        }
        let table = inspection.text_of(table.span());
        let finding = match inspection.reach(select) {
            None | Some(Reach::Partitions | Reach::Tokens) => continue,
            Some(Reach::Everything) => {
                let message = format!("ALLOW FILTERING reads rows of all partitions of `{table}`");
                let mut finding = Diagnostic::new(&RULE, span, message, "no partition is named");
                finding.note = Some("each node reads what it has and throws most of it away: the time grows with the table".into());
                finding.help = Some("restrict the partition key, or make a table or an index for this query".into());
                finding
            }
            Some(Reach::Unknown) => {
                let message = "ALLOW FILTERING is cheap only inside one partition".to_string();
                let mut finding = Diagnostic::new(&RULE, span, message, "which may or may not be named here");
                finding.level = Level::Note;
                finding.note = Some(format!("nothing is known of `{table}`: with the schema, this is decided"));
                finding.help = Some("give the schema, or restrict the whole partition key".into());
                finding
            }
        };
        findings.push(finding);
    }
}
