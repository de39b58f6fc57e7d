//! Sessions that mark what they send, on a real Cassandra: what the server is sent carries the mark that the verdict says.

use std::sync::{Arc, Mutex, Once};

use cqlint_runtime::scylla_1::{IdempotenceAware, MarkedSession, SessionExt};
use cqlint_runtime::{Claim, Classifier, Question, Verdict};
use scylla::client::caching_session::CachingSession;
use scylla::client::execution_profile::ExecutionProfile;
use scylla::client::session_builder::SessionBuilder;
use scylla::policies::retry::{RequestInfo, RetryDecision, RetryPolicy, RetrySession};
use scylla::statement::Statement;
use scylla::statement::batch::{Batch, BatchType};

use crate::cassandra::{Client, Server, required, server};

mod transactions;

const TABLES: [&str; 5] = [
    "CREATE TABLE runtime_scylla.t (k int PRIMARY KEY, v int, s set<int>, l list<int>, m map<int, int>, f frozen<list<int>>)",
    "CREATE TABLE runtime_scylla.hits (k int PRIMARY KEY, n counter)",
    r#"CREATE TABLE runtime_scylla."Odd" ("Key" int, c int, "a ""set" set<int>, o list<int> static, PRIMARY KEY ("Key", c))"#,
    "CREATE TABLE runtime_scylla.stock (item text PRIMARY KEY, amount int, txn bigint)",
    "CREATE FUNCTION runtime_scylla.abs(v int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS 'return v;'",
];

/// The keyspace has a function with the name of a native one.
const OWN_FUNCTION: &str = "INSERT INTO runtime_scylla.t (k, v) VALUES (1, abs(2))";

/// Remembers the marks of what failed, and never retries.
#[derive(Clone, Debug, Default)]
struct Recorder(Arc<Mutex<Vec<bool>>>);

impl Recorder {
    /// The mark of what was sent and failed since the last time.
    fn mark(&self) -> bool {
        let marks = std::mem::take(&mut *self.0.lock().expect("no panic"));
        assert_eq!(marks.len(), 1, "one request failed");
        marks[0]
    }
}

impl RetryPolicy for Recorder {
    fn new_session(&self) -> Box<dyn RetrySession> {
        Box::new(self.clone())
    }
}

impl RetrySession for Recorder {
    fn decide_should_retry(&mut self, request: RequestInfo<'_>) -> RetryDecision {
        self.0.lock().expect("no panic").push(request.is_idempotent);
        RetryDecision::DontRetry
    }

    fn reset(&mut self) {}
}

/// A session, and what sees the marks of its requests.
async fn session(
    server: &Server,
    configure: impl FnOnce(SessionBuilder) -> SessionBuilder,
) -> (scylla::client::session::Session, Recorder) {
    let recorder = Recorder::default();
    let profile = ExecutionProfile::builder().retry_policy(Arc::new(recorder.clone())).build();
    let builder = SessionBuilder::new()
        .known_node_addr(server.address)
        .user("cassandra", "cassandra")
        .default_execution_profile_handle(profile.into_handle());
    (configure(builder).build().await.expect("a session"), recorder)
}

async fn marked(server: &Server, classifier: Classifier) -> (MarkedSession, Recorder) {
    let (session, recorder) = session(server, |builder| builder).await;
    (session.marked(Arc::new(classifier)), recorder)
}

/// Runs a test on a server, which has the tables above.
fn on_cassandra<F: Future<Output = ()>>(name: &str, test: impl FnOnce(&'static Server) -> F) {
    static TABLES_STAND: Once = Once::new();
    let Some(server) = required(name, server()) else { return };
    TABLES_STAND.call_once(|| block_on(define(server)));
    block_on(test(server));
}

async fn define(server: &Server) {
    let client = Client::connect(server).await.expect("a connection");
    let replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
    client.script(["DROP KEYSPACE IF EXISTS runtime_scylla"]).await;
    client.script([format!("CREATE KEYSPACE runtime_scylla WITH replication = {replication}")]).await;
    client.script(TABLES).await;
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

async fn is_marked(session: &MarkedSession, text: &str) -> bool {
    session.prepare(text).await.unwrap_or_else(|error| panic!("{text}: {error}")).get_is_idempotent()
}

#[test]
fn the_schema_of_the_cluster_decides() {
    on_cassandra("live schema", async |server| {
        let (session, recorder) = marked(server, Classifier::default()).await;
        // The values are in the text, so the server tells no types.
        for (text, expected) in [
            ("UPDATE runtime_scylla.t SET s = s + {1} WHERE k = 1", true),
            ("UPDATE runtime_scylla.t SET l = l + [1] WHERE k = 1", false),
            ("UPDATE runtime_scylla.t SET l = l - [1] WHERE k = 1", true),
            ("UPDATE runtime_scylla.t SET m = m + {1: 1} WHERE k = 1", true),
            ("UPDATE runtime_scylla.t SET m[1] = null WHERE k = 1", true),
            ("UPDATE runtime_scylla.t SET l[1] = null WHERE k = 1", false),
            ("DELETE l[0] FROM runtime_scylla.t WHERE k = 1", false),
            ("DELETE m[0] FROM runtime_scylla.t WHERE k = 1", true),
            ("UPDATE runtime_scylla.t USING TIMESTAMP 5 SET f = [1] WHERE k = 1", true),
            ("UPDATE runtime_scylla.t USING TIMESTAMP 5 SET l = [1] WHERE k = 1", false),
            ("UPDATE runtime_scylla.hits SET n = n + 1 WHERE k = 1", false),
            (r#"UPDATE runtime_scylla."Odd" SET "a ""set" += {1} WHERE "Key" = 1 AND c = 1"#, true),
            (r#"UPDATE runtime_scylla."Odd" SET o[0] = null WHERE "Key" = 1"#, false),
            (OWN_FUNCTION, false),
            ("INSERT INTO runtime_scylla.t (k, v) VALUES (1, 2)", true),
        ] {
            assert_eq!(is_marked(&session, text).await, expected, "{text}");
        }
        assert!(Classifier::default().decide(&Question::new(OWN_FUNCTION)).is_idempotent(), "but for the function of that name");
        // What is not prepared is sent with the same marks: the server refuses both.
        for (value, expected) in [("1", true), ("null", false)] {
            let text = format!("UPDATE runtime_scylla.t SET l[9] = {value} WHERE k = 1");
            session.query_unpaged(text, ()).await.expect_err("there is no such element");
            assert_eq!(recorder.mark(), expected, "{value}");
        }
    });
}

#[test]
fn the_schema_is_followed() {
    on_cassandra("changes of the schema", async |server| {
        let (session, _) = marked(server, Classifier::default()).await;
        let change =
            async |ddl: &str| session.query_unpaged(ddl, ()).await.map(drop).unwrap_or_else(|error| panic!("{ddl}: {error}"));
        let verdict = async |text: &str| {
            let before = session.classifier().counts();
            let _ = session.query_unpaged(text, ()).await;
            let after = session.classifier().counts();
            let more = [
                (after.idempotent - before.idempotent, Verdict::Idempotent),
                (after.depends - before.depends, Verdict::Depends),
                (after.not_idempotent - before.not_idempotent, Verdict::NotIdempotent),
            ];
            more.into_iter().find_map(|(more, verdict)| (more == 1).then_some(verdict)).expect("one decision")
        };
        let element = "UPDATE runtime_scylla.changing SET c[1] = null WHERE k = 1";
        assert_eq!(verdict(element).await, Verdict::Depends);
        change("CREATE TABLE runtime_scylla.changing (k int PRIMARY KEY)").await;
        assert_eq!(verdict(element).await, Verdict::Depends);
        change("ALTER TABLE runtime_scylla.changing ADD c map<int, int>").await;
        assert_eq!(verdict(element).await, Verdict::Idempotent);
        change("DROP TABLE runtime_scylla.changing").await;
        change("CREATE TABLE runtime_scylla.changing (k int PRIMARY KEY, c list<int>)").await;
        assert_eq!(verdict(element).await, Verdict::NotIdempotent);
        change("DROP TABLE runtime_scylla.changing").await;
        assert_eq!(verdict(element).await, Verdict::Depends);
    });
}

#[test]
fn the_types_of_bind_markers_alone_decide() {
    on_cassandra("types of bind markers", async |server| {
        let (session, _) = session(server, |builder| builder.fetch_schema_metadata(false)).await;
        let session = session.marked(Arc::new(Classifier::default()));
        for (text, expected) in [
            ("UPDATE runtime_scylla.t SET s = s + ? WHERE k = ?", true),
            ("UPDATE runtime_scylla.t SET m = m + ? WHERE k = ?", true),
            ("UPDATE runtime_scylla.t SET l = l + ? WHERE k = ?", false),
            ("UPDATE runtime_scylla.t SET l = l - ? WHERE k = ?", true),
            ("UPDATE runtime_scylla.hits SET n = n + ? WHERE k = ?", false),
            // No marker, no type.
            ("UPDATE runtime_scylla.t SET m[1] = null WHERE k = ?", false),
        ] {
            assert_eq!(is_marked(&session, text).await, expected, "{text}");
        }
    });
}

#[test]
fn ddl_that_is_compiled_in_stays() {
    on_cassandra("compiled-in DDL", async |server| {
        let (session, _) = session(server, |builder| builder.fetch_schema_metadata(false)).await;
        let classifier = Classifier::builder().schema(TABLES[0]).build();
        let session = session.marked(Arc::new(classifier)).without_live_schema();
        assert!(is_marked(&session, "UPDATE runtime_scylla.t SET m[1] = null WHERE k = ?").await);
        assert!(!is_marked(&session, "UPDATE runtime_scylla.t SET l[1] = null WHERE k = ?").await);
    });
}

#[test]
fn bound_values_decide_where_they_do() {
    on_cassandra("bound values", async |server| {
        let (session, recorder) = marked(server, Classifier::default()).await;
        // There is no such element, so the server refuses it whatever is bound.
        let element = session.prepare("UPDATE runtime_scylla.t SET l[9] = ? WHERE k = ?").await.expect("prepared");
        assert!(!element.get_is_idempotent());
        for (value, expected) in [(Some(1), true), (None, false)] {
            session.execute_unpaged(&element, (value, 1)).await.expect_err("there is no such element");
            assert_eq!(recorder.mark(), expected, "{value:?}");
            let bound = cqlint_runtime::scylla_1::BindMarked::bind_marked(element.clone(), &(value, 1), session.classifier());
            assert_eq!(bound.expect("values that fit").prepared().get_is_idempotent(), expected, "{value:?}");

            let mut batch = Batch::new(BatchType::Unlogged);
            batch.append_statement("INSERT INTO runtime_scylla.t (k, v) VALUES (2, 2)");
            batch.append_statement(element.clone());
            session.batch(&batch, ((), (value, 1))).await.expect_err("there is no such element");
            assert_eq!(recorder.mark(), expected, "in a batch: {value:?}");
        }
        assert!(!element.get_is_idempotent(), "what is shared is left alone");
    });
}

#[test]
fn batches_are_marked_from_their_statements() {
    on_cassandra("batches", async |server| {
        let (session, recorder) = marked(server, Classifier::default()).await;
        session.use_keyspace("Runtime_Scylla", false).await.expect("the keyspace");
        for (texts, expected) in [
            (&["INSERT INTO t (k, v) VALUES (1, 1)", "UPDATE t SET s = s + {1} WHERE k = 1"][..], true),
            (&["INSERT INTO t (k, v) VALUES (1, 1)", "UPDATE t SET l = l + [1] WHERE k = 1"], false),
            (&["INSERT INTO t (k, v) VALUES (1, 1) IF NOT EXISTS"], false),
        ] {
            let mut batch = Batch::default();
            texts.iter().for_each(|text| batch.append_statement(*text));
            let prepared = session.prepare_batch(&batch).await.expect("prepared");
            assert_eq!(prepared.get_is_idempotent(), expected, "{texts:?}");
            batch.append_statement("UPDATE t SET l[9] = 1 WHERE k = 1");
            session.batch(&batch, vec![(); batch.statements.len()]).await.expect_err("there is no such element");
            assert!(texts.len() == 1 || recorder.mark() == expected, "{texts:?}");
            recorder.0.lock().expect("no panic").clear();
        }
    });
}

#[test]
fn a_timestamp_of_its_own_is_sent_twice() {
    on_cassandra("timestamps", async |server| {
        let (session, _) = marked(server, Classifier::default()).await;
        for (text, timestamp, expected) in [
            ("UPDATE runtime_scylla.t SET l = ? WHERE k = ?", None, true),
            ("UPDATE runtime_scylla.t SET l = ? WHERE k = ?", Some(5), false),
            ("UPDATE runtime_scylla.t SET s = ? WHERE k = ?", Some(5), true),
        ] {
            let mut statement = Statement::new(text);
            statement.set_timestamp(timestamp);
            statement.set_is_idempotent(true);
            let prepared = session.prepare(statement).await.expect("prepared");
            assert_eq!(prepared.get_is_idempotent(), expected, "{text} {timestamp:?}");
        }
    });
}

#[test]
fn a_caching_session_marks_what_comes_out_of_its_cache() {
    on_cassandra("the caching session", async |server| {
        let (session, recorder) = session(server, |builder| builder).await;
        let session: CachingSession = CachingSession::from(session, 8);
        let session = session.marked(Arc::new(Classifier::default()));
        let element = "UPDATE runtime_scylla.t SET l[9] = ? WHERE k = ?";
        for (value, expected) in [(Some(1), true), (None, false), (Some(1), true)] {
            session.execute_unpaged(element, (value, 1)).await.expect_err("there is no such element");
            assert_eq!(recorder.mark(), expected, "{value:?}");
            let mut batch = Batch::default();
            batch.append_statement(element);
            session.batch(&batch, ((value, 1),)).await.expect_err("there is no such element");
            assert_eq!(recorder.mark(), expected, "in a batch: {value:?}");
        }
    });
}

#[test]
fn a_claim_goes_before_the_verdict() {
    on_cassandra("claims", async |server| {
        let text = "UPDATE runtime_scylla.t SET l = l + ? WHERE k = ?";
        let (session, _) = marked(server, Classifier::default()).await;
        assert!(!is_marked(&session, text).await);
        session.classifier().claim(text, Claim::Idempotent("whoever reads the list wants each element once"));
        assert!(is_marked(&session, text).await);
    });
}

#[test]
fn the_policy_knows_what_a_statement_does() {
    on_cassandra("the policy", async |server| {
        let (session, recorder) = marked(server, Classifier::default()).await;
        let session = session.with_policy(&IdempotenceAware::new());
        for (text, expected) in [
            ("UPDATE runtime_scylla.t SET v = ? WHERE k = ?", "operation: Write,"),
            ("UPDATE runtime_scylla.t SET v = ? WHERE k IN ?", "operation: Writes,"),
            ("UPDATE runtime_scylla.hits SET n = n + ? WHERE k = ?", "operation: Counter,"),
            ("SELECT v FROM runtime_scylla.t WHERE k = ?", "operation: Read,"),
        ] {
            let prepared = session.prepare(text).await.expect("prepared");
            let policy = format!("{:?}", prepared.get_retry_policy());
            assert!(policy.contains(expected), "{text}: {policy}");
        }
        // One of its own is asked.
        let mut statement = Statement::new("UPDATE runtime_scylla.t SET l[9] = 1 WHERE k = 1");
        statement.set_retry_policy(Some(Arc::new(recorder.clone())));
        session.query_unpaged(statement, ()).await.expect_err("there is no such element");
        assert!(recorder.mark());
    });
}
