//! Helix, with the lines of `editors/helix`, in a terminal whose screen is read.

use std::fs;
use std::path::Path;

use super::debian::unpacked;
use super::python::python;
use super::{FILES, KEPT, plays};
use crate::editors;

/// What the file of `editors/helix` says to add for the strings of a program.
const JAVA: &str = "\n[[language]]\nname = \"java\"\nlanguage-servers = [\"cqlint\"]\n";

#[test]
fn helix() {
    plays("helix", || {
        let helix = unpacked("hx")?.command("hx")?;
        let home = Path::new(KEPT).join("helix");
        let configuration = home.join(".config/helix");
        let failed = |error: std::io::Error| format!("{}: {error}", configuration.display());
        fs::create_dir_all(&configuration).map_err(failed)?;
        let languages = editors::read("helix/languages.toml") + JAVA;
        fs::write(configuration.join("languages.toml"), languages).map_err(failed)?;
        let mut command = std::process::Command::new(python()?);
        command.arg(Path::new(FILES).join("helix.py")).arg(helix.get_program()).args(helix.get_args());
        command.env("HOME", &home).env_remove("XDG_CONFIG_HOME").env("TERM", "xterm-256color").env("COLORTERM", "truecolor");
        Ok(command)
    });
}
