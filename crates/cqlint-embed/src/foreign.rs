//! Calls of other databases, in files that use both.

use crate::sites::Call;
use crate::tree::Node;

/// Methods that take SQL, and that no driver of Cassandra has.
const METHODS: [&str; 35] = [
    "prepareStatement",
    "prepareCall",
    "createStatement",
    "executeQuery",
    "executeUpdate",
    "executeLargeUpdate",
    "createNativeQuery",
    "createSQLQuery",
    "nativeQuery",
    "QueryRow",
    "QueryRowContext",
    "QueryContext",
    "ExecContext",
    "Queryx",
    "PrepareContext",
    "MustExec",
    "executemany",
    "executescript",
    "NpgsqlCommand",
    "SqlCommand",
    "SqliteCommand",
    "MySqlCommand",
    "OracleCommand",
    "CreateCommand",
    "QuerySingleAsync",
    "PQexec",
    "PQexecParams",
    "PQprepare",
    "mysql_query",
    "mysql_real_query",
    "sqlite3_exec",
    "sqlite3_prepare_v2",
    "mysqli_query",
    "pg_query",
    "pg_query_params",
];

/// Whether a text is given to another database.
pub(crate) fn is_taken<'t>(text: Node<'t>, source: &'t str) -> bool {
    Call::around(text, source).is_some_and(|(call, _)| METHODS.contains(&call.name))
}
