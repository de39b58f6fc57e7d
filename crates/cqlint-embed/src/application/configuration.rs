//! What configuration files set for all statements. They are read for a few keys only.

use std::path::Path;

use cqlint_drivers::Driver;

use super::hocon;
use super::kind::Format;
use super::setting::{Said, Setting, Value};

/// A key with all that it stands below, as `a.b.c`, and its value without quotes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) path: String,
    pub(crate) value: String,
    /// Counted from 1.
    pub(crate) line: usize,
}

/// What a file sets.
pub(crate) fn said(path: &Path, format: Format, text: &str) -> Vec<Said> {
    let entries = match format {
        Format::Hocon => hocon::entries(text),
        Format::Properties => properties(text),
        Format::Yaml => yaml(text),
    };
    // Of some environment only: `application-dev.yaml`.
    let is_part = path.file_stem().is_some_and(|stem| stem.to_string_lossy().starts_with("application-"));
    let said = entries.iter().filter_map(Entry::said);
    said.map(|said| if is_part && said.value == Value::On { Said { value: Value::Unknown, ..said } } else { said }).collect()
}

impl Entry {
    fn said(&self) -> Option<Said> {
        let (setting, value) = if self.is_default() {
            (Setting::DefaultMark, Value::of(&self.value.to_ascii_lowercase()))
        } else if self.path.ends_with("speculative-execution-policy.class") {
            let value = if self.value.contains("${") { Value::Unknown } else { Value::On };
            (Setting::Speculation, if self.value.contains("NoSpeculative") { Value::Off } else { value })
        } else {
            return None;
        };
        // `%dev.quarkus.…` counts only in development.
        let value = if self.path.starts_with('%') { Value::Unknown } else { value };
        Some(Said { setting, value, drivers: &[Driver::Java4], line: self.line })
    }

    /// The default of all statements, and not of those of some profile.
    fn is_default(&self) -> bool {
        let is_key = |key: &str| self.path.strip_suffix(key).is_some_and(|above| above.is_empty() || above.ends_with('.'));
        let keys = ["basic.request.default-idempotence", "cassandra.request.default-idempotence", "requestDefaultIdempotence"];
        keys.into_iter().any(is_key) && !self.path.split('.').any(|part| part == "profiles")
    }
}

fn properties(text: &str) -> Vec<Entry> {
    let entry = |(number, line): (usize, &str)| {
        let line = line.trim();
        let (key, value) = line.split_once(['=', ':']).filter(|_| !line.starts_with(['#', '!']))?;
        Some(Entry { path: key.trim().to_owned(), value: value.trim().to_owned(), line: number + 1 })
    };
    text.lines().enumerate().filter_map(entry).collect()
}

/// Mappings in block style, which is how such files are written.
fn yaml(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    // The keys above, with their columns.
    let mut above: Vec<(usize, &str)> = Vec::new();
    // A text of several lines holds no keys.
    let mut block = None;
    for (number, line) in text.lines().enumerate() {
        let content = line.trim_start_matches([' ', '-']);
        let column = line.len() - content.len();
        if content.is_empty() || content.starts_with('#') || block.is_some_and(|block| column > block) {
            continue;
        }
        block = None;
        above.retain(|(known, _)| *known < column);
        let Some((key, value)) = content.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']))
        else {
            continue;
        };
        let key = unquoted(key);
        let value = value.split(" #").next().unwrap_or_default().trim();
        if value.starts_with(['|', '>']) {
            block = Some(column);
        } else if value.is_empty() || value.starts_with('#') {
            above.push((column, key));
        } else {
            let path: Vec<&str> = above.iter().map(|(_, key)| *key).chain([key]).collect();
            entries.push(Entry { path: path.join("."), value: unquoted(value).to_owned(), line: number + 1 });
        }
    }
    entries
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn default(name: &str, text: &str, expected: &[(Value, usize)]) {
        let format = match name.rsplit('.').next() {
            Some("conf") => Format::Hocon,
            Some("properties") => Format::Properties,
            _ => Format::Yaml,
        };
        let said = said(Path::new(name), format, text);
        let marks: Vec<_> = said.iter().filter(|said| said.setting == Setting::DefaultMark).collect();
        assert_eq!(marks.iter().map(|said| (said.value, said.line)).collect::<Vec<_>>(), expected, "{name}: {text}");
    }

    #[test]
    fn the_default_of_each_format() {
        default("application.properties", "a=b\nquarkus.cassandra.request.default-idempotence = true", &[(Value::On, 2)]);
        default("application.properties", "#quarkus.cassandra.request.default-idempotence=true", &[]);
        default("application.properties", "%dev.quarkus.cassandra.request.default-idempotence=true", &[(Value::Unknown, 1)]);
        default("application-dev.properties", "quarkus.cassandra.request.default-idempotence=true", &[(Value::Unknown, 1)]);
        default("reaper.yaml", "a:\n  b: |\n    requestDefaultIdempotence: true\n", &[]);
        default("reaper.yaml", "a:\n  - b: c\n    requestDefaultIdempotence: true # as said\n", &[(Value::On, 3)]);
        default("reaper.yaml", "requestDefaultIdempotence: ${X:-true}", &[(Value::Unknown, 1)]);
        default("a.yml", "quarkus:\n  cassandra:\n    request:\n      \"default-idempotence\": 'true'\n", &[(Value::On, 4)]);
        default("a.yml", "quarkus:\n  cassandra:\n  other:\n    request:\n      default-idempotence: true\n", &[]);
    }

    #[test]
    fn the_default_in_hocon() {
        let cases: [(&str, &[(Value, usize)]); 9] = [
            ("datastax-java-driver.basic.request.default-idempotence = true", &[(Value::On, 1)]),
            ("datastax-java-driver {\n basic { request {\n default-idempotence: true } } }", &[(Value::On, 3)]),
            ("datastax-java-driver { basic.request { timeout = 2 seconds, default-idempotence = on } }", &[(Value::Unknown, 1)]),
            ("datastax-java-driver { profiles { slow { basic.request.default-idempotence = true } } }", &[]),
            ("basic.request.default-idempotence = ${?IDEMPOTENT}", &[(Value::Unknown, 1)]),
            ("basic.request.default-idempotence = true // why\n}}", &[(Value::On, 1)]),
            ("# basic.request.default-idempotence = true", &[]),
            ("a = \"\"\"\nbasic.request.default-idempotence = true\"\"\"", &[]),
            ("a = [{ b = 1 }, \"}\"]\n\"basic\".request = { default-idempotence = \"true\" }", &[(Value::On, 2)]),
        ];
        for (text, expected) in cases {
            default("application.conf", text, expected);
        }
    }

    #[test]
    fn speculative_executions_in_hocon() {
        let policy = |name: &str| format!("advanced.speculative-execution-policy {{ class = {name} }}");
        for (name, expected) in [("ConstantSpeculativeExecutionPolicy", Value::On), ("NoSpeculativeExecutionPolicy", Value::Off)] {
            let said = said(Path::new("application.conf"), Format::Hocon, &policy(name));
            assert_eq!(said.first().map(|said| (said.setting, said.value)), Some((Setting::Speculation, expected)));
        }
    }
}
