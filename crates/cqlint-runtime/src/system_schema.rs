//! What a cluster says of its tables in the keyspace `system_schema`, written as the DDL that says the same.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The columns of all tables and views: keyspace, table, column, kind, position and type.
#[cfg(feature = "cdrs-tokio-9")]
pub(crate) const COLUMNS: &str = "SELECT keyspace_name, table_name, column_name, kind, position, type FROM system_schema.columns";
/// What expires by default: keyspace, table and seconds.
pub(crate) const TABLES: &str = "SELECT keyspace_name, table_name, default_time_to_live FROM system_schema.tables";
/// The types of users: keyspace, type, and the names and types of the fields.
#[cfg(feature = "cdrs-tokio-9")]
pub(crate) const TYPES: &str = "SELECT keyspace_name, type_name, field_names, field_types FROM system_schema.types";
/// The functions of users: keyspace, function and the types of the arguments.
pub(crate) const FUNCTIONS: &str = "SELECT keyspace_name, function_name, argument_types FROM system_schema.functions";
/// The aggregates of users, as the functions.
pub(crate) const AGGREGATES: &str = "SELECT keyspace_name, aggregate_name, argument_types FROM system_schema.aggregates";

/// What the tables of `system_schema` hold, as far as it decides about statements.
#[derive(Debug, Default)]
pub(crate) struct SystemSchema {
    tables: BTreeMap<Named, Table>,
    others: String,
}

/// A keyspace, and a name in it.
type Named = (String, String);

#[derive(Debug, Default)]
struct Table {
    columns: Vec<Column>,
    default_ttl: i32,
}

/// A row of `system_schema.columns`.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// `partition_key`, `clustering`, `static` or `regular`.
    pub(crate) kind: String,
    /// Its place in the key.
    pub(crate) position: i32,
    /// As CQL writes it.
    pub(crate) cql_type: String,
}

impl SystemSchema {
    pub(crate) fn add_column(&mut self, keyspace: String, table: String, column: Column) {
        self.tables.entry((keyspace, table)).or_default().columns.push(column);
    }

    pub(crate) fn set_default_ttl(&mut self, keyspace: String, table: String, seconds: i32) {
        self.tables.entry((keyspace, table)).or_default().default_ttl = seconds;
    }

    pub(crate) fn add_type(&mut self, keyspace: &str, name: &str, fields: impl IntoIterator<Item = (String, String)>) {
        let fields: Vec<_> = fields.into_iter().map(|(name, cql_type)| format!("{} {cql_type}", quoted(&name))).collect();
        self.add(format_args!("CREATE TYPE {}.{} ({})", quoted(keyspace), quoted(name), fields.join(", ")));
    }

    pub(crate) fn add_function(&mut self, keyspace: &str, name: &str, arguments: &[String]) {
        let numbered: Vec<_> = arguments.iter().enumerate().map(|(place, cql_type)| format!("a{place} {cql_type}")).collect();
        let (name, numbered) = (format!("{}.{}", quoted(keyspace), quoted(name)), numbered.join(", "));
        // What it does and gives is not looked at.
        self.add(format_args!("CREATE FUNCTION {name} ({numbered}) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS ''"));
    }

    pub(crate) fn add_aggregate(&mut self, keyspace: &str, name: &str, arguments: &[String]) {
        let (name, arguments) = (format!("{}.{}", quoted(keyspace), quoted(name)), arguments.join(", "));
        self.add(format_args!("CREATE AGGREGATE {name} ({arguments}) SFUNC f STYPE int"));
    }

    fn add(&mut self, statement: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = writeln!(self.others, "{statement};");
    }

    /// The DDL.
    pub(crate) fn ddl(&self) -> String {
        let mut ddl = self.others.clone();
        for ((keyspace, name), table) in &self.tables {
            let _ = writeln!(ddl, "CREATE TABLE {}.{} ({});", quoted(keyspace), quoted(name), table.body());
            if table.default_ttl > 0 {
                let (keyspace, name) = (quoted(keyspace), quoted(name));
                let _ = writeln!(ddl, "ALTER TABLE {keyspace}.{name} WITH default_time_to_live = {};", table.default_ttl);
            }
        }
        ddl
    }
}

impl Table {
    fn body(&self) -> String {
        let column = |column: &Column| {
            let is_static = if column.kind == "static" { " static" } else { "" };
            format!("{} {}{is_static}", quoted(&column.name), column.cql_type)
        };
        let columns: Vec<_> = self.columns.iter().map(column).collect();
        let (partition, clustering) = (self.key("partition_key"), self.key("clustering"));
        let clustering: String = clustering.iter().map(|name| format!(", {name}")).collect();
        format!("{}, PRIMARY KEY (({}){clustering})", columns.join(", "), partition.join(", "))
    }

    fn key(&self, kind: &str) -> Vec<String> {
        let mut columns: Vec<_> = self.columns.iter().filter(|column| column.kind == kind).collect();
        columns.sort_by_key(|column| column.position);
        columns.into_iter().map(|column| quoted(&column.name)).collect()
    }
}

/// The name as CQL writes it, whatever it is.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::{Column, SystemSchema};

    #[test]
    fn it_is_written_as_the_ddl_that_says_the_same() {
        let mut schema = SystemSchema::default();
        let columns = [
            ("b", "clustering", 1, "int"),
            ("a", "clustering", 0, "frozen<list<text>>"),
            ("K", "partition_key", 1, "uuid"),
            ("select", "partition_key", 0, "text"),
            ("once", "static", -1, "\"Point\""),
            ("odd \" name", "regular", -1, "map<text, frozen<set<int>>>"),
        ];
        for (name, kind, position, cql_type) in columns {
            let column = Column { name: name.into(), kind: kind.into(), position, cql_type: cql_type.into() };
            schema.add_column("ks".into(), "Table".into(), column);
        }
        schema.set_default_ttl("ks".into(), "Table".into(), 60);
        schema.add_type("ks", "Point", [("x".into(), "int".into()), ("y".into(), "int".into())]);
        schema.add_function("ks", "now", &[]);
        schema.add_function("ks", "dice", &["int".into(), "list<text>".into()]);
        schema.add_aggregate("ks", "total", &["int".into()]);
        let expected = r#"CREATE TYPE "ks"."Point" ("x" int, "y" int);
CREATE FUNCTION "ks"."now" () CALLED ON NULL INPUT RETURNS int LANGUAGE java AS '';
CREATE FUNCTION "ks"."dice" (a0 int, a1 list<text>) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS '';
CREATE AGGREGATE "ks"."total" (int) SFUNC f STYPE int;
CREATE TABLE "ks"."Table" ("b" int, "a" frozen<list<text>>, "K" uuid, "select" text, "once" "Point" static, "odd "" name" map<text, frozen<set<int>>>, PRIMARY KEY (("select", "K"), "a", "b"));
ALTER TABLE "ks"."Table" WITH default_time_to_live = 60;
"#;
        assert_eq!(schema.ddl(), expected);
    }
}
