//! Query builders: calls that make statements without any text of CQL. They are counted, so that nobody believes that an
//! application without text has no statements.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use crate::Source;

/// What a file names that uses a builder, and the calls that begin a statement there.
const BUILDERS: &[(&str, &[&str])] = &[
    // Java drivers 3 and 4.
    (
        "querybuilder",
        &[
            "selectFrom(",
            "insertInto(",
            "deleteFrom(",
            "QueryBuilder.select(",
            "QueryBuilder.update(",
            "QueryBuilder.delete(",
            "QueryBuilder.insertInto(",
            "QueryBuilder.selectFrom(",
            "QueryBuilder.deleteFrom(",
            "QueryBuilder.truncate(",
        ],
    ),
    ("schemabuilder", &["createTable(", "createKeyspace(", "dropTable(", "alterTable(", "createType("]),
    // gocqlx.
    ("gocqlx", &["qb.Select(", "qb.Insert(", "qb.Update(", "qb.Delete(", "qb.Batch("]),
    // Python's object mapper.
    ("cassandra.cqlengine", &[".objects(", ".objects.filter(", ".objects.all(", ".objects.get(", ".objects.create("]),
    // The mappers of Node.js and C#.
    ("cassandra-driver", &[".forModel("]),
    ("cassandra.mapping", &[".InsertAsync(", ".UpdateAsync(", ".DeleteAsync(", ".InsertIfNotExistsAsync("]),
    ("cassandra.data.linq", &["GetTable<"]),
    // Spring Data.
    ("org.springframework.data.cassandra.core.query", &["Query.query("]),
    // Rust: charybdis and sqlx-like macros of their own.
    ("charybdis", &["find_by_", ".insert(", ".update(", ".delete("]),
    // Scala.
    ("com.outworkers.phantom", &[".insert.value(", ".select.where(", ".update.where(", ".delete.where("]),
];

static NAMES: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(BUILDERS.iter().map(|(name, _)| *name)).ok());

/// How many calls of query builders there are in each file: statements without any text of CQL. They are counted on all threads
/// of the pool at hand.
///
/// ```
/// use std::path::Path;
///
/// use cqlint_embed::{Source, query_builder_calls};
///
/// let text = "import static com.datastax.oss.driver.api.querybuilder.QueryBuilder.*; … selectFrom(\"users\").all()";
/// assert_eq!(query_builder_calls(&[Source { path: Path::new("Users.java"), text, trusted: true }]), [1]);
/// ```
#[must_use]
pub fn query_builder_calls(sources: &[Source<'_>]) -> Vec<usize> {
    sources.par_iter().map(|source| if source.trusted { count(source.text) } else { 0 }).collect()
}

fn count(text: &str) -> usize {
    let Some(names) = NAMES.as_ref() else { return 0 };
    let mut used: Vec<usize> = names.find_iter(text).map(|found| found.pattern().as_usize()).collect();
    used.sort_unstable();
    used.dedup();
    let calls: Vec<&str> = used.iter().filter_map(|number| BUILDERS.get(*number)).flat_map(|(_, calls)| *calls).copied().collect();
    // One call is one, whichever of its names is longer.
    let found = AhoCorasick::builder().match_kind(aho_corasick::MatchKind::LeftmostLongest).build(&calls);
    found.map_or(0, |words| words.find_iter(text).count())
}
