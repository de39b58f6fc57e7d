//! Names in statements about permissions, and in those that describe and annotate.
#![expect(clippy::wildcard_enum_match_arm, reason = "whatever else stands there has no name")]

use cqlint_syntax::ast::QualifiedName;
use cqlint_syntax::{Keyword, TokenKind};

use super::words::Words;
use super::{Collector, Sense, What};

impl Collector<'_, '_> {
    pub(super) fn table_behind(&mut self, word: Keyword) {
        if let Some((table, _)) = self.behind(&[word]).and_then(Words::qualified) {
            self.qualified(What::Table, Sense::Uses, table);
        }
    }

    pub(super) fn role_behind(&mut self, word: Keyword) {
        if let Some((role, _)) = self.behind(&[word]).and_then(Words::name) {
            self.plain(What::Role, Sense::Uses, role);
        }
    }

    /// `GRANT role TO role`, `GRANT permissions ON resource TO role`, and the same of REVOKE.
    pub(super) fn grant(&mut self, is_role: bool) {
        if is_role {
            if let Some((role, _)) = Words(self.tokens).rest().name() {
                self.plain(What::Role, Sense::Uses, role);
            }
        } else if let Some(resource) = self.behind(&[Keyword::On]) {
            self.resource(resource);
        }
        // A word of a resource may be TO only in quotes.
        self.role_behind(Keyword::To);
        self.role_behind(Keyword::From);
    }

    /// `LIST … [ON resource] [OF role]`.
    pub(super) fn listed(&mut self) {
        if let Some(resource) = self.behind(&[Keyword::On]) {
            self.resource(resource);
        }
        self.role_behind(Keyword::Of);
    }

    /// DSE: `RESTRICT … ON resource TO role`, `RESTRICT ROWS ON t USING c`.
    pub(super) fn restrict(&mut self) {
        let Some(resource) = self.behind(&[Keyword::On]) else { return };
        let column = self.behind(&[Keyword::Using]).and_then(Words::name);
        match (column, resource.qualified()) {
            (Some((column, _)), Some((table, _))) => {
                let table = self.qualified(What::Table, Sense::Uses, table);
                self.column(column, Sense::Uses, &table);
            }
            _ => self.resource(resource),
        }
        self.role_behind(Keyword::To);
        self.role_behind(Keyword::From);
    }

    /// What a permission is about.
    fn resource(&mut self, words: Words<'_>) {
        let rest = words.rest();
        // Each of these words may be the name of a table, too.
        let is_table = rest.name().is_none() || matches!(rest.keyword(), Keyword::To | Keyword::From | Keyword::Of);
        if is_table {
            return self.resource_table(words);
        }
        match words.keyword() {
            Keyword::Keyspace | Keyword::Schema => self.resource_name(What::Keyspace, rest),
            Keyword::Table | Keyword::Columnfamily => self.resource_table(rest),
            Keyword::Role => self.resource_name(What::Role, rest),
            Keyword::Function => {
                if let Some((function, rest)) = rest.qualified() {
                    self.qualified(What::Function, Sense::Uses, function);
                    if let Some((types, _)) = rest.parenthesised() {
                        self.types_in(types);
                    }
                }
            }
            // `ALL TABLES IN KEYSPACE k`, `ALL FUNCTIONS IN KEYSPACE k`, `ALL ROLES`.
            Keyword::All => {
                if let Some(keyspace) = rest.behind(&[Keyword::In, Keyword::Keyspace]) {
                    self.resource_name(What::Keyspace, keyspace);
                }
            }
            Keyword::Search => self.resource_table(rest.rest()),
            Keyword::Mbean | Keyword::Mbeans => {}
            // DSE: `'row' ROWS IN t`.
            _ if words.kind() == TokenKind::String => self.resource_table(rest.rest().without(Keyword::In)),
            _ => self.resource_table(words),
        }
    }

    fn resource_name(&mut self, what: What, words: Words<'_>) {
        if let Some((name, _)) = words.name() {
            self.plain(what, Sense::Uses, name);
        }
    }

    fn resource_table(&mut self, words: Words<'_>) {
        if let Some((table, _)) = words.qualified() {
            self.qualified(What::Table, Sense::Uses, table);
        }
    }

    /// `DESCRIBE TABLE t`, `DESCRIBE KEYSPACE k`, …
    pub(super) fn described(&mut self) {
        let object = Words(self.tokens).rest();
        let inner = object.rest();
        let what = match object.keyword() {
            Keyword::Only | Keyword::Keyspace => {
                return self.resource_name(What::Keyspace, inner.without(Keyword::Keyspace));
            }
            Keyword::Table | Keyword::Columnfamily => What::Table,
            Keyword::Materialized => What::View,
            Keyword::Index => What::Index,
            Keyword::Type => What::Type,
            Keyword::Function => What::Function,
            Keyword::Aggregate => What::Aggregate,
            // All of something, or a name of which nobody says what it is; what has a keyspace is mostly a table.
            _ => {
                if let Some((name, _)) = object.qualified().filter(|(name, _)| name.keyspace.is_some()) {
                    self.qualified(What::Table, Sense::Uses, name);
                }
                return;
            }
        };
        if let Some((name, _)) = inner.without(Keyword::View).qualified() {
            self.qualified(what, Sense::Uses, name);
        }
    }

    /// `COMMENT ON TABLE t IS …`, `SECURITY LABEL ON COLUMN t.c IS …`.
    pub(super) fn annotated(&mut self) {
        let Some(object) = self.behind(&[Keyword::On]) else { return };
        let inner = object.rest();
        let whole = match object.keyword() {
            Keyword::Keyspace => return self.resource_name(What::Keyspace, inner),
            Keyword::Column => Some((What::Column, What::Table)),
            Keyword::Field => Some((What::Field, What::Type)),
            _ => None,
        };
        let Some((part, owner)) = whole else {
            let what = if object.keyword() == Keyword::Type { What::Type } else { What::Table };
            if let Some((name, _)) = inner.qualified() {
                self.qualified(what, Sense::Uses, name);
            }
            return;
        };
        // Behind the keyspace, the table and the column; the first may be left out.
        let Some((first, rest)) = inner.qualified() else { return };
        let (name, last) = match (first.keyspace, rest.kind()) {
            (_, TokenKind::Dot) => (first, rest.rest().name().map(|(last, _)| last)),
            (Some(table), _) => (QualifiedName { keyspace: None, name: table }, Some(first.name)),
            (None, _) => return,
        };
        let owner = self.qualified(owner, Sense::Uses, name);
        if let Some(last) = last {
            self.push(part, Sense::Uses, last, owner);
        }
    }
}
