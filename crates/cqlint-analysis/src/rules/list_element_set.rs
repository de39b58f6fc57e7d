//! `list-element-set`: an element of a list is set by its position.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::ast::Assignment;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, DependsOn, Effect, Hazard, Level, Message, Rule};

/// See `list_element_set.md`.
pub(crate) static RULE: Rule = Rule {
    name: "list-element-set",
    summary: "an element of a list is set by its position: late, it hits another element",
    docs: include_str!("list_element_set.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// `l[i] = v`, in the profile `strict`: no timestamp keeps a late retry from an element that has moved there.
pub(crate) fn check(walk: &mut Walk<'_>, assignment: &Assignment, unsure: bool) {
    if walk.write().protected {
        return;
    }
    let certainty = if unsure { Certainty::Depends(DependsOn::ColumnType) } else { Certainty::Certain };
    walk.push(&RULE, Effect::Late, certainty, assignment.span, assignment.column.span);
}

/// `l[i] = v` beside another write to the list in the same statement, in every profile: the second execution finds
/// another list, or none.
pub(crate) fn check_beside(walk: &mut Walk<'_>, assignment: &Assignment, certainty: Certainty) {
    // It says more than the remark that a late retry may hit another element.
    walk.hazards.retain(|hazard| hazard.rule != &RULE || hazard.span != assignment.span);
    walk.push(&RULE, Effect::State, certainty, assignment.span, assignment.column.span);
}

fn message(hazard: &Hazard, text: &str) -> Message {
    let subject = hazard.subject.text(text);
    let message = match hazard.certainty {
        _ if hazard.effect == Effect::State => {
            format!("an element of `{subject}` is set by its position beside another write to the list: a retry finds another list")
        }
        Certainty::Certain => format!("an element of list `{subject}` is set by its position: a late retry may hit another one"),
        Certainty::Depends(_) => format!("`{subject}` may be a list: set by its position, a late retry may hit another element"),
    };
    Message {
        message,
        label: "the position may have moved".to_string(),
        retry: "when another client removes an element in between, the same position is another element; when the list is gone, it raises",
        help: "use a map, whose keys do not move".to_string(),
    }
}
