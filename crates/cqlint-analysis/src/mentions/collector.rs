//! Takes the names out of one statement: what all its parts need.

use alloc::borrow::Cow;
use alloc::sync::Arc;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Name, QualifiedName};
use cqlint_syntax::{Dialects, Keyword, Span, Statement, Token, TokenKind, Tree};

use super::words::Words;
use super::{Mention, Sense, What};
use crate::Fragment;
use crate::schema::is_hole;

/// A table or a type, as far as a statement says which.
#[derive(Clone, Debug, Default)]
pub(super) struct Owner {
    pub(super) keyspace: Option<Arc<str>>,
    pub(super) name: Option<Arc<str>>,
}

/// Takes the names out of one statement.
pub(super) struct Collector<'a, 'f> {
    pub(super) text: &'a str,
    pub(super) tree: &'a Tree,
    pub(super) tokens: &'a [Token],
    pub(super) dialects: Dialects,
    pub(super) holes: &'a [Span],
    /// The keyspace of names that have none.
    pub(super) keyspace: Option<Arc<str>>,
    /// The rows that a transaction has read, each with its table.
    pub(super) rows: Vec<(Cow<'a, str>, Owner)>,
    pub(super) found: &'f mut Vec<Mention>,
}

impl<'a> Collector<'a, '_> {
    /// The name as the server sees it, unless the program puts it in, or a part of it.
    pub(super) fn known(&self, name: Name) -> Option<Cow<'a, str>> {
        let has_hole = self.holes.iter().any(|hole| name.span.start < hole.end && hole.start < name.span.end);
        Some(name.value(self.text)).filter(|value| !has_hole && !value.is_empty() && !value.contains(Fragment::HOLE))
    }

    pub(super) fn push(&mut self, what: What, sense: Sense, name: Name, of: Owner) {
        if let Some(value) = self.known(name) {
            let mention = Mention { what, name: value.into_owned(), span: name.span, sense, keyspace: of.keyspace, owner: of.name };
            self.found.push(mention);
        }
    }

    /// A name of which nothing else matters.
    pub(super) fn plain(&mut self, what: What, sense: Sense, name: Name) {
        self.push(what, sense, name, Owner::default());
    }

    /// A name with a keyspace before it, or in the keyspace of the text.
    pub(super) fn qualified(&mut self, what: What, sense: Sense, name: QualifiedName) -> Owner {
        self.derived(what, sense, name, None)
    }

    /// The same, for what comes from something else.
    pub(super) fn derived(&mut self, what: What, sense: Sense, name: QualifiedName, from: Option<Arc<str>>) -> Owner {
        if let Some(keyspace) = name.keyspace {
            self.plain(What::Keyspace, Sense::Uses, keyspace);
        }
        let owner = self.owner(name);
        self.push(what, sense, name.name, Owner { keyspace: owner.keyspace.clone(), name: from });
        owner
    }

    /// The table or the type that a name means.
    pub(super) fn owner(&self, name: QualifiedName) -> Owner {
        let shared = |name: Name| self.known(name).map(|name| Arc::from(name.as_ref()));
        let keyspace = match name.keyspace {
            Some(keyspace) => shared(keyspace),
            None => self.keyspace.clone().filter(|keyspace| !is_hole(keyspace)),
        };
        Owner { keyspace, name: shared(name.name) }
    }

    pub(super) fn column(&mut self, name: Name, sense: Sense, table: &Owner) {
        self.push(What::Column, sense, name, table.clone());
    }

    /// A field of a type that is not said.
    pub(super) fn field(&mut self, name: Name) {
        self.push(What::Field, Sense::Uses, name, Owner { keyspace: self.keyspace.clone(), name: None });
    }

    pub(super) fn columns(&mut self, names: &[Name], sense: Sense, table: &Owner) {
        names.iter().for_each(|name| self.column(*name, sense, table));
    }

    /// The words of the statement that stand behind these.
    pub(super) fn behind(&self, words: &[Keyword]) -> Option<Words<'a>> {
        Words(self.tokens).behind(words)
    }

    /// Those that stand in a place.
    pub(super) fn words_in(&self, place: Span) -> Words<'a> {
        let from = self.tokens.partition_point(|token| token.span.start < place.start);
        let until = self.tokens.partition_point(|token| token.span.start < place.end);
        Words(self.tokens.get(from..until).unwrap_or_default())
    }

    /// Those from the first that is a parenthesis on.
    pub(super) fn parentheses(&self) -> Words<'a> {
        let open = self.tokens.iter().position(|token| token.kind == TokenKind::OpenParen);
        Words(open.and_then(|open| self.tokens.get(open..)).unwrap_or_default())
    }

    pub(super) fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Select(select) => self.select(select),
            Statement::Insert(insert) => self.insert(insert),
            Statement::Update(update) => self.update(update),
            Statement::Delete(delete) => self.delete(delete),
            Statement::Batch(batch) => {
                self.using(batch.using);
                self.tree.list(batch.members).iter().for_each(|member| self.statement(member));
            }
            Statement::Transaction(transaction) => self.transaction(transaction),
            Statement::Truncate(truncate) => _ = self.qualified(What::Table, Sense::Uses, truncate.table),
            Statement::PruneView(view) => self.prune_view(*view),
            Statement::Use(name) => self.plain(What::Keyspace, Sense::Uses, *name),
            Statement::Describe(_) => self.described(),
            Statement::List(_) => self.listed(),
            Statement::CreateTable(table) => self.create_table(table),
            Statement::AlterTable(table) => self.alter_table(table),
            Statement::CreateType(user) => self.create_type(user),
            Statement::CreateFunction(function) => self.create_function(function),
            Statement::Definition(definition) => self.definition(definition),
            Statement::Grant(grant) | Statement::Revoke(grant) => self.grant(grant.role),
        }
    }
}
