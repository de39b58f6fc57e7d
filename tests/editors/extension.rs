//! The extension for VS Code: what it declares exists, and what its README names is declared.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::vsix::{copy, vsix};
use super::{json, path, read};
use crate::cassandra::required;
use crate::node::node;

fn names(object: &Value) -> BTreeSet<String> {
    object.as_object().expect("an object").keys().cloned().collect()
}

/// All sources of the extension in one text.
fn sources() -> String {
    let folder = fs::read_dir(path("vscode/src")).expect("the sources");
    let files = folder.map(|file| fs::read_to_string(file.expect("a file").path()).expect("a readable file"));
    files.collect::<Vec<_>>().join("\n")
}

/// `cqlint.…` between backquotes or in double quotes.
fn mentioned(text: &str) -> BTreeSet<String> {
    let parts = text.split(['`', '"']).filter(|part| part.starts_with("cqlint."));
    let is_name = |part: &&str| part.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '.');
    parts.filter(is_name).filter(|part| !part.ends_with(".toml")).map(str::to_owned).collect()
}

fn declared() -> (BTreeSet<String>, BTreeSet<String>) {
    let contributes = json("vscode/package.json")["contributes"].clone();
    let settings = names(&contributes["configuration"]["properties"]);
    let commands = contributes["commands"].as_array().expect("commands");
    let commands = commands.iter().map(|command| command["command"].as_str().expect("a name").to_owned());
    (settings, commands.collect())
}

#[test]
fn the_readme_names_what_is_declared() {
    let (settings, commands) = declared();
    let declared: BTreeSet<_> = settings.union(&commands).cloned().collect();
    assert_eq!(mentioned(&read("vscode/README.md")), declared);
}

#[test]
fn every_setting_is_described() {
    let manifest = json("vscode/package.json");
    let settings = manifest["contributes"]["configuration"]["properties"].as_object().expect("settings");
    for (name, setting) in settings {
        assert!(setting["markdownDescription"].as_str().is_some_and(|text| text.ends_with('.')), "{name} is not described");
        assert!(!setting["default"].is_null(), "{name} has no default");
    }
}

#[test]
fn every_setting_is_read_and_every_command_bound() {
    let (settings, commands) = declared();
    let sources = sources();
    for setting in settings {
        // The client library reads this one by itself.
        let name = setting.strip_prefix("cqlint.").expect("the section");
        let read =
            name == "trace.server" || sources.contains(&format!("(\"{name}\", ")) || sources.contains(&format!(">(\"{name}\", "));
        assert!(read, "nobody reads {setting}");
    }
    for command in commands {
        let name = command.strip_prefix("cqlint.").expect("the section");
        assert!(sources.contains(&format!("command(\"{name}\", ")), "{command} is bound to nothing");
    }
}

/// The languages that start the extension are those whose files the server is shown.
#[test]
fn languages_are_the_same() {
    let manifest = json("vscode/package.json");
    let events = manifest["activationEvents"].as_array().expect("events").iter().filter_map(Value::as_str);
    let mut starting: BTreeSet<_> = events.filter_map(|event| event.strip_prefix("onLanguage:")).map(str::to_owned).collect();
    // VS Code adds the event of the extension's own language.
    starting.insert("cql".to_owned());
    let text = read("vscode/src/languages.ts");
    let lists = text.split(['[', ']']).skip(1).step_by(2).take(2).collect::<String>();
    let shown: BTreeSet<_> = lists.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    assert_eq!(starting, shown);
}

/// The files that the manifest names, without those that are made.
fn named_files() -> Vec<String> {
    let manifest = json("vscode/package.json");
    let contributes = &manifest["contributes"];
    let listed = |list: &str, key: &str| {
        let entries = contributes[list].as_array().expect("a list").clone();
        entries.iter().map(|entry| entry[key].as_str().expect("a path").to_owned()).collect::<Vec<_>>()
    };
    let mut files = listed("grammars", "path");
    files.extend(listed("languages", "configuration"));
    files.push(manifest["icon"].as_str().expect("an icon").to_owned());
    files
}

#[test]
fn files_that_the_manifest_names_exist() {
    for file in named_files() {
        assert!(path("vscode").join(&file).is_file(), "{file} is not there");
    }
}

/// Whoever installs from the list gets what its checksums say, from any registry.
#[test]
fn the_lock_names_no_registry() {
    let lock = json("vscode/package-lock.json");
    for (name, package) in lock["packages"].as_object().expect("packages") {
        assert!(package["resolved"].is_null(), "{name} comes from {}", package["resolved"]);
        assert!(name.is_empty() || package["integrity"].is_string(), "{name} has no checksum");
    }
}

/// Its types are right, and each language has its colours.
#[test]
fn its_own_tests_pass() {
    let tested = copy().and_then(|folder| Ok((folder, node()?)));
    if let Some((folder, node)) = required("editors::extension", tested) {
        let tested = node.npm(folder, &["test"]);
        assert!(tested.is_ok(), "{}", tested.unwrap_or_default());
    }
}

/// What is installed holds what the manifest names, and nothing that only its makers need.
#[test]
fn what_is_packed() {
    let packed = vsix().and_then(|_| node()?.npm(copy()?, &["exec", "--", "vsce", "ls", "--no-dependencies"]));
    let Some(packed) = required("editors::extension", packed) else { return };
    let packed: BTreeSet<_> = packed.lines().map(str::to_owned).collect();
    let mut wanted: BTreeSet<_> = named_files().into_iter().map(|file| file.trim_start_matches("./").to_owned()).collect();
    wanted.extend(["dist/extension.js", "package.json", "README.md", "LICENSE", "CHANGELOG.md"].map(str::to_owned));
    assert_eq!(packed, wanted);
}
