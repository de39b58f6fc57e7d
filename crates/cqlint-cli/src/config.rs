//! `cqlint config [PATH]`: the settings that are in force, and where each of them comes from.

use std::io::{self, Write};
use std::path::Path;

use cqlint_analysis::RULES;
use cqlint_project::configuration::{KEYS, Key, Merging, Origin, Scope, Settings, Shape, Value, json_schema, settings_for};
use serde_json::{Map, Value as Json, json};

use crate::arguments::{Config, ConfigFormat};
use crate::exit::{Exit, Failure};

pub(crate) fn run(arguments: &Config) -> Result<Exit, Failure> {
    let text = if arguments.schema { json_schema() } else { settings(arguments)? };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}

fn settings(arguments: &Config) -> Result<String, Failure> {
    let path = &arguments.path;
    if !path.exists() && path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        let message = format!("{}: no such file or folder", path.display());
        return Err(Failure::Usage { message, help: "check the spelling and the folder that you are in".to_owned() });
    }
    let flags = &arguments.flags;
    let settings = settings_for(path, flags.choice(), &flags.settings()).map_err(Failure::Paths)?;
    Ok(match arguments.format {
        ConfigFormat::Text => text(&settings),
        ConfigFormat::Json => json(path, &settings),
    })
}

/// The keys that are shown: those with one value for a file.
fn shown() -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(|key| key.scope != Scope::Override && !matches!(key.shape, Shape::Path | Shape::Levels | Shape::Overrides))
}

/// What is written in a file to say what holds by default.
fn default(key: &Key) -> Json {
    key.default.and_then(|default| serde_json::from_str(default).ok()).unwrap_or(Json::Null)
}

fn text(settings: &Settings) -> String {
    let mut rows = Vec::new();
    for key in shown() {
        let said = settings.of(key);
        if said.is_empty() {
            let default = match default(key) {
                Json::String(text) => text,
                Json::Bool(is_on) => is_on.to_string(),
                _ => "-".to_owned(),
            };
            rows.push((key.name, default, Origin::Default.to_string()));
        }
        rows.extend(said.into_iter().map(|setting| (key.name, setting.value.to_string(), setting.origin.to_string())));
    }
    rows.extend(settings.leveled().map(|(rule, level, origin)| (rule.name, level.name().to_owned(), origin.to_string())));
    let widest = |column: fn(&(&str, String, String)) -> usize| rows.iter().map(column).max().unwrap_or_default();
    let (name, value) = (widest(|row| row.0.len()), widest(|row| row.1.chars().count()));
    let row = |(key, said, origin): &(&str, String, String)| format!("{key:name$}  {said:value$}  {origin}\n");
    let mut table: String = rows.iter().map(row).collect();
    table.push_str("\nall other rules are as loud as `cqlint rules` says\n");
    table
}

fn json(path: &Path, settings: &Settings) -> String {
    let row = |value: Json, origin: &Origin| json!({ "value": value, "source": source(origin) });
    let mut keys = Map::new();
    for key in shown() {
        let mut said: Vec<Json> = settings.of(key).iter().map(|setting| row(plain(&setting.value), &setting.origin)).collect();
        let value = match key.merging {
            Merging::Adds => Json::Array(said),
            Merging::Replaces => said.pop().unwrap_or_else(|| row(default(key), &Origin::Default)),
        };
        keys.insert(key.name.to_owned(), value);
    }
    let rule = |rule: &&'static cqlint_analysis::Rule| {
        let (level, origin) = settings.level(rule);
        (rule.name.to_owned(), row(json!(level.name()), origin))
    };
    let rules: Map<_, _> = RULES.iter().map(rule).collect();
    let all = json!({ "schema_version": 1, "path": path.to_string_lossy(), "settings": keys, "rules": rules });
    format!("{all:#}\n")
}

fn plain(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Texts(texts) => json!(texts),
        Value::Paths(paths) => paths.iter().map(|path| path.to_string_lossy()).collect(),
        Value::Switch(is_on) => json!(is_on),
        Value::Level(_, level) => json!(level.name()),
    }
}

fn source(origin: &Origin) -> Json {
    match origin {
        Origin::Default => json!("default"),
        Origin::Flag(name) => json!({ "flag": format!("--{name}") }),
        Origin::File { path, line } => json!({ "file": path, "line": line }),
    }
}
