//! Which drivers a source file names, by its imports.

use cqlint_drivers::Driver;

use super::code::{Code, around};
use super::kind::Family;

/// What a file imports that tells something about its driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Import {
    Driver(Driver),
    /// gocql, unless the build file puts another in its place.
    Gocql,
    /// A layer above gocql, most often above ScyllaDB's, which the build file then names.
    Gocqlx,
    /// Spring Data, which stands on the Java driver 4, and before 2020 stood on 3.
    Spring,
    /// A layer that repeats in its own way.
    Other,
}

/// How an import looks in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A qualified name, in an import or anywhere else in the code.
    Name,
    /// At the start of a line, and nothing but a part of the name follows.
    Line,
    /// Between quotes in an import.
    Quoted,
}

/// A word, and what it means to have it imported.
pub(crate) struct Word {
    pub(crate) family: Family,
    pub(crate) text: &'static str,
    form: Form,
    import: Import,
}

const fn word(family: Family, text: &'static str, form: Form, import: Import) -> Word {
    Word { family, text, form, import }
}

pub(crate) const WORDS: [Word; 30] = [
    word(Family::Jvm, "com.datastax.oss.driver", Form::Name, Import::Driver(Driver::Java4)),
    word(Family::Jvm, "com.datastax.oss.quarkus", Form::Name, Import::Driver(Driver::Java4)),
    word(Family::Jvm, "com.datastax.dse.driver", Form::Name, Import::Driver(Driver::Java4)),
    word(Family::Jvm, "io.quarkus.cassandra", Form::Name, Import::Driver(Driver::Java4)),
    word(Family::Jvm, "com.datastax.driver", Form::Name, Import::Driver(Driver::Java3)),
    word(Family::Jvm, "org.springframework.data.cassandra", Form::Name, Import::Spring),
    word(Family::Python, "from cassandra", Form::Line, Import::Driver(Driver::Python)),
    word(Family::Python, "import cassandra", Form::Line, Import::Driver(Driver::Python)),
    word(Family::Python, "from acsylla", Form::Line, Import::Driver(Driver::Acsylla)),
    word(Family::Python, "import acsylla", Form::Line, Import::Driver(Driver::Acsylla)),
    word(Family::Python, "from async_cassandra", Form::Line, Import::Other),
    word(Family::Python, "import async_cassandra", Form::Line, Import::Other),
    word(Family::CSharp, "using Cassandra", Form::Line, Import::Driver(Driver::CSharp)),
    word(Family::CSharp, "global using Cassandra", Form::Line, Import::Driver(Driver::CSharp)),
    word(Family::CSharp, "using static Cassandra", Form::Line, Import::Driver(Driver::CSharp)),
    word(Family::Go, "github.com/gocql/gocql", Form::Quoted, Import::Gocql),
    word(Family::Go, "github.com/scylladb/gocqlx", Form::Quoted, Import::Gocqlx),
    word(Family::Go, "github.com/scylladb/gocql", Form::Quoted, Import::Driver(Driver::GocqlScylla)),
    word(Family::Go, "github.com/apache/cassandra-gocql-driver", Form::Quoted, Import::Driver(Driver::Gocql1)),
    word(Family::Go, "github.com/apache/cassandra-gocql-driver/v2", Form::Quoted, Import::Driver(Driver::Gocql2)),
    word(Family::JavaScript, "cassandra-driver", Form::Quoted, Import::Driver(Driver::Node)),
    word(Family::Rust, "scylla", Form::Name, Import::Driver(Driver::Scylla)),
    word(Family::Rust, "cdrs_tokio", Form::Name, Import::Driver(Driver::CdrsTokio)),
    word(Family::Rust, "cassandra_cpp", Form::Name, Import::Driver(Driver::CassandraCpp)),
    word(Family::C, "#include <cassandra.h>", Form::Line, Import::Driver(Driver::Cpp)),
    word(Family::C, "#include \"cassandra.h\"", Form::Line, Import::Driver(Driver::Cpp)),
    word(Family::C, "#include <dse.h>", Form::Line, Import::Driver(Driver::Cpp)),
    word(Family::C, "#include \"dse.h\"", Form::Line, Import::Driver(Driver::Cpp)),
    word(Family::Php, "use Cassandra", Form::Line, Import::Driver(Driver::Php)),
    word(Family::Php, "Cassandra", Form::Name, Import::Driver(Driver::Php)),
];

impl Import {
    /// The drivers whose settings may stand in the file.
    pub(crate) fn drivers(self) -> &'static [Driver] {
        match self {
            // Each is one of a family, and names mean the same in all of it.
            Self::Driver(Driver::Gocql1 | Driver::Gocql2 | Driver::GocqlScylla) | Self::Gocql | Self::Gocqlx => {
                &[Driver::Gocql1, Driver::Gocql2, Driver::GocqlScylla]
            }
            Self::Spring => &[Driver::Java3, Driver::Java4],
            Self::Other => &[],
            Self::Driver(driver) => Driver::ALL.iter().find(|known| **known == driver).map_or(&[], std::slice::from_ref),
        }
    }
}

impl Word {
    /// What the word at this place of a file imports.
    pub(crate) fn import(&self, code: &Code, start: usize) -> Option<Import> {
        let in_quotes = self.form == Form::Quoted || self.family == Family::C;
        let text = if in_quotes { &code.with_strings } else { &code.bare };
        let (before, after) = around(text, start, self.text)?;
        let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
        let is_import = match self.form {
            Form::Name => is_qualified(before, after, self.family),
            Form::Line => line.is_empty() && !after.starts_with(is_word),
            Form::Quoted => is_quoted_import(line, after, self.family),
        };
        // The second version of a driver has another name than the first, which its own begins with.
        let is_v2 = self.import == Import::Driver(Driver::Gocql1) && after.starts_with("/v2");
        (is_import && !is_v2).then_some(self.import)
    }
}

/// `com.datastax.driver.…`, `scylla::…`, `Cassandra\…`, and no part of a longer name.
fn is_qualified(before: &str, after: &str, family: Family) -> bool {
    let separators: &[&str] = match family {
        Family::Rust => &["::"],
        Family::Php => &["\\", "::"],
        _ => &["."],
    };
    let outer = separators.iter().find_map(|separator| before.strip_suffix(separator));
    // `::scylla` is the crate itself; `crate::scylla` is not.
    let is_inner = outer.is_some_and(|outer| outer.ends_with(is_word));
    let is_used_whole = family == Family::Rust && before.ends_with("use ") && after.starts_with([';', ' ']);
    !before.ends_with(is_word) && !is_inner && (separators.iter().any(|separator| after.starts_with(separator)) || is_used_whole)
}

/// `import gocql "…"`, `from '…'`, `require("…")`, with this behind the line's beginning and the name.
fn is_quoted_import(line: &str, after: &str, family: Family) -> bool {
    let Some(import) = line.strip_suffix(['"', '\'']).map(str::trim_end) else { return false };
    if family == Family::Go {
        // In a block of imports there is at most another name for the package in front, and nothing behind.
        let alias = import.strip_prefix("import").unwrap_or(import).trim();
        let rest = after.lines().next().unwrap_or_default().trim_end();
        let is_whole = rest == "\"" || rest.starts_with('/') && rest.ends_with('"');
        return is_whole && alias.chars().all(|letter| is_word(letter) || letter == '.');
    }
    let is_module = ["from", "import", "require(", "import("].iter().any(|word| import.ends_with(word));
    is_module && after.starts_with(['"', '\'', '/'])
}

pub(crate) fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_no_other_words() {
        let cases = [
            (Family::Jvm, "import static com.datastax.oss.driver.api.X;", vec![Import::Driver(Driver::Java4)]),
            (Family::Jvm, "// import com.datastax.driver.core.Session;", vec![]),
            (Family::Jvm, "String s = \"com.datastax.driver.core\";", vec![]),
            (Family::Jvm, "import shaded.com.datastax.driver.core.Session", vec![]),
            (Family::Python, "try:\n    from cassandra.cluster import Cluster", vec![Import::Driver(Driver::Python)]),
            (Family::Python, "from cassandra_tools import x", vec![]),
            (Family::Python, "\"\"\"\nfrom cassandra import x\"\"\"", vec![]),
            (Family::Go, "import cql \"github.com/gocql/gocql\"", vec![Import::Gocql]),
            (Family::Go, "import (\n\t\"go.temporal.io/cassandra/gocql\"\n)", vec![]),
            (Family::Go, "import \"github.com/scylladb/gocqlx/v3/qb\"", vec![Import::Gocqlx]),
            (Family::Go, "\t\"github.com/apache/cassandra-gocql-driver/v2\"", vec![Import::Driver(Driver::Gocql2)]),
            (Family::Go, "f(\"github.com/gocql/gocql\")", vec![]),
            (Family::JavaScript, "import {\n Client\n} from 'cassandra-driver'", vec![Import::Driver(Driver::Node)]),
            (Family::JavaScript, "const c = require(\"cassandra-driver\")", vec![Import::Driver(Driver::Node)]),
            (Family::JavaScript, "log('cassandra-driver')", vec![]),
            (Family::Rust, "use scylla;", vec![Import::Driver(Driver::Scylla)]),
            (Family::Rust, "use ::scylla::Session;", vec![Import::Driver(Driver::Scylla)]),
            (Family::Rust, "use crate::scylla::Session;", vec![]),
            (Family::CSharp, "global using Cassandra;", vec![Import::Driver(Driver::CSharp)]),
            (Family::CSharp, "using CassandraTools;", vec![]),
            (Family::C, "#include <cassandra.h>", vec![Import::Driver(Driver::Cpp)]),
            (Family::C, "#include <dse.h>", vec![Import::Driver(Driver::Cpp)]),
            (Family::C, "#include <verse.h>", vec![]),
            (Family::Php, "$c = \\Cassandra::cluster();", vec![Import::Driver(Driver::Php)]),
            (Family::Php, "use App\\Cassandra\\Rooms;", vec![]),
        ];
        for (family, text, expected) in cases {
            let code = Code::of(text, family);
            let words = WORDS.iter().filter(|word| word.family == family);
            let found = words.flat_map(|word| text.match_indices(word.text).filter_map(|(start, _)| word.import(&code, start)));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
