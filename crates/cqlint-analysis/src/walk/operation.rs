//! What a statement does, as far as it decides how it can fail.

use cqlint_drivers::retry::Operation;
use cqlint_syntax::ast::{BatchKind, Condition, Relation, RelationKind};
use cqlint_syntax::{List, Statement, Tree};

use crate::{Hazard, rules};

/// What the statement does. Whether it counts only its hazards say: that may take the schema.
pub(crate) fn operation(tree: &Tree, statement: &Statement, hazards: &[Hazard]) -> Operation {
    match statement {
        Statement::Select(_) | Statement::Describe(_) | Statement::List(_) | Statement::Use(_) => Operation::Read,
        Statement::Insert(insert) if insert.if_not_exists.is_some() => Operation::LightweightTransaction,
        Statement::Insert(_) => Operation::Write,
        Statement::Update(update) => write(tree, update.condition, update.relations, hazards),
        Statement::Delete(delete) => write(tree, delete.condition, delete.relations, hazards),
        Statement::Batch(batch) if tree.list(batch.members).iter().any(has_condition) => Operation::LightweightTransaction,
        Statement::Batch(batch) => match batch.kind {
            BatchKind::Logged => Operation::LoggedBatch,
            BatchKind::Unlogged => Operation::Writes,
            BatchKind::Counter => Operation::Counters,
        },
        Statement::Transaction(_) => Operation::LightweightTransaction,
        Statement::Truncate(_) => Operation::Truncate,
        Statement::PruneView(_) => Operation::Writes,
        Statement::CreateTable(_)
        | Statement::AlterTable(_)
        | Statement::CreateType(_)
        | Statement::CreateFunction(_)
        | Statement::Definition(_)
        | Statement::Grant(_)
        | Statement::Revoke(_) => Operation::Definition,
    }
}

fn write(tree: &Tree, condition: Condition, relations: List<Relation>, hazards: &[Hazard]) -> Operation {
    let of_counters = [rules::counter_update::RULE.name, rules::counter_delete::RULE.name];
    let counts = hazards.iter().any(|hazard| of_counters.contains(&hazard.rule.name));
    // An IN may be about the clustering key, and the rows be of one partition: that is the milder case.
    let several = tree.list(relations).iter().any(|relation| relation.kind == RelationKind::In);
    match condition {
        Condition::Exists(_) | Condition::If(..) => Operation::LightweightTransaction,
        Condition::None => match (counts, several) {
            (false, false) => Operation::Write,
            (false, true) => Operation::Writes,
            (true, false) => Operation::Counter,
            (true, true) => Operation::Counters,
        },
    }
}

fn has_condition(member: &Statement) -> bool {
    match member {
        Statement::Insert(insert) => insert.if_not_exists.is_some(),
        Statement::Update(update) => update.condition.span().is_some(),
        Statement::Delete(delete) => delete.condition.span().is_some(),
        // A batch has no other members.
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
        | Statement::Revoke(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use cqlint_drivers::retry::Operation;

    use crate::{Options, Schema, analyze};

    #[test]
    fn each_statement_has_its_way_to_fail() {
        let schema = Schema::from_text("CREATE TABLE hits (page text PRIMARY KEY, n counter)");
        let table = [
            ("SELECT * FROM t", Operation::Read),
            ("INSERT INTO t (k) VALUES (1)", Operation::Write),
            ("INSERT INTO t (k) VALUES (1) IF NOT EXISTS", Operation::LightweightTransaction),
            ("UPDATE t SET v = 1 WHERE k = 1", Operation::Write),
            ("UPDATE t SET v = 1 WHERE k IN (1, 2)", Operation::Writes),
            ("UPDATE t SET n = n + 1 WHERE k = 1", Operation::Counter),
            ("UPDATE hits SET n = n + ? WHERE page IN ?", Operation::Counters),
            ("DELETE FROM hits WHERE page = ''", Operation::Counter),
            ("DELETE FROM t WHERE k = 1 IF v = 2", Operation::LightweightTransaction),
            ("BEGIN BATCH DELETE FROM t WHERE k = 1; APPLY BATCH", Operation::LoggedBatch),
            ("BEGIN UNLOGGED BATCH DELETE FROM t WHERE k = 1; APPLY BATCH", Operation::Writes),
            ("BEGIN COUNTER BATCH UPDATE hits SET n += 1 WHERE page = ''; APPLY BATCH", Operation::Counters),
            ("BEGIN BATCH DELETE FROM t WHERE k = 1 IF EXISTS; APPLY BATCH", Operation::LightweightTransaction),
            ("TRUNCATE t", Operation::Truncate),
            ("DROP TABLE t", Operation::Definition),
        ];
        let options = Options { schema: Some(&schema), ..Options::default() };
        for (text, expected) in table {
            let operations: Vec<_> = analyze(text, &options).statements.iter().map(|statement| statement.operation).collect();
            assert_eq!(operations, [Some(expected)], "{text}");
        }
        let broken = analyze("SELCT 1", &options);
        assert!(broken.statements.iter().all(|statement| statement.operation.is_none()));
    }
}
