//! What a person sets in the editor. What is in force for files is in configuration files, as for the command.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

/// The section `cqlint` of an editor's settings, and what a client may say when it starts the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Settings {
    /// The configuration file for all files, instead of the closest to each.
    pub(crate) config: Option<PathBuf>,
    /// Types of bind markers and the like, beside the text.
    pub(crate) inlay_hints: Shown,
    /// Lines above statements and definitions.
    pub(crate) code_lens: Shown,
}

/// Whether something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Shown {
    /// Whether it is.
    pub(crate) enable: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Self { enable: true }
    }
}

impl Settings {
    /// Reads what a client says: the section itself, or an object that holds it. What is not understood counts as not said.
    pub(crate) fn read(said: &Value) -> Self {
        let section = said.get("cqlint").unwrap_or(said);
        let mut settings = Self::default();
        // One setting that is wrong does not take the others with it.
        for (name, value) in section.as_object().into_iter().flatten() {
            let one = serde_json::from_value(Value::Object([(name.clone(), value.clone())].into_iter().collect()));
            let Ok(one): Result<Self, _> = one else { continue };
            match name.as_str() {
                "config" => settings.config = one.config.filter(|path| !path.as_os_str().is_empty()),
                "inlayHints" => settings.inlay_hints = one.inlay_hints,
                "codeLens" => settings.code_lens = one.code_lens,
                _ => {}
            }
        }
        settings
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_clients_say_is_read() {
        let all = Settings::default();
        let off = Shown { enable: false };
        for (said, expected) in [
            (json!(null), all.clone()),
            (json!([1]), all.clone()),
            (json!({"config": "a.toml"}), Settings { config: Some("a.toml".into()), ..all.clone() }),
            (json!({"config": ""}), all.clone()),
            (json!({"cqlint": {"codeLens": {"enable": false}}}), Settings { code_lens: off, ..all.clone() }),
            (json!({"config": 3, "inlayHints": {"enable": false}, "more": 1}), Settings { inlay_hints: off, ..all.clone() }),
        ] {
            assert_eq!(Settings::read(&said), expected, "{said}");
        }
    }
}
