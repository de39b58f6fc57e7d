//! The native functions, as `grammar/functions.csv` tells of them; `functions.tsv` beside this file is made of it.

use std::sync::LazyLock;

use cqlint_analysis::syntax::Dialects;

/// A function that some server knows without anybody having defined it.
#[derive(Clone, Debug)]
pub(crate) struct Native {
    /// Its name.
    pub(crate) name: String,
    /// Whether it answers the same each time.
    pub(crate) is_deterministic: bool,
    /// The types of each parameter.
    pub(crate) parameters: Vec<Parameter>,
    /// What it answers.
    pub(crate) returns: String,
    /// What else is to know.
    pub(crate) note: String,
    /// The first version of Cassandra that knows it; nothing when none does.
    pub(crate) since: Option<String>,
    /// The servers that know it.
    pub(crate) dialects: Dialects,
}

/// A parameter of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// The types that it takes.
    pub(crate) types: String,
    /// Whether it may be left out.
    pub(crate) is_optional: bool,
}

/// All of them, by name.
pub(crate) fn natives() -> &'static [Native] {
    static NATIVES: LazyLock<Vec<Native>> = LazyLock::new(|| {
        let mut natives: Vec<_> = include_str!("functions.tsv").lines().flat_map(read).collect();
        natives.sort_by(|left, right| left.name.cmp(&right.name));
        natives
    });
    &NATIVES
}

/// The function of this name, in whatever case.
pub(crate) fn native(name: &str) -> Option<&'static Native> {
    natives().iter().find(|native| native.name.eq_ignore_ascii_case(name))
}

impl Native {
    /// How it is called: `to_date(timeuuid | timestamp) → date`.
    pub(crate) fn signature(&self) -> String {
        let parameter = |(at, parameter): (usize, &Parameter)| {
            let comma = if at == 0 { "" } else { ", " };
            if parameter.is_optional { format!("[{comma}{}]", parameter.types) } else { format!("{comma}{}", parameter.types) }
        };
        let parameters: String = self.parameters.iter().enumerate().map(parameter).collect();
        let returns = if self.returns.is_empty() { String::new() } else { format!(" → {}", self.returns) };
        format!("{}({parameters}){returns}", self.name)
    }

    /// In how few words: `deterministic, since Cassandra 5.0`.
    pub(crate) fn detail(&self) -> String {
        let answers = if self.is_deterministic { "deterministic" } else { "not deterministic" };
        let since = self.since.as_ref().map(|since| format!(", since Cassandra {since}"));
        format!("{answers}{}", since.unwrap_or_default())
    }
}

/// The function of a row, and its aliases.
fn read(row: &str) -> Vec<Native> {
    let fields: Vec<_> = row.split('\t').collect();
    let field = |at: usize| fields.get(at).copied().unwrap_or_default();
    let (aliases, since, until, servers, note) = (field(1), field(2), field(3), field(4), field(8));
    let own = |name: &str, since: &str, servers: Dialects| Native {
        name: name.to_owned(),
        is_deterministic: field(5) == "yes",
        parameters: parameters(field(6)),
        returns: field(7).to_owned(),
        note: note.to_owned(),
        since: Some(since.to_owned()).filter(|since| !since.is_empty()),
        dialects: servers,
    };
    let has = |server: &str| servers.split(' ').any(|known| known == server);
    let cassandra = |from: &str| if has("cassandra") { versions(from, until) } else { Dialects::NONE };
    let others = [("scylla", "ScyllaDB", Dialects::SCYLLA), ("dse", "DSE", Dialects::DSE)];
    let of_others = |is_alias: bool| {
        let knows = |server: &str, called: &str| {
            let is_alias_only = note.contains("the alias only") && note.contains(called);
            has(server) && (is_alias || !is_alias_only)
        };
        let known = others.iter().filter(|(server, called, _)| knows(server, called));
        known.fold(Dialects::NONE, |all, (_, _, dialect)| all | *dialect)
    };
    let mut found = vec![own(field(0), since, cassandra(since) | of_others(false))];
    for alias in aliases.split(' ').filter(|alias| !alias.is_empty()) {
        found.push(own(alias, field(9), cassandra(field(9)) | of_others(true)));
    }
    found
}

fn versions(since: &str, until: &str) -> Dialects {
    let from = match since {
        "4.0" => Dialects::SINCE_4_0,
        "4.1" => Dialects::SINCE_4_1,
        "5.0" => Dialects::SINCE_5_0,
        "5.1" => Dialects::CASSANDRA_TRUNK,
        _ => Dialects::CASSANDRA,
    };
    match until {
        "4.1" => from & Dialects::SINCE_5_0.others(),
        _ => from,
    }
}

/// `int; text [; ascii]`.
fn parameters(text: &str) -> Vec<Parameter> {
    let mut is_optional = false;
    let mut found = Vec::new();
    for part in text.split(';') {
        let types = part.trim_matches([' ', '[', ']']);
        if !types.is_empty() {
            found.push(Parameter { types: types.to_owned(), is_optional });
        }
        is_optional |= part.contains('[');
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields of a line of CSV, which may stand in quotes.
    fn fields(line: &str) -> Vec<String> {
        let mut fields = vec![String::new()];
        let mut is_quoted = false;
        for part in line.split_inclusive(['"', ',']) {
            let (text, end) = part.split_at(part.len() - usize::from(part.ends_with(['"', ','])));
            let Some(last) = fields.last_mut() else { continue };
            last.push_str(text);
            match end {
                "," if is_quoted => last.push(','),
                "," => fields.push(String::new()),
                "\"" => {
                    // Two of them in quotes are one.
                    if !is_quoted && !last.is_empty() {
                        last.push('"');
                    }
                    is_quoted = !is_quoted;
                }
                _ => {}
            }
        }
        fields
    }

    #[test]
    #[expect(clippy::expect_used, reason = "a test may end where its assumption does")]
    fn the_table_is_that_of_the_grammar() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let grammar = std::fs::read_to_string(root.join("../../grammar/functions.csv")).expect("the grammar");
        let made: String = grammar.lines().skip(1).map(|line| fields(line).join("\t") + "\n").collect();
        let own = root.join("src/features/functions.tsv");
        if std::env::var_os("CQLINT_BLESS").is_some() {
            std::fs::write(&own, &made).expect("a file that can be written");
        }
        let known = std::fs::read_to_string(own).expect("the table");
        assert_eq!(known, made, "`CQLINT_BLESS=1 cargo test` makes it anew");
    }

    #[test]
    fn functions_have_signatures() {
        for (name, expected) in [
            ("now", "now() → timeuuid"),
            ("FLOOR", "floor(timestamp | timeuuid | date | time, duration[, timestamp | date]) → timestamp | date | time"),
            ("intasblob", "intasblob(int) → blob"),
            ("ann", "ann(vector<float>, vector<float>) → float"),
        ] {
            assert_eq!(native(name).map(Native::signature).as_deref(), Some(expected));
        }
        assert!(native("nobody").is_none());
    }

    #[test]
    fn servers_know_their_own() {
        let known = |name: &str, dialect: Dialects| native(name).is_some_and(|native| native.dialects.meets(dialect));
        for (name, dialect, expected) in [
            ("to_date", Dialects::CASSANDRA_5_0, true),
            ("to_date", Dialects::CASSANDRA_4_1, false),
            ("to_date", Dialects::SCYLLA, false),
            ("todate", Dialects::SCYLLA | Dialects::DSE, true),
            ("dateof", Dialects::CASSANDRA_5_0, false),
            ("ann", Dialects::CASSANDRA, false),
            ("length", Dialects::CASSANDRA_5_0, false),
        ] {
            assert_eq!(known(name, dialect), expected, "{name} in {dialect}");
        }
    }
}
