//! The drivers and, for each, what its source code says.

/// A driver, or a line of versions of one that behaves in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Driver {
    /// `com.datastax.driver.core`, and ScyllaDB's fork of it.
    Java3,
    /// `com.datastax.oss.driver`, now Apache's; also below Spring Data and Quarkus.
    Java4,
    /// `cassandra-driver` and `scylla-driver` of PyPI.
    Python,
    /// `acsylla`: the C driver in Python.
    Acsylla,
    /// `CassandraCSharpDriver` of NuGet.
    CSharp,
    /// `github.com/gocql/gocql`.
    Gocql1,
    /// `github.com/apache/cassandra-gocql-driver/v2`.
    Gocql2,
    /// `github.com/scylladb/gocql`, which replaces gocql in the build file.
    GocqlScylla,
    /// `cassandra-driver` of npm.
    Node,
    /// The crate `scylla`.
    Scylla,
    /// The crate `cdrs-tokio`.
    CdrsTokio,
    /// The crate `cassandra-cpp`: the C driver in Rust.
    CassandraCpp,
    /// The C and C++ driver.
    Cpp,
    /// The extension `cassandra` of PHP.
    Php,
}

/// What the driver itself does after a failure that leaves open whether a write was applied: a write timeout, a connection
/// that is lost, an overloaded server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retries {
    /// It repeats what is marked, and nothing else.
    Marked,
    /// It repeats everything: the mark decides only about speculative executions.
    Always,
    /// It repeats nothing until a retry policy is set, and then only what is marked.
    MarkedWithPolicy,
    /// It repeats nothing until a retry policy is set, and then everything.
    AlwaysWithPolicy,
}

/// Whose timestamp the attempts of one request carry, unless configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientTimestamp {
    /// The server's: each attempt has a newer one.
    None,
    /// The client's, drawn for each attempt.
    PerAttempt,
    /// The client's, drawn once and sent again with each attempt.
    PerRequest,
}

/// What is known of a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its name in arguments and in JSON.
    pub id: &'static str,
    /// What people call it: "the Java driver 4".
    pub name: &'static str,
    /// What it repeats.
    pub retries: Retries,
    /// Which timestamps it sends.
    pub timestamps: ClientTimestamp,
    /// How a statement is marked; nothing where that cannot be done.
    pub mark: Option<&'static str>,
    /// How everything is marked at once.
    pub default_mark: Option<&'static str>,
    /// Whether a batch has a mark of its own and looks at none of its members'.
    pub batch_ignores_members: bool,
    /// The version whose source was read.
    pub source: &'static str,
}

impl Driver {
    /// All drivers.
    pub const ALL: [Self; 14] = [
        Self::Java3,
        Self::Java4,
        Self::Python,
        Self::Acsylla,
        Self::CSharp,
        Self::Gocql1,
        Self::Gocql2,
        Self::GocqlScylla,
        Self::Node,
        Self::Scylla,
        Self::CdrsTokio,
        Self::CassandraCpp,
        Self::Cpp,
        Self::Php,
    ];

    /// What is known of it.
    #[must_use]
    pub const fn facts(self) -> Facts {
        match self {
            Self::Java3 => Facts {
                id: "java3",
                name: "the Java driver 3",
                retries: Retries::Marked,
                timestamps: ClientTimestamp::PerRequest,
                mark: Some("setIdempotent(true)"),
                default_mark: Some("QueryOptions.setDefaultIdempotence(true)"),
                batch_ignores_members: false,
                source: "java-driver 3.11.5, RequestHandler (since 3.1.0, JAVA-1212); SessionManager.makeRequestMessage draws the timestamp",
            },
            Self::Java4 => Facts {
                id: "java4",
                name: "the Java driver 4",
                retries: Retries::Marked,
                timestamps: ClientTimestamp::PerAttempt,
                mark: Some("setIdempotent(true)"),
                default_mark: Some("basic.request.default-idempotence"),
                batch_ignores_members: true,
                source: "java-driver 4.19.3, CqlRequestHandler.sendRequest builds each attempt anew; JAVA-2466 for batches",
            },
            Self::Python => Facts {
                id: "python",
                name: "the Python driver",
                retries: Retries::Always,
                timestamps: ClientTimestamp::PerRequest,
                mark: Some("is_idempotent = True"),
                default_mark: None,
                batch_ignores_members: true,
                source: "cassandra-driver 3.30.1, policies.py: RetryPolicy.on_request_error answers RETRY_NEXT_HOST",
            },
            Self::Acsylla => Facts {
                id: "acsylla",
                name: "acsylla",
                retries: Retries::Marked,
                timestamps: ClientTimestamp::PerRequest,
                mark: Some("set_is_idempotent(True)"),
                default_mark: None,
                batch_ignores_members: true,
                source: "acsylla 1.2.0, which wraps the C driver",
            },
            Self::CSharp => Facts {
                id: "csharp",
                name: "the C# driver",
                retries: Retries::Always,
                timestamps: ClientTimestamp::PerRequest,
                mark: Some("SetIdempotence(true)"),
                default_mark: Some("QueryOptions.SetDefaultIdempotence(true)"),
                batch_ignores_members: true,
                source: "CassandraCSharpDriver 3.22.0: QueryOptions.DefaultRetryOnTimeout is true; RequestHandler.GetRequest is called once",
            },
            Self::Gocql1 => Facts {
                id: "gocql1",
                name: "gocql 1",
                retries: Retries::AlwaysWithPolicy,
                timestamps: ClientTimestamp::PerAttempt,
                mark: Some("Idempotent(true)"),
                default_mark: Some("ClusterConfig.DefaultIdempotence"),
                batch_ignores_members: false,
                source: "gocql 1.7.0, query_executor.go; CASSGO-27",
            },
            Self::Gocql2 => Facts {
                id: "gocql2",
                name: "gocql 2",
                retries: Retries::MarkedWithPolicy,
                timestamps: ClientTimestamp::PerAttempt,
                mark: Some("Idempotent(true)"),
                default_mark: Some("ClusterConfig.DefaultIdempotence"),
                batch_ignores_members: false,
                source: "cassandra-gocql-driver 2.1.2, query_executor.go",
            },
            Self::GocqlScylla => Facts {
                id: "gocql-scylla",
                name: "ScyllaDB's gocql",
                retries: Retries::Marked,
                timestamps: ClientTimestamp::PerAttempt,
                mark: Some("Idempotent(true)"),
                default_mark: Some("ClusterConfig.DefaultIdempotence"),
                batch_ignores_members: false,
                source: "scylladb/gocql of 2026-08: SimpleRetryPolicy{NumRetries: 3} is the default",
            },
            Self::Node => Facts {
                id: "node",
                name: "the Node.js driver",
                retries: Retries::Marked,
                timestamps: ClientTimestamp::PerRequest,
                mark: Some("isIdempotent: true"),
                default_mark: Some("queryOptions: { isIdempotent: true }"),
                batch_ignores_members: true,
                source: "cassandra-driver 4.10.0, request-execution.js sends one request again; requests.js draws its timestamp when it is made",
            },
            Self::Scylla => Facts {
                id: "scylla",
                name: "the Rust driver",
                retries: Retries::Marked,
                timestamps: ClientTimestamp::None,
                mark: Some("set_is_idempotent(true)"),
                default_mark: None,
                batch_ignores_members: true,
                source: "scylla 1.9.0, policies/retry/default.rs and statement/batch.rs",
            },
            Self::CdrsTokio => Facts {
                id: "cdrs-tokio",
                name: "cdrs-tokio",
                retries: Retries::Marked,
                timestamps: ClientTimestamp::None,
                mark: Some("idempotent(true)"),
                default_mark: None,
                batch_ignores_members: true,
                source: "cdrs-tokio 9.0.2, retry.rs",
            },
            Self::CassandraCpp => Facts {
                id: "cassandra-cpp",
                name: "cassandra-cpp",
                retries: Retries::Marked,
                timestamps: ClientTimestamp::PerRequest,
                mark: None,
                default_mark: None,
                batch_ignores_members: true,
                source: "cassandra-cpp 3.0.2, which does not offer the C driver's setting",
            },
            Self::Cpp => Facts {
                id: "cpp",
                name: "the C/C++ driver",
                retries: Retries::Marked,
                timestamps: ClientTimestamp::PerRequest,
                mark: Some("cass_statement_set_is_idempotent(statement, cass_true)"),
                default_mark: None,
                batch_ignores_members: true,
                source: "cassandra-cpp-driver 2.17.1, request_handler.cpp; RequestWrapper::init draws the timestamp (on since 2.11.0, CPP-413)",
            },
            Self::Php => Facts {
                id: "php",
                name: "the PHP driver",
                retries: Retries::Marked,
                // As the C driver it is built with; before 2.11.0 that sent none.
                timestamps: ClientTimestamp::PerRequest,
                mark: None,
                default_mark: None,
                batch_ignores_members: true,
                source: "datastax/php-driver 1.3, which does not offer the C driver's setting",
            },
        }
    }
}
