//! The forms of writes, and how often the rows say that each was applied.

use cqlint_drivers::retry::Operation;
use cqlint_runtime::{Classifier, Decision, Question, Verdict};

/// The tables of the suite, in its keyspace.
pub(super) const SCHEMA: &str = "
    CREATE TABLE faults.rows (k text PRIMARY KEY, v int, s set<int>, m map<int, int>, l list<int>, seen set<timeuuid>);
    CREATE TABLE faults.copies (k text PRIMARY KEY, v int, l list<int>);
    CREATE TABLE faults.events (k text, at timeuuid, PRIMARY KEY (k, at));
    CREATE TABLE faults.orders (k text, id uuid, PRIMARY KEY (k, id));
    CREATE TABLE faults.hits (k text PRIMARY KEY, n counter);
    CREATE TABLE faults.totals (k text PRIMARY KEY, n counter);";

/// One form of a write. Every bind marker takes the key, which tells one write from all others.
pub(super) struct Form {
    /// More than one is a batch.
    pub(super) statements: &'static [&'static str],
    pub(super) batch: Batch,
    /// What is there before.
    before: Option<&'static str>,
    /// Reads what is there: numbers count as themselves, uuids as one.
    reads: &'static [&'static str],
    /// Their sum before, and what each application adds.
    start: i64,
    step: i64,
}

/// How the statements of a form are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Batch {
    None,
    Logged,
    Unlogged,
    Counter,
}

const ROW: &[&str] = &["SELECT v FROM faults.rows WHERE k = ?"];
const SET: &[&str] = &["SELECT s FROM faults.rows WHERE k = ?"];
const MAP: &[&str] = &["SELECT m FROM faults.rows WHERE k = ?"];
const LIST: &[&str] = &["SELECT l FROM faults.rows WHERE k = ?"];
const TWO_ROWS: &[&str] = &["SELECT v FROM faults.rows WHERE k = ?", "SELECT v FROM faults.copies WHERE k = ?"];
const ROW_AND_LIST: &[&str] = &["SELECT v FROM faults.rows WHERE k = ?", "SELECT l FROM faults.copies WHERE k = ?"];
const HITS: &[&str] = &["SELECT n FROM faults.hits WHERE k = ?"];
const TWO_COUNTERS: &[&str] = &["SELECT n FROM faults.hits WHERE k = ?", "SELECT n FROM faults.totals WHERE k = ?"];

const ONE: &str = "INSERT INTO faults.rows (k, v) VALUES (?, 1)";
const LIST_OF_ONES: &str = "INSERT INTO faults.rows (k, l) VALUES (?, [1, 1, 1])";

/// A statement that finds nothing and adds one.
const fn adds(statements: &'static [&'static str], reads: &'static [&'static str]) -> Form {
    Form { statements, batch: Batch::None, before: None, reads, start: 0, step: 1 }
}

/// A statement that finds something, and changes its sum.
const fn changes(
    before: &'static str,
    statements: &'static [&'static str],
    reads: &'static [&'static str],
    start: i64,
    step: i64,
) -> Form {
    Form { statements, batch: Batch::None, before: Some(before), reads, start, step }
}

/// A batch of two statements that find nothing and add one each.
const fn both(batch: Batch, statements: &'static [&'static str], reads: &'static [&'static str]) -> Form {
    Form { statements, batch, before: None, reads, start: 0, step: 2 }
}

/// A batch of a statement that sets what is there, and one that adds one.
const fn mixed(batch: Batch) -> Form {
    let statements = &["UPDATE faults.rows SET v = 1 WHERE k = ?", "UPDATE faults.copies SET l = l + [1] WHERE k = ?"];
    Form { statements, batch, before: Some(ONE), reads: ROW_AND_LIST, start: 1, step: 1 }
}

pub(super) const FORMS: &[Form] = &[
    adds(&["UPDATE faults.rows SET v = 1 WHERE k = ?"], ROW),
    adds(&["INSERT INTO faults.rows (k, v) VALUES (?, 1)"], ROW),
    adds(&["INSERT INTO faults.rows (k, v) VALUES (?, 1) USING TTL 600"], ROW),
    adds(&["UPDATE faults.rows USING TIMESTAMP 1 SET v = 1 WHERE k = ?"], ROW),
    adds(&["UPDATE faults.rows SET s = s + {1} WHERE k = ?"], SET),
    adds(&["UPDATE faults.rows SET m[7] = 1 WHERE k = ?"], MAP),
    adds(&["UPDATE faults.rows SET m = m + {7: 1} WHERE k = ?"], MAP),
    adds(&["UPDATE faults.rows SET l = [1] WHERE k = ?"], LIST),
    changes(LIST_OF_ONES, &["UPDATE faults.rows SET l = l - [1] WHERE k = ?"], LIST, 3, -3),
    changes(LIST_OF_ONES, &["UPDATE faults.rows SET l[0] = 5 WHERE k = ?"], LIST, 3, 4),
    changes("INSERT INTO faults.rows (k, m) VALUES (?, {7: 1})", &["DELETE m[7] FROM faults.rows WHERE k = ?"], MAP, 1, -1),
    changes(ONE, &["DELETE FROM faults.rows WHERE k = ?"], ROW, 1, -1),
    both(Batch::Logged, &["UPDATE faults.rows SET v = 1 WHERE k = ?", "INSERT INTO faults.copies (k, v) VALUES (?, 1)"], TWO_ROWS),
    both(
        Batch::Unlogged,
        &["UPDATE faults.rows SET v = 1 WHERE k = ?", "INSERT INTO faults.copies (k, v) VALUES (?, 1)"],
        TWO_ROWS,
    ),
    adds(&["UPDATE faults.hits SET n = n + 1 WHERE k = ?"], HITS),
    both(
        Batch::Counter,
        &["UPDATE faults.hits SET n = n + 1 WHERE k = ?", "UPDATE faults.totals SET n = n + 1 WHERE k = ?"],
        TWO_COUNTERS,
    ),
    adds(&["UPDATE faults.rows SET l = l + [1] WHERE k = ?"], LIST),
    adds(&["UPDATE faults.rows USING TIMESTAMP 1 SET l = l + [1] WHERE k = ?"], LIST),
    mixed(Batch::Logged),
    mixed(Batch::Unlogged),
    adds(&["UPDATE faults.rows SET l = [1] + l WHERE k = ?"], LIST),
    adds(&["UPDATE faults.rows USING TIMESTAMP 1 SET l = [1] WHERE k = ?"], LIST),
    changes(LIST_OF_ONES, &["UPDATE faults.rows SET l[0] = null WHERE k = ?"], LIST, 3, -1),
    changes(LIST_OF_ONES, &["DELETE l[0] FROM faults.rows WHERE k = ?"], LIST, 3, -1),
    adds(&["UPDATE faults.rows SET seen = seen + {now()} WHERE k = ?"], &["SELECT seen FROM faults.rows WHERE k = ?"]),
    adds(&["INSERT INTO faults.events (k, at) VALUES (?, now())"], &["SELECT at FROM faults.events WHERE k = ?"]),
    adds(&["INSERT INTO faults.orders (k, id) VALUES (?, uuid())"], &["SELECT id FROM faults.orders WHERE k = ?"]),
    adds(&["INSERT INTO faults.rows (k, v) VALUES (?, 1) IF NOT EXISTS"], ROW),
    changes(ONE, &["UPDATE faults.rows SET v = 2 WHERE k = ? IF v = 1"], ROW, 1, 1),
    changes(ONE, &["UPDATE faults.rows SET v += 1 WHERE k = ? IF v < 100"], ROW, 1, 1),
];

/// A form, and what cqlint says of it.
pub(super) struct Known {
    pub(super) form: &'static Form,
    pub(super) operation: Operation,
    pub(super) idempotent: bool,
    /// The rule that says why not.
    pub(super) hazard: &'static str,
}

impl Form {
    /// The text, as one would write it.
    pub(super) fn text(&self) -> String {
        let begin = match self.batch {
            Batch::None => return self.statements.concat(),
            Batch::Logged => "BEGIN BATCH",
            Batch::Unlogged => "BEGIN UNLOGGED BATCH",
            Batch::Counter => "BEGIN COUNTER BATCH",
        };
        format!("{begin} {}; APPLY BATCH", self.statements.join("; "))
    }

    /// With the key of a write.
    pub(super) fn preparation(&self, key: &str) -> Option<String> {
        Some(with_key(self.before?, key))
    }

    pub(super) fn reads(&self, key: &str) -> Vec<String> {
        self.reads.iter().map(|read| with_key(read, key)).collect()
    }

    /// How often it was applied, by what is there now.
    pub(super) fn times(&self, sum: i64) -> i64 {
        let changed = sum - self.start;
        assert_eq!(changed % self.step, 0, "{} leaves {sum}", self.text());
        changed / self.step
    }

    /// What cqlint says of it.
    pub(super) fn known(&'static self, classifier: &Classifier) -> Known {
        let decision = classifier.decide(&Question::new(&self.text()));
        let operation = decision.operation.expect("every form parses");
        Known { form: self, operation, idempotent: decision.verdict == Verdict::Idempotent, hazard: hazard(&decision) }
    }
}

fn hazard(decision: &Decision) -> &'static str {
    match decision.reasons.first() {
        Some(reason) => reason.rule,
        None => "*none*",
    }
}

fn with_key(statement: &str, key: &str) -> String {
    statement.replace('?', &format!("'{key}'"))
}
