//! The JSON schema of a configuration file, made from the table of keys, so that an editor completes what is read.

use serde_json::{Map, Value as Json, json};

use super::keys::{LEVELS, rules_and_groups};
use super::{Key, Scope, Shape};

/// The JSON schema of `cqlint.toml`, as text.
///
/// ```
/// assert!(cqlint_project::configuration::json_schema().contains("\"suppressions-need-reason\""));
/// ```
#[must_use]
pub fn json_schema() -> String {
    let mut schema = table(Scope::File);
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!("The configuration of cqlint"));
    format!("{:#}\n", Json::Object(schema))
}

fn table(scope: Scope) -> Map<String, Json> {
    let properties: Map<_, _> = scope.keys().map(|key| (key.name.to_owned(), property(key, scope))).collect();
    let required: Vec<_> = scope.keys().filter(|key| key.scope == Scope::Override).map(|key| key.name).collect();
    let table = json!({ "type": "object", "additionalProperties": false, "properties": properties, "required": required });
    match table {
        Json::Object(table) => table,
        _ => Map::new(),
    }
}

fn property(key: &Key, scope: Scope) -> Json {
    let mut property = shape(key.shape);
    if let Some(property) = property.as_object_mut() {
        property.insert("description".to_owned(), json!(key.about));
        // In a table of overrides the default is what holds outside of it.
        let default = key.default.filter(|_| scope == Scope::File).and_then(|default| serde_json::from_str(default).ok());
        property.extend(default.map(|default: Json| ("default".to_owned(), default)));
    }
    property
}

fn shape(shape: Shape) -> Json {
    let list = |item: Json| json!({ "type": "array", "items": item });
    let text = json!({ "type": "string", "minLength": 1 });
    match shape {
        Shape::OneOf(names) => json!({ "enum": names() }),
        Shape::SomeOf(names) => {
            let one = json!({ "enum": names() });
            let mut some = list(one.clone());
            if let Some(some) = some.as_object_mut() {
                some.insert("minItems".to_owned(), json!(1));
            }
            json!({ "anyOf": [one, some] })
        }
        Shape::Name | Shape::Path => text,
        Shape::Functions | Shape::Paths | Shape::Patterns => list(text),
        Shape::Switch => json!({ "type": "boolean" }),
        Shape::Levels => {
            let level = json!({ "enum": LEVELS.map(cqlint_analysis::Level::name) });
            let names: Map<_, _> = rules_and_groups().into_iter().map(|name| (name.to_owned(), level.clone())).collect();
            json!({ "type": "object", "additionalProperties": false, "properties": names })
        }
        Shape::Overrides => list(Json::Object(table(Scope::Override))),
    }
}
