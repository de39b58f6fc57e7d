//! DELETE and TRUNCATE.

use super::basic::{column, comma_list, name, table, word, words};
use super::input::{Parsed, Tokens};
use super::relation::{condition, where_clause};
use super::update::element;
use super::using::{using, using_one};
use crate::ast::{Delete, Deletion, Statement, Target, Truncate};
use crate::{Dialects, Keyword, List, Meaning, TokenKind};

/// `delete_statement = "DELETE" [ deletion { "," deletion } ] "FROM" table [ using_clause ] where_clause [ condition ]`.
pub(crate) fn delete_statement(input: Tokens<'_>) -> Parsed<'_, Delete> {
    let (rest, _) = word(Keyword::Delete)(input)?;
    let (rest, selection) = match rest.keyword() {
        Keyword::From => (rest, List::EMPTY),
        _ => {
            rest.could_be(Keyword::From.text());
            comma_list(deletion)(rest)?
        }
    };
    let (rest, _) = word(Keyword::From)(rest)?;
    let (rest, table) = table(rest)?;
    const OPTIONS: &[Keyword] = &[Keyword::Timestamp, Keyword::Timeout];
    let (rest, using) = if input.cx.dialects.meets(Dialects::SCYLLA) { using(OPTIONS)(rest)? } else { using_one(OPTIONS)(rest)? };
    let (rest, relations) = where_clause(rest)?;
    let (mut rest, condition) = condition(rest)?;
    if rest.keyword() == Keyword::Bypass {
        rest.only(Dialects::SCYLLA, "BYPASS LARGE_DATA_GUARDRAILS")?;
        (rest, _) = words([Keyword::Bypass, Keyword::LargeDataGuardrails])(rest)?;
    }
    Ok((rest, Delete { table, selection, using, relations, condition }))
}

/// `deletion = column | column "[" term "]" | column "." name`.
fn deletion(input: Tokens<'_>) -> Parsed<'_, Deletion> {
    let (rest, column) = column(input)?;
    let (rest, target) = match rest.kind() {
        TokenKind::OpenBracket => element(rest)?,
        TokenKind::Dot => {
            let (after, field) = name(rest.skip(1))?;
            rest.names(Meaning::Field, after);
            (after, Target::Field(field))
        }
        _ => {
            rest.could_be(TokenKind::OpenBracket.text());
            rest.could_be(TokenKind::Dot.text());
            (rest, Target::Column)
        }
    };
    Ok((rest, Deletion { span: input.until(rest), column, target }))
}

/// `truncate_statement = "TRUNCATE" [ "TABLE" | "COLUMNFAMILY" ] table [ using_clause ]`.
pub(crate) fn truncate_statement(input: Tokens<'_>) -> Parsed<'_, Statement> {
    let (rest, _) = word(Keyword::Truncate)(input)?;
    let rest = match rest.keyword() {
        Keyword::Table | Keyword::Columnfamily => rest.skip(1),
        _ => rest,
    };
    let (rest, table) = table(rest)?;
    let (rest, _) = using_one(&[Keyword::Timeout])(rest)?;
    Ok((rest, Statement::Truncate(Truncate { table })))
}
