//! The rooms use only what lies below them, and every file says what it is for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Each room with what it may use, as drawn in `crates/README.md`.
const ROOMS: [(&str, &[&str]); 11] = [
    ("cqlint-syntax", &[]),
    ("cqlint-drivers", &[]),
    ("cqlint-analysis", &["cqlint-syntax", "cqlint-drivers"]),
    ("cqlint-embed", &["cqlint-syntax", "cqlint-drivers", "cqlint-analysis"]),
    ("cqlint-project", &["cqlint-syntax", "cqlint-drivers", "cqlint-analysis"]),
    ("cqlint-report", &["cqlint-syntax", "cqlint-drivers", "cqlint-analysis"]),
    ("cqlint-runtime", &["cqlint-syntax", "cqlint-drivers", "cqlint-analysis"]),
    ("cqlint-build", &["cqlint-syntax", "cqlint-drivers", "cqlint-analysis", "cqlint-project"]),
    ("cqlint-macros", &["cqlint-syntax", "cqlint-drivers", "cqlint-analysis", "cqlint-project", "cqlint-build"]),
    ("cqlint-lsp", &["cqlint-syntax", "cqlint-drivers", "cqlint-analysis", "cqlint-embed", "cqlint-project", "cqlint-report"]),
    (
        "cqlint-cli",
        &["cqlint-syntax", "cqlint-drivers", "cqlint-analysis", "cqlint-embed", "cqlint-project", "cqlint-report", "cqlint-lsp"],
    ),
];

/// Foreign crates that live in one room.
const HOMES: [(&str, &str); 22] = [
    ("nom", "cqlint-syntax"),
    ("tree-sitter", "cqlint-embed"),
    ("walkdir", "cqlint-project"),
    ("ignore", "cqlint-project"),
    ("tempfile", "cqlint-project"),
    ("toml", "cqlint-project"),
    ("pathdiff", "cqlint-project"),
    ("miette", "cqlint-report"),
    ("csv", "cqlint-report"),
    ("similar", "cqlint-report"),
    ("quick-junit", "cqlint-report"),
    ("quick-xml", "cqlint-report"),
    ("annotate-snippets", "cqlint-build"),
    ("prettyplease", "cqlint-build"),
    ("clap", "cqlint-cli"),
    ("clap_complete", "cqlint-cli"),
    ("clap_mangen", "cqlint-cli"),
    ("notify", "cqlint-project"),
    ("indicatif", "cqlint-cli"),
    ("lsp-server", "cqlint-lsp"),
    ("lsp-types", "cqlint-lsp"),
    ("tikv-jemallocator", "cqlint-cli"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names under `[dependencies]`.
fn dependencies(room: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join("crates").join(room).join("Cargo.toml")).expect("a manifest");
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or("");
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    let name = |line: &str| line.split(['.', ' ', '=']).next().unwrap_or("").to_owned();
    lines.filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase())).map(name).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("target") {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn arrows_point_down() {
    let folders = fs::read_dir(root().join("crates")).expect("the rooms").map(|entry| entry.expect("a room").path());
    let mut rooms: Vec<_> =
        folders.filter(|path| path.is_dir()).filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    rooms.sort();
    let mut known: Vec<_> = ROOMS.iter().map(|(room, _)| (*room).to_owned()).collect();
    known.sort();
    assert_eq!(rooms, known, "every room stands in the picture");
    for (room, below) in ROOMS {
        for dependency in dependencies(room) {
            let own = dependency.starts_with("cqlint-");
            assert!(!own || below.contains(&dependency.as_str()), "{room} uses {dependency}, which is not below it");
            let home = HOMES.iter().find(|(name, _)| *name == dependency);
            assert!(home.is_none_or(|(_, home)| *home == room), "{dependency} has another home than {room}");
        }
    }
}

/// `cqlint-runtime` will go into production services: what is under it stays small.
#[test]
fn the_ground_floors_use_next_to_nothing() {
    assert_eq!(dependencies("cqlint-syntax"), ["nom", "memchr"]);
    assert_eq!(dependencies("cqlint-drivers"), [""; 0]);
    assert_eq!(dependencies("cqlint-analysis"), ["cqlint-syntax", "cqlint-drivers"]);
    for room in ["cqlint-syntax", "cqlint-drivers", "cqlint-analysis"] {
        let library = fs::read_to_string(root().join("crates").join(room).join("src/lib.rs")).expect("a library");
        assert!(library.contains("\n#![no_std]\n"), "{room} is no_std");
    }
}

/// Without a driver the runtime brings nothing but what decides.
#[test]
fn the_runtime_without_a_driver_uses_next_to_nothing() {
    let tree = [
        "tree",
        "--offline",
        "-p",
        "cqlint-runtime",
        "--no-default-features",
        "-e",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    let output = Command::new(env!("CARGO")).args(tree).current_dir(root()).output().expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let mut names: Vec<_> = said.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(
        names,
        ["cqlint-analysis", "cqlint-drivers", "cqlint-runtime", "cqlint-syntax", "memchr", "nom"],
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut files = Vec::new();
    sources(&root().join("crates"), &mut files);
    sources(&root().join("tests"), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("a readable file");
        assert!(text.starts_with("//! "), "{} does not open with a `//!` line", file.display());
        let lines = text.lines().count();
        assert!(lines <= 500, "{} has {lines} lines: a file is one idea", file.display());
    }
}

#[test]
fn every_dependency_says_why() {
    let rooms = ROOMS.iter().map(|(room, _)| format!("crates/{room}"));
    // What stands beside the suites is read like the rooms, the example most of all.
    for room in rooms.chain(["cluster", "shop"].map(|package| format!("tests/{package}"))) {
        let manifest = fs::read_to_string(root().join(&room).join("Cargo.toml")).expect("a manifest");
        let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or("");
        let mut before = "";
        for line in section.lines().take_while(|line| !line.starts_with('[')) {
            if line.starts_with(|first: char| first.is_ascii_lowercase()) {
                assert!(before.starts_with('#'), "{room}: `{line}` has no comment above it");
            }
            before = line;
        }
        assert!(manifest.contains("[lints]\nworkspace = true"), "{room} has the workspace's lints");
    }
}

/// Programs are written against these rooms: every public item shows how.
#[test]
fn what_programs_use_has_examples() {
    let rooms = ["cqlint-runtime", "cqlint-build", "cqlint-macros"].map(|room| root().join("crates").join(room).join("src"));
    let mut files = Vec::new();
    rooms.iter().filter(|room| room.is_dir()).for_each(|room| sources(room, &mut files));
    let mut without = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a readable file");
        let mut documented = String::new();
        // What stands further in is Rust that somebody else's program is made of.
        let is_ours = |line: &&str| line.len() - line.trim_start().len() <= 4;
        for line in text.lines().filter(is_ours).map(str::trim) {
            match line {
                _ if line.starts_with("///") => documented.push_str(line),
                _ if line.starts_with("#[") || line.starts_with("//") => {}
                _ => {
                    let kind = line.strip_prefix("pub ").and_then(|item| {
                        let item = item.trim_start_matches("const ").trim_start_matches("async ");
                        ["fn ", "struct ", "enum ", "trait ", "type "].into_iter().find(|kind| item.starts_with(kind))
                    });
                    if kind.is_some() && !documented.contains("```") {
                        without.push(format!("{}: {line}", file.display()));
                    }
                    documented.clear();
                }
            }
        }
    }
    assert!(without.is_empty(), "without an example:\n{}", without.join("\n"));
}
