//! What is said of batches.

use super::{BatchKind, BatchQuestion};
use crate::retry::Operation;
use crate::{Bound, Claim, Classifier, MarkerType, Question, Timestamp, Verdict};

const SCHEMA: &str = "CREATE TABLE ks.t (k int PRIMARY KEY, v int, l list<int>, s set<int>);
    CREATE TABLE other.t (k int PRIMARY KEY, v int, l list<int>, s list<int>);
    CREATE TABLE ks.hits (k int PRIMARY KEY, n counter)";
const WRITE: &str = "UPDATE t SET v = ? WHERE k = ?";
const ADD: &str = "UPDATE t SET s = s + ? WHERE k = ?";
const WHOLE_LIST: &str = "UPDATE t SET l = ? WHERE k = ?";
const COUNT: &str = "UPDATE hits SET n = n + ? WHERE k = ?";
const IF: &str = "INSERT INTO t (k) VALUES (?) IF NOT EXISTS";
const NOW: &str = "INSERT INTO t (k, v) VALUES (1, now()); -- with a comment";

fn batch<'a>(kind: BatchKind, members: &'a [Question<'a>]) -> BatchQuestion<'a> {
    BatchQuestion { kind, members, timestamp: Timestamp::Drawn }
}

#[test]
fn a_batch_is_as_its_statements_say_together() {
    let classifier = Classifier::builder().schema(SCHEMA).keyspace("ks").build();
    let table: &[(BatchKind, &[&str], Verdict, Operation)] = &[
        (BatchKind::Logged, &[], Verdict::Idempotent, Operation::LoggedBatch),
        (BatchKind::Unlogged, &[], Verdict::Idempotent, Operation::Writes),
        (BatchKind::Logged, &[WRITE], Verdict::Idempotent, Operation::LoggedBatch),
        (BatchKind::Logged, &[WRITE, ADD, WHOLE_LIST], Verdict::Idempotent, Operation::LoggedBatch),
        (BatchKind::Unlogged, &[WRITE, WRITE, WRITE], Verdict::Idempotent, Operation::Writes),
        (BatchKind::Unlogged, &[WRITE, NOW, WRITE], Verdict::NotIdempotent, Operation::Writes),
        (BatchKind::Counter, &[COUNT], Verdict::NotIdempotent, Operation::Counters),
        (BatchKind::Logged, &[WRITE, IF], Verdict::NotIdempotent, Operation::LightweightTransaction),
    ];
    for (kind, texts, verdict, operation) in table {
        let members: Vec<_> = texts.iter().copied().map(Question::new).collect();
        let decision = classifier.decide_batch(&batch(*kind, &members));
        assert_eq!((decision.verdict, decision.operation), (*verdict, Some(*operation)), "{}", decision.text);
    }
}

#[test]
fn what_is_no_batch_is_not_marked() {
    let classifier = Classifier::default();
    for text in ["SELECT * FROM t", "INSERT INTO t (k) VALUES (1) /*", "DROP TABLE t", "APPLY BATCH"] {
        let members = [Question::new(WRITE), Question::new(text), Question::new(WRITE)];
        assert!(!classifier.decide_batch(&batch(BatchKind::Logged, &members)).is_idempotent(), "{text}");
    }
}

#[test]
fn the_timestamp_of_the_batch_counts_and_not_that_of_a_statement() {
    let classifier = Classifier::builder().schema(SCHEMA).keyspace("ks").build();
    let own = Question { timestamp: Timestamp::Own, ..Question::new(WHOLE_LIST) };
    for (member, timestamp, expected) in [
        (own, Timestamp::Drawn, Verdict::Idempotent),
        (Question::new(WHOLE_LIST), Timestamp::Own, Verdict::NotIdempotent),
        (Question::new(WRITE), Timestamp::Own, Verdict::Idempotent),
    ] {
        let question = BatchQuestion { kind: BatchKind::Logged, members: &[member], timestamp };
        assert_eq!(classifier.decide_batch(&question).verdict, expected, "{member:?} {timestamp:?}");
    }
}

#[test]
fn a_statement_stands_in_its_keyspace() {
    let classifier = Classifier::builder().schema(SCHEMA).build();
    let [here, there] = ["ks", "other"].map(|keyspace| Question { keyspace: Some(keyspace), ..Question::new(ADD) });
    let verdict = |members: &[Question<'_>]| classifier.decide_batch(&batch(BatchKind::Logged, members)).verdict;
    for _ in 0..2 {
        assert_eq!(verdict(&[here]), Verdict::Idempotent);
        assert_eq!(verdict(&[there]), Verdict::NotIdempotent);
        assert_eq!(verdict(&[here, there]), Verdict::NotIdempotent);
        assert_eq!(verdict(&[there, here]), Verdict::NotIdempotent);
    }
}

#[test]
fn types_and_values_find_their_statement() {
    let classifier = Classifier::default();
    let set = || vec![MarkerType::new("c", "set<int>"), MarkerType::new("k", "int")];
    let list = || vec![MarkerType::new("c", "list<int>"), MarkerType::new("k", "int")];
    let unprepared = Question::new(WRITE);
    let sets = Question { types: Some(&set), ..Question::new("UPDATE a SET c = c + ? WHERE k = ?") };
    let lists = Question { types: Some(&list), ..Question::new("UPDATE b SET c = c + ? WHERE k = ?") };
    let verdict = |members: &[Question<'_>]| classifier.decide_batch(&batch(BatchKind::Logged, members)).verdict;
    assert_eq!(verdict(&[unprepared, sets]), Verdict::Idempotent);
    assert_eq!(verdict(&[unprepared, sets, lists]), Verdict::NotIdempotent);

    let classifier = Classifier::builder().schema(SCHEMA).keyspace("ks").build();
    let element = Question::new("UPDATE t SET l[1] = ? WHERE k = ?");
    let members = [unprepared, element];
    let values = |second| classifier.decide_batch_bound(&batch(BatchKind::Logged, &members), || vec![vec![Bound::Null; 2], second]);
    assert_eq!(values(vec![Bound::Value; 2]).verdict, Verdict::Idempotent);
    assert_eq!(values(vec![Bound::Null, Bound::Value]).verdict, Verdict::NotIdempotent);
    // Not the values of this statement.
    assert_eq!(values(vec![Bound::Value; 3]).verdict, Verdict::Depends);
}

#[test]
fn types_that_have_changed_count_in_batches_too() {
    let classifier = Classifier::default();
    for (told, expected) in [("set<int>", Verdict::Idempotent), ("list<int>", Verdict::NotIdempotent)] {
        let types = || vec![MarkerType::new("c", told), MarkerType::new("k", "int")];
        let member = Question { types: Some(&types), ..Question::new("UPDATE t SET c = c + ? WHERE k = ?") };
        assert_eq!(classifier.prepare(&member).verdict, expected);
        assert_eq!(classifier.decide_batch(&batch(BatchKind::Logged, &[member])).verdict, expected);
    }
}

#[test]
fn claims_for_statements_hold_in_a_batch() {
    let classifier = Classifier::builder()
        .schema(SCHEMA)
        .keyspace("ks")
        .claim(NOW, Claim::Idempotent("any time will do"))
        .claim(WRITE, Claim::NotIdempotent("a trigger counts it"))
        .build();
    let claim = |texts: &[&'static str]| {
        let members: Vec<_> = texts.iter().copied().map(Question::new).collect();
        let decision = classifier.decide_batch(&batch(BatchKind::Logged, &members));
        (decision.is_idempotent(), decision.claim.map(Claim::reason))
    };
    assert_eq!(claim(&[ADD]), (true, None));
    assert_eq!(claim(&[ADD, NOW]), (true, Some("any time will do")));
    assert_eq!(claim(&[NOW, IF]), (false, None));
    assert_eq!(claim(&[NOW, WRITE]), (false, Some("a trigger counts it")));
}

#[test]
fn a_batch_is_analyzed_once_however_often_a_statement_stands_in_it() {
    let told = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = told.clone();
    let counting = move |_: &crate::Decision| {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    };
    let classifier = Classifier::builder().on_decision(counting).build();
    for times in [1, 2, 50] {
        let members = [Question::new(WRITE), Question::new(NOW)].repeat(times);
        let _ = classifier.decide_batch(&batch(BatchKind::Unlogged, &members));
    }
    assert_eq!(told.load(std::sync::atomic::Ordering::Relaxed), 1);
}
