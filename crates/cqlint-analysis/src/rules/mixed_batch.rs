//! `mixed-batch`: a batch that one of its members costs the mark.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Condition, Write};
use cqlint_syntax::{Span, Statement};

use crate::fix::split;
use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::rules::list_element_set;
use crate::{Certainty, Diagnostic, Hazard, Level, Related, Rule};

/// See `mixed_batch.md`.
pub(crate) static RULE: Rule = Rule {
    name: "mixed-batch",
    summary: "a batch is not idempotent because of a few of its statements: the others lose the mark with them",
    docs: include_str!("mixed_batch.md"),
    level: Level::Note,
    group: "model",
    asks: Asks::Statement(check),
};

/// A batch of which no more than a half is certainly not idempotent, and the rest certainly is.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    let Statement::Batch(batch) = inspection.statement else { return };
    let members = inspection.members();
    // A condition holds for the batch as a whole.
    if inspection.is_open() || members.iter().any(|(_, member)| is_conditional(member)) {
        return;
    }
    let profile = inspection.options.profile;
    let hazards: Vec<_> = inspection.hazards.iter().filter(|hazard| profile.blocks.contains(hazard.effect)).collect();
    // Positions in lists are hazards because of what stands beside them.
    let is_plain = |hazard: &&Hazard| hazard.certainty == Certainty::Certain && hazard.rule != &list_element_set::RULE;
    let member_of = |hazard: &&Hazard| {
        let number = members.partition_point(|(member, _)| member.start <= hazard.span.start);
        number.checked_sub(1).and_then(|at| members.get(at)).map(|(member, _)| *member)
    };
    let Some(costly) = hazards.iter().map(member_of).collect::<Option<BTreeSet<Span>>>() else { return };
    if costly.is_empty() || costly.len() * 2 > members.len() || !hazards.iter().all(is_plain) {
        return;
    }
    let others = match members.len() - costly.len() {
        1 => "the other is".into(),
        others => format!("the other {others} are"),
    };
    let few = if costly.len() == 1 { "costs" } else { "cost" };
    let message = format!("{} of {} statements {few} the batch its mark: {others} idempotent", costly.len(), members.len());
    let mut finding = Diagnostic::new(&RULE, batch.head, message, "repeated as a whole, or not at all");
    let related = |hazard: &&Hazard| Related { span: hazard.span, message: hazard.rule.message(hazard, inspection.text).label };
    finding.related = hazards.iter().map(related).collect();
    finding.note = Some("nothing repeats the batch, so the idempotent ones fail with the others when a node is slow".into());
    finding.help = Some("execute what is not idempotent by itself, unless the batch must be applied as a whole".into());
    // What the batch says of its timestamp its members would lose.
    finding.fix = inspection.has_no_using(batch.head).then(|| split::out(inspection, costly));
    findings.push(finding);
}

fn is_conditional(member: &Statement) -> bool {
    match member.write() {
        Some(Write::Insert(insert)) => insert.if_not_exists.is_some(),
        Some(Write::Update(update)) => !matches!(update.condition, Condition::None),
        Some(Write::Delete(delete)) => !matches!(delete.condition, Condition::None),
        None => false,
    }
}
