//! Statements that read and write rows, and the list of all statements.

use crate::Span;
use crate::ast::{AlterTable, CreateFunction, CreateTable, CreateType, Definition, Name, QualifiedName, Term};
use crate::tree::{Id, List};

/// One statement.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each variant is the statement that it names")]
pub enum Statement {
    Select(Select),
    Insert(Insert),
    Update(Update),
    Delete(Delete),
    Batch(Batch),
    /// `BEGIN TRANSACTION … COMMIT TRANSACTION`.
    Transaction(Transaction),
    Truncate(Truncate),
    /// ScyllaDB's `PRUNE MATERIALIZED VIEW`.
    PruneView(QualifiedName),
    Use(Name),
    /// `DESCRIBE …`, which the server answers since 4.0.
    Describe(Span),
    /// `LIST ROLES`, `LIST ALL PERMISSIONS`, …
    List(Span),
    CreateTable(CreateTable),
    AlterTable(AlterTable),
    CreateType(CreateType),
    CreateFunction(CreateFunction),
    /// Every other CREATE, ALTER, DROP, COMMENT ON, …
    Definition(Definition),
    Grant(Grant),
    Revoke(Grant),
}

/// A statement that writes rows.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each variant is the statement that it names")]
pub enum Write<'s> {
    Insert(&'s Insert),
    Update(&'s Update),
    Delete(&'s Delete),
}

impl Write<'_> {
    /// The table that it writes to.
    #[must_use]
    pub const fn table(self) -> QualifiedName {
        match self {
            Write::Insert(insert) => insert.table,
            Write::Update(update) => update.table,
            Write::Delete(delete) => delete.table,
        }
    }

    /// Its WHERE clause; an INSERT has none.
    #[must_use]
    pub const fn relations(self) -> Option<List<Relation>> {
        match self {
            Write::Insert(_) => None,
            Write::Update(update) => Some(update.relations),
            Write::Delete(delete) => Some(delete.relations),
        }
    }
}

impl Statement {
    /// The statement, when it writes rows itself; a batch has members that do.
    #[must_use]
    pub const fn write(&self) -> Option<Write<'_>> {
        match self {
            Statement::Insert(insert) => Some(Write::Insert(insert)),
            Statement::Update(update) => Some(Write::Update(update)),
            Statement::Delete(delete) => Some(Write::Delete(delete)),
            Statement::Select(_)
            | Statement::Batch(_)
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
            | Statement::Revoke(_) => None,
        }
    }
}

/// `SELECT …`.
#[derive(Clone, Copy, Debug)]
pub struct Select {
    /// `SELECT JSON`.
    pub json: bool,
    /// `SELECT DISTINCT`.
    pub distinct: bool,
    /// What is selected; empty for `*`.
    pub selectors: List<Selector>,
    /// The table; ScyllaDB also selects from nothing.
    pub table: Option<QualifiedName>,
    /// The WHERE clause.
    pub relations: List<Relation>,
    /// The GROUP BY clause.
    pub group_by: List<Term>,
    /// The ORDER BY clause.
    pub order_by: List<Ordering>,
    /// `PER PARTITION LIMIT`.
    pub per_partition_limit: Option<Id<Term>>,
    /// `LIMIT`.
    pub limit: Option<Id<Term>>,
    /// `ALLOW FILTERING`.
    pub allow_filtering: Option<Span>,
}

/// One selector of a SELECT.
#[derive(Clone, Copy, Debug)]
pub struct Selector {
    /// What is selected.
    pub term: Term,
    /// `AS alias`.
    pub alias: Option<Name>,
}

/// One ordering of a SELECT.
#[derive(Clone, Copy, Debug)]
pub struct Ordering {
    /// A column, or a scoring function (ScyllaDB).
    pub by: Term,
    /// The vector of `ANN OF`.
    pub ann_of: Option<Id<Term>>,
    /// `DESC`.
    pub descending: bool,
}

/// The USING clause.
#[derive(Clone, Copy, Debug, Default)]
pub struct Using {
    /// The value of `TIMESTAMP`.
    pub timestamp: Option<Id<Term>>,
    /// The value of `TTL`.
    pub ttl: Option<Id<Term>>,
}

/// `INSERT …`.
#[derive(Clone, Copy, Debug)]
pub struct Insert {
    /// The table.
    pub table: QualifiedName,
    /// The columns; empty for JSON.
    pub columns: List<Name>,
    /// What goes into them.
    pub source: InsertSource,
    /// Where `IF NOT EXISTS` stands.
    pub if_not_exists: Option<Span>,
    /// The USING clause.
    pub using: Using,
}

/// Where an INSERT takes its values from.
#[derive(Clone, Copy, Debug)]
pub enum InsertSource {
    /// `VALUES (…)`.
    Values(List<Term>),
    /// `JSON '…'` or `JSON ?`.
    Json(Id<Term>),
}

/// `UPDATE …`.
#[derive(Clone, Copy, Debug)]
pub struct Update {
    /// The table.
    pub table: QualifiedName,
    /// The USING clause.
    pub using: Using,
    /// The SET clause.
    pub assignments: List<Assignment>,
    /// The WHERE clause.
    pub relations: List<Relation>,
    /// The IF clause.
    pub condition: Condition,
}

/// One assignment of an UPDATE.
#[derive(Clone, Copy, Debug)]
pub struct Assignment {
    /// Where the whole assignment stands.
    pub span: Span,
    /// The column.
    pub column: Name,
    /// What of the column.
    pub target: Target,
    /// How the value gets there.
    pub kind: AssignmentKind,
    /// The value.
    pub value: Term,
}

/// What of a column is written or deleted.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// All of it.
    Column,
    /// `c[index]`.
    Element(Id<Term>),
    /// `c.field`.
    Field(Name),
    /// ScyllaDB's `c[SCYLLA_TIMEUUID_LIST_INDEX(t)]`.
    TimeuuidIndex(Id<Term>),
}

/// How an assignment changes its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssignmentKind {
    /// `c = v`.
    Set,
    /// `c = c + v`, `c += v`; also `c = c -1`, whose value is the negative number.
    Add,
    /// `c = c - v`, `c -= v`.
    Subtract,
    /// `c = v + c`.
    Prepend,
    /// ScyllaDB's `c = SCYLLA_COUNTER_SHARD_LIST(…)`.
    CounterShards,
}

/// `DELETE …`.
#[derive(Clone, Copy, Debug)]
pub struct Delete {
    /// The table.
    pub table: QualifiedName,
    /// The columns and elements; empty for whole rows.
    pub selection: List<Deletion>,
    /// The USING clause.
    pub using: Using,
    /// The WHERE clause.
    pub relations: List<Relation>,
    /// The IF clause.
    pub condition: Condition,
}

/// One column or element that a DELETE removes.
#[derive(Clone, Copy, Debug)]
pub struct Deletion {
    /// Where it stands.
    pub span: Span,
    /// The column.
    pub column: Name,
    /// What of the column.
    pub target: Target,
}

/// The IF clause of an UPDATE or a DELETE.
#[derive(Clone, Copy, Debug)]
pub enum Condition {
    /// There is none.
    None,
    /// `IF EXISTS`, at this place.
    Exists(Span),
    /// `IF a = 1 AND …`, at this place.
    If(Span, List<Relation>),
}

impl Condition {
    /// Where the clause stands.
    #[must_use]
    pub const fn span(self) -> Option<Span> {
        match self {
            Condition::None => None,
            Condition::Exists(span) | Condition::If(span, _) => Some(span),
        }
    }
}

/// One relation of a WHERE or an IF clause.
#[derive(Clone, Copy, Debug)]
pub struct Relation {
    /// Where it stands.
    pub span: Span,
    /// The left side: a column, an element or field of one, a tuple of columns, `token(…)`, `expr(…)`.
    pub left: Term,
    /// The operator.
    pub kind: RelationKind,
    /// The right side: one term, two for BETWEEN, none for IS NOT NULL and `expr(…)`.
    pub right: List<Term>,
}

/// The operators of relations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the operator that it names")]
pub enum RelationKind {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    NotIn,
    Between,
    Contains,
    ContainsKey,
    NotContains,
    NotContainsKey,
    Like,
    IsNull,
    IsNotNull,
    /// `expr(index, 'query')`, which has no operator.
    Expression,
}

/// `BEGIN … BATCH … APPLY BATCH`.
#[derive(Clone, Copy, Debug)]
pub struct Batch {
    /// Logged, unlogged or counter.
    pub kind: BatchKind,
    /// Where `BEGIN … BATCH` stands.
    pub head: Span,
    /// The USING clause.
    pub using: Using,
    /// INSERT, UPDATE and DELETE statements.
    pub members: List<Statement>,
}

/// The kinds of batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the batch that it names")]
pub enum BatchKind {
    Logged,
    Unlogged,
    Counter,
}

/// `BEGIN TRANSACTION … COMMIT TRANSACTION`.
#[derive(Clone, Copy, Debug)]
pub struct Transaction {
    /// Where `BEGIN TRANSACTION` stands.
    pub head: Span,
    /// The SELECTs of LET, the SELECT that answers, then the writes.
    pub members: List<Statement>,
    /// The IF clause.
    pub condition: Condition,
}

/// `TRUNCATE [TABLE] t`.
#[derive(Clone, Copy, Debug)]
pub struct Truncate {
    /// The table.
    pub table: QualifiedName,
}

/// `GRANT …` or `REVOKE …`.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    /// A role, rather than permissions.
    pub role: bool,
}
