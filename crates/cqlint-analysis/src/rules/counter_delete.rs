//! `counter-delete`: a counter is deleted.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::Span;
use cqlint_syntax::ast::{Delete, NativeType};

use crate::rule::Asks;
use crate::walk::Walk;
use crate::{Certainty, DataType, Effect, Hazard, Level, Message, Rule};

/// See `counter_delete.md`.
pub(crate) static RULE: Rule = Rule {
    name: "counter-delete",
    summary: "a counter is deleted: its value may not be reset reliably",
    docs: include_str!("counter_delete.md"),
    level: Level::Note,
    group: "idempotence",
    asks: Asks::Hazard(message),
};

/// `DELETE c FROM t`, with `c` a counter.
pub(crate) fn check(walk: &mut Walk<'_>, span: Span) {
    walk.push(&RULE, Effect::Remark, Certainty::Certain, span, span);
}

/// `DELETE FROM t`, with `t` a table of counters.
pub(crate) fn check_rows(walk: &mut Walk<'_>, delete: &Delete) {
    let Some(table) = walk.write().table else { return };
    let counters = table.columns().any(|column| column.data_type == Some(DataType::Native(NativeType::Counter)));
    if counters {
        check(walk, delete.table.span());
    }
}

fn message(hazard: &Hazard, text: &str) -> Message {
    Message {
        message: format!(
            "a counter is deleted with `{}`: what is counted afterwards may start anywhere",
            hazard.subject.text(text)
        ),
        label: "deletes a counter".to_string(),
        retry: "",
        help: "delete a counter only when nobody will count with it again".to_string(),
    }
}
