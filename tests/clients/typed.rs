//! A client in Python that takes every message in the strict types of the protocol, and says of itself what each editor says.

use std::path::Path;
use std::process::Command;

use super::python::python;
use super::{FILES, is_wanted, tells};

/// What the editors said when they were asked: the capabilities in their `initialize`.
const EDITORS: [&str; 9] = [
    "emacs-28",
    "emacs-30",
    "helix-25.01",
    "helix-25.07",
    "neovim-0.7",
    "neovim-0.10",
    "neovim-0.12",
    "vscode-client-9",
    "vscode-client-11",
];

#[test]
fn typed() {
    if !is_wanted("typed") {
        return;
    }
    for editor in EDITORS {
        tells(&format!("typed-{editor}"), || told_by(editor));
    }
    // No editor counts only so; Emacs would like to.
    tells("typed-utf-32", || {
        let mut command = told_by("emacs-30")?;
        command.arg("utf-32");
        Ok(command)
    });
}

fn told_by(editor: &str) -> Result<Command, String> {
    let mut command = Command::new(python()?);
    command.arg(Path::new(FILES).join("typed.py"));
    command.arg(Path::new(FILES).join("capabilities").join(format!("{editor}.json")));
    Ok(command)
}

/// No editor is forgotten.
#[test]
fn all_capabilities_are_tried() {
    let files = std::fs::read_dir(Path::new(FILES).join("capabilities")).expect("the capabilities");
    assert_eq!(files.count(), EDITORS.len());
}
