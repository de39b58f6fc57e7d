//! `multi-partition-batch`: an unlogged batch over several partitions.

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec::Vec;

use cqlint_syntax::ast::{Batch, BatchKind, InsertSource, NativeType, QualifiedName, RelationKind, Term, TermKind, Write};
use cqlint_syntax::{List, Statement};

use crate::inspection::Inspection;
use crate::rule::Asks;
use crate::schema::is_hole;
use crate::walk::constants_may_be_equal;
use crate::{DataType, Diagnostic, Level, Related, Rule};

/// See `multi_partition_batch.md`.
pub(crate) static RULE: Rule = Rule {
    name: "multi-partition-batch",
    summary: "an unlogged batch writes to several partitions: each is applied for itself, or not at all",
    docs: include_str!("multi_partition_batch.md"),
    level: Level::Note,
    group: "model",
    asks: Asks::Statement(check),
};

/// So many members are compared, each with each.
const COMPARED: usize = 100;

/// `BEGIN UNLOGGED BATCH` with two members whose partitions certainly differ.
fn check(inspection: &Inspection<'_>, findings: &mut Vec<Diagnostic>) {
    let Statement::Batch(Batch { kind: BatchKind::Unlogged, head, members, .. }) = inspection.statement else { return };
    if inspection.is_open() {
        return;
    }
    let members = inspection.tree.list(*members).iter().take(COMPARED);
    let partitions: Vec<_> = members.filter_map(|member| Partition::of(inspection, member)).collect();
    let mut pairs =
        partitions.iter().enumerate().flat_map(|(at, one)| partitions.iter().skip(at + 1).map(move |other| (one, other)));
    let Some((one, other)) = pairs.find(|(one, other)| one.differs(other, inspection)) else { return };
    let message = "an unlogged batch writes to several partitions: each is applied for itself";
    let mut finding = Diagnostic::new(&RULE, *head, message.to_string(), "holds nothing together here");
    finding.related.push(Related { span: one.table.span(), message: "one partition".to_string() });
    finding.related.push(Related { span: other.table.span(), message: "another one".to_string() });
    finding.note = Some("one partition that fails fails the batch, and the retry sends all of them through one node again".into());
    finding.help = Some("send the statements side by side; where all or none must be applied, take a logged batch".into());
    findings.push(finding);
}

/// Where a member writes.
struct Partition<'a> {
    table: QualifiedName,
    /// The columns of the partition key; nothing when they are not known.
    key: Option<Vec<Part<'a>>>,
}

/// A column of a partition key.
struct Part<'a> {
    data_type: &'a DataType,
    /// What the member sets it to.
    value: Option<&'a Term>,
}

impl<'a> Partition<'a> {
    fn of(inspection: &Inspection<'a>, member: &'a Statement) -> Option<Self> {
        let (table, values) = match member.write() {
            Some(Write::Insert(insert)) => {
                let values = match insert.source {
                    InsertSource::Values(values) => values,
                    InsertSource::Json(_) => List::EMPTY,
                };
                let named = inspection.tree.list(insert.columns).iter().zip(inspection.tree.list(values));
                (insert.table, named.map(|(column, value)| (column.value(inspection.text), value)).collect())
            }
            Some(Write::Update(update)) => (update.table, restricted(inspection, update.relations)),
            Some(Write::Delete(delete)) => (delete.table, restricted(inspection, delete.relations)),
            None => return None,
        };
        let value = |name: &str| values.iter().find(|(column, _)| column == name).map(|(_, value)| *value);
        let key = inspection.table(table).and_then(|view| {
            let part = |name| Some(Part { data_type: view.column(name)?.data_type?, value: value(name) });
            view.partition_key()?.map(part).collect()
        });
        Some(Self { table, key })
    }

    /// Whether the two certainly are not the same partition: tables of one keyspace share one where their keys are equal.
    fn differs(&self, other: &Self, inspection: &Inspection<'_>) -> bool {
        let keyspace = |table: QualifiedName| {
            table.keyspace.map(|keyspace| keyspace.value(inspection.text)).filter(|keyspace| !is_hole(keyspace))
        };
        if keyspace(self.table).zip(keyspace(other.table)).is_some_and(|(one, other)| one != other) {
            return true;
        }
        let Some((one, other_key)) = self.key.as_ref().zip(other.key.as_ref()) else { return false };
        let kinds = |key: &[Part<'_>]| {
            let kinds: Option<Vec<_>> = key.iter().map(|part| Kind::of(part.data_type)).collect();
            kinds.map(|mut kinds| {
                kinds.sort_unstable();
                kinds
            })
        };
        if kinds(one).zip(kinds(other_key)).is_some_and(|(one, other)| one != other) {
            return true;
        }
        // Of a key of several columns the order is not known, so only those of one table are compared.
        let is_same_table = self.table.name.same(other.table.name, inspection.text);
        let is_comparable = is_same_table || one.len() == 1 && other_key.len() == 1;
        is_comparable && one.iter().zip(other_key).any(|(one, other)| one.differs(other, inspection))
    }
}

impl Part<'_> {
    fn differs(&self, other: &Self, inspection: &Inspection<'_>) -> bool {
        let constant = |term: &Term| {
            let TermKind::Literal(literal) = term.kind else { return None };
            Some((literal, inspection.text_of(term.span)))
        };
        let constants = self.value.and_then(constant).zip(other.value.and_then(constant));
        constants.is_some_and(|(one, other)| constants_may_be_equal(one, other, Some(self.data_type)).is_none())
    }
}

/// What `column = value` says of the columns.
fn restricted<'a>(inspection: &Inspection<'a>, relations: List<cqlint_syntax::ast::Relation>) -> Vec<(Cow<'a, str>, &'a Term)> {
    let relations = inspection.tree.list(relations).iter().filter(|relation| relation.kind == RelationKind::Equal);
    let named = relations.filter_map(|relation| {
        let TermKind::Column(column) = relation.left.kind else { return None };
        Some((column.value(inspection.text), inspection.tree.list(relation.right).first()?))
    });
    named.collect()
}

/// What a key is made of: two keys of different kinds are not the same bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Text,
    /// So many bytes.
    Fixed(u8),
}

impl Kind {
    fn of(data_type: &DataType) -> Option<Self> {
        let DataType::Native(native) = data_type else { return None };
        match native {
            NativeType::Ascii | NativeType::Text | NativeType::Varchar => Some(Kind::Text),
            NativeType::Timeuuid | NativeType::Uuid => Some(Kind::Fixed(16)),
            NativeType::Bigint | NativeType::Counter | NativeType::Double | NativeType::Time | NativeType::Timestamp => {
                Some(Kind::Fixed(8))
            }
            NativeType::Date | NativeType::Float | NativeType::Int => Some(Kind::Fixed(4)),
            NativeType::Smallint => Some(Kind::Fixed(2)),
            NativeType::Boolean | NativeType::Tinyint => Some(Kind::Fixed(1)),
            NativeType::Blob | NativeType::Decimal | NativeType::Duration | NativeType::Inet | NativeType::Varint => None,
        }
    }
}
