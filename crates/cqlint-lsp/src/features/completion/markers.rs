//! Bind markers: `?`, and a name after the column that a value is for.

use cqlint_analysis::syntax::{Keyword, Meaning, TokenKind};

use super::draft::Draft;
use super::names::written;
use super::{Kind, Offer};
use crate::features::statements::value;

/// Where a bind marker can stand.
const PLACES: [&str; 8] = [
    "a value",
    "a bind marker",
    "an integer or a bind marker",
    "a JSON string or a bind marker",
    "a list of values",
    "a tuple",
    "a tuple or a bind marker",
    "`?`",
];

pub(super) fn offer(draft: &Draft<'_>, offers: &mut Vec<Offer>) {
    let is_value = draft.expects(&PLACES) && !draft.expects(&["a selector"]) && !draft.is_setting();
    if draft.qualifier.is_some() || !draft.typed.is_empty() || !is_value {
        return;
    }
    // Some drivers write markers of their own, and then a `?` is none.
    let is_usual = draft.passage.fragment().is_none() || draft.passage.text().contains('?');
    if is_usual {
        offers.push(Offer::new(Kind::Marker, 5, "?").with_detail("bind marker"));
    }
    let is_named = draft.passage.fragment().is_none() || draft.passage.text().contains(" :");
    if let Some(column) = receiver(draft).filter(|column| is_named && written(column) == *column) {
        offers.push(Offer::new(Kind::Marker, 6, format!(":{column}")).with_detail("bind marker"));
    }
}

/// The column that the value at the cursor is compared with, or goes into.
fn receiver(draft: &Draft<'_>) -> Option<String> {
    let statement = &draft.statement;
    let at = match draft.clause() {
        Keyword::Values => {
            let part = statement.part(draft.len());
            let values = part.clone().find(|at| statement.keyword(*at) == Keyword::Values)?;
            // Nothing but plain values: else a comma may be one of a collection.
            let before = (values + 2..draft.len()).map(|at| statement.kind(at));
            let is_plain =
                before.clone().all(|kind| !matches!(kind, TokenKind::OpenParen | TokenKind::OpenBrace | TokenKind::OpenBracket));
            let number = before.filter(|kind| *kind == TokenKind::Comma).count();
            (part.start..values).filter(|at| statement.meaning(*at) == Meaning::Column).nth(number).filter(|_| is_plain)?
        }
        Keyword::Where | Keyword::Set | Keyword::If => draft.len().checked_sub(2)?,
        _ => return None,
    };
    let token = statement.tokens.get(at).filter(|_| statement.meaning(at) == Meaning::Column)?;
    Some(value(statement.text, *token))
}
