//! What the written module does.

use std::collections::HashMap;
use std::sync::Arc;

use cqlint_runtime::cdrs_tokio_9::Requests;
use cqlint_runtime::{CheckedStatement, Claim, Verdict};
use scylla::client::session::Session;
use scylla::frame::response::result::{CollectionType, ColumnSpec, ColumnType, NativeType, TableSpec};
use scylla::serialize::row::{RowSerializationContext, SerializeRow};
use scylla::serialize::writers::RowWriter;
use scylla::value::CqlTimestamp;
use uuid::Uuid;

use crate::{cdrs, queries};

#[test]
fn constants_say_what_was_decided() {
    let marked: Vec<_> =
        queries::ALL.iter().filter(|statement| statement.is_idempotent()).map(|statement| statement.name).collect();
    assert_eq!(marked, ["add_tags", "Customer", "match", "clear", "order", "pay"]);
    assert_eq!(queries::ALL, cdrs::ALL);
    assert_eq!(queries::CLEAR.verdict, Verdict::NotIdempotent);
    assert_eq!(queries::CLEAR.claim, Some(Claim::Idempotent("nobody writes drafts while they are cleared")));
    assert_eq!(queries::ADD_TAGS.keyspace, Some("shop"));
    assert_eq!(queries::CUSTOMER.keyspace, None);
}

/// The values as they are sent.
fn sent(values: &impl SerializeRow, columns: &[(&str, ColumnType<'static>)]) -> Vec<u8> {
    let spec = |(name, of): &(&str, ColumnType<'static>)| {
        ColumnSpec::owned((*name).to_owned(), of.clone(), TableSpec::owned("shop".to_owned(), "t".to_owned()))
    };
    let specs: Vec<_> = columns.iter().map(spec).collect();
    let mut bytes = Vec::new();
    let context = RowSerializationContext::from_specs(&specs);
    let written = values.serialize(&context, &mut RowWriter::new(&mut bytes));
    assert!(written.is_ok(), "{written:?}");
    bytes
}

fn collection(of: CollectionType<'static>) -> ColumnType<'static> {
    ColumnType::Collection { frozen: false, typ: of }
}

fn text() -> ColumnType<'static> {
    ColumnType::Native(NativeType::Text)
}

#[test]
fn typed_parameters_are_sent_as_the_driver_sends_tuples() {
    let uuid = ColumnType::Native(NativeType::Uuid);
    let id = Uuid::from_u128(7);

    let columns = [("tags", collection(CollectionType::Set(Box::new(text())))), ("id", uuid.clone())];
    let typed = queries::parameters::AddTags { tags: &["a", "b"], id };
    assert_eq!(sent(&typed, &columns), sent(&(["a", "b"].as_slice(), id), &columns));

    let map = CollectionType::Map(Box::new(text()), Box::new(ColumnType::Native(NativeType::Int)));
    let list = CollectionType::List(Box::new(ColumnType::Native(NativeType::Timestamp)));
    let blob = ColumnType::Native(NativeType::Blob);
    let columns = [("scores", collection(map)), ("picture", blob), ("visits", collection(list)), ("id", uuid.clone())];
    let (scores, visits) = (HashMap::from([("x", 1)]), [CqlTimestamp(3)]);
    let typed = queries::parameters::Scored { scores: &scores, picture: b"png", visits: &visits, id };
    assert_eq!(sent(&typed, &columns), sent(&(&scores, b"png".as_slice(), visits.as_slice(), id), &columns));
}

/// `:customer` stands twice. Cassandra tells of it twice, newer ScyllaDB once.
#[test]
fn a_name_that_stands_twice_is_one_field() {
    let order = scylla::value::CqlTimeuuid::from_bytes([1; 16]);
    let typed = queries::parameters::Pay { customer: Uuid::from_u128(7), order_id: order, name: "anna" };
    let (uuid, time) = (ColumnType::Native(NativeType::Uuid), ColumnType::Native(NativeType::Timeuuid));
    let once = [("customer", uuid.clone()), ("order_id", time), ("name", text())];
    assert_eq!(sent(&typed, &once), sent(&(typed.customer, order, "anna"), &once));
    let mut twice = once.to_vec();
    twice.push(("customer", uuid));
    assert_eq!(sent(&typed, &twice), sent(&(typed.customer, order, "anna", typed.customer), &twice));
}

/// Never called: that both sessions are taken, also from several tasks, is seen when it compiles.
#[expect(dead_code, reason = "it only has to compile")]
async fn prepares(
    plain: Session,
    shared: Arc<Session>,
    marked: cqlint_runtime::scylla_1::MarkedSession,
    other: cqlint_runtime::cdrs_tokio_9::MarkedSession<impl Requests>,
) -> Result<(), Box<dyn std::error::Error>> {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let statements: queries::Statements = is_send(queries::prepare_all(&plain)).await?;
    let values = queries::parameters::AddTags { tags: &["new"], id: Uuid::nil() };
    plain.execute_unpaged(&statements.add_tags, values.clone()).await?;
    marked.execute_unpaged(&statements.r#match, ("key",)).await?;
    is_send(queries::prepare_all(&shared)).await?;
    is_send(queries::prepare_all(&marked)).await?;
    let constant: &CheckedStatement = &queries::CUSTOMER;
    plain.query_unpaged(constant, ()).await?;

    let statements: cdrs::Statements = is_send(cdrs::prepare_all(&other)).await?;
    other.exec(&statements.move_customer).await?;
    other.query(cdrs::CLEAR).await?;
    Ok(())
}
