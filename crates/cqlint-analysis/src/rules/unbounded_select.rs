//! `unbounded-select`: a SELECT that answers a whole table.

use alloc::format;
use alloc::vec::Vec;

use crate::inspection::{Inspection, Reach};
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `unbounded_select.md`.
pub(crate) static RULE: Rule = Rule {
    name: "unbounded-select",
    summary: "all rows of a table are read: neither WHERE nor LIMIT says how many",
    docs: include_str!("unbounded_select.md"),
    level: Level::Off,
    group: "performance",
    asks: Asks::Statement(check),
};

/// `SELECT a, b FROM t`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for select in inspection.reads() {
        let Some(table) = select.table else { continue };
        let is_bounded = !select.relations.is_empty() || select.limit.is_some();
        // What makes one answer of all rows is worse, and another rule's.
        if is_bounded || inspection.aggregate(select).is_some() || inspection.reach(select) != Some(Reach::Everything) {
            continue;
        }
        let name = inspection.text_of(table.span());
        let message = format!("all rows of `{name}` are read");
        let mut finding = Diagnostic::new(&RULE, table.span(), message, "neither WHERE nor LIMIT");
        finding.note = Some("each node is asked for all that it has, page by page: the time grows with the table".into());
        finding.help = Some("restrict the partition key, or say LIMIT".into());
        findings.push(finding);
    }
}
