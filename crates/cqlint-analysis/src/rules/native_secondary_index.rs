//! `native-secondary-index`: an index of Cassandra's first kind.

use alloc::string::ToString;
use alloc::vec::Vec;

use cqlint_syntax::ast::Object;
use cqlint_syntax::{Dialects, Keyword, Statement, TokenKind};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::{Diagnostic, Level, Rule};

/// See `native_secondary_index.md`.
pub(crate) static RULE: Rule = Rule {
    name: "native-secondary-index",
    summary: "an index of the first kind is made: a query without the partition asks node after node",
    docs: include_str!("native_secondary_index.md"),
    level: Level::Off,
    group: "performance",
    asks: Asks::Statement(check),
};

/// Whose indexes without USING are such. ScyllaDB's are tables of their own.
const SERVERS: Dialects = Dialects::CASSANDRA.union(Dialects::DSE);

/// How USING calls the kind.
const KIND: &str = "legacy_local_table";

/// `CREATE INDEX ON t (c)`.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    let Statement::Definition(definition) = inspection.statement else { return };
    if definition.object != Object::CreateIndex || !inspection.options.dialects.meets(SERVERS) || inspection.is_open() {
        return;
    }
    let using = inspection.tokens.iter().position(|token| token.keyword == Keyword::Using);
    if let Some(using) = using {
        let kind = inspection.tokens.get(using + 1).filter(|token| token.kind == TokenKind::String);
        if !kind.is_some_and(|kind| inspection.text_of(kind.span).trim_matches('\'').eq_ignore_ascii_case(KIND)) {
            return;
        }
    }
    let message = "an index of Cassandra's first kind".to_string();
    let mut finding = Diagnostic::new(&RULE, definition.head, message, "each node has an index of its own rows");
    finding.note = Some("a query by it that names no partition asks node after node, and reads a row for each entry".into());
    finding.help = Some("say USING 'sai' (Cassandra 5.0, DSE), or make a table for this query".into());
    findings.push(finding);
}
