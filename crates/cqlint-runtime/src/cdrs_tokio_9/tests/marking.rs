//! Which flag is set on what is sent.

use std::sync::Arc;

use cdrs_tokio::frame::message_batch::{BatchQuery, BatchQuerySubj, BatchType};
use cdrs_tokio::frame::message_result::{ColType, ColTypeOption, ColTypeOptionValue};
use cdrs_tokio::query::{BatchQueryBuilder, QueryBatch, QueryValues};
use cdrs_tokio::statement::{StatementParams, StatementParamsBuilder};
use cdrs_tokio::types::CBytesShort;
use cdrs_tokio::types::value::Value;

use super::{Recorder, done, native};
use crate::cdrs_tokio_9::MarkedSession;
use crate::{CheckedStatement, Claim, Classifier, Verdict};

const SCHEMA: &str = "CREATE TABLE t (k int PRIMARY KEY, v int, l list<int>, s set<int>);
    CREATE TABLE hits (k int PRIMARY KEY, n counter)";
const WRITE: &str = "UPDATE t SET v = ? WHERE k = ?";
const APPEND: &str = "UPDATE t SET l = l + ? WHERE k = ?";
const WHOLE_LIST: &str = "UPDATE t SET l = ? WHERE k = ?";
const ELEMENT: &str = "UPDATE t SET l[0] = ? WHERE k = ?";
const UNTYPED: &str = "UPDATE t SET c = c + ? WHERE k = ?";
const COUNT: &str = "UPDATE hits SET n = n + 1 WHERE k = 1";

fn with_schema() -> Arc<Classifier> {
    Arc::new(Classifier::builder().schema(SCHEMA).build())
}

fn session(session: Recorder, classifier: Arc<Classifier>) -> MarkedSession<Recorder> {
    MarkedSession::new(Arc::new(session), classifier)
}

fn last_flag(session: &MarkedSession<Recorder>) -> bool {
    session.sent.lock().unwrap().last().unwrap().is_idempotent
}

fn values(values: [Value; 2]) -> QueryValues {
    QueryValues::SimpleValues(values.to_vec())
}

fn number() -> Value {
    Value::Some(vec![0, 0, 0, 1])
}

#[test]
fn a_text_is_marked_as_it_is_classified() {
    let session = session(Recorder::default(), with_schema());
    for (text, flag) in [
        ("SELECT * FROM t", true),
        (WRITE, true),
        ("UPDATE t SET s = s + {1} WHERE k = 1", true),
        (APPEND, false),
        (COUNT, false),
        (UNTYPED, false),
        ("INSERT INTO t (k) VALUES (1) IF NOT EXISTS", false),
        ("no CQL", false),
    ] {
        done(session.query(text)).unwrap();
        assert_eq!(last_flag(&session), flag, "{text}");
        // What was marked by hand is marked anew.
        for by_hand in [true, false] {
            let parameters = StatementParamsBuilder::new().idempotent(by_hand).build();
            done(session.query_with_params(text, parameters)).unwrap();
            assert_eq!(last_flag(&session), flag, "{text}, by hand {by_hand}");
        }
    }
}

#[test]
fn a_timestamp_of_its_own_counts() {
    let session = session(Recorder::default(), with_schema());
    let own = || StatementParamsBuilder::new().with_timestamp(7).build();
    for (text, drawn, with_own) in [(WRITE, true, true), (WHOLE_LIST, true, false)] {
        done(session.query(text)).unwrap();
        assert_eq!(last_flag(&session), drawn, "{text}");
        done(session.query_with_params(text, own())).unwrap();
        assert_eq!(last_flag(&session), with_own, "{text}");
        let batch = BatchQueryBuilder::new().add_query(text, values([number(), number()])).with_timestamp(7);
        done(session.batch(batch.build().unwrap())).unwrap();
        assert_eq!(last_flag(&session), with_own, "{text} in a batch");
    }
}

#[test]
fn what_is_bound_counts_where_it_decides() {
    let session = session(Recorder::default(), with_schema());
    let prepared = done(session.prepare(ELEMENT)).unwrap();
    for (value, flag) in [(number(), true), (Value::Null, false), (Value::NotSet, true)] {
        let values = values([value, number()]);
        done(session.query_with_values(ELEMENT, values.clone())).unwrap();
        assert_eq!(last_flag(&session), flag, "{values:?}");
        done(session.exec_with_values(&prepared, values.clone())).unwrap();
        assert_eq!(last_flag(&session), flag, "{values:?} prepared");
        for batch in [
            BatchQueryBuilder::new().add_query(ELEMENT, values.clone()),
            BatchQueryBuilder::new().add_query_prepared(&prepared, values.clone()),
        ] {
            done(session.batch(batch.build().unwrap())).unwrap();
            assert_eq!(last_flag(&session), flag, "{values:?} in a batch");
        }
    }
    // Nobody knows what will be bound.
    done(session.query(ELEMENT)).unwrap();
    assert!(!last_flag(&session));
}

#[test]
fn the_types_of_the_markers_stand_in_for_a_schema() {
    let of = |id, value| ColTypeOption { id, value: Some(value) };
    let int = || Box::new(native(ColType::Int));
    for (data_type, flag) in [
        (of(ColType::Set, ColTypeOptionValue::CSet(int())), true),
        (of(ColType::Map, ColTypeOptionValue::CMap(int(), int())), true),
        (of(ColType::List, ColTypeOptionValue::CList(int())), false),
        (native(ColType::Counter), false),
        (of(ColType::Custom, ColTypeOptionValue::CString("org.example.Strange".to_owned())), false),
    ] {
        let told = format!("{data_type:?}");
        let markers = vec![("c", data_type), ("k", native(ColType::Int))];
        let session = session(Recorder { markers, ..Recorder::default() }, Arc::default());
        let prepared = done(session.prepare(UNTYPED)).unwrap();
        done(session.exec(&prepared)).unwrap();
        assert_eq!(last_flag(&session), flag, "{told}");
        let batch = || BatchQueryBuilder::new().add_query_prepared(&prepared, values([number(), number()]));
        done(session.batch(batch().build().unwrap())).unwrap();
        assert_eq!(last_flag(&session), flag, "{told} in a batch");
        done(session.batch(batch().add_query(COUNT, QueryValues::SimpleValues(Vec::new())).build().unwrap())).unwrap();
        assert!(!last_flag(&session), "{told} with a counter");

        // As text, nobody has told of its types.
        done(session.query(UNTYPED)).unwrap();
        assert!(!last_flag(&session));
        // The table may be another one now.
        session.told.forget();
        session.classifier().set_schema("");
        done(session.exec(&prepared)).unwrap();
        assert!(!last_flag(&session), "{told}, forgotten");
    }
}

#[test]
fn a_statement_that_somebody_else_has_prepared_is_classified_by_its_text() {
    let other = session(Recorder::default(), with_schema());
    let [write, append] = [WRITE, APPEND].map(|text| done(other.prepare(text)).unwrap());
    let session = session(Recorder::default(), with_schema());
    for (prepared, flag) in [(write, true), (append, false)] {
        done(session.exec(&prepared)).unwrap();
        assert_eq!(last_flag(&session), flag, "{}", prepared.query);
    }
}

#[test]
fn a_batch_is_as_its_worst_statement() {
    let session = session(Recorder::default(), with_schema());
    let write = (WRITE, values([number(), number()]));
    let append = (APPEND, values([number(), number()]));
    for (kind, members, flag) in [
        (BatchType::Logged, vec![write.clone(), write.clone()], true),
        (BatchType::Unlogged, vec![write.clone(), append.clone()], false),
        (BatchType::Counter, vec![(COUNT, QueryValues::SimpleValues(Vec::new()))], false),
    ] {
        let batch = BatchQueryBuilder::new().with_batch_type(kind);
        let batch = members.into_iter().fold(batch, |batch, (text, values)| batch.add_query(text, values));
        let by_hand = StatementParamsBuilder::new().idempotent(!flag).build();
        done(session.batch_with_params(batch.build().unwrap(), &by_hand)).unwrap();
        assert_eq!(last_flag(&session), flag, "{kind}");
    }
}

#[test]
fn a_batch_with_an_id_that_leads_nowhere_is_not_marked() {
    let session = session(Recorder::default(), with_schema());
    let known = BatchQueryBuilder::new().add_query(WRITE, values([number(), number()])).build().unwrap();
    let mut request = known.request;
    let subject = BatchQuerySubj::PreparedId(CBytesShort::new(vec![1]));
    request.queries.push(BatchQuery::new(subject, QueryValues::SimpleValues(Vec::new())));
    done(session.batch(QueryBatch::new(request, known.prepared_queries))).unwrap();
    assert!(!last_flag(&session));
}

#[test]
fn a_claim_goes_before_the_verdict() {
    let classifier = with_schema();
    classifier.claim(APPEND, Claim::Idempotent("duplicates are removed when it is read"));
    classifier.claim(WRITE, Claim::NotIdempotent("a trigger counts it"));
    let session = session(Recorder::default(), classifier);
    for (text, flag) in [(APPEND, true), (WRITE, false)] {
        done(session.query(text)).unwrap();
        assert_eq!(last_flag(&session), flag, "{text}");
        let batch = BatchQueryBuilder::new().add_query(text, values([number(), number()]));
        done(session.batch(batch.build().unwrap())).unwrap();
        assert_eq!(last_flag(&session), flag, "{text} in a batch");
    }
}

#[test]
fn a_name_without_a_keyspace_belongs_to_the_one_in_use() {
    let schema = "CREATE TABLE used.t (k int PRIMARY KEY, c set<int>);
        CREATE TABLE asked.t (k int PRIMARY KEY, c list<int>);
        CREATE TABLE told.t (k int PRIMARY KEY, c counter)";
    let classifier = Arc::new(Classifier::builder().schema(schema).build());
    let session = session(Recorder { keyspace: Some("used"), ..Recorder::default() }, classifier);
    done(session.query(UNTYPED)).unwrap();
    assert!(last_flag(&session));

    let asked = StatementParamsBuilder::new().with_keyspace("asked".to_owned()).build();
    done(session.query_with_params(UNTYPED, asked)).unwrap();
    assert!(!last_flag(&session));

    // Which one it was prepared in, the server has told.
    let prepared = done(session.prepare(UNTYPED)).unwrap();
    done(session.exec(&prepared)).unwrap();
    assert!(!last_flag(&session));
}

#[test]
fn other_parameters_stay_as_they_are() {
    let session = session(Recorder::default(), with_schema());
    let parameters = StatementParams { tracing: true, ..StatementParamsBuilder::new().with_page_size(7).build() };
    let prepared = done(session.prepare(WRITE)).unwrap();
    done(session.query_with_params(WRITE, parameters.clone())).unwrap();
    done(session.exec_with_params(&prepared, &parameters)).unwrap();
    for sent in session.sent.lock().unwrap().iter() {
        assert!(sent.is_idempotent && sent.tracing && sent.query_params == parameters.query_params);
    }
}

#[test]
fn what_the_build_refused_is_not_marked() {
    let constant = |text, verdict, claim| CheckedStatement {
        name: "",
        text,
        keyspace: None,
        verdict,
        operation: None,
        hazards: &[],
        markers: &[],
        claim,
    };
    for (text, verdict, claim, flag) in [
        (WRITE, Verdict::Idempotent, None, true),
        // What the build left open is decided here.
        (WRITE, Verdict::Depends, None, true),
        (WRITE, Verdict::NotIdempotent, None, false),
        (WRITE, Verdict::Idempotent, Some(Claim::NotIdempotent("a trigger counts it")), false),
        (APPEND, Verdict::Idempotent, None, false),
        (APPEND, Verdict::NotIdempotent, Some(Claim::Idempotent("duplicates are removed")), true),
    ] {
        let session = session(Recorder::default(), with_schema());
        let prepared = done(session.prepare_checked(&constant(text, verdict, claim))).unwrap();
        done(session.exec(&prepared)).unwrap();
        assert_eq!(last_flag(&session), flag, "{text} {verdict:?} {claim:?}");
    }
}
