//! What the driver knows of the schema, as DDL.

use scylla::cluster::ClusterState;
use scylla::cluster::metadata::{CollectionType, ColumnKind, ColumnType, Keyspace, Table};

use super::types;
use crate::system_schema::{Column, SystemSchema, quoted};

/// What the driver does not tell, and is asked for.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// User functions: keyspace, name, types of the arguments.
    pub(super) functions: Vec<(String, String, Vec<String>)>,
    /// The same of aggregates.
    pub(super) aggregates: Vec<(String, String, Vec<String>)>,
    /// Tables: keyspace, name, the seconds after which rows expire.
    pub(super) tables: Vec<(String, String, Option<i32>)>,
}

/// Whether two states differ in other things.
pub(super) fn is_same(one: &ClusterState, other: &ClusterState) -> bool {
    one.keyspaces_iter().count() == other.keyspaces_iter().count()
        && one.keyspaces_iter().all(|(name, keyspace)| other.get_keyspace(name) == Some(keyspace))
}

/// Whether the driver was told to fetch tables. The system's own are always there.
pub(super) fn is_fetched(state: &ClusterState) -> bool {
    state.keyspaces_iter().any(|(_, keyspace)| !keyspace.tables.is_empty())
}

/// The schema, always in the same order.
pub(super) fn ddl(state: &ClusterState, asked: &Asked) -> String {
    let mut schema = SystemSchema::default();
    let mut keyspaces: Vec<_> = state.keyspaces_iter().collect();
    keyspaces.sort_by_key(|(name, _)| *name);
    for (name, keyspace) in keyspaces {
        of_keyspace(&mut schema, name, keyspace);
        let expiring = asked.tables.iter().filter(|(of, table, _)| of == name && keyspace.tables.contains_key(table));
        expiring.for_each(|(of, table, seconds)| schema.set_default_ttl(of.clone(), table.clone(), seconds.unwrap_or(0)));
    }
    asked.functions.iter().for_each(|(keyspace, name, arguments)| schema.add_function(keyspace, name, arguments));
    asked.aggregates.iter().for_each(|(keyspace, name, arguments)| schema.add_aggregate(keyspace, name, arguments));
    schema.ddl()
}

fn of_keyspace(schema: &mut SystemSchema, keyspace: &str, of: &Keyspace) {
    let mut types: Vec<_> = of.user_defined_types.iter().collect();
    types.sort_by_key(|(name, _)| *name);
    for (name, user) in types {
        schema.add_type(keyspace, name, user.field_types.iter().map(|(field, of)| (field.to_string(), text(of))));
    }
    // A table without a key is none that CQL knows.
    let tables = of.tables.iter().filter(|(_, table)| !table.partition_key.is_empty());
    tables.for_each(|(name, table)| of_table(schema, keyspace, name, table));
}

fn of_table(schema: &mut SystemSchema, keyspace: &str, table: &str, of: &Table) {
    let mut columns: Vec<_> = of.columns.iter().collect();
    columns.sort_by_key(|(name, _)| *name);
    for (name, column) in columns {
        let (kind, key) = match column.kind {
            ColumnKind::PartitionKey => ("partition_key", of.partition_key.as_slice()),
            ColumnKind::Clustering => ("clustering", of.clustering_key.as_slice()),
            ColumnKind::Static => ("static", &[][..]),
            ColumnKind::Regular | _ => ("regular", &[][..]),
        };
        let position = key.iter().position(|of| of == name).and_then(|place| i32::try_from(place).ok()).unwrap_or(-1);
        let column = Column { name: name.clone(), kind: kind.to_owned(), position, cql_type: text(&column.typ) };
        schema.add_column(keyspace.to_owned(), table.to_owned(), column);
    }
}

/// The type in CQL. One that is not known here is written like the Java class of nobody, which decides nothing.
fn text(of: &ColumnType<'_>) -> String {
    let froze = |frozen: bool, of: String| if frozen { format!("frozen<{of}>") } else { of };
    match of {
        ColumnType::Collection { frozen, typ: CollectionType::List(of) } => froze(*frozen, format!("list<{}>", text(of))),
        ColumnType::Collection { frozen, typ: CollectionType::Set(of) } => froze(*frozen, format!("set<{}>", text(of))),
        ColumnType::Collection { frozen, typ: CollectionType::Map(key, of) } => {
            froze(*frozen, format!("map<{}, {}>", text(key), text(of)))
        }
        ColumnType::Vector { typ, dimensions } => format!("vector<{}, {dimensions}>", text(typ)),
        ColumnType::UserDefinedType { frozen, definition } => froze(*frozen, qualified(&definition.keyspace, &definition.name)),
        ColumnType::Tuple(of) => format!("tuple<{}>", of.iter().map(text).collect::<Vec<_>>().join(", ")),
        of => types::data_type(of).map_or_else(|| "'unknown'".to_owned(), |known| known.to_string()),
    }
}

fn qualified(keyspace: &str, name: &str) -> String {
    format!("{}.{}", quoted(keyspace), quoted(name))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use scylla::cluster::metadata::{CollectionType, ColumnType, NativeType, UserDefinedType};

    use super::{qualified, text};
    use crate::scylla_1::types::data_type;
    use cqlint_analysis::Schema;

    fn list(frozen: bool, of: ColumnType<'static>) -> ColumnType<'static> {
        ColumnType::Collection { frozen, typ: CollectionType::List(Box::new(of)) }
    }

    #[test]
    fn a_type_is_written_as_it_is_read() {
        let int = || ColumnType::Native(NativeType::Int);
        let fields = vec![("a".into(), int())];
        let user = Arc::new(UserDefinedType { name: "Odd \"name".into(), keyspace: "ks".into(), field_types: fields });
        let map = CollectionType::Map(Box::new(int()), Box::new(list(true, int())));
        for (of, expected) in [
            (int(), "int"),
            (ColumnType::Native(NativeType::Counter), "counter"),
            (ColumnType::Native(NativeType::Varint), "varint"),
            (list(false, int()), "list<int>"),
            (list(true, int()), "frozen<list<int>>"),
            (ColumnType::Collection { frozen: false, typ: CollectionType::Set(Box::new(int())) }, "set<int>"),
            (ColumnType::Collection { frozen: false, typ: map }, "map<int, frozen<list<int>>>"),
            (ColumnType::Vector { typ: Box::new(int()), dimensions: 3 }, "vector<int, 3>"),
            (ColumnType::Tuple(vec![int(), list(false, int())]), "tuple<int, list<int>>"),
            (ColumnType::UserDefinedType { frozen: true, definition: user }, "frozen<\"ks\".\"Odd \"\"name\">"),
        ] {
            assert_eq!(text(&of), expected);
            let schema = Schema::from_text(&format!("CREATE TABLE t (k int PRIMARY KEY, c {expected})"));
            let read = schema.table(None, "t").and_then(|table| table.column("c")).and_then(|column| column.data_type.cloned());
            assert_eq!(read, data_type(&of), "{expected}");
        }
    }

    #[test]
    fn names_are_quoted() {
        assert_eq!(qualified("shop", "Odd \"table"), "\"shop\".\"Odd \"\"table\"");
    }
}
