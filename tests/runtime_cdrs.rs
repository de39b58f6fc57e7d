//! What a session of `cdrs-tokio` marks on a real Cassandra: by its schema, by what it tells of bind markers, by what is bound.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cdrs_tokio::authenticators::StaticPasswordAuthenticatorProvider;
use cdrs_tokio::cluster::session::{Session, SessionBuilder, TcpSessionBuilder};
use cdrs_tokio::cluster::{NodeTcpConfigBuilder, TcpConnectionManager};
use cdrs_tokio::load_balancing::RoundRobinLoadBalancingStrategy;
use cdrs_tokio::query::{BatchQueryBuilder, QueryValues};
use cdrs_tokio::statement::StatementParamsBuilder;
use cdrs_tokio::transport::TransportTcp;
use cdrs_tokio::types::ByName;
use cdrs_tokio::types::value::Value;
use cqlint_runtime::cdrs_tokio_9::{IdempotenceAware, MarkedSession, SessionExt};
use cqlint_runtime::{Classifier, Question, Verdict};
use cqlint_syntax::{Dialects, Parser};

use crate::cassandra::{Client, Server, required, say, server};
use crate::semantics::forms;

mod transactions;

type Balancing = RoundRobinLoadBalancingStrategy<TransportTcp, TcpConnectionManager>;
type Cluster = Session<TransportTcp, TcpConnectionManager, Balancing>;

/// How long a schema may be on its way.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs what asks the server, with tasks beside it.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

/// A session that uses the first of the keyspaces, after they were made anew with what the script defines.
async fn connect(server: &Server, keyspaces: &[&str], script: &str) -> Cluster {
    let client = Client::connect(server).await.expect("a cluster that may be written to");
    for keyspace in keyspaces {
        let replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
        client.script([format!("DROP KEYSPACE IF EXISTS {keyspace}")]).await;
        client.script([format!("CREATE KEYSPACE {keyspace} WITH replication = {replication}")]).await;
    }
    client.script(Parser::new(Dialects::ALL).script(script).map(|parsed| parsed.span.text(script))).await;
    let role = StaticPasswordAuthenticatorProvider::new("cassandra", "cassandra");
    let nodes = NodeTcpConfigBuilder::new()
        .with_contact_point(server.address.to_string().into())
        .with_authenticator_provider(Arc::new(role))
        .build()
        .await
        .expect("a configuration");
    let session = TcpSessionBuilder::new(Balancing::new(), nodes).with_keyspace(keyspaces[0].to_owned());
    session.build().await.expect("a session")
}

/// Whether the only thing that was decided meanwhile was to mark.
struct Marked(u64, u64);

impl Marked {
    fn before(session: &MarkedSession<Cluster>) -> Self {
        let counts = session.classifier().counts();
        Self(counts.idempotent, counts.depends + counts.not_idempotent)
    }

    fn after(self, session: &MarkedSession<Cluster>) -> bool {
        let Self(marked, unmarked) = Self::before(session);
        assert_eq!(marked + unmarked, self.0 + self.1 + 1, "one decision");
        marked > self.0
    }
}

/// The forms of `semantics/forms.md`, in keyspaces of this suite.
fn own(text: &str) -> String {
    text.replace("shop.", "cdrs_shop.").replace("hidden.", "cdrs_hidden.")
}

#[test]
fn the_schema_of_the_cluster_says_what_its_ddl_says() {
    let Some(server) = required("the schema as cdrs-tokio reads it", server()) else { return };
    // Which functions are deterministic can only be said to other servers.
    let script = own(include_str!("semantics/schema.cql")).replace(" DETERMINISTIC", "");
    let (count, wrong) = block_on(async {
        let session = connect(server, &["cdrs_shop", "cdrs_hidden"], &script).await;
        let written = Classifier::builder().schema(&script).build();
        let session = session.marked(Arc::default());
        session.follow_schema().await.expect("the schema");
        let (mut count, mut wrong) = (0, Vec::new());
        for form in forms() {
            let statement = own(&form.statement);
            let question = Question { keyspace: Some("cdrs_shop"), ..Question::new(&statement) };
            let [read, written] = [session.classifier(), &written].map(|classifier| classifier.decide(&question));
            count += 1;
            if (read.verdict, &read.reasons) != (written.verdict, &written.reasons) {
                wrong.push(format!("{statement}: {:?}, not {:?}", read.verdict, written.verdict));
            }
        }
        (count, wrong)
    });
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What the server tells of bind markers settles some statements without any schema, and never says more than the schema does.
#[test]
fn the_types_of_bind_markers_say_no_more_than_the_schema() {
    let Some(server) = required("bind markers as cdrs-tokio reads them", server()) else { return };
    let script = own(include_str!("semantics/schema.cql")).replace(" DETERMINISTIC", "").replace("cdrs_", "cdrs_typed_");
    let (settled, wrong) = block_on(async {
        let session = connect(server, &["cdrs_typed_shop", "cdrs_typed_hidden"], &script).await;
        let written = Classifier::builder().schema(&script).keyspace("cdrs_typed_shop").build();
        let session = session.marked(Arc::default());
        let (mut settled, mut wrong) = (Vec::new(), Vec::new());
        for form in forms().iter().filter(|form| form.statement.contains('?') || form.statement.contains(':')) {
            let statement = own(&form.statement).replace("cdrs_", "cdrs_typed_");
            let untold = Classifier::default().decide(&Question::new(&statement)).verdict;
            let before = Marked::before(&session);
            if session.prepare(&statement).await.is_err() {
                continue;
            }
            let marked = before.after(&session);
            let by_schema = written.decide(&Question::new(&statement)).verdict;
            if marked && by_schema != Verdict::Idempotent {
                wrong.push(format!("{statement}: marked, but {by_schema:?}"));
            }
            if marked && untold != Verdict::Idempotent {
                settled.push(statement);
            }
        }
        (settled, wrong)
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(settled.iter().any(|statement| statement.contains("s = s + ?")), "{settled:?}");
    say(&format!("cdrs-tokio: the types of bind markers settle {} forms without a schema", settled.len()));
}

#[test]
fn statements_are_marked_and_executed() {
    let Some(server) = required("marks of cdrs-tokio", server()) else { return };
    let script = "CREATE TABLE cdrs_marks.t (k int PRIMARY KEY, v int, l list<int>, s set<int>);
        CREATE TABLE cdrs_marks.hits (k int PRIMARY KEY, n counter)";
    block_on(async {
        let session = connect(server, &["cdrs_marks"], script).await;
        let session = session.marked(Arc::default()).with_policy(&IdempotenceAware::new());
        session.follow_schema().await.expect("the schema");

        let before = Marked::before(&session);
        session.query("UPDATE t SET l = [1, 2, 3], v = 7, s = {1} WHERE k = 1").await.expect("a write");
        assert!(before.after(&session), "a text");
        let before = Marked::before(&session);
        let values = QueryValues::SimpleValues(vec![Value::new(1_i64), Value::new(1)]);
        session.query_with_values("UPDATE hits SET n = n + ? WHERE k = ?", values).await.expect("a write");
        assert!(!before.after(&session), "a counter");

        let element = session.prepare("UPDATE t SET l[0] = ? WHERE k = ?").await.expect("a statement");
        for (value, marked) in [(Value::new(5), true), (Value::NotSet, true), (Value::Null, false)] {
            let before = Marked::before(&session);
            let values = QueryValues::SimpleValues(vec![value.clone(), Value::new(1)]);
            session.exec_with_values(&element, values).await.expect("a write");
            assert_eq!(before.after(&session), marked, "{value:?}");
            let before = Marked::before(&session);
            let names = [("value(l)".to_owned(), value.clone()), ("k".to_owned(), Value::new(1))];
            let parameters = StatementParamsBuilder::new().with_values(QueryValues::NamedValues(names.into())).build();
            session.exec_with_params(&element, &parameters).await.expect("a write");
            assert_eq!(before.after(&session), marked, "{value:?} by name");
        }
        let set = session.prepare("UPDATE t SET s = s + ? WHERE k = ?").await.expect("a statement");
        let [member, add] = [vec![2_i32], vec![3]].map(|set| QueryValues::SimpleValues(vec![set.into(), Value::new(2)]));
        let append = "UPDATE t SET l = l + [1] WHERE k = 2";
        for (batch, marked) in [
            (BatchQueryBuilder::new().add_query_prepared(&set, member.clone()).add_query_prepared(&set, add), true),
            (BatchQueryBuilder::new().add_query_prepared(&set, member).add_query(append, Vec::<i32>::new().into()), false),
        ] {
            let before = Marked::before(&session);
            session.batch(batch.build().expect("a batch")).await.expect("a write");
            assert_eq!(before.after(&session), marked, "{marked}: a batch");
        }
        let rows = session.query("SELECT k, v FROM t").await.expect("a read").response_body().expect("an answer").into_rows();
        let keys: Vec<i32> = rows.expect("rows").iter().map(|row| row.r_by_name("k").expect("a key")).collect();
        assert_eq!(keys, [1, 2]);
    });
}

#[test]
fn pages_follow_each_other() {
    let Some(server) = required("pages of cdrs-tokio", server()) else { return };
    block_on(async {
        let session = connect(server, &["cdrs_pages"], "CREATE TABLE cdrs_pages.t (k int PRIMARY KEY)").await;
        let session = session.marked(Arc::default());
        for key in 0..25 {
            session.query_with_values("INSERT INTO cdrs_pages.t (k) VALUES (?)", vec![key]).await.expect("a write");
        }
        let select = session.prepare("SELECT k FROM cdrs_pages.t").await.expect("a statement");
        let pager = session.paged(10);
        for mut pages in [pager.query(&select.query), pager.exec(&select)] {
            let mut sizes = vec![pages.next().await.expect("a page").len()];
            // The rest is asked for by somebody else.
            let mut rest = pager.query(&select.query).continued(pages.pager_state());
            while rest.pager_state().has_more() {
                sizes.push(rest.next().await.expect("a page").len());
            }
            assert_eq!(sizes, [10, 10, 5]);
        }
        assert_eq!(session.classifier().counts().depends, 0);
    });
}

/// A statement that was prepared when its column was a set is not marked any more when the column is a list, although it still
/// has the same id.
#[test]
fn a_change_of_the_schema_is_followed() {
    let Some(server) = required("changes of the schema as cdrs-tokio tells them", server()) else { return };
    let [set, list] = ["set", "list"].map(|kind| format!("CREATE TABLE cdrs_changes.t (k int PRIMARY KEY, c {kind}<int>)"));
    block_on(async {
        let session = connect(server, &["cdrs_changes"], &set).await.marked(Arc::default());
        session.follow_schema().await.expect("the schema");
        let add = session.prepare("UPDATE cdrs_changes.t SET c = c + ? WHERE k = ?").await.expect("a statement");
        let values = || QueryValues::SimpleValues(vec![vec![1_i32].into(), Value::new(1)]);
        let before = Marked::before(&session);
        session.exec_with_values(&add, values()).await.expect("a write");
        assert!(before.after(&session), "a set");

        session.query("DROP TABLE cdrs_changes.t").await.expect("a change");
        session.query(&list).await.expect("a change");
        let begin = Instant::now();
        // As text it is decided by the schema alone.
        while session.classifier().decide(&Question::new(&add.query)).verdict != Verdict::NotIdempotent {
            assert!(begin.elapsed() < PATIENCE, "the change was not heard of");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let before = Marked::before(&session);
        session.exec_with_values(&add, values()).await.expect("a write");
        assert!(!before.after(&session), "a list");
    });
}
