//! The rows of the suite: what is there before the writes, and what they leave.

use futures::stream::{self, StreamExt};
use scylla::client::session::Session;
use scylla::value::{CqlValue, Row};

use super::AT_A_TIME;
use super::forms::FORMS;
use super::writes::Write;

/// Makes the tables of a keyspace, new ones each time.
pub(super) async fn define(session: &Session, keyspace: &str, schema: &str) {
    let replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
    let frame =
        [format!("DROP KEYSPACE IF EXISTS {keyspace}"), format!("CREATE KEYSPACE {keyspace} WITH replication = {replication}")];
    for statement in frame.iter().map(String::as_str).chain(schema.split_terminator(';')) {
        session.query_unpaged(statement, ()).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}

/// Makes the rows that writes change.
pub(super) async fn fill(session: &Session, writes: &[Write]) {
    let before = writes.iter().filter_map(|write| FORMS[write.form].preparation(&write.key));
    let insert = async |statement: String| session.query_unpaged(statement, ()).await.expect("a row");
    stream::iter(before).map(insert).buffer_unordered(AT_A_TIME).for_each(async |_| ()).await;
}

/// How often each write was applied, by what is there now.
pub(super) async fn times(session: &Session, writes: &[Write]) -> Vec<i64> {
    stream::iter(writes).map(|write| times_of(session, write)).buffered(AT_A_TIME).collect().await
}

async fn times_of(session: &Session, write: &Write) -> i64 {
    let form = &FORMS[write.form];
    let mut sum = 0;
    for read in form.reads(&write.key) {
        let result = session.query_unpaged(read, ()).await.expect("an answer").into_rows_result().expect("rows");
        sum += result
            .rows::<Row>()
            .expect("rows")
            .flat_map(|row| row.expect("a row").columns)
            .flatten()
            .map(|v| size(&v))
            .sum::<i64>();
    }
    form.times(sum)
}

/// Numbers count as themselves, uuids as one.
fn size(value: &CqlValue) -> i64 {
    match value {
        CqlValue::Int(number) => i64::from(*number),
        CqlValue::Counter(counter) => counter.0,
        CqlValue::List(values) | CqlValue::Set(values) => values.iter().map(size).sum(),
        CqlValue::Map(entries) => entries.iter().map(|(_, value)| size(value)).sum(),
        CqlValue::Timeuuid(_) | CqlValue::Uuid(_) => 1,
        other => panic!("no form writes {other:?}"),
    }
}
