//! The command: each folder in `cli/` is a run, with the line in `cmd`, its input, and the output and exit code that it
//! must have. What no folder can hold is written out below: links, broken pipes, files without permission.
//!
//! `CQLINT_BLESS=1 cargo test` writes what a run gives into its folder.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

mod adding;
mod baseline;
mod configuration;
mod files;
mod outputs;
mod shells;
mod since;
mod streams;
mod watch;

/// The command, in an environment that says nothing about colours and widths.
pub(crate) fn cqlint(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cqlint-under-test"));
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS"] {
        command.env_remove(name);
    }
    command.current_dir(folder);
    command
}

/// Runs a command line: words, with single quotes around those with blanks; `NAME=value` before the command, and
/// `< file` behind it.
fn run(folder: &Path, line: &str) -> Output {
    let mut words = words(line).into_iter().peekable();
    let mut command = cqlint(folder);
    while let Some((name, value)) = words.next_if(|word| word != "cqlint").as_deref().and_then(|word| word.split_once('=')) {
        command.env(name, value);
    }
    assert_eq!(words.next().as_deref(), Some("cqlint"), "the command in {line}");
    let mut input = None;
    while let Some(word) = words.next() {
        match word.as_str() {
            "<" => input = words.next().map(|file| fs::read(folder.join(&file)).expect(&file)),
            _ => {
                command.arg(word);
            }
        }
    }
    let streams = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = streams.spawn().expect("the command starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A command that reads nothing may be gone before it is given everything.
    let _ = stdin.write_all(&input.unwrap_or_default());
    drop(stdin);
    child.wait_with_output().expect("the command ends")
}

fn words(line: &str) -> Vec<String> {
    let mut words = vec![];
    let (mut word, mut quoted) = (None::<String>, false);
    for character in line.trim().chars() {
        match character {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// What one run gave, as the files of its folder: name and content; what is empty has no file.
fn outcome(output: &Output) -> [(&'static str, String); 3] {
    let status = output.status.code().map_or_else(|| "signal\n".to_owned(), |code| format!("{code}\n"));
    // The binary has another name here, which no message should show.
    assert!(!text(&output.stderr).contains("cqlint-under-test"), "{}", text(&output.stderr));
    [("stdout", text(&output.stdout)), ("stderr", text(&output.stderr)), ("status", status)]
}

#[test]
fn every_folder_gives_what_it_expects() {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).join("cli");
    let entries = fs::read_dir(&folders).expect("the folders").map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    let bless = std::env::var_os("CQLINT_BLESS").is_some();
    let mut wrong = Vec::new();
    for folder in &folders {
        let line = fs::read_to_string(folder.join("cmd")).unwrap_or_else(|error| panic!("{}/cmd: {error}", folder.display()));
        for (name, found) in outcome(&run(folder, &line)) {
            let file = folder.join(name);
            let expected = fs::read_to_string(&file).unwrap_or_default();
            if expected == found {
                continue;
            }
            if !bless {
                wrong.push(format!("{}: {line}--- expected\n{expected}--- found\n{found}---", file.display()));
            } else if found.is_empty() {
                fs::remove_file(&file).expect("a file");
            } else {
                fs::write(&file, found).expect("a file");
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n`CQLINT_BLESS=1 cargo test` accepts what was found", wrong.join("\n"));
    assert!(folders.len() > 30, "folders are lost: {}", folders.len());
}
