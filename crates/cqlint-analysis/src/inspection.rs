//! A statement under the eyes of the rules that say more than whether it is idempotent.

mod aggregate;
mod partition;
mod reach;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Name, QualifiedName};
use cqlint_syntax::{Span, Statement, Token, TokenKind, Tree};

use crate::rule::Asks;
use crate::schema::{TableView, is_hole};
use crate::{Diagnostic, Options};

pub(crate) use partition::Partitions;
pub(crate) use reach::{Reach, is_servers};

/// A statement, and what is known around it. Batches are inspected as a whole: see [`Inspection::writes`].
pub(crate) struct Inspection<'a> {
    pub(crate) text: &'a str,
    pub(crate) tree: &'a Tree,
    pub(crate) tokens: &'a [Token],
    pub(crate) options: &'a Options<'a>,
    /// The keyspace of names that have none.
    pub(crate) keyspace: Option<&'a str>,
    pub(crate) statement: &'a Statement,
    /// From its first token up to its last, without the `;`.
    pub(crate) span: Span,
}

impl<'a> Inspection<'a> {
    /// What all rules that are switched on find.
    pub(crate) fn findings(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let Some(levels) = self.options.levels else { return findings };
        for rule in levels.inspecting() {
            let Asks::Statement(check) = rule.asks else { continue };
            check(self, &mut findings);
        }
        findings
    }

    /// Whether clauses may stand in the statement that nobody knows.
    pub(crate) fn is_open(&self) -> bool {
        self.options.open.iter().any(|place| self.span.start <= place.start && place.start <= self.span.end + 1)
    }

    /// The statement itself, or the members of the batch or transaction that it is.
    pub(crate) fn writes(&self) -> &'a [Statement] {
        match self.statement {
            Statement::Batch(batch) => self.tree.list(batch.members),
            Statement::Transaction(transaction) => self.tree.list(transaction.members),
            Statement::Select(_)
            | Statement::Insert(_)
            | Statement::Update(_)
            | Statement::Delete(_)
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
            | Statement::Revoke(_) => core::slice::from_ref(self.statement),
        }
    }

    /// What the schema knows of a table. A name that the program puts in may be any.
    pub(crate) fn table(&self, table: QualifiedName) -> Option<TableView<'a>> {
        let keyspace = table.keyspace.map(|keyspace| keyspace.value(self.text));
        let keyspace = match &keyspace {
            Some(keyspace) if is_hole(keyspace) => None,
            Some(keyspace) => Some(keyspace.as_ref()),
            None => self.keyspace,
        };
        self.options.schema?.table(keyspace, &table.name.value(self.text))
    }

    /// The keyspace of a table, as far as it is known.
    fn keyspace_of(&self, table: QualifiedName) -> Option<Cow<'a, str>> {
        table.keyspace.map(|keyspace| keyspace.value(self.text)).or(self.keyspace.map(Cow::Borrowed))
    }

    /// Whether the text says which table it is: the program puts in neither its name nor its keyspace.
    fn is_written_out(&self, table: QualifiedName) -> bool {
        !self.is_put_in(table.name) && !table.keyspace.is_some_and(|keyspace| self.is_put_in(keyspace))
    }

    /// Whether the program puts in the name.
    fn is_put_in(&self, name: Name) -> bool {
        is_hole(&name.value(self.text))
    }

    /// The first token of this kind.
    pub(crate) fn first(&self, kind: TokenKind) -> Option<Span> {
        self.tokens.iter().find(|token| token.kind == kind).map(|token| token.span)
    }

    /// The characters of a place.
    pub(crate) fn text_of(&self, span: Span) -> &'a str {
        span.text(self.text)
    }
}
