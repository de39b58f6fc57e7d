//! What shells and manuals are given: real programs read it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use cqlint_analysis::RULES;

use super::{run, text};

fn script(shell: &str) -> String {
    let output = run(Path::new("."), &format!("cqlint completions {shell}"));
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    text(&output.stdout)
}

/// What a program says of a text. Nothing when there is no such program, which is said and in a build of ours an error.
fn said(program: &str, arguments: &[&str], input: &str) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        assert!(std::env::var_os("CI").is_none(), "{program} is missing");
        writeln!(std::io::stderr(), "SKIPPED: there is no {program} to ask").expect("standard error");
        return None;
    };
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{program} {arguments:?}: {}", text(&output.stderr));
    Some(text(&output.stdout) + &text(&output.stderr))
}

/// What bash offers for the last of these words.
fn offered(words: &[&str]) -> Option<Vec<String>> {
    let (last, line) = (words.len() - 1, words.join(" "));
    let ask = format!(
        "{}\nCOMP_WORDS=({line}); COMP_CWORD={last}\n_cqlint cqlint '{}' '{}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
        script("bash"),
        words[last],
        words[last - 1]
    );
    let answer = said("bash", &["--norc"], &ask)?;
    Some(answer.lines().map(str::to_owned).collect())
}

#[test]
fn bash_completes_commands_formats_and_rules() {
    let Some(rules) = offered(&["cqlint", "explain", "list-"]) else { return };
    let expected: Vec<_> = RULES.iter().map(|rule| rule.name).filter(|name| name.starts_with("list-")).collect();
    assert_eq!(rules, expected);
    assert_eq!(offered(&["cqlint", "--output", "s"]), Some(vec!["summary".to_owned(), "sarif".to_owned()]));
    assert_eq!(offered(&["cqlint", "check", "-f", "gi"]), Some(vec!["github".to_owned(), "gitlab".to_owned()]));
    assert_eq!(offered(&["cqlint", "inven"]), Some(vec!["inventory".to_owned()]));
    assert_eq!(offered(&["cqlint", "retries", "--driver", "java"]), Some(vec!["java3".to_owned(), "java4".to_owned()]));
}

#[test]
fn every_shell_has_a_script_with_the_rules() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = script(shell);
        assert!(script.contains("cqlint") && script.contains("inventory"), "{shell}");
        // Powershell and Elvish are given no values.
        assert_eq!(script.contains("counter-update"), !matches!(shell, "powershell" | "elvish"), "{shell}");
    }
}

#[test]
fn the_manual_is_one_that_groff_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), "cqlint man pages/man1");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), String::new()));
    let pages = fs::read_dir(folder.path().join("pages/man1")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut pages: Vec<_> = pages.collect();
    pages.sort();
    assert!(pages.len() > 6, "{pages:?}");
    assert_eq!(
        text(&run(folder.path(), "cqlint man").stdout),
        fs::read_to_string(folder.path().join("pages/man1/cqlint.1")).expect("a page")
    );
    for page in &pages {
        let page = fs::read_to_string(page).expect("a page");
        assert!(page.contains(".SH NAME") && page.contains(concat!("\"cqlint ", env!("CARGO_PKG_VERSION"), "\"")), "{page}");
        // All warnings are on, but for lines that cannot be filled, and there is nothing to warn about.
        let Some(complaints) = said("groff", &["-man", "-ww", "-Wbreak", "-z", "-Tutf8", "-k"], &page) else { return };
        assert_eq!(complaints, "");
    }
}
