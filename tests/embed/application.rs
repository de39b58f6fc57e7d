//! What the files of an application say about its drivers, and about what is set for all statements.

use std::path::Path;

use cqlint_drivers::Driver;
use cqlint_embed::{Application, Evidence, Language, Source, reads};
use proptest::prelude::*;
use proptest::sample::select;

use crate::fuzz::{cases, holds};

/// A file, its driver, where everything is marked, whether there is a retry policy, and speculation.
type Expected = (&'static str, Option<Driver>, Option<&'static str>, Option<bool>, Option<bool>);

/// The files of a program, and what is expected of some of them.
struct Program {
    files: &'static [(&'static str, &'static str)],
    expected: &'static [Expected],
}

const GOCQL: &str = "require github.com/gocql/gocql v1.7.0\n";
const TO_SCYLLA: &str =
    "require github.com/gocql/gocql v1.7.0\nreplace github.com/gocql/gocql => github.com/scylladb/gocql v1.15.0\n";
const OSS: &str = "import com.datastax.oss.driver.api.core.CqlSession;\n";
const CORE: &str = "import com.datastax.driver.core.Session;\n";

const PROGRAMS: &[Program] = &[
    // A wrapper around gocql 1, used by a file that imports only the wrapper.
    Program {
        files: &[
            ("app/go.mod", GOCQL),
            ("app/db/session.go", "import \"github.com/gocql/gocql\"\nvar c = gocql.NewCluster(host)\n"),
            ("app/store.go", "import \"example.org/app/db\"\n"),
        ],
        expected: &[
            ("app/db/session.go", Some(Driver::Gocql1), None, Some(false), Some(false)),
            ("app/store.go", Some(Driver::Gocql1), None, Some(false), Some(false)),
        ],
    },
    // The nearest build file says what gocql is.
    Program {
        files: &[
            ("go.mod", GOCQL),
            ("a.go", "import \"github.com/gocql/gocql\"\n"),
            ("sub/go.mod", TO_SCYLLA),
            ("sub/b.go", "import (\n\t\"github.com/scylladb/gocqlx/v3\"\n)\n"),
            ("fork/go.mod", "require github.com/gocql/gocql v1\nreplace github.com/gocql/gocql => ../gocql\n"),
            ("fork/c.go", "import \"github.com/gocql/gocql\"\n"),
        ],
        expected: &[
            ("a.go", Some(Driver::Gocql1), None, None, None),
            ("sub/b.go", Some(Driver::GocqlScylla), None, None, None),
            ("fork/c.go", None, None, None, None),
        ],
    },
    // Which gocql is below gocqlx, only the build file tells.
    Program {
        files: &[("a.go", "import (\n\t\"github.com/gocql/gocql\"\n\t\"github.com/scylladb/gocqlx/v2\"\n)\n")],
        expected: &[("a.go", None, None, None, None)],
    },
    // Retry policies of others, and one that may be the driver's.
    Program {
        files: &[
            ("go.mod", GOCQL),
            ("db/a.go", "import \"github.com/gocql/gocql\"\nvar c = gocql.NewCluster(h)\n"),
            ("b.go", "func f() { r.RetryPolicy = &types.RetryPolicy{Max: 3}; p := rpc.Policy{RetryPolicy: given} }\n"),
        ],
        expected: &[("b.go", Some(Driver::Gocql1), None, Some(false), Some(false))],
    },
    Program {
        files: &[
            ("go.mod", GOCQL),
            ("db/a.go", "import \"github.com/gocql/gocql\"\nvar c = gocql.NewCluster(h)\n"),
            ("b.go", "func f() { db.C.RetryPolicy = policy() }\n"),
        ],
        expected: &[("b.go", Some(Driver::Gocql1), None, None, Some(false))],
    },
    // Options of one statement.
    Program {
        files: &[(
            "a.js",
            "const { Client } = require('cassandra-driver');\nconst client = new Client({ contactPoints });\n\
             const queryOptions = { prepare: true, isIdempotent: true };\n",
        )],
        expected: &[("a.js", Some(Driver::Node), None, None, Some(false))],
    },
    // Policies of gocql.
    Program {
        files: &[
            ("go.mod", "require github.com/apache/cassandra-gocql-driver/v2 v2.1.0\n"),
            (
                "a.go",
                "import gocql \"github.com/apache/cassandra-gocql-driver/v2\"\nfunc f() {\n\tc := gocql.NewCluster(h)\n\
                 \tc.RetryPolicy = &gocql.SimpleRetryPolicy{NumRetries: 3}\n\tc.DefaultIdempotence = true\n}\n",
            ),
        ],
        expected: &[("a.go", Some(Driver::Gocql2), Some("a.go:5"), Some(true), Some(false))],
    },
    // None is as good as no policy; one from elsewhere may be none. Comments and strings set nothing.
    Program {
        files: &[(
            "a.go",
            "import \"github.com/gocql/gocql\"\nvar c = gocql.ClusterConfig{RetryPolicy: nil}\n// c.DefaultIdempotence = true\n\
             var s = \"DefaultIdempotence = true\"\n",
        )],
        expected: &[("a.go", Some(Driver::Gocql1), None, Some(false), Some(false))],
    },
    Program {
        files: &[(
            "a.go",
            "import \"github.com/gocql/gocql\"\nvar c = gocql.NewCluster(h)\nfunc f() {\n\tc.RetryPolicy = policies.Given()\n\
             \tc.DefaultIdempotence = *flag\n}\n",
        )],
        expected: &[("a.go", Some(Driver::Gocql1), None, None, Some(false))],
    },
    // Both Java drivers.
    Program {
        files: &[
            ("pom.xml", "<artifactId>java-driver-core</artifactId>"),
            ("A.java", OSS),
            ("B.java", CORE),
            ("C.java", "class C {}"),
        ],
        expected: &[
            ("A.java", Some(Driver::Java4), None, None, None),
            ("B.java", Some(Driver::Java3), None, None, None),
            ("C.java", None, None, None, None),
        ],
    },
    // The topmost pom stands for its modules; a profile is not the default.
    Program {
        files: &[
            ("pom.xml", "<artifactId>java-driver-core</artifactId>"),
            ("core/pom.xml", "<artifactId>java-driver-core</artifactId>"),
            ("core/A.java", OSS),
            (
                "main/src/main/resources/application.conf",
                "datastax-java-driver {\n  basic.request {\n    default-idempotence = true\n  }\n}\n",
            ),
            (
                "main/src/main/resources/reference.conf",
                "datastax-java-driver.profiles.slow.basic.request.default-idempotence = false\n",
            ),
        ],
        expected: &[("core/A.java", Some(Driver::Java4), Some("main/src/main/resources/application.conf:3"), None, None)],
    },
    // A Kotlin module built by Gradle with a catalogue, and what is set in code.
    Program {
        files: &[
            (
                "gradle/libs.versions.toml",
                "driver = { module = \"org.apache.cassandra:java-driver-core\", version = \"4.19.3\" }\n",
            ),
            ("store/build.gradle.kts", "implementation(libs.cassandra)"),
            ("store/Store.kt", "class Store"),
            (
                "app/Main.kt",
                "import com.datastax.oss.driver.api.core.CqlSession\nval loader = DriverConfigLoader.programmaticBuilder()\n    \
                 .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)\n    .startProfile(\"slow\")\n    \
                 .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, false)\n    .endProfile().build()\n\
                 val session = CqlSession.builder().withConfigLoader(loader).build()\n",
            ),
        ],
        expected: &[("store/Store.kt", Some(Driver::Java4), Some("app/Main.kt:3"), None, Some(false))],
    },
    // Java 3, with and without a value that is known.
    Program {
        files: &[(
            "A.java",
            "import com.datastax.driver.core.Cluster;\nclass A { Cluster c = Cluster.builder().withQueryOptions(new QueryOptions()\n\
             .setDefaultIdempotence( true )).withSpeculativeExecutionPolicy(new ConstantSpeculativeExecutionPolicy(500, 2)).build(); }",
        )],
        expected: &[("A.java", Some(Driver::Java3), Some("A.java:3"), None, Some(true))],
    },
    Program {
        files: &[(
            "A.java",
            "import com.datastax.driver.core.Cluster;\nclass A { void f() { o.setDefaultIdempotence(config.idempotent()); } }",
        )],
        expected: &[("A.java", Some(Driver::Java3), None, None, None)],
    },
    // Spring makes the sessions itself, on one driver or the other.
    Program {
        files: &[
            ("a/pom.xml", "<artifactId>spring-boot-starter-data-cassandra</artifactId>"),
            ("a/Rooms.java", "import org.springframework.data.cassandra.repository.Query;\n"),
            ("b/pom.xml", "<artifactId>spring-data-cassandra</artifactId><artifactId>cassandra-driver-core</artifactId>"),
            ("b/Rooms.java", "import org.springframework.data.cassandra.repository.Query;\n"),
            ("b/Main.java", "import com.datastax.driver.core.Cluster;\nclass Main { Cluster c = Cluster.builder().build(); }\n"),
        ],
        expected: &[
            ("a/Rooms.java", Some(Driver::Java4), None, None, None),
            ("b/Rooms.java", Some(Driver::Java3), None, None, None),
        ],
    },
    // Quarkus and Dropwizard.
    Program {
        files: &[
            ("build.gradle", "implementation 'com.datastax.oss.quarkus:cassandra-quarkus-client:1.2.0'"),
            ("src/main/resources/application.properties", "quarkus.cassandra.request.default-idempotence=true\n"),
            ("src/main/java/A.java", "class A {}"),
        ],
        expected: &[("src/main/java/A.java", Some(Driver::Java4), Some("src/main/resources/application.properties:1"), None, None)],
    },
    Program {
        files: &[
            ("conf/reaper.yaml", "cassandra:\n  requestOptionsFactory:\n    requestDefaultIdempotence: true\n"),
            (
                "conf/reaper-test.yaml",
                "cassandra:\n  requestOptionsFactory:\n    requestDefaultIdempotence: ${REAPER_IDEMPOTENT}\n",
            ),
            ("src/A.java", OSS),
        ],
        expected: &[("src/A.java", Some(Driver::Java4), None, None, None)],
    },
    // Python, and a layer above it.
    Program {
        files: &[
            ("requirements.txt", "cassandra-driver==3.29\nasync-cassandra\n"),
            ("a.py", "from cassandra.cluster import Cluster\nsession = Cluster(['h']).connect()\n"),
            ("b.py", "from async_cassandra import AsyncCluster\n"),
            ("c.py", "QUERY = 'SELECT'\n"),
        ],
        expected: &[
            ("a.py", Some(Driver::Python), None, None, Some(false)),
            ("b.py", None, None, None, Some(false)),
            ("c.py", None, None, None, Some(false)),
        ],
    },
    Program {
        files: &[(
            "a.py",
            "from cassandra.cluster import Cluster, ExecutionProfile\nprofile = ExecutionProfile(\n    \
             speculative_execution_policy=ConstantSpeculativeExecutionPolicy(0.1, 2))\nsession = Cluster(['h']).connect()\n",
        )],
        expected: &[("a.py", Some(Driver::Python), None, None, Some(true))],
    },
    Program {
        files: &[
            ("Web/Web.csproj", "<PackageReference Include=\"CassandraCSharpDriver\" Version=\"3.20.0\" />"),
            (
                "Web/Db.cs",
                "using Cassandra;\nclass Db { ICluster c = Cluster.Builder()\n  .WithQueryOptions(new QueryOptions()\n    \
                 .SetDefaultIdempotence(true)).Build(); }",
            ),
            ("Web/Store.cs", "class Store {}"),
            ("Jobs/Jobs.csproj", "<PackageReference Include=\"CassandraCSharpDriver\" Version=\"3.20.0\" />"),
            ("Jobs/Job.cs", "using Cassandra;\n"),
        ],
        expected: &[
            ("Web/Store.cs", Some(Driver::CSharp), Some("Web/Db.cs:4"), None, Some(false)),
            ("Jobs/Job.cs", Some(Driver::CSharp), None, None, None),
        ],
    },
    Program {
        files: &[
            ("package.json", "{ \"dependencies\": { \"cassandra-driver\": \"^4.6\" } }"),
            (
                "db.ts",
                "import { Client } from 'cassandra-driver';\nconst client = new Client({\n  contactPoints: ['h'],\n  \
                 queryOptions: { prepare: true, isIdempotent: true },\n});\n",
            ),
            ("rooms.js", "export {}"),
        ],
        expected: &[("rooms.js", Some(Driver::Node), Some("db.ts:4"), None, Some(false))],
    },
    Program {
        files: &[
            ("Cargo.toml", "[dependencies]\nscylla = \"1.9\"\n"),
            (
                "src/main.rs",
                "use scylla::client::session_builder::SessionBuilder;\nfn f() { SessionBuilder::new();\n\
                 ExecutionProfile::builder().speculative_execution_policy(Some(Arc::new(p))); }",
            ),
            ("src/rooms.rs", "mod rooms {}"),
            ("other/Cargo.toml", "[dependencies]\ncdrs-tokio = \"9\"\n"),
            ("other/src/lib.rs", "fn f() {}"),
        ],
        expected: &[
            ("src/rooms.rs", Some(Driver::Scylla), None, None, Some(true)),
            ("other/src/lib.rs", Some(Driver::CdrsTokio), None, None, None),
        ],
    },
];

fn sources(files: &'static [(&'static str, &'static str)]) -> Vec<Source<'static>> {
    files.iter().map(|(path, text)| Source { path: Path::new(path), text, trusted: true }).collect()
}

#[test]
fn drivers_and_settings() {
    let mut wrong = Vec::new();
    for program in PROGRAMS {
        let sources = sources(program.files);
        let application = Application::of(&sources);
        for (path, driver, default_mark, retry_policy, speculation) in program.expected {
            let source = sources.iter().find(|source| source.path == Path::new(path)).expect("a file of the program");
            let found = application.driver(source.path);
            if found != *driver {
                wrong.push(format!("{path}: {found:?} and not {driver:?}"));
            }
            let settings = application.settings(source.path, driver.or(found).unwrap_or(Driver::Python));
            let found = (settings.default_mark.as_deref(), settings.retry_policy, settings.speculation);
            if found != (*default_mark, *retry_policy, *speculation) {
                wrong.push(format!("{path}: {found:?} and not {:?}", (default_mark, retry_policy, speculation)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_default_that_is_decided_elsewhere_may_be_set() {
    let cases: [(&'static [(&'static str, &'static str)], bool); 4] = [
        (&[("a.py", "from cassandra.cluster import Cluster")], false),
        (&[("A.java", OSS), ("application.conf", "basic.request.default-idempotence = ${?X}")], true),
        (&[("A.java", OSS), ("application.conf", "basic.request.default-idempotence = true")], false),
        (
            &[
                ("a/A.cs", "using Cassandra;"),
                ("a/A.csproj", "CassandraCSharpDriver"),
                ("b/B.csproj", "CassandraCSharpDriver"),
                ("b/B.cs", "using Cassandra;\nvar o = new QueryOptions().SetDefaultIdempotence(true);"),
            ],
            true,
        ),
    ];
    for (files, expected) in cases {
        let sources = sources(files);
        let application = Application::of(&sources);
        let driver = application.driver(sources[0].path).expect("a driver");
        assert_eq!(application.settings(sources[0].path, driver).default_unknown, expected, "{files:?}");
    }
}

/// Build files and configuration are read when they say something about drivers, and hold no CQL.
#[test]
fn build_files_speak_for_themselves() {
    let cases = [
        ("go.mod", GOCQL, Evidence::Itself),
        ("go.mod", "module example.org/x\n", Evidence::Nothing),
        ("service/build.gradle.kts", "implementation(libs.cassandra.driver)", Evidence::Itself),
        ("requirements-dev.txt", "cassandra-driver", Evidence::Itself),
        ("Rooms.csproj", "CassandraCSharpDriver", Evidence::Itself),
        ("application.conf", "default-idempotence = true", Evidence::Itself),
        ("values.yaml", "image: cassandra\nquery: SELECT * FROM t", Evidence::Nothing),
        ("reaper.yaml", "requestDefaultIdempotence: true", Evidence::Itself),
    ];
    for (path, text, expected) in cases {
        let path = Path::new(path);
        assert!(reads(path), "{}", path.display());
        assert_eq!(Language::of_path(path), None);
        assert_eq!(Evidence::of(path, text), expected, "{}: {text}", path.display());
    }
    for path in ["requirements.rst", "messages.properties", "package-lock.json", "notes.txt"] {
        assert!(!reads(Path::new(path)), "{path}");
    }
}

const PIECES: &str = r#"import from "github.com/gocql/gocql" 'cassandra-driver' com.datastax.oss.driver. com.datastax.driver. using Cassandra; scylla::
    DefaultIdempotence RetryPolicy RetryPolicy: = : ( ) { } [ ] true false nil , ; . # // /* */ " ' ` """ ''' r#" @" \ é ${ ${?X} new Client( queryOptions
    isIdempotent: setDefaultIdempotence( withBoolean( REQUEST_DEFAULT_IDEMPOTENCE CqlSession.builder() NewCluster( speculative-execution-policy
    basic.request default-idempotence class quarkus: cassandra: request: - | > replace => go.mod"#;

/// Machines write such files, too.
#[test]
fn long_texts_end() {
    let many = 10_000;
    let texts = [
        ("a.go", "import \"github.com/gocql/gocql\"\n", "x.RetryPolicy("),
        ("b.go", "import \"github.com/gocql/gocql\"\n", "x.RetryPolicy=\n"),
        ("a.java", "import com.datastax.oss.driver.api.X;", "withBoolean(REQUEST_DEFAULT_IDEMPOTENCE,"),
        ("a.js", "", "'cassandra-driver'"),
        ("a.rs", "", "r#####"),
        ("a.conf", "default-idempotence", "a{b=c\n"),
        ("b.conf", "default-idempotence", "a=[{\"\n"),
        ("a.yaml", "idempotent:\n", "- a: b:\n"),
        ("go.mod", "", "replace gocql => gocql\n"),
    ];
    let texts = texts.map(|(path, first, again)| (path, format!("{first}{}", again.repeat(many))));
    let sources: Vec<_> = texts.iter().map(|(path, text)| Source { path: Path::new(path), text, trusted: true }).collect();
    assert_eq!(Application::of(&sources).driver(sources[0].path), Some(Driver::Gocql1));
}

/// Whatever stands in them, files are read to their end.
#[test]
fn any_text_is_read() {
    let paths = [
        "a.go",
        "a.java",
        "a.py",
        "a.cs",
        "a.js",
        "a.rs",
        "a.php",
        "a.c",
        "go.mod",
        "pom.xml",
        "Cargo.toml",
        "application.conf",
        "application.properties",
        "a.yaml",
        "package.json",
    ];
    let pieces: Vec<&str> = PIECES.split_ascii_whitespace().chain([" ", " ", "\n", "\n  ", "\t", "\r\n"]).collect();
    let text = proptest::collection::vec(select(pieces), 0..40).prop_map(|words| words.concat());
    holds(cases(), (text, select(paths.to_vec())), |(text, path)| {
        let source = Source { path: Path::new(path), text: &text, trusted: true };
        let application = Application::of(&[source]);
        let driver = application.driver(source.path).unwrap_or(Driver::Java4);
        let settings = application.settings(source.path, driver);
        if let Some(line) = settings.default_mark.and_then(|place| place.rsplit(':').next()?.parse::<usize>().ok()) {
            assert!(line >= 1 && line <= text.split('\n').count(), "line {line}");
        }
    });
}
