//! Names in definitions of everything but tables.

use cqlint_syntax::ast::{CreateFunction, CreateType, Definition, Name, NativeType, Object, QualifiedName};
use cqlint_syntax::{Keyword, Token, TokenKind};

use super::words::Words;
use super::{Collector, Owner, Sense, What};

impl Collector<'_, '_> {
    pub(super) fn create_type(&mut self, user: &CreateType) {
        let owner = self.qualified(What::Type, Sense::Creates, user.name);
        for field in self.tree.list(user.fields) {
            self.push(What::Field, Sense::Creates, field.name, owner.clone());
            self.data_type(&field.of);
        }
    }

    pub(super) fn create_function(&mut self, function: &CreateFunction) {
        self.qualified(What::Function, Sense::Creates, function.name);
        self.signature();
        self.data_type(&function.returns);
    }

    pub(super) fn definition(&mut self, definition: &Definition) {
        let name = definition.name;
        match definition.object {
            Object::CreateKeyspace => self.alone(What::Keyspace, Sense::Creates, name),
            Object::AlterKeyspace => self.alone(What::Keyspace, Sense::Alters, name),
            Object::DropKeyspace => self.alone(What::Keyspace, Sense::Drops, name),
            Object::CopyTable => self.copy_table(name),
            Object::DropTable => _ = self.thing(What::Table, Sense::Drops, name),
            Object::AlterTypeAdd => self.alter_type(definition, Sense::Adds),
            Object::AlterTypeChange | Object::AlterTypeRename => self.alter_type(definition, Sense::Alters),
            Object::DropType => _ = self.thing(What::Type, Sense::Drops, name),
            Object::CreateIndex => self.create_index(name),
            Object::DropIndex => _ = self.thing(What::Index, Sense::Drops, name),
            Object::CreateView => self.create_view(definition),
            Object::AlterView => _ = self.thing(What::View, Sense::Alters, name),
            Object::DropView => _ = self.thing(What::View, Sense::Drops, name),
            // A trigger has a name that nothing else speaks of.
            Object::CreateTrigger | Object::DropTrigger => self.table_behind(Keyword::On),
            Object::DropFunction => self.drop_routine(What::Function, name),
            Object::CreateAggregate => self.create_aggregate(name),
            Object::DropAggregate => self.drop_routine(What::Aggregate, name),
            Object::CreateRole | Object::CreateUser => self.alone(What::Role, Sense::Creates, name),
            Object::AlterRole | Object::AlterUser => self.alone(What::Role, Sense::Alters, name),
            Object::DropRole | Object::DropUser => self.alone(What::Role, Sense::Drops, name),
            Object::AddIdentity => self.role_behind(Keyword::Role),
            Object::AttachServiceLevel => self.role_behind(Keyword::To),
            Object::DetachServiceLevel => self.role_behind(Keyword::From),
            Object::Comment | Object::SecurityLabel => self.annotated(),
            Object::Restrict => self.restrict(),
            Object::CreateSearchIndex => self.search_index(name),
            Object::AlterSearchIndex => self.alter_search_index(name),
            Object::DropSearchIndex | Object::ManageSearchIndex => _ = self.thing(What::Table, Sense::Uses, name),
            // Identities and service levels are named nowhere else.
            Object::DropIdentity | Object::CreateServiceLevel | Object::AlterServiceLevel | Object::DropServiceLevel => {}
        }
    }

    /// What is defined, when it has a name.
    fn thing(&mut self, what: What, sense: Sense, name: Option<QualifiedName>) -> Owner {
        name.map_or_else(Owner::default, |name| self.qualified(what, sense, name))
    }

    /// The same, for what is in no keyspace.
    fn alone(&mut self, what: What, sense: Sense, name: Option<QualifiedName>) {
        if let Some(name) = name {
            self.plain(what, sense, name.name);
        }
    }

    fn alter_type(&mut self, definition: &Definition, sense: Sense) {
        let owner = self.thing(What::Type, Sense::Alters, definition.name);
        for field in self.tree.list(definition.columns) {
            self.push(What::Field, sense, field.name, owner.clone());
            self.data_type(&field.of);
        }
        for (at, name) in self.tree.list(definition.names).iter().enumerate() {
            let sense = if at % 2 == 0 { Sense::Alters } else { Sense::Adds };
            self.push(What::Field, sense, *name, owner.clone());
        }
    }

    /// `ON t (a, KEYS(b))`.
    fn create_index(&mut self, name: Option<QualifiedName>) {
        let Some((table, rest)) = self.behind(&[Keyword::On]).and_then(Words::qualified) else { return };
        let table = self.qualified(What::Table, Sense::Uses, table);
        if let Some(name) = name {
            self.push(What::Index, Sense::Creates, name.name, table.clone());
        }
        if let Some((targets, _)) = rest.parenthesised() {
            targets.names().for_each(|name| self.column(name, Sense::Uses, &table));
        }
        self.clustering_order(&table);
    }

    /// DSE's `CREATE SEARCH INDEX ON t WITH COLUMNS a, b { … }`.
    #[expect(clippy::wildcard_enum_match_arm, reason = "whatever else stands there has no name")]
    fn search_index(&mut self, table: Option<QualifiedName>) {
        let table = self.thing(What::Table, Sense::Uses, table);
        let Some(columns) = self.behind(&[Keyword::Columns]) else { return };
        let ends = |token: &Token| token.keyword == Keyword::And;
        let until = columns.0.iter().position(ends).unwrap_or(columns.0.len());
        // The options of a column stand in braces.
        let mut depth = 0_usize;
        let mut is_first = true;
        for token in columns.0.iter().take(until) {
            match token.kind {
                TokenKind::OpenBrace => depth += 1,
                TokenKind::CloseBrace => depth = depth.saturating_sub(1),
                TokenKind::Comma if depth == 0 => is_first = true,
                TokenKind::Word | TokenKind::QuotedName if depth == 0 && is_first => {
                    self.column(Name { span: token.span }, Sense::Uses, &table);
                    is_first = false;
                }
                _ => {}
            }
        }
    }

    /// `ALTER SEARCH INDEX SCHEMA ON t ADD FIELD c`.
    fn alter_search_index(&mut self, table: Option<QualifiedName>) {
        let table = self.thing(What::Table, Sense::Uses, table);
        if let Some((field, _)) = self.behind(&[Keyword::Field]).and_then(Words::name) {
            self.column(field, Sense::Uses, &table);
        }
    }

    fn drop_routine(&mut self, what: What, name: Option<QualifiedName>) {
        self.thing(what, Sense::Drops, name);
        self.signature();
    }

    fn create_aggregate(&mut self, name: Option<QualifiedName>) {
        self.thing(What::Aggregate, Sense::Creates, name);
        self.signature();
        for word in [Keyword::Sfunc, Keyword::Reducefunc, Keyword::Finalfunc] {
            if let Some((function, _)) = self.behind(&[word]).and_then(Words::name) {
                self.qualified(What::Function, Sense::Uses, QualifiedName { keyspace: None, name: function });
            }
        }
        if let Some(state) = self.behind(&[Keyword::Stype]) {
            let until = state
                .0
                .iter()
                .position(|token| matches!(token.keyword, Keyword::Reducefunc | Keyword::Finalfunc | Keyword::Initcond));
            self.types_in(Words(state.0.get(..until.unwrap_or(state.0.len())).unwrap_or_default()));
        }
    }

    /// The types in the first parentheses: `(a int, b frozen<address>)`, or the types alone.
    fn signature(&mut self) {
        if let Some((inside, _)) = self.parentheses().parenthesised() {
            self.types_in(inside);
        }
    }

    /// The user types among types, which arguments may have names before.
    pub(super) fn types_in(&mut self, types: Words<'_>) {
        let mut rest = types;
        while let Some((name, behind)) = rest.qualified() {
            rest = behind;
            // Two names that stand side by side are an argument and its type.
            let is_argument = behind.name().is_some();
            if !is_argument && !self.is_native(name) && behind.kind() != TokenKind::Less {
                self.qualified(What::Type, Sense::Uses, name);
            }
            while !rest.0.is_empty() && rest.name().is_none() {
                rest = rest.rest();
            }
        }
    }

    fn is_native(&self, name: QualifiedName) -> bool {
        let written = name.span().text(self.text);
        let is = |native: &NativeType| written.eq_ignore_ascii_case(native.text());
        written.starts_with('\'') || NativeType::ALL.iter().any(is)
    }
}
