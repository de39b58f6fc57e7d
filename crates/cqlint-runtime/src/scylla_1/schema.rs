//! What the driver knows of the schema, as DDL.

use std::fmt::Write;

use scylla::cluster::ClusterState;
use scylla::cluster::metadata::{CollectionType, ColumnKind, ColumnType, Keyspace, Table};

use super::types;

/// A user function or aggregate: there may be several of this name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Function {
    pub(super) keyspace: String,
    pub(super) name: String,
}

/// Whether two states differ in other things.
pub(super) fn is_same(one: &ClusterState, other: &ClusterState) -> bool {
    one.keyspaces_iter().count() == other.keyspaces_iter().count()
        && one.keyspaces_iter().all(|(name, keyspace)| other.get_keyspace(name) == Some(keyspace))
}

/// The schema, always in the same order; nothing when the driver was told not to fetch it.
pub(super) fn ddl(state: &ClusterState, functions: &[Function]) -> String {
    let mut keyspaces: Vec<_> = state.keyspaces_iter().collect();
    keyspaces.sort_by_key(|(name, _)| *name);
    let mut ddl = String::new();
    for (name, keyspace) in keyspaces {
        of_keyspace(&mut ddl, name, keyspace);
    }
    if !ddl.is_empty() {
        for function in functions {
            let name = qualified(&function.keyspace, &function.name);
            // What it takes and gives is of no interest.
            line(&mut ddl, format_args!("CREATE FUNCTION {name}() CALLED ON NULL INPUT RETURNS int LANGUAGE java AS ''"));
        }
    }
    ddl
}

fn of_keyspace(ddl: &mut String, keyspace: &str, of: &Keyspace) {
    let mut types: Vec<_> = of.user_defined_types.iter().collect();
    types.sort_by_key(|(name, _)| *name);
    for (name, user) in types {
        let fields = user.field_types.iter().map(|(field, of)| format!("{} {}", quoted(field), text(of)));
        line(ddl, format_args!("CREATE TYPE {} ({})", qualified(keyspace, name), fields.collect::<Vec<_>>().join(", ")));
    }
    let mut tables: Vec<_> = of.tables.iter().collect();
    tables.sort_by_key(|(name, _)| *name);
    for (name, table) in tables {
        of_table(ddl, &qualified(keyspace, name), table);
    }
}

/// A table without a key is none that CQL knows.
fn of_table(ddl: &mut String, name: &str, table: &Table) {
    if table.partition_key.is_empty() {
        return;
    }
    let mut columns: Vec<_> = table.columns.iter().collect();
    columns.sort_by_key(|(name, _)| *name);
    let column = |(name, column): &(&String, &scylla::cluster::metadata::Column)| {
        let fixed = if column.kind == ColumnKind::Static { " static" } else { "" };
        format!("{} {}{fixed}", quoted(name), text(&column.typ))
    };
    let columns: Vec<String> = columns.iter().map(column).collect();
    let names = |names: &[String]| names.iter().map(|name| quoted(name)).collect::<Vec<_>>();
    let key = [vec![format!("({})", names(&table.partition_key).join(", "))], names(&table.clustering_key)].concat();
    line(ddl, format_args!("CREATE TABLE {name} ({}, PRIMARY KEY ({}))", columns.join(", "), key.join(", ")));
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

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text takes all that is written to it.
fn line(ddl: &mut String, statement: std::fmt::Arguments<'_>) {
    let _ = writeln!(ddl, "{statement};");
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
