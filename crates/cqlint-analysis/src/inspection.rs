//! A statement under the eyes of the rules that say more than whether it is idempotent.

mod aggregate;
mod key;
mod literals;
mod partition;
mod places;
mod reach;
mod terms;
mod values;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Name, NativeType, QualifiedName};
use cqlint_syntax::{Parser, Piece, Span, Statement, Token, Tree};

use crate::rule::Asks;
use crate::schema::{Fields, Table, TableView, is_hole};
use crate::{DataType, Diagnostic, Fix, Hazard, Options, Schema};

pub(crate) use partition::Partitions;
pub(crate) use reach::{Reach, is_servers};
pub(crate) use values::Wanted;

/// So many hazards of one statement are mended at once: to mend one, the statement is read again.
const MENDED: usize = 100;

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
    /// What the walk has found.
    pub(crate) hazards: &'a [Hazard],
}

impl Inspection<'_> {
    /// Inspects each statement of a text that parses, without a walk before. A USE counts for those behind it.
    pub(crate) fn each(text: &str, options: &Options<'_>, mut inspect: impl FnMut(&Inspection<'_>)) {
        let mut used: Option<String> = None;
        let mut parser = Parser::new(options.dialects);
        let mut script = parser.script(text);
        while let Some(parsed) = script.next() {
            let Piece::Statement(statement) = parsed.piece else { continue };
            inspect(&Inspection {
                text,
                tree: script.tree(),
                tokens: script.tokens(),
                options,
                keyspace: used.as_deref().or(options.keyspace),
                statement: &statement,
                span: parsed.span,
                hazards: &[],
            });
            if let Statement::Use(name) = statement {
                used = Some(name.value(text).into_owned());
            }
        }
    }
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

    /// How each hazard that is told can be mended where it stands, in the order of the hazards; for as many as any can be.
    pub(crate) fn fixes(&self) -> Vec<Option<Fix>> {
        if self.options.levels.is_none() {
            return Vec::new();
        }
        let fix = |hazard: &Hazard| match hazard.rule.asks {
            Asks::Mendable(_, fix) if self.options.profile.reports(hazard.effect) => fix(self, hazard),
            Asks::Mendable(..) | Asks::Hazard(_) | Asks::Statement(_) | Asks::CallSite(_) | Asks::Text => None,
        };
        let mut fixes: Vec<_> = self.hazards.iter().take(MENDED).map(fix).collect();
        fixes.truncate(fixes.iter().rposition(Option::is_some).map_or(0, |last| last + 1));
        fixes
    }

    /// Whether clauses may stand in the statement that nobody knows.
    pub(crate) fn is_open(&self) -> bool {
        self.options.open.iter().any(|place| self.span.start <= place.start && place.start <= self.span.end + 1)
    }

    /// Whether something here stands for what only the running program knows.
    pub(crate) fn has_hole(&self, span: Span) -> bool {
        self.options.holes.iter().any(|hole| span.start < hole.end && hole.start < span.end)
    }

    /// What reads or writes rows: the statement itself, or the members of a batch. In a transaction names may be those of rows
    /// that it has read.
    pub(crate) fn of_rows(&self) -> &'a [Statement] {
        if matches!(self.statement, Statement::Transaction(_)) { &[] } else { self.writes() }
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

    /// The keyspace of a name: its own, or the one of names that have none. One that the program puts in may be any.
    pub(crate) fn keyspace_of(&self, name: QualifiedName) -> Option<Cow<'a, str>> {
        match name.keyspace {
            Some(keyspace) => Some(keyspace.value(self.text)).filter(|value| !is_hole(value) && !self.has_hole(keyspace.span)),
            None => self.keyspace.filter(|keyspace| !is_hole(keyspace)).map(Cow::Borrowed),
        }
    }

    /// What is known of tables, types and functions, if anything is: names are not looked up in nothing.
    pub(crate) fn schema(&self) -> Option<&'a Schema> {
        self.options.schema.filter(|schema| !schema.is_empty())
    }

    /// The table, when all of it is known.
    pub(crate) fn whole_table(&self, table: QualifiedName) -> Option<&'a Table> {
        let schema = self.schema().filter(|_| !self.has_hole(table.name.span))?;
        schema.whole_table(self.keyspace_of(table).as_deref(), &table.name.value(self.text))
    }

    /// The table that a statement reads or writes, when all of it is known.
    pub(crate) fn whole_table_of(&self, statement: &Statement) -> Option<&'a Table> {
        self.whole_table(self.table_of(statement)?)
    }

    /// The table that a statement reads, writes or empties.
    pub(crate) fn table_of(&self, statement: &Statement) -> Option<QualifiedName> {
        if let Statement::Select(select) = statement {
            return select.table;
        }
        if let Statement::Truncate(truncate) = statement {
            return Some(truncate.table);
        }
        Some(statement.write()?.table())
    }

    /// The keyspace in which the types and functions of a statement on this table are looked up.
    pub(crate) fn home(&self, table: &'a Table) -> Option<&'a str> {
        table.keyspace.as_deref().or(self.keyspace)
    }

    /// The fields of a user type that a column of this table has, when all of them are known.
    pub(crate) fn fields(&self, keyspace: Option<&str>, name: &str, table: &'a Table) -> Option<&'a Fields> {
        let schema = self.options.schema.filter(|schema| !schema.beyond().types)?;
        schema.whole_type(keyspace.or(self.home(table)), name)
    }

    /// Whether the column of the statement's table is a counter.
    pub(crate) fn is_counter(&self, statement: &Statement, column: Name) -> bool {
        let Some((table, name)) = self.whole_table_of(statement).zip(self.known_name(column)) else { return false };
        let counter = DataType::Native(NativeType::Counter);
        table.column(&name).is_some_and(|column| column.data_type.as_ref() == Some(&counter))
    }

    /// The name as the server sees it, unless the program puts it in, or a part of it.
    pub(crate) fn known_name(&self, name: Name) -> Option<Cow<'a, str>> {
        Some(name.value(self.text)).filter(|value| !is_hole(value) && !self.has_hole(name.span))
    }

    /// What the schema knows of a table, as far as its definitions agree.
    pub(crate) fn table(&self, table: QualifiedName) -> Option<TableView<'a>> {
        self.schema()?.table(self.keyspace_of(table).as_deref(), &table.name.value(self.text))
    }

    /// Whether the text says which table it is: the program puts in neither its name nor its keyspace, nor a part of them.
    fn is_written_out(&self, table: QualifiedName) -> bool {
        self.known_name(table.name).is_some() && table.keyspace.is_none_or(|keyspace| self.known_name(keyspace).is_some())
    }

    /// The characters of a place.
    pub(crate) fn text_of(&self, span: Span) -> &'a str {
        span.text(self.text)
    }
}
