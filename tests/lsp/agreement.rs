//! The server and the command say the same of every text, whatever was typed on the way to it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cqlint_lsp::{Encoding, LineIndex};
use cqlint_project::{Event, Input, Project};
use lsp_types::{Diagnostic, NumberOrString, Range};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::client::{Client, code_capabilities};
use crate::cli::cqlint;
use crate::fuzz::{cases, holds};

/// One finding: its rule, its place as the client counts, and what it says.
type Said = (String, Range, String);

fn said(found: &[Diagnostic]) -> Vec<Said> {
    let code = |found: &Diagnostic| match &found.code {
        Some(NumberOrString::String(code)) => code.clone(),
        _ => String::new(),
    };
    found.iter().map(|found| (code(found), found.range, found.message.clone())).collect()
}

/// Every file of CQL, and every program with CQL in it, that the tests have.
fn samples() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = ["corpus", "embed", "example", "fixes", "semantics"].map(|name| root.join(name)).into();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(root).expect("below").to_string_lossy().replace('/', "-");
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                // What is configured for a sample would hold for all.
                if !name.ends_with(".toml") {
                    found.push((name, text));
                }
            }
        }
    }
    found.sort();
    found
}

/// What the command says of the files in a folder, by file.
fn command(folder: &Path, encoding: Encoding) -> BTreeMap<String, Vec<Said>> {
    let output = cqlint(folder).args(["--format", "json", "--strict", "."]).output().expect("the command");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut by_file: BTreeMap<String, Vec<Said>> = BTreeMap::new();
    for found in report["findings"].as_array().expect("findings") {
        let path = found["path"].as_str().expect("a path");
        let text = fs::read_to_string(folder.join(path)).expect("a file");
        let offset = |name: &str| found[name].as_u64().expect("an offset") as usize;
        let range = LineIndex::new(&text).range(&text, offset("start")..offset("end"), encoding);
        let text_of = |name: &str| found[name].as_str().expect("a text").to_owned();
        by_file.entry(path.to_owned()).or_default().push((text_of("rule"), range, text_of("message")));
    }
    by_file
}

/// An editor that counts like this.
fn editor(encoding: Encoding) -> Value {
    let mut capabilities = code_capabilities();
    capabilities["general"]["positionEncodings"] = json!([encoding.kind()]);
    capabilities
}

#[test]
fn of_every_sample() {
    let samples = samples();
    let files: Vec<(&str, &str)> = samples.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert!(files.len() > 60, "{}", files.len());
    let mut client = Client::start("all", &editor(Encoding::Utf16), &files);
    let expected = command(&client.path(""), Encoding::Utf16);
    assert!(expected.values().map(Vec::len).sum::<usize>() > 500);
    let all = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] })).expect("an answer");
    let mut of_workspace = BTreeMap::new();
    for item in all["items"].as_array().expect("files") {
        let found: Vec<Diagnostic> = serde_json::from_value(item["items"].clone()).expect("findings");
        let name = item["uri"].as_str().expect("a URI").rsplit('/').next().unwrap_or_default().to_owned();
        let found = said(&found).into_iter().filter(|(rule, ..)| !rule.is_empty()).collect::<Vec<_>>();
        if !found.is_empty() {
            of_workspace.insert(name, found);
        }
    }
    for (name, expected) in &expected {
        assert_eq!(of_workspace.get(name), Some(expected), "{name}");
    }
    assert_eq!(of_workspace.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, _) in &files {
        let found = said(&client.open(name)).into_iter().filter(|(rule, ..)| !rule.is_empty()).collect::<Vec<_>>();
        assert_eq!(found, expected.get(*name).cloned().unwrap_or_default(), "{name} when it is opened");
    }
}

/// Files that know of each other, in which much can go wrong.
const FILES: [(&str, &str); 4] = [
    (
        "schema.cql",
        "CREATE TABLE pages (page text PRIMARY KEY, views counter);\r\n-- 😀\r\nCREATE TABLE orders (id uuid PRIMARY KEY, tags list<text>);\r\n",
    ),
    (
        "queries.cql",
        "\u{feff}UPDATE pages SET views = views + 1 WHERE page = 'é😀';\nUPDATE orders SET tags = tags + ? WHERE id = ?;\n-- cqlint: allow list-append: known\nUPDATE orders SET tags = ['b'] + tags WHERE id = now();\n",
    ),
    (
        "Queries.java",
        "import com.datastax.oss.driver.api.core.CqlSession;\nclass Queries { static final String TABLE = \"pages\"; static final String VISIT = \"UPDATE \" + TABLE + \" SET views = views + 1 WHERE page = ?\"; }\n",
    ),
    (
        "Visits.java",
        "import com.datastax.oss.driver.api.core.CqlSession;\nclass Visits { void a(CqlSession s) { s.execute(Queries.VISIT); s.execute(\"INSERT INTO orders (id) VALUES (now()) /* é */\"); } }\n",
    ),
];

/// What is typed, pasted and deleted.
const PIECES: [&str; 16] = [
    "",
    "x",
    "\n",
    "\r\n",
    "😀",
    "é",
    "'",
    "\"",
    ";",
    "--",
    "/*",
    "views",
    "counter",
    " + 1",
    "UPDATE orders SET tags = tags + ? WHERE id = 1;",
    "CREATE TABLE t (k int PRIMARY KEY, c counter);",
];

#[derive(Clone, Debug)]
struct Typed {
    file: usize,
    from: prop::sample::Index,
    length: usize,
    piece: &'static str,
}

fn typed() -> impl Strategy<Value = Typed> {
    (
        0..FILES.len(),
        any::<prop::sample::Index>(),
        prop_oneof![3 => Just(0usize), 2 => 1usize..12],
        prop::sample::select(&PIECES[..]),
    )
        .prop_map(|(file, from, length, piece)| Typed { file, from, length, piece })
}

/// What a run of the command would say of these texts.
fn fresh(folder: &Path, texts: &[String], encoding: Encoding) -> Vec<Vec<Said>> {
    for ((name, _), text) in FILES.iter().zip(texts) {
        fs::write(folder.join(name), text).expect("a file");
    }
    let paths = [folder.to_path_buf()];
    let input = Input { paths: &paths, hosts: Some(cqlint_cli::language_server().hosts), ..Input::default() };
    let project = Project::load(&input, &|_| ()).expect("a project");
    let mut found = vec![Vec::new(); FILES.len()];
    let check = project.check(&|_| (), |event| {
        if let Event::File(file) = event {
            let at = FILES.iter().position(|(name, _)| file.location.ends_with(name)).expect("one of the files");
            let index = LineIndex::new(&file.text);
            let place = |span: cqlint_analysis::syntax::Span| index.range(&file.text, span.range(), encoding);
            found[at] = file.findings.iter().map(|it| (it.rule.name.to_owned(), place(it.span), it.message.clone())).collect();
        }
        Ok(())
    });
    check.expect("it is checked");
    found
}

#[test]
fn after_whatever_was_typed() {
    let encodings = prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]);
    let inputs = (encodings, prop::collection::vec(typed(), 1..12));
    let folder = tempfile::tempdir().expect("a folder");
    holds(cases() / 20, inputs, |(encoding, typed)| {
        let mut client = Client::start("typist", &editor(encoding), &FILES);
        let mut texts: Vec<String> = FILES.iter().map(|(_, text)| (*text).to_owned()).collect();
        for (name, _) in FILES {
            client.open(name);
        }
        for Typed { file, from, length, piece } in typed {
            let text = &mut texts[file];
            // A client names places on the borders of characters, and none between the two characters of a line's end.
            let is_border = |at: usize| text.is_char_boundary(at) && !(text[..at].ends_with('\r') && text[at..].starts_with('\n'));
            let borders: Vec<usize> = (0..=text.len()).filter(|at| is_border(*at)).collect();
            let from = from.index(borders.len());
            let (start, end) = (borders[from], borders[(from + length).min(borders.len() - 1)]);
            let range = LineIndex::new(text).range(text, start..end, encoding);
            text.replace_range(start..end, piece);
            client.edit(FILES[file].0, Some(range), piece);
        }
        let expected = fresh(folder.path(), &texts, encoding);
        // What concerns all files is read anew in the background, when nobody types.
        let mut tries = 0;
        loop {
            let found: Vec<_> = FILES.iter().map(|(name, _)| said(&client.pull(name, None).1)).collect();
            if found == expected {
                return;
            }
            tries += 1;
            if tries > 100 {
                assert_eq!(found, expected, "{texts:#?}");
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    });
}
