//! The story that every client tells: what is found in three files, what one says when asked, and what they are when a fix, all
//! safe fixes and a new name have been applied.
//!
//! A client writes one line of JSON for each step into the file that `CQLINT_TOLD` names; the folder is `CQLINT_FOLDER`. What is
//! to be found stands in the file that `CQLINT_FOUND` names, so that nobody has to guess how long to wait.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{FILES, process};
use crate::cli::cqlint;

/// The files that are opened, beside the configuration.
const OPENED: [&str; 3] = ["schema.cql", "queries.cql", "Shop.java"];

/// Texts by the names of their files.
type Texts = BTreeMap<String, String>;
/// What is found in each file: lines such as `9 counter-update: seen = seen + 1`.
type Found = BTreeMap<String, Vec<String>>;

/// A workspace that a client changes, and what has to become of it.
pub(super) struct Story {
    place: TempDir,
    before: Found,
    after: Found,
    texts: Texts,
}

/// What a client has told, line by line.
pub(super) struct Told {
    client: String,
    steps: Vec<Value>,
    ended: Result<(), String>,
    story: Story,
}

impl Story {
    pub(super) fn new() -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let (given, mended) = (place.path().join("workspace"), place.path().join("mended"));
        copy(Path::new(FILES).join("workspace").as_path(), &given);
        copy(&given, &mended);
        let before = found(&given);
        // The fix that is chosen in the program is its only safe one; in the schema all are applied.
        let fix = cqlint(&mended).args(["--fix", "--quiet", "schema.cql", "Shop.java"]).output().expect("the command runs");
        let name = Regex::new(r"\bamount\b").expect("an expression");
        let mut texts = Texts::new();
        for file in OPENED {
            let old = read(&mended, file);
            let new = name.replace_all(&old, "total").into_owned();
            assert_ne!(new, read(&given, file), "nothing changes in {file}: {fix:?}");
            fs::write(mended.join(file), &new).expect("a file");
            texts.insert(file.to_owned(), new);
        }
        let after = found(&mended);
        #[cfg(unix)]
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_cqlint-under-test"), place.path().join("cqlint")).expect("a link");
        Self { place, before, after, texts }
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.place.path().join("workspace")
    }

    /// Lets a client tell it. `cqlint` is the command under test.
    pub(super) fn play(self, client: &str, mut command: Command) -> Told {
        let own = self.place.path();
        let told = own.join("told");
        let log = own.join("log");
        let output = File::create(&log).expect("a file");
        fs::write(own.join("found"), json!({ "before": self.before, "after": self.after }).to_string()).expect("a file");
        File::create(&told).expect("a file");
        let mut paths = vec![own.to_owned()];
        paths.extend(given_paths(&command));
        command
            .env("PATH", std::env::join_paths(paths).expect("paths"))
            .env("CQLINT_FOLDER", self.folder())
            .env("CQLINT_TOLD", &told)
            .env("CQLINT_FOUND", own.join("found"))
            .stdout(output.try_clone().expect("a file"))
            .stderr(output);
        let ended = process::run(command).map_err(|error| {
            let log = String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned();
            format!("{client} {error}: {log}")
        });
        let steps = fs::read_to_string(&told).expect("what was told");
        let steps = steps.lines().map(|step| serde_json::from_str(step).expect("a step")).collect();
        let told = Told { client: client.to_owned(), steps, ended, story: self };
        told.write_down();
        told
    }
}

/// The paths that a command is given, or has from us.
fn given_paths(command: &Command) -> Vec<PathBuf> {
    let given = command.get_envs().find(|(name, _)| *name == "PATH").and_then(|(_, paths)| paths.map(ToOwned::to_owned));
    let paths = given.or_else(|| std::env::var_os("PATH")).unwrap_or_default();
    std::env::split_paths(&paths).collect()
}

impl Told {
    /// Whether the client has ended as it should.
    pub(super) fn ended(&self) -> Result<(), String> {
        self.ended.clone()
    }

    /// Holds what was told to what the command says.
    pub(super) fn holds(&self) {
        let client = &self.client;
        assert_eq!(self.ended, Ok(()), "{client}");
        for file in OPENED {
            assert_eq!(self.found("findings", file), self.story.before[file], "{client}: what is found in {file}");
            assert_eq!(self.found("findings again", file), self.story.after[file], "{client}: what is found in the new {file}");
            let renamed = self.step("renamed", file);
            assert_eq!(renamed["text"].as_str(), Some(&*self.story.texts[file]), "{client}: what becomes of {file}");
        }
        let said = self.step("hover", "queries.cql")["text"].as_str().expect("a text").to_lowercase();
        assert!(said.contains("not idempotent") && said.contains("counter-update"), "{client}: {said}");
        for (step, file, fix) in [
            ("fixed", "Shop.java", ".setIdempotent(true));\n    }\n\n    void visit"),
            ("fixed all", "schema.cql", "CREATE TABLE IF NOT EXISTS visits"),
        ] {
            let text = self.step(step, file)["text"].as_str().expect("a text").to_owned();
            assert!(text.contains(fix), "{client}: {step} {file}: {text}");
        }
        // Some clients tell how much there is of what else they show.
        for feature in self.steps.iter().filter(|step| step["step"] == "feature") {
            let text = feature["text"].as_str().expect("a text");
            assert!(!text.starts_with("0:"), "{client}: nothing of {} in {}", feature["by"], feature["file"]);
        }
    }

    fn step(&self, name: &str, file: &str) -> &Value {
        let step = self.steps.iter().find(|step| step["step"] == name && step["file"] == file);
        step.unwrap_or_else(|| panic!("{}: nothing is told of {name} in {file}: {:?}", self.client, self.steps))
    }

    fn found(&self, name: &str, file: &str) -> Vec<String> {
        let lines = self.step(name, file)["findings"].as_array().expect("findings");
        lines.iter().map(|line| line.as_str().expect("a text").to_owned()).collect()
    }

    /// One line for each step.
    fn write_down(&self) {
        let mut text = String::new();
        for step in &self.steps {
            let [name, file, by] = ["step", "file", "by"].map(|key| step[key].as_str().unwrap_or_default());
            let answer = match &step["findings"] {
                Value::Array(found) => found.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
                _ => shortened(step["text"].as_str().unwrap_or_default()),
            };
            writeln!(text, "{name} {file} [{by}] -> {answer}").expect("a text");
        }
        if let Err(error) = &self.ended {
            text.push_str(error);
        }
        let folder = Path::new(super::KEPT).with_file_name("clients");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("{}.txt", self.client)), text).expect("a file");
    }
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 200;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > SHOWN { line.chars().take(SHOWN).chain(['…']).collect() } else { line }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a folder");
    for file in OPENED.into_iter().chain(["cqlint.toml"]) {
        fs::copy(from.join(file), to.join(file)).expect(file);
    }
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect(file)
}

/// What the command finds.
fn found(folder: &Path) -> Found {
    let output = cqlint(folder).args(["--format", "json"]).output().expect("the command runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut found: Found = OPENED.into_iter().map(|file| (file.to_owned(), vec![])).collect();
    for finding in report["findings"].as_array().expect("findings") {
        let [rule, path] = ["rule", "path"].map(|key| finding[key].as_str().expect("a text"));
        let [start, end] = ["start", "end"].map(|key| finding[key].as_u64().expect("a number") as usize);
        let line = format!("{} {rule}: {}", finding["line"], &read(folder, path)[start..end]);
        found.get_mut(path).expect("an opened file").push(line);
    }
    found.values_mut().for_each(|lines| lines.sort());
    found
}
