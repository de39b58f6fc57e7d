//! `literal-mismatch`: a literal that its column cannot take.

use alloc::format;
use alloc::vec::Vec;

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `literal_mismatch.md`.
pub(crate) static RULE: Rule = Rule {
    name: "literal-mismatch",
    summary: "a literal that its column cannot take",
    docs: include_str!("literal_mismatch.md"),
    level: Level::Error,
    group: "schema",
    asks: Asks::Statement(check),
};

fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    for statement in inspection.of_rows() {
        let Some(table) = inspection.whole_table_of(statement) else { continue };
        inspection.values(statement, table, &mut |value, wanted| {
            let Some(misfit) = inspection.misfit(value, wanted, table) else { return };
            let message = format!("`{}` does not fit: {} is wanted", inspection.text_of(misfit.span), misfit.wanted);
            let mut finding = Diagnostic::new(&RULE, misfit.span, message, "does not fit its column");
            finding.note = Some("the server refuses the statement, each time".into());
            finding.help = Some(format!("write {}, or bind it", misfit.wanted));
            findings.push(finding);
        });
    }
}
