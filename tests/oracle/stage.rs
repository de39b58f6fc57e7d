//! Tables that are filled and read, partition by partition: each execution has one of its own, so many run at once.

use std::cell::Cell;
use std::collections::HashMap;

use cqlint_syntax::{Dialects, Parser};
use scylla::cluster::metadata::ColumnKind;
use scylla::frame::response::result::{CollectionType, ColumnType};
use scylla::statement::batch::BatchType;
use scylla::statement::prepared::PreparedStatement;

use super::generator::{Column, Table};
use super::values;
use crate::cassandra::{Client, Request, Rows, Value};
use crate::grammar::Random;

/// What stands in the partition before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Empty,
    /// Rows with every column.
    Full,
    /// Rows where some columns are null, and others hold empty collections.
    Sparse,
}

pub(crate) const STATES: [State; 3] = [State::Empty, State::Full, State::Sparse];

struct Prepared {
    table: Table,
    fill: PreparedStatement,
    read: PreparedStatement,
    expiry: PreparedStatement,
}

/// The tables, and the next partition that nobody has used.
pub(crate) struct Stage<'c> {
    client: &'c Client,
    tables: HashMap<String, Prepared>,
    next: Cell<i32>,
}

/// The statements of a script.
pub(crate) fn statements(script: &str) -> Vec<&str> {
    Parser::new(Dialects::ALL).script(script).map(|parsed| parsed.span.text(script)).collect()
}

/// Drops the keyspaces, and makes them again with what the script defines.
pub(crate) async fn define(client: &Client, keyspaces: &[&str], script: &str) {
    for keyspace in keyspaces {
        let replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
        client.script([format!("DROP KEYSPACE IF EXISTS {keyspace}")]).await;
        client.script([format!("CREATE KEYSPACE {keyspace} WITH replication = {replication}")]).await;
    }
    client.script(statements(script)).await;
}

/// The tables of a keyspace as the server describes them.
pub(crate) async fn tables(client: &Client, keyspaces: &[&str]) -> Vec<Table> {
    let metadata = client.metadata().await;
    let mut tables = Vec::new();
    for keyspace in keyspaces {
        for (name, table) in &metadata.get_keyspace(keyspace).expect("a keyspace").tables {
            let column = |name: &String| {
                let column = &table.columns[name];
                Column { name: name.clone(), typ: column.typ.clone(), kind: column.kind.clone() }
            };
            let mut others: Vec<_> = table.columns.keys().collect();
            others.retain(|name| !table.partition_key.contains(name) && !table.clustering_key.contains(name));
            others.sort();
            let columns = table.clustering_key.iter().chain(others).map(column).collect();
            tables.push(Table { keyspace: (*keyspace).to_owned(), name: name.clone(), columns });
        }
    }
    tables.sort_by_key(Table::full_name);
    tables
}

impl<'c> Stage<'c> {
    pub(crate) async fn new(client: &'c Client, tables: &[Table]) -> Self {
        let mut prepared = HashMap::new();
        for table in tables {
            let (name, columns) = (table.full_name(), table.columns.iter().map(|column| column.name.as_str()));
            let values = table.values().map(|column| format!("{0} = {0} + ?", column.name)).collect::<Vec<_>>().join(", ");
            let fill = if table.has_counters() {
                format!("UPDATE {name} SET {values} WHERE k = ? AND c = ?")
            } else {
                let holes = "?, ".repeat(table.columns.len());
                let columns = columns.collect::<Vec<_>>().join(", ");
                // The oldest of all: whatever is executed later is seen. No statement has the same timestamp: what
                // becomes of two writes at one time is nobody's promise.
                format!("INSERT INTO {name} ({columns}, k) VALUES ({holes}?) USING TIMESTAMP -100")
            };
            let expiring = table.values().map(|column| format!("TTL({})", column.name)).collect::<Vec<_>>().join(", ");
            let expiring = if table.has_counters() { "*".to_owned() } else { expiring };
            let prepare = async |text: String| client.prepare(&text).await.unwrap_or_else(|error| panic!("{text}: {error}"));
            let table = Prepared {
                table: table.clone(),
                fill: prepare(fill).await,
                read: prepare(format!("SELECT * FROM {name} WHERE k = ?")).await,
                expiry: prepare(format!("SELECT {expiring} FROM {name} WHERE k = ?")).await,
            };
            prepared.insert(name, table);
        }
        Self { client, tables: prepared, next: Cell::new(1) }
    }

    /// A partition that nobody has used.
    pub(crate) fn partition(&self) -> i32 {
        self.next.replace(self.next.get() + 1)
    }

    /// Puts rows into the partition of each of the tables.
    pub(crate) async fn fill(&self, tables: &[String], key: i32, state: State, random: &mut Random) {
        for name in tables.iter().filter(|_| state != State::Empty) {
            let Prepared { table, fill, .. } = &self.tables[name];
            let key = Value::Bytes(key.to_be_bytes().into());
            let rows = (0..3).map(|_| (fill.clone(), row(table, &key, state, random))).collect();
            let kind = if table.has_counters() { BatchType::Counter } else { BatchType::Unlogged };
            let filled = self.client.execute(&Request::Batch(kind, rows), None).await;
            filled.unwrap_or_else(|refusal| panic!("{name} cannot be filled: {refusal}"));
        }
    }

    /// All rows of the partition.
    pub(crate) async fn read(&self, tables: &[String], key: i32) -> Rows {
        self.ask(tables, key, |prepared| &prepared.read).await
    }

    /// How long the cells of the partition have to live, in seconds.
    pub(crate) async fn expiry(&self, tables: &[String], key: i32) -> Rows {
        self.ask(tables, key, |prepared| &prepared.expiry).await
    }

    async fn ask(&self, tables: &[String], key: i32, question: impl Fn(&Prepared) -> &PreparedStatement) -> Rows {
        let mut all = Rows::default();
        for name in tables {
            let key = vec![Value::Bytes(key.to_be_bytes().into())];
            let request = Request::Prepared(question(&self.tables[name]).clone(), key);
            let rows = self.client.execute(&request, None).await;
            all = all.and(rows.unwrap_or_else(|refusal| panic!("{name} cannot be read: {refusal}")));
        }
        all
    }
}

/// A row of random values.
fn row(table: &Table, key: &Value, state: State, random: &mut Random) -> Vec<Value> {
    let value = |column: &Column, random: &mut Random| {
        let is_key = column.kind == ColumnKind::Clustering;
        let is_collection = matches!(column.typ, ColumnType::Collection { .. });
        match random.below(4) {
            0 if state == State::Sparse && !is_key => Value::Unset,
            1 if state == State::Sparse && !is_key && is_collection => Value::Bytes(vec![0; 4]),
            // Long enough that a position is hit and an element is met again.
            0..3 if is_list(&column.typ) => {
                let (first, second) = (values::bytes(&column.typ, random), values::bytes(&column.typ, random));
                Value::Bytes(joined(&first, &second))
            }
            _ => Value::Bytes(values::bytes(&column.typ, random)),
        }
    };
    if table.has_counters() {
        let counters = table.values().map(|column| value(column, random)).collect::<Vec<_>>();
        let clustering = table.clustering().map(|column| value(column, random)).collect::<Vec<_>>();
        return [counters, vec![key.clone()], clustering].concat();
    }
    let mut values: Vec<_> = table.columns.iter().map(|column| value(column, random)).collect();
    values.push(key.clone());
    values
}

fn is_list(typ: &ColumnType<'_>) -> bool {
    matches!(typ, ColumnType::Collection { typ: CollectionType::List(_), .. })
}

/// Two lists in one: their counts are added.
fn joined(first: &[u8], second: &[u8]) -> Vec<u8> {
    let count = |list: &[u8]| i32::from_be_bytes([list[0], list[1], list[2], list[3]]);
    [(count(first) + count(second)).to_be_bytes().as_slice(), &first[4..], &second[4..]].concat()
}
