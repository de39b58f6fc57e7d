//! USING TIMESTAMP with a bind marker, for a write that has no timestamp of the client.

use alloc::format;
use alloc::vec;

use cqlint_syntax::ast::{AssignmentKind, Batch, BatchKind, NativeType, QualifiedName, Write};
use cqlint_syntax::{Keyword, Span, Statement, Token};

use super::{Edit, Fix, Safety, marker};
use crate::inspection::Inspection;
use crate::rules::list_overwrite;
use crate::{DataType, Hazard};

/// Binds the time of the write. The client has to supply it: so this is unsafe.
pub(crate) fn bind(inspection: &Inspection<'_>, _: &Hazard) -> Option<Fix> {
    let takes = |write: &Statement| takes_timestamp(inspection, write);
    // A counter has none, a condition draws its own, and under one timestamp the elements of a list double.
    let doubles = inspection.hazards.iter().any(|hazard| hazard.rule == &list_overwrite::RULE);
    if inspection.is_open() || doubles || !inspection.writes().iter().all(takes) {
        return None;
    }
    let (before, has_using) = place(inspection)?;
    let word = if has_using { "AND" } else { "USING" };
    let (marker, bound) = marker::new(inspection, before.end, "written_at")?;
    let edits = vec![Edit { span: Span::new(before.end, before.end), text: format!(" {word} TIMESTAMP {marker}") }];
    let message = format!("bind the time of the first attempt in microseconds, which the client knows, as {bound}");
    Some(Fix { message, edits, safety: Safety::Unsafe })
}

/// Whether the server takes a timestamp for it, as far as is known.
fn takes_timestamp(inspection: &Inspection<'_>, write: &Statement) -> bool {
    match write.write() {
        Some(Write::Insert(insert)) => insert.if_not_exists.is_none() && insert.using.timestamp.is_none(),
        Some(Write::Update(update)) => {
            let assignments = inspection.tree.list(update.assignments);
            let has = |kind: AssignmentKind| assignments.iter().any(|assignment| assignment.kind == kind);
            let may_count = has(AssignmentKind::CounterShards) || !has(AssignmentKind::Set) && may_count(inspection, update.table);
            update.condition.span().is_none() && update.using.timestamp.is_none() && !may_count
        }
        Some(Write::Delete(delete)) => {
            delete.condition.span().is_none() && delete.using.timestamp.is_none() && !may_count(inspection, delete.table)
        }
        None => false,
    }
}

/// Whether the table may be one of counters.
fn may_count(inspection: &Inspection<'_>, table: QualifiedName) -> bool {
    let counts = |of: &DataType| *of == DataType::Native(NativeType::Counter);
    inspection.table(table).is_none_or(|table| table.columns().any(|column| column.data_type.as_ref().is_none_or(counts)))
}

/// What the clause stands behind, and whether there is a USING to go on with.
fn place(inspection: &Inspection<'_>) -> Option<(Span, bool)> {
    match inspection.statement {
        Statement::Insert(_) => clause(inspection, inspection.tokens.len()),
        Statement::Update(_) => clause(inspection, inspection.first_word(Keyword::Set)?),
        Statement::Delete(_) => clause(inspection, inspection.first_word(Keyword::Where)?),
        // The server takes nothing else of a batch.
        Statement::Batch(Batch { kind: BatchKind::Logged | BatchKind::Unlogged, head, .. }) => {
            inspection.has_no_using(*head).then_some((*head, false))
        }
        Statement::Batch(Batch { kind: BatchKind::Counter, .. })
        | Statement::Select(_)
        | Statement::Transaction(_)
        | Statement::Truncate(_)
        | Statement::PruneView(_)
        | Statement::Use(_)
        | Statement::Describe(_)
        | Statement::List(_)
        | Statement::CreateTable(_)
        | Statement::AlterTable(_)
        | Statement::CreateType(_)
        | Statement::CreateFunction(_)
        | Statement::Definition(_)
        | Statement::Grant(_)
        | Statement::Revoke(_) => None,
    }
}

/// The last token of those before this one that belongs to the statement.
fn clause(inspection: &Inspection<'_>, until: usize) -> Option<(Span, bool)> {
    let before: &[Token] = inspection.tokens.get(..until)?;
    let last = before.iter().rfind(|token| token.span.end <= inspection.span.end && !token.span.is_empty())?;
    Some((last.span, before.iter().any(|token| token.keyword == Keyword::Using)))
}
