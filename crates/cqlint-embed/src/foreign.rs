//! Calls of other databases, in files that use both.

use tree_sitter::Node;

use crate::sites::Call;

/// Methods that take SQL, and that no driver of Cassandra has.
const METHODS: [&str; 25] = [
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
];

/// Whether a text is given to another database.
pub(crate) fn is_taken<'t>(text: Node<'t>, source: &'t str) -> bool {
    Call::around(text, source).is_some_and(|(call, _)| METHODS.contains(&call.name))
}
