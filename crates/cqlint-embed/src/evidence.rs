//! Is this file about CQL? Its bytes tell, before anything is parsed.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};

/// What programs import that speak with Cassandra or ScyllaDB.
const DRIVERS: &[&str] = &[
    "com.datastax",
    "org.apache.cassandra",
    "org.springframework.data.cassandra",
    "com.scylladb",
    "io.quarkus.cassandra",
    "gocql",
    "cassandra-driver",
    "from cassandra",
    "import cassandra",
    "acsylla",
    "async_cassandra",
    "using Cassandra",
    "scylla::",
    "cdrs_tokio",
    "cassandra_cpp",
    "CassandraQL",
    "cassandraql",
];

/// What programs import that speak with other databases, whose SQL may look the same.
const OTHERS: &[&str] = &[
    "java.sql",
    "javax.persistence",
    "jakarta.persistence",
    "database/sql",
    "psycopg",
    "sqlalchemy",
    "sqlite",
    "mysql",
    "jackc/pgx",
    "lib/pq",
    "Npgsql",
    "Dapper",
    "SqlClient",
    "require('pg')",
    "from 'pg'",
    "knex",
    "org.jooq",
    "diesel::",
    "tokio_postgres",
];

/// The first words of statements, in capitals and as people type them.
const VERBS: &[&str] =
    &["select", "insert", "update", "delete", "begin", "create", "alter", "drop", "truncate", "grant", "revoke", "use"];

/// What the bytes of a file say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// A driver of Cassandra or ScyllaDB is named.
    pub driver: bool,
    /// One of another database is.
    pub other: bool,
}

impl Evidence {
    /// Looks through a text once.
    ///
    /// ```
    /// use cqlint_embed::Evidence;
    ///
    /// let evidence = Evidence::of("import com.datastax.oss.driver.api.core.CqlSession;");
    /// assert!(evidence.driver && !evidence.other);
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut evidence = Self::default();
        let Some(words) = IMPORTS.as_ref() else { return evidence };
        for found in words.find_iter(text) {
            if found.pattern().as_usize() < DRIVERS.len() {
                // Nothing weighs more.
                evidence.driver = true;
                break;
            }
            evidence.other = true;
        }
        evidence
    }
}

/// Whether some verb of CQL stands in a text. Without, it need not be parsed.
pub(crate) fn has_verb(text: &str) -> bool {
    VERB_WORDS.as_ref().is_none_or(|words| words.is_match(text))
}

/// The drivers, then the others.
static IMPORTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(DRIVERS.iter().chain(OTHERS)).ok());
static VERB_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| automaton().ascii_case_insensitive(true).build(VERBS).ok());

/// Every file is looked through: the fastest kind is worth its memory.
fn automaton() -> AhoCorasickBuilder {
    let mut builder = AhoCorasick::builder();
    builder.kind(Some(AhoCorasickKind::DFA));
    builder
}
