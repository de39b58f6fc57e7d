//! `literal-values`: a statement is prepared with all its values in it.

use alloc::format;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Insert, InsertSource, Literal, QualifiedName, Relation, Term, TermKind, Write};
use cqlint_syntax::{Dialects, List, Parser, Piece, Span, Statement, Token, TokenKind, Tree};

use crate::inspection::is_servers;
use crate::rule::Asks;
use crate::usage::Use;
use crate::{Diagnostic, Level, Related, Rule};

/// See `literal_values.md`.
pub(crate) static RULE: Rule = Rule {
    name: "literal-values",
    summary: "a statement is prepared with its values in it: nothing is left to bind",
    docs: include_str!("literal_values.md"),
    level: Level::Off,
    group: "performance",
    asks: Asks::CallSite(check),
};

/// `session.prepare("SELECT … WHERE id = 7")`.
fn check(at: &Use<'_>) -> Option<Diagnostic> {
    // What the program writes into the text is another rule's, and what nobody knows may have bind markers.
    if !at.site.prepares || !at.fragment.formatted().is_empty() || !at.fragment.open().is_empty() {
        return None;
    }
    let text = at.statement.span.text(at.fragment.text());
    let literal = sole_values(text)?;
    let start = at.statement.span.start;
    let place = at.fragment.host(Span::new(start + literal.start, start + literal.end));
    let message = format!("prepared with {} in it, and without bind markers", literal.text(text));
    let mut finding = Diagnostic::new(&RULE, at.site.call, message, "nothing is left to bind");
    finding.related.push(Related { span: place, message: "a value".into() });
    finding.note =
        Some("each value is another statement that the server prepares and keeps, and others are thrown out for it".into());
    finding.help = Some("put a bind marker where the value stands, and bind it; or execute it as it is, when it runs once".into());
    Some(finding)
}

/// The first value of a statement that has nothing to bind.
fn sole_values(text: &str) -> Option<Span> {
    let mut parser = Parser::new(Dialects::ALL);
    let mut script = parser.script(text);
    let Piece::Statement(statement) = script.next()?.piece else { return None };
    let tree = script.tree();
    if script.tokens().windows(2).any(is_marker) || script.tokens().last().is_some_and(|last| last.kind == TokenKind::Question) {
        return None;
    }
    let (table, values) = if let Statement::Select(select) = statement {
        (select.table?, compared(tree, select.relations))
    } else {
        let write = statement.write()?;
        let values = match write {
            Write::Insert(Insert { source: InsertSource::Values(values), .. }) => tree.list(*values).iter().collect(),
            Write::Insert(Insert { source: InsertSource::Json(_), .. }) => return None,
            Write::Update(_) | Write::Delete(_) => compared(tree, write.relations()?),
        };
        (write.table(), values)
    };
    let value: &Term = values.into_iter().find(|value| is_data(value)).filter(|_| !is_systems(table, text))?;
    Some(value.span)
}

/// What the columns of a WHERE clause are compared with.
fn compared(tree: &Tree, relations: List<Relation>) -> Vec<&Term> {
    tree.list(relations).iter().flat_map(|relation| tree.list(relation.right)).collect()
}

/// `?`, and the two tokens of `:name`.
fn is_marker(pair: &[Token]) -> bool {
    let [first, second] = pair else { return false };
    let is_named = first.kind == TokenKind::Colon && second.kind == TokenKind::Word && first.span.end == second.span.start;
    first.kind == TokenKind::Question || is_named
}

/// Whether it looks like something that differs from call to call: no flag, and nothing that has to be looked into.
fn is_data(value: &Term) -> bool {
    let TermKind::Literal(literal) = value.kind else { return false };
    match literal {
        Literal::Integer | Literal::Float | Literal::String | Literal::Blob | Literal::Uuid => true,
        Literal::Null | Literal::Boolean | Literal::Duration => false,
    }
}

fn is_systems(table: QualifiedName, text: &str) -> bool {
    table.keyspace.is_some_and(|keyspace| is_servers(&keyspace.value(text)))
}
