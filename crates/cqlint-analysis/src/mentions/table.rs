//! Names in definitions of tables and views.

use alloc::sync::Arc;
use alloc::vec::Vec;

use cqlint_syntax::ast::{AlterTable, ColumnDefinition, CreateTable, Definition, Name, QualifiedName, TableChange};
use cqlint_syntax::{Keyword, List, Parser, Piece, Span, Token, TokenKind};

use super::words::Words;
use super::{Collector, Owner, Sense, What};

impl Collector<'_, '_> {
    pub(super) fn create_table(&mut self, table: &CreateTable) {
        let owner = self.qualified(What::Table, Sense::Creates, table.name);
        self.defined_columns(table.columns, Sense::Creates, &owner);
        for key in [table.partition_key, table.clustering_key] {
            self.columns(self.tree.list(key), Sense::Uses, &owner);
        }
        self.clustering_order(&owner);
        if let Some((inside, _)) = self.parentheses().parenthesised() {
            self.checked(inside, &self.names_of(table.columns), &owner);
        }
    }

    fn defined_columns(&mut self, columns: List<ColumnDefinition>, sense: Sense, table: &Owner) {
        for column in self.tree.list(columns) {
            self.column(column.name, sense, table);
            self.data_type(&column.of);
        }
        self.masks();
    }

    /// `WITH CLUSTERING ORDER BY (c DESC)`.
    pub(super) fn clustering_order(&mut self, table: &Owner) {
        let order = self.behind(&[Keyword::Clustering, Keyword::Order, Keyword::By]).and_then(Words::parenthesised);
        if let Some((names, _)) = order {
            names.names().for_each(|name| self.column(name, Sense::Uses, table));
        }
    }

    /// `MASKED WITH f(…)`.
    fn masks(&mut self) {
        let mut rest = Words(self.tokens);
        while let Some(mask) = rest.behind(&[Keyword::Masked, Keyword::With]) {
            rest = mask;
            if let Some((function, behind)) = mask.qualified()
                && behind.kind() == TokenKind::OpenParen
            {
                self.qualified(What::Function, Sense::Uses, function);
            }
        }
    }

    /// `CHECK c > 0 AND c < 9`: what is none of these columns there is a function, with or without its parentheses.
    fn checked(&mut self, words: Words<'_>, columns: &[Name], table: &Owner) {
        if !words.0.iter().any(|token| token.keyword == Keyword::Check) {
            return;
        }
        let text = self.text;
        for tokens in words.0.windows(3) {
            let [before, name, behind] = tokens else { continue };
            let is_subject = matches!(before.keyword, Keyword::Check | Keyword::And) && behind.kind != TokenKind::OpenParen;
            let name = Name { span: name.span };
            if is_subject && columns.iter().any(|column| column.same(name, text)) {
                self.column(name, Sense::Uses, table);
            }
        }
    }

    fn names_of(&self, columns: List<ColumnDefinition>) -> Vec<Name> {
        self.tree.list(columns).iter().map(|column| column.name).collect()
    }

    pub(super) fn alter_table(&mut self, table: &AlterTable) {
        let owner = self.qualified(What::Table, Sense::Alters, table.name);
        match table.change {
            TableChange::Add(_, columns) => {
                self.defined_columns(columns, Sense::Adds, &owner);
                self.checked(Words(self.tokens), &self.names_of(columns), &owner);
            }
            TableChange::Drop(_, names) => self.columns(self.tree.list(names), Sense::Alters, &owner),
            TableChange::Rename(_, names) => {
                for (at, name) in self.tree.list(names).iter().enumerate() {
                    let sense = if at % 2 == 0 { Sense::Alters } else { Sense::Adds };
                    self.column(*name, sense, &owner);
                }
            }
            TableChange::Type(name, of) => {
                self.column(name, Sense::Alters, &owner);
                self.data_type(&of);
            }
            TableChange::Column(name) => {
                self.column(name, Sense::Alters, &owner);
                self.checked(Words(self.tokens), &[name], &owner);
                self.masks();
            }
            TableChange::TtlColumn => {
                let column = self.behind(&[Keyword::Ttl]).filter(|words| words.keyword() != Keyword::Null);
                if let Some((column, _)) = column.and_then(Words::name) {
                    self.column(column, Sense::Alters, &owner);
                }
            }
            // The names of DSE Graph are its own.
            TableChange::Properties(_) | TableChange::DropCompactStorage | TableChange::Graph => {}
        }
    }

    /// `CREATE TABLE t LIKE s`.
    pub(super) fn copy_table(&mut self, name: Option<QualifiedName>) {
        let Some(name) = name else { return };
        let source = self.behind(&[Keyword::Like]).and_then(Words::qualified);
        let source = source.map(|(source, _)| self.qualified(What::Table, Sense::Uses, source));
        self.derived(What::Table, Sense::Creates, name, source.and_then(|source| source.name));
    }

    pub(super) fn create_view(&mut self, definition: &Definition) {
        let Some(name) = definition.name else { return };
        let base = self.view_query(definition.head.end).unwrap_or_default();
        self.derived(What::View, Sense::Creates, name, base.name.clone());
        let key = self.behind(&[Keyword::Primary, Keyword::Key]).and_then(Words::parenthesised);
        if let Some((names, _)) = key {
            names.names().for_each(|name| self.column(name, Sense::Uses, &base));
        }
        self.clustering_order(&base);
    }

    /// The query of a view is a SELECT of its own. Answers the table that it reads.
    fn view_query(&mut self, head: u32) -> Option<Owner> {
        let tokens = self.tokens;
        let is = |keyword: Keyword| move |token: &&Token| token.keyword == keyword && token.span.start > head;
        let from = tokens.iter().find(is(Keyword::Select))?.span.start;
        let until = tokens.iter().find(is(Keyword::Primary))?.span.start;
        let query = self.text.get(from as usize..until as usize)?;
        let mut parser = Parser::new(self.dialects);
        let mut script = parser.script(query);
        let Piece::Statement(statement) = script.next()?.piece else { return None };
        let inside = |hole: &Span| (hole.start >= from && hole.end <= until).then(|| Span::new(hole.start - from, hole.end - from));
        let holes: Vec<_> = self.holes.iter().filter_map(inside).collect();
        let mut found = Vec::new();
        let mut collector = Collector {
            text: query,
            tree: script.tree(),
            tokens: script.tokens(),
            dialects: self.dialects,
            holes: &holes,
            keyspace: self.keyspace.clone(),
            rows: Vec::new(),
            found: &mut found,
        };
        collector.statement(&statement);
        let base = found.iter().find(|mention| mention.what == What::Table);
        let base = base.map(|base| Owner { keyspace: base.keyspace.clone(), name: Some(Arc::from(base.name.as_str())) });
        for mut mention in found {
            mention.span = Span::new(mention.span.start + from, mention.span.end + from);
            self.found.push(mention);
        }
        base
    }
}
