//! `list-overwrite`: a whole list is assigned under a timestamp that a retry repeats.

use alloc::format;
use alloc::string::ToString;

use cqlint_syntax::Span;
use cqlint_syntax::ast::{Name, Term};

use crate::rule::Asks;
use crate::walk::{Position, Target, Walk};
use crate::{Certainty, DataType, DependsOn, Effect, Hazard, Level, Message, Rule};

/// See `list_overwrite.md`.
pub(crate) static RULE: Rule = Rule {
    name: "list-overwrite",
    summary: "a whole list is assigned under a repeated timestamp: a retry doubles its elements",
    docs: include_str!("list_overwrite.md"),
    level: Level::Warn,
    group: "model",
    asks: Asks::Hazard(message),
};

/// `l = [..]` where both executions may carry one timestamp: with USING TIMESTAMP, under `timestamps = per-request`, or
/// in the profile `strict`. Measured: `[1, 2]` becomes `[1, 2, 1, 2]`.
pub(crate) fn check(walk: &mut Walk<'_>, column: Name, target: &Target<'_>, position: Position, value: &Term) {
    // No list is a key, and what is not applied again is not doubled.
    if !walk.repeats_timestamp()
        || position == Position::Key
        || walk.write().protected
        || !walk.may_be_list(target.data_type, value)
    {
        return;
    }
    let certainty = match walk.is_list_column(target.data_type) {
        Some(false) => return,
        Some(true) => Certainty::Certain,
        None => Certainty::Depends(DependsOn::ColumnType),
    };
    walk.push(&RULE, Effect::State, certainty, column.span.to(column.span), column.span);
}

/// The same for INSERT JSON: one column with the type that the schema gives it, or the whole object.
pub(crate) fn check_json(walk: &mut Walk<'_>, json: Span, column: Option<Option<&DataType>>) {
    if !walk.repeats_timestamp() || walk.write().protected {
        return;
    }
    let certainty = match column {
        Some(data_type) => match walk.is_list_column(data_type) {
            Some(false) => return,
            Some(true) => Certainty::Certain,
            None => Certainty::Depends(DependsOn::ColumnType),
        },
        None => {
            let lists = walk
                .write()
                .table
                .is_none_or(|table| table.columns().any(|column| walk.is_list_column(column.data_type.as_ref()) != Some(false)));
            if !lists {
                return;
            }
            Certainty::Depends(DependsOn::BoundValue)
        }
    };
    walk.push(&RULE, Effect::State, certainty, json, json);
}

fn message(hazard: &Hazard, text: &str) -> Message {
    let subject = hazard.subject.text(text);
    let message = match hazard.certainty {
        Certainty::Certain => format!("list `{subject}` is assigned under a timestamp that a retry repeats: its elements double"),
        Certainty::Depends(_) => format!("`{subject}` may be a list: assigned again under the same timestamp, its elements double"),
    };
    Message {
        message,
        label: "assigned as a whole".to_string(),
        retry: "an assignment deletes what is older than its timestamp and adds; at an equal timestamp nothing is older, so `[1, 2]` becomes `[1, 2, 1, 2]`",
        help: "let each attempt draw a new timestamp, freeze the list, or use a set; give the schema with `--schema` where the type is unknown"
            .to_string(),
    }
}
