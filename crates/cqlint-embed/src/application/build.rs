//! Which drivers a build file names.

use cqlint_drivers::Driver;

use super::imports::{Import, is_word};
use super::kind::Tool;

/// What stands in the place of gocql.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gocql {
    /// Itself.
    #[default]
    Own,
    /// ScyllaDB's.
    Scylla,
    /// Something that nobody here knows.
    Other,
}

/// A word of a build file, and the dependency that it means.
const JVM: [(&str, Import); 10] = [
    ("cassandra-driver-core", Import::Driver(Driver::Java3)),
    ("cassandra-driver-mapping", Import::Driver(Driver::Java3)),
    ("scylla-driver-core", Import::Driver(Driver::Java3)),
    ("java-driver-core", Import::Driver(Driver::Java4)),
    ("java-driver-bom", Import::Driver(Driver::Java4)),
    ("java-driver-query-builder", Import::Driver(Driver::Java4)),
    ("java-driver-mapper-runtime", Import::Driver(Driver::Java4)),
    ("com.datastax.oss.quarkus", Import::Driver(Driver::Java4)),
    ("spring-data-cassandra", Import::Spring),
    ("spring-boot-starter-data-cassandra", Import::Spring),
];
const PIP: [(&str, Import); 4] = [
    ("cassandra-driver", Import::Driver(Driver::Python)),
    ("scylla-driver", Import::Driver(Driver::Python)),
    ("acsylla", Import::Driver(Driver::Acsylla)),
    ("async-cassandra", Import::Other),
];
const DOT_NET: [(&str, Import); 1] = [("CassandraCSharpDriver", Import::Driver(Driver::CSharp))];
const NPM: [(&str, Import); 1] = [("cassandra-driver", Import::Driver(Driver::Node))];
const GO: [(&str, Import); 3] = [
    ("github.com/gocql/gocql", Import::Gocql),
    ("github.com/apache/cassandra-gocql-driver", Import::Driver(Driver::Gocql1)),
    ("github.com/apache/cassandra-gocql-driver/v2", Import::Driver(Driver::Gocql2)),
];
const CARGO: [(&str, Import); 3] = [
    ("scylla", Import::Driver(Driver::Scylla)),
    ("cdrs-tokio", Import::Driver(Driver::CdrsTokio)),
    ("cassandra-cpp", Import::Driver(Driver::CassandraCpp)),
];

/// The drivers that a build file names.
pub(crate) fn imports(tool: Tool, text: &str) -> Vec<Import> {
    let known: &[(&str, Import)] = match tool {
        Tool::Maven | Tool::Gradle | Tool::Sbt => &JVM,
        Tool::Pip => &PIP,
        Tool::DotNet => &DOT_NET,
        Tool::Npm => &NPM,
        Tool::Go => &GO,
        Tool::Cargo => &CARGO,
    };
    let mut is_excluded = false;
    let lines = text.lines().filter(move |line| {
        // `exclude(…)` in one line, `<exclusions>` around several.
        is_excluded = is_excluded && !line.contains("</exclusions>") || line.contains("<exclusions>");
        // What others need is nothing that this application uses itself.
        let is_foreign = is_excluded || line.contains("exclude") || line.contains("// indirect");
        !is_foreign && !is_comment(line, tool)
    });
    let is_named = |line: &str, word: &str| if tool == Tool::Cargo { is_key(line, word) } else { has_whole(line, word) };
    let named = lines.flat_map(|line| known.iter().filter(move |(word, _)| is_named(line, word)));
    named.map(|(_, import)| *import).collect()
}

/// What a `go.mod` puts in the place of gocql: `replace github.com/gocql/gocql => github.com/scylladb/gocql v1.14.4`.
pub(crate) fn gocql(text: &str) -> Gocql {
    let lines = text.lines().filter(|line| !is_comment(line, Tool::Go));
    let mut replaced = lines.filter_map(|line| {
        let (old, new) = line.split_once("=>")?;
        let old = old.trim().trim_start_matches("replace").trim_start();
        let mut new = new.split_whitespace();
        (old.split_whitespace().next() == Some("github.com/gocql/gocql")).then(|| (new.next(), new.next()))
    });
    let (module, version) = replaced.next_back().unwrap_or_default();
    match module {
        // Up to this version the fork retries as gocql 1 does (query_executor.go of v1.14.4 and v1.14.5).
        Some("github.com/scylladb/gocql") if version.is_some_and(|version| is_before(version, [1, 14, 5])) => Gocql::Own,
        None | Some("github.com/gocql/gocql" | "github.com/apache/cassandra-gocql-driver") => Gocql::Own,
        Some("github.com/scylladb/gocql") => Gocql::Scylla,
        Some(_) => Gocql::Other,
    }
}

/// Whether a version, as Go writes it, is an earlier one; a commit's date says nothing.
fn is_before(version: &str, than: [u32; 3]) -> bool {
    let plain = version.trim_start_matches('v').split(['-', '+']).next().unwrap_or("");
    let numbers: Vec<u32> = plain.split('.').map_while(|number| number.parse().ok()).collect();
    !version.contains('-') && numbers.len() == 3 && numbers.as_slice() < than.as_slice()
}

fn is_comment(line: &str, tool: Tool) -> bool {
    let marks: &[&str] = match tool {
        Tool::Maven | Tool::DotNet => &["<!--"],
        // A version catalogue is written in TOML.
        Tool::Gradle => &["//", "#", "*", "/*"],
        Tool::Sbt | Tool::Go | Tool::Npm => &["//"],
        Tool::Pip | Tool::Cargo => &["#"],
    };
    marks.iter().any(|mark| line.trim_start().starts_with(mark))
}

/// `scylla = "1"`, `scylla.workspace = true`, `[dependencies.scylla]`.
fn is_key(line: &str, word: &str) -> bool {
    let line = line.trim();
    let table = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')).and_then(|table| table.strip_suffix(word));
    let key = line.strip_prefix(word).map(str::trim_start);
    table.is_some_and(|table| table.ends_with("dependencies.")) || key.is_some_and(|rest| rest.starts_with(['=', '.']))
}

/// Whether the word stands in the line, and not in a longer one.
fn has_whole(line: &str, word: &str) -> bool {
    let is_part = |letter: char| is_word(letter) || matches!(letter, '-' | '/');
    line.match_indices(word).any(|(start, _)| {
        let (before, rest) = line.split_at_checked(start).unwrap_or_default();
        let after = rest.strip_prefix(word).unwrap_or_default();
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_are_whole_words() {
        let cases = [
            (Tool::Go, "\tgithub.com/gocql/gocql v1.7.0", vec![Import::Gocql]),
            (Tool::Go, "\tgithub.com/gocql/gocql v1.7.0 // indirect", vec![]),
            (Tool::Go, "require github.com/apache/cassandra-gocql-driver/v2 v2.1", vec![Import::Driver(Driver::Gocql2)]),
            (Tool::Cargo, "scylla = \"1\"", vec![Import::Driver(Driver::Scylla)]),
            (Tool::Cargo, "[dev-dependencies.scylla]", vec![Import::Driver(Driver::Scylla)]),
            (Tool::Cargo, "scylla-macros = \"1\"", vec![]),
            (Tool::Pip, "cassandra-driver>=3.29", vec![Import::Driver(Driver::Python)]),
            (Tool::Pip, "# cassandra-driver", vec![]),
            (Tool::Pip, "pytest-cassandra-driver", vec![]),
            (Tool::Gradle, "implementation(\"com.datastax.oss:java-driver-core:4.17\")", vec![Import::Driver(Driver::Java4)]),
            (Tool::Gradle, "exclude(\"com.datastax.cassandra\", \"cassandra-driver-core\")", vec![]),
            (Tool::Maven, "<exclusions>\n<artifactId>cassandra-driver-core</artifactId>\n</exclusions>", vec![]),
            (Tool::Npm, "\"cassandra-driver\": \"^4.6\"", vec![Import::Driver(Driver::Node)]),
        ];
        for (tool, line, expected) in cases {
            assert_eq!(imports(tool, line), expected, "{line}");
        }
    }

    #[test]
    fn what_replaces_gocql() {
        let cases = [
            ("replace github.com/gocql/gocql => github.com/scylladb/gocql v1.14.5", Gocql::Scylla),
            ("replace github.com/gocql/gocql => github.com/scylladb/gocql v1.14.4", Gocql::Own),
            ("replace github.com/gocql/gocql => github.com/scylladb/gocql v0.0.0-20260821120000-abcdefabcdef", Gocql::Scylla),
            ("replace (\n\tgithub.com/gocql/gocql v1.6.0 => ../gocql\n)", Gocql::Other),
            ("// replace github.com/gocql/gocql => github.com/scylladb/gocql v1.14.4", Gocql::Own),
            ("replace github.com/other/gocql => github.com/scylladb/gocql v1.14.4", Gocql::Own),
        ];
        for (text, expected) in cases {
            assert_eq!(gocql(text), expected, "{text}");
        }
    }
}
