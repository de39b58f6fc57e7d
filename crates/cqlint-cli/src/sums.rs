//! The sums of a run: what was counted in each file, taken together.

use std::collections::BTreeMap;

use cqlint_project::Tally;
use cqlint_report::Summary;

pub(crate) fn add(summary: &mut Summary, tally: &Tally) {
    summary.statements += tally.statements;
    summary.idempotent += tally.idempotent;
    summary.not_idempotent += tally.not_idempotent;
    summary.depends += tally.depends;
    summary.errors += tally.errors;
    summary.warnings += tally.warnings;
    summary.notes += tally.notes;
    summary.fixable += tally.fixable;
    summary.unsafe_fixable += tally.unsafe_fixable;
    summary.hidden += tally.hidden;
    summary.baselined += tally.baselined;
    summary.unchanged += tally.unchanged;
    let merge = |into: &mut BTreeMap<&'static str, usize>, from: &BTreeMap<&'static str, usize>| {
        for (name, count) in from {
            *into.entry(name).or_default() += count;
        }
    };
    merge(&mut summary.depends_on, &tally.depends_on);
    merge(&mut summary.by_rule, &tally.by_rule);
}
