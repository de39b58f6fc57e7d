//! What the README shows is what the command says.

use std::fs;
use std::path::Path;
use std::process::Command;

const EXAMPLE: &str = "$ cargo run --release -- tests/example\n";

/// The text with everything between two marks replaced.
fn replaced(text: &str, start: &str, end: &str, between: &str) -> String {
    let (before, rest) = text.split_once(start).expect("the first mark");
    let (_, after) = rest.split_once(end).expect("the second mark");
    format!("{before}{start}{between}{end}{after}")
}

fn example_output(root: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cqlint-under-test"))
        .current_dir(root)
        .args(["--color", "never", "tests/example"])
        .env_remove("CLICOLOR_FORCE")
        .env("COLUMNS", "100")
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(1), "there are findings");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_readme_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = root.join("README.md");
    let kept = fs::read_to_string(&path).expect("the README");
    let expected = replaced(&kept, EXAMPLE, "```", &example_output(&root));
    if std::env::var_os("CQLINT_BLESS").is_some() {
        fs::write(&path, expected).expect("a writable README");
        return;
    }
    assert!(kept == expected, "the README shows something else than the command says; CQLINT_BLESS=1 rewrites it");
}
