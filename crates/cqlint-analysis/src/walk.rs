//! The one walk over a statement. Each form of statement is decided here, in matches without a `_` arm; what a form
//! means is a rule's.

mod assignment;
mod condition;
mod definition;
mod function;
mod keys;
mod operation;
mod positions;
mod relation;
mod shape;
mod value;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use cqlint_syntax::ast::{
    Batch, BatchKind, Delete, Insert, InsertSource, Name, Object, QualifiedName, Term, TermKind, Transaction, Update, Using,
};
use cqlint_syntax::{Id, List, Span, Statement, Tree};

use crate::rules;
use crate::schema::{TableView, is_hole};
use crate::{Binding, Certainty, Effect, Hazard, Options, Rule, Schema, Timestamps};

pub(crate) use keys::constants_may_be_equal;
pub(crate) use operation::operation;
pub(crate) use shape::{Operand, Shape};
pub(crate) use value::{Position, Target};

/// One statement on its way to a verdict.
pub(crate) struct Walk<'a> {
    pub(crate) text: &'a str,
    pub(crate) tree: &'a Tree,
    pub(crate) options: &'a Options<'a>,
    pub(crate) hazards: &'a mut Vec<Hazard>,
    /// The keyspace of names that have none.
    keyspace: Option<&'a str>,
    write: Write<'a>,
}

/// What holds for all parts of one write.
#[derive(Clone, Copy)]
pub(crate) struct Write<'a> {
    /// The table, when the schema knows it.
    pub(crate) table: Option<TableView<'a>>,
    /// The keyspace that stands before the table.
    keyspace: Option<Name>,
    /// A timestamp stands in the statement or in its batch.
    pub(crate) timestamp: bool,
    /// It has a condition.
    pub(crate) conditional: bool,
    /// It has a condition that it breaks itself: a second execution is not applied.
    pub(crate) protected: bool,
    /// It stands in a batch or a transaction, where another member may undo what its condition would notice.
    in_batch: bool,
    /// It stands in a counter batch, which takes nothing but counters.
    pub(crate) counter_batch: bool,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(
        text: &'a str,
        tree: &'a Tree,
        options: &'a Options<'a>,
        keyspace: Option<&'a str>,
        hazards: &'a mut Vec<Hazard>,
    ) -> Self {
        let write = Write {
            table: None,
            keyspace: None,
            timestamp: false,
            conditional: false,
            protected: false,
            in_batch: false,
            counter_batch: false,
        };
        Self { text, tree, options, hazards, keyspace, write }
    }

    pub(crate) fn write(&self) -> Write<'a> {
        self.write
    }

    /// The keyspace that unqualified functions and types are looked up in: the table's.
    pub(crate) fn home(&self) -> Option<Cow<'a, str>> {
        match self.write.keyspace.map(|keyspace| keyspace.value(self.text)) {
            Some(keyspace) if !is_hole(&keyspace) => Some(keyspace),
            Some(_) | None => self.write.table.and_then(TableView::keyspace).or(self.keyspace).map(Cow::Borrowed),
        }
    }

    pub(crate) fn schema(&self) -> Option<&'a Schema> {
        self.options.schema
    }

    /// What is known of a term that is a bind marker.
    pub(crate) fn binding(&self, term: &Term) -> Option<&'a Binding> {
        let bindings = self.options.bindings;
        if bindings.is_empty() || !matches!(term.kind, TermKind::Marker) {
            return None;
        }
        let at = bindings.binary_search_by_key(&term.span.start, |binding| binding.marker.start).ok()?;
        bindings.get(at)
    }

    pub(crate) fn push(&mut self, rule: &'static Rule, effect: Effect, certainty: Certainty, span: Span, subject: Span) {
        self.hazards.push(Hazard { rule, effect, certainty, span, subject });
    }

    /// Whether one timestamp may be sent with both executions.
    pub(crate) fn repeats_timestamp(&self) -> bool {
        self.write.timestamp || self.options.timestamps == Timestamps::PerRequest || self.options.profile.strict
    }

    /// Decides one statement, which stands at `span`.
    pub(crate) fn statement(&mut self, statement: &Statement, span: Span) {
        match statement {
            // Only the answer can differ.
            Statement::Select(_) | Statement::Describe(_) | Statement::List(_) => {}
            Statement::Insert(insert) => self.data(statement, span, |walk| walk.insert(insert)),
            Statement::Update(update) => self.data(statement, span, |walk| walk.update(update)),
            Statement::Delete(delete) => self.data(statement, span, |walk| walk.delete(delete)),
            Statement::Batch(batch) => self.batch(batch),
            Statement::Transaction(transaction) => self.transaction(transaction),
            Statement::Truncate(truncate) => rules::truncate::check(self, span, truncate.table),
            Statement::PruneView(view) => rules::undecided::check(self, span, view.span()),
            Statement::Use(name) => rules::use_keyspace::check(self, span, *name),
            Statement::CreateTable(table) => rules::schema_change::check(self, table.head, definition::created(table.guard)),
            Statement::CreateType(user) => rules::schema_change::check(self, user.head, definition::created(user.guard)),
            Statement::CreateFunction(function) => {
                rules::schema_change::check(self, function.head, definition::created(function.guard))
            }
            Statement::AlterTable(table) => rules::schema_change::check(self, table.head, definition::altered(table.change)),
            Statement::Definition(definition) => {
                let effect = definition::effect(definition);
                rules::schema_change::check(self, definition.head, effect);
            }
            Statement::Grant(grant) | Statement::Revoke(grant) => {
                let effect = if grant.role { Effect::Error } else { Effect::Schema };
                rules::schema_change::check(self, first_word(self.text, span), effect);
            }
        }
    }

    /// A single write: what the batch would say for its members is said here.
    fn data(&mut self, statement: &Statement, span: Span, decide: impl FnOnce(&mut Self)) {
        decide(self);
        self.positions(&[*statement]);
        if self.options.profile.strict {
            rules::late_retry::check(self, first_word(self.text, span), &[*statement], Using::default());
        }
    }

    fn insert(&mut self, insert: &Insert) {
        self.enter(insert.table, insert.using, insert.if_not_exists);
        // A row that exists after the first execution, so the second is not applied.
        self.write.protected = insert.if_not_exists.is_some() && !self.write.in_batch;
        match insert.source {
            InsertSource::Values(values) => {
                let columns = self.tree.list(insert.columns).iter();
                for (column, value) in columns.zip(self.tree.list(values)) {
                    self.assigned(*column, value);
                }
            }
            InsertSource::Json(json) => self.json(json),
        }
        self.time_to_live(insert.using, insert.table);
    }

    fn update(&mut self, update: &Update) {
        self.enter(update.table, update.using, update.condition.span());
        self.write.protected = !self.write.in_batch && self.breaks_itself(update);
        for assignment in self.tree.list(update.assignments) {
            self.assignment(assignment);
        }
        for relation in self.tree.list(update.relations) {
            self.update_relation(relation);
        }
        self.conditions(update.condition);
        self.time_to_live(update.using, update.table);
    }

    fn delete(&mut self, delete: &Delete) {
        self.enter(delete.table, delete.using, delete.condition.span());
        for deletion in self.tree.list(delete.selection) {
            self.deletion(deletion);
        }
        if delete.selection.is_empty() {
            rules::counter_delete::check_rows(self, delete);
        }
        for relation in self.tree.list(delete.relations) {
            self.delete_relation(relation);
        }
        self.conditions(delete.condition);
    }

    /// What the schema knows of a table.
    fn view(&self, table: QualifiedName) -> Option<TableView<'a>> {
        let keyspace = table.keyspace.map(|keyspace| keyspace.value(self.text));
        let keyspace = match &keyspace {
            // A keyspace that the program puts in may be any.
            Some(keyspace) if is_hole(keyspace) => None,
            Some(keyspace) => Some(keyspace.as_ref()),
            None => self.keyspace,
        };
        self.schema()?.table(keyspace, &table.name.value(self.text))
    }

    /// Begins a write: its table, its timestamp, its condition.
    fn enter(&mut self, table: QualifiedName, using: Using, condition: Option<Span>) {
        self.write = Write {
            table: self.view(table),
            keyspace: table.keyspace,
            timestamp: self.write.timestamp || using.timestamp.is_some(),
            conditional: condition.is_some(),
            protected: false,
            in_batch: self.write.in_batch,
            counter_batch: self.write.counter_batch,
        };
        if let Some(span) = condition {
            rules::lightweight_transaction::check(self, span);
        }
    }

    fn time_to_live(&mut self, using: Using, table: QualifiedName) {
        if self.options.profile.strict {
            rules::ttl_restart::check(self, using, table);
        }
    }

    /// A batch is as its worst member.
    fn batch(&mut self, batch: &Batch) {
        let outer = Write {
            timestamp: batch.using.timestamp.is_some(),
            in_batch: true,
            counter_batch: batch.kind == BatchKind::Counter,
            ..self.write
        };
        self.members(batch.members, outer, batch.using);
        self.positions(self.tree.list(batch.members));
        if self.options.profile.strict {
            rules::late_retry::check(self, batch.head, self.tree.list(batch.members), batch.using);
        }
    }

    fn members(&mut self, members: List<Statement>, outer: Write<'a>, using: Using) {
        for member in self.tree.list(members) {
            self.write = outer;
            match member {
                Statement::Insert(insert) => self.insert(&Insert { using: inherit(insert.using, using), ..*insert }),
                Statement::Update(update) => self.update(&Update { using: inherit(update.using, using), ..*update }),
                Statement::Delete(delete) => self.delete(delete),
                // The reads of a transaction.
                Statement::Select(_) => {}
                Statement::Batch(_)
                | Statement::Transaction(_)
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
                | Statement::Revoke(_) => rules::undecided::check(self, Span::default(), Span::default()),
            }
        }
    }

    /// A transaction decides on what it reads, as an LWT does.
    fn transaction(&mut self, transaction: &Transaction) {
        rules::lightweight_transaction::check(self, transaction.head);
        let outer = Write { conditional: true, in_batch: true, ..self.write };
        self.members(transaction.members, outer, Using::default());
        self.positions(self.tree.list(transaction.members));
    }

    pub(crate) fn term(&self, id: Id<Term>) -> Option<&'a Term> {
        self.tree.get(id)
    }
}

/// The objectives of a batch hold for its members.
fn inherit(own: Using, batch: Using) -> Using {
    Using { timestamp: own.timestamp.or(batch.timestamp), ttl: own.ttl.or(batch.ttl) }
}

/// The verb of a statement.
fn first_word(text: &str, span: Span) -> Span {
    let length = span.text(text).find(|character: char| !character.is_ascii_alphabetic()).unwrap_or(0);
    Span::new(span.start, span.start + length as u32)
}

/// The kind of a statement, as JSON names it.
pub(crate) fn kind(statement: &Statement) -> &'static str {
    match statement {
        Statement::Select(_) => "select",
        Statement::Insert(_) => "insert",
        Statement::Update(_) => "update",
        Statement::Delete(_) => "delete",
        Statement::Batch(_) => "batch",
        Statement::Transaction(_) => "transaction",
        Statement::Truncate(_) => "truncate",
        Statement::PruneView(_) => "prune_view",
        Statement::Use(_) => "use",
        Statement::Describe(_) => "describe",
        Statement::List(_) => "list",
        Statement::CreateTable(_) => "create_table",
        Statement::AlterTable(_) => "alter_table",
        Statement::CreateType(_) => "create_type",
        Statement::CreateFunction(_) => "create_function",
        Statement::Grant(grant) => {
            if grant.role {
                "grant_role"
            } else {
                "grant"
            }
        }
        Statement::Revoke(grant) => {
            if grant.role {
                "revoke_role"
            } else {
                "revoke"
            }
        }
        Statement::Definition(definition) => match definition.object {
            Object::CreateKeyspace => "create_keyspace",
            Object::AlterKeyspace => "alter_keyspace",
            Object::DropKeyspace => "drop_keyspace",
            Object::CopyTable => "create_table",
            Object::DropTable => "drop_table",
            Object::AlterTypeAdd | Object::AlterTypeRename | Object::AlterTypeChange => "alter_type",
            Object::DropType => "drop_type",
            Object::CreateIndex => "create_index",
            Object::DropIndex => "drop_index",
            Object::CreateView => "create_view",
            Object::AlterView => "alter_view",
            Object::DropView => "drop_view",
            Object::CreateTrigger => "create_trigger",
            Object::DropTrigger => "drop_trigger",
            Object::DropFunction => "drop_function",
            Object::CreateAggregate => "create_aggregate",
            Object::DropAggregate => "drop_aggregate",
            Object::CreateRole => "create_role",
            Object::AlterRole => "alter_role",
            Object::DropRole => "drop_role",
            Object::CreateUser => "create_user",
            Object::AlterUser => "alter_user",
            Object::DropUser => "drop_user",
            Object::AddIdentity => "add_identity",
            Object::DropIdentity => "drop_identity",
            Object::CreateServiceLevel => "create_service_level",
            Object::AlterServiceLevel => "alter_service_level",
            Object::DropServiceLevel => "drop_service_level",
            Object::AttachServiceLevel => "attach_service_level",
            Object::DetachServiceLevel => "detach_service_level",
            Object::Comment => "comment",
            Object::SecurityLabel => "security_label",
            Object::Restrict => "restrict",
            Object::CreateSearchIndex => "create_search_index",
            Object::AlterSearchIndex => "alter_search_index",
            Object::DropSearchIndex => "drop_search_index",
            Object::ManageSearchIndex => "manage_search_index",
        },
    }
}
