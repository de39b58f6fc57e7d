//! Is this file about CQL? Its bytes tell, before anything is parsed.

use std::path::Path;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};

use crate::Language;
use crate::application::Kind;
use crate::document::{markdown, template};

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
    "cassandra.h\"",
    "cassandra.h>",
    "dse.h\"",
    "dse.h>",
    "cass_session",
    "cass_statement",
    "CassSession",
    "CassStatement",
    "Cassandra::",
    "\\Cassandra\\",
    "use Cassandra\\",
    "new Cassandra\\",
    "Cassandra\\Session",
    "Cassandra\\SimpleStatement",
    // What editors call CQL, in the letters that people use.
    "CassandraQL",
    "cassandraql",
    "CASSANDRAQL",
    "CassandraQl",
    "Cassandraql",
    "cassandraQL",
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
    "libpq",
    "new PDO",
    "use PDO",
    "\\PDO",
    "Doctrine\\DBAL",
    "pqxx",
    "QSqlQuery",
];

/// Libraries of drivers that say nothing about what is executed.
const NEUTRAL: &[&str] = &[
    "com.datastax.oss.driver.api.core.uuid",
    "com.datastax.driver.core.utils",
    "org.apache.cassandra.utils",
    "org.apache.cassandra.tools",
];

/// How programs import what they call after the database themselves.
const HINTS: &[&str] = &[
    "/cassandra\"",
    "/cassandra'",
    "/scylla\"",
    "/scylla'",
    ".cassandra.",
    ".cassandra;",
    ".cassandra import",
    ".Cassandra;",
    ".Cassandra.",
];

/// The first words of statements, in capitals and as people type them.
const VERBS: &[&str] =
    &["select", "insert", "update", "delete", "begin", "create", "alter", "drop", "truncate", "grant", "revoke", "use"];

/// What stands in build files that use a driver.
const DEPENDENCIES: &[&str] = &["cassandra", "scylla", "gocql", "datastax", "cdrs", "acsylla"];

/// What stands in configuration files that set up a driver.
const CONFIGURATION: &[&str] = &["idempoten", "speculative-execution"];

/// What a file says about itself, before anything is parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A driver of Cassandra or ScyllaDB is named.
    Driver,
    /// It says itself that there is CQL in it, or how drivers are set up; the files beside it need not have any.
    Itself,
    /// There is no CQL in it, or another database is named.
    Nothing,
    /// What looks like CQL may be that of another database.
    Unknown,
}

impl Evidence {
    /// Looks through a text once or twice.
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use cqlint_embed::Evidence;
    ///
    /// let text = "import com.datastax.oss.driver.api.core.CqlSession; … session.execute(\"SELECT …";
    /// assert_eq!(Evidence::of(Path::new("Users.java"), text), Evidence::Driver);
    /// ```
    #[must_use]
    pub fn of(path: &Path, text: &str) -> Self {
        let says_so = match Language::of_path(path) {
            None => Some(Kind::of(path).is_some_and(|kind| names_driver(kind, text))),
            Some(Language::Markdown) => Some(markdown::has_cql(text)),
            Some(Language::Template) => Some(!Language::is_cql(path) || template::is_template(text)),
            Some(_) => None,
        };
        if let Some(says_so) = says_so {
            return if says_so { Self::Itself } else { Self::Nothing };
        }
        let Some(words) = IMPORTS.as_ref() else { return Self::Unknown };
        let mut evidence = Self::Unknown;
        for found in words.find_iter(text) {
            let number = found.pattern().as_usize();
            if number < DRIVERS.len() {
                // Nothing weighs more.
                return Self::Driver;
            }
            if number < DRIVERS.len() + OTHERS.len() {
                evidence = Self::Nothing;
            } else if number >= DRIVERS.len() + OTHERS.len() + NEUTRAL.len() && evidence == Self::Unknown {
                evidence = Self::Itself;
            }
        }
        if has_verb(text) { evidence } else { Self::Nothing }
    }
}

/// Whether some verb of CQL stands in a text. Without, it need not be parsed.
pub(crate) fn has_verb(text: &str) -> bool {
    VERB_WORDS.as_ref().is_none_or(|words| words.is_match(text))
}

/// Whether there may be statements in a text: some verb, or what says that a string is one even though it has none.
pub(crate) fn is_worth_it(text: &str) -> bool {
    has_verb(text) || MARKS.as_ref().is_none_or(|words| words.is_match(text))
}

/// Whether a build file or a configuration file says something about drivers.
fn names_driver(kind: Kind, text: &str) -> bool {
    let words = match kind {
        Kind::Build(_) => &DEPENDENCY_WORDS,
        // Many files configure a cluster of Cassandra, and not its clients.
        Kind::Configuration(_) => &CONFIGURATION_WORDS,
    };
    words.as_ref().is_none_or(|words| words.is_match(text))
}

/// What build files name for applications that speak SQL, too.
const SQL: &[&str] = &[
    "mysql",
    "mariadb",
    "postgres",
    "\"pg\"",
    "psycopg",
    "sqlite",
    "sqlalchemy",
    "lib/pq",
    "jackc/pgx",
    "npgsql",
    "entityframework",
    "knex",
    "sequelize",
    "typeorm",
    "prisma",
    "com.h2database",
    "hibernate",
    "jooq",
    "diesel",
    "sqlx",
    "gorm",
    "oracle",
    "sqlserver",
    "mssql",
    "clickhouse",
    "snowflake",
    "bigquery",
    "duckdb",
];

static SQL_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| automaton().ascii_case_insensitive(true).build(SQL).ok());

/// Whether a build file says that the application speaks with another database, too.
pub(crate) fn depends_on_other(path: &Path, text: &str) -> bool {
    matches!(Kind::of(path), Some(Kind::Build(_))) && SQL_WORDS.as_ref().is_none_or(|words| words.is_match(text))
}

/// Whether another database is named in a text.
pub(crate) fn names_other(text: &str) -> bool {
    let others = DRIVERS.len()..DRIVERS.len() + OTHERS.len();
    IMPORTS.as_ref().is_some_and(|words| words.find_iter(text).any(|found| others.contains(&found.pattern().as_usize())))
}

/// The drivers, then the others, then what is neither, then the hints.
static IMPORTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = DRIVERS.iter().chain(OTHERS).chain(NEUTRAL).chain(HINTS);
    // A library of a driver is longer than the driver's name.
    automaton().match_kind(MatchKind::LeftmostLongest).build(words).ok()
});
static VERB_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| automaton().ascii_case_insensitive(true).build(VERBS).ok());
static MARKS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| automaton().ascii_case_insensitive(true).build(["cassandraql"]).ok());

static DEPENDENCY_WORDS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| automaton().ascii_case_insensitive(true).build(DEPENDENCIES).ok());
static CONFIGURATION_WORDS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| automaton().ascii_case_insensitive(true).build(CONFIGURATION).ok());

/// Every file is looked through: the fastest kind is worth its memory.
fn automaton() -> AhoCorasickBuilder {
    let mut builder = AhoCorasick::builder();
    builder.kind(Some(AhoCorasickKind::DFA));
    builder
}
