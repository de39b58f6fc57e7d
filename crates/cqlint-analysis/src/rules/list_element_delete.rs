//! `list-element-delete`: an element of a list is removed by its position.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::Span;

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, DependsOn, Effect, Hazard, Level, Message, Rule};

/// See `list_element_delete.md`.
pub(crate) static RULE: Rule = Rule {
    name: "list-element-delete",
    summary: "an element of a list is removed by its position: a retry removes the next one",
    docs: include_str!("list_element_delete.md"),
    level: Level::Warn,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// `DELETE l[i]`, `l[i] = null`; `l[i] = ?` depends on the bound value, `c[1] = null` on the column's type.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span, subject: Span, certainty: Certainty) {
    if !walk.write().protected {
        walk.push(&RULE, Effect::State, certainty, span, subject);
    }
}

fn message(hazard: &Hazard, text: &str) -> Message {
    let subject = hazard.subject.text(text);
    let message = match hazard.certainty {
        Certainty::Certain => format!("an element of list `{subject}` is removed by its position: a retry removes the next one"),
        Certainty::Depends(DependsOn::BoundValue) => {
            format!("null bound to `{subject}` removes an element of a list: a retry then removes the next one")
        }
        Certainty::Depends(_) => {
            format!("`{subject}` may be a list: removed by its position, a retry removes the next element, too")
        }
    };
    Message {
        message,
        label: "the next element moves to this position".to_string(),
        retry: "the element behind moves up and goes the second time; when none is left, the retry raises",
        help: "remove by value, `l = l - [v]`, or use a map; give the schema with `--schema` where the type is unknown".to_string(),
    }
}
