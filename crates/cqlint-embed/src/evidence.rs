//! Is this file about CQL? Its bytes tell, before anything is parsed.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

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
    /// Some verb of CQL stands in it.
    pub verb: bool,
}

impl Evidence {
    /// Looks through a text once.
    ///
    /// ```
    /// use cqlint_embed::Evidence;
    ///
    /// let evidence = Evidence::of("import com.datastax.oss.driver.api.core.CqlSession; // SELECT");
    /// assert!(evidence.driver && evidence.verb && !evidence.other);
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Self {
        let driver = found(&DRIVER_WORDS, text);
        Self { driver, other: found(&OTHER_WORDS, text), verb: found(&VERB_WORDS, text) }
    }
}

fn found(words: &LazyLock<Option<AhoCorasick>>, text: &str) -> bool {
    words.as_ref().is_some_and(|words| words.is_match(text))
}

fn searcher(words: &[&str], any_case: bool) -> Option<AhoCorasick> {
    AhoCorasick::builder().ascii_case_insensitive(any_case).build(words).ok()
}

static DRIVER_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| searcher(DRIVERS, false));
static OTHER_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| searcher(OTHERS, false));
static VERB_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| searcher(VERBS, true));
