//! Emacs with eglot, and the file of `editors/emacs`.

use std::process::Command;

use super::debian::unpacked;
use super::{FILES, plays, program};

/// The one of the system, for which eglot is a package.
#[test]
fn emacs() {
    plays("emacs", || {
        program("emacs", &["emacs-nox", "elpa-eglot"])?;
        let mut emacs = Command::new("emacs");
        emacs.arg("-q");
        Ok(told_by(emacs))
    });
}

/// A newer one, which has eglot.
#[test]
fn emacs_testing() {
    plays("emacs-testing", || {
        let debian = unpacked("emacs-nox")?;
        let mut emacs = debian.command("emacs-nox")?;
        // Where its own folders are is written in the program, as if they had been installed.
        let image = debian.find("usr/libexec/emacs", |name| name.ends_with(".pdmp"))?;
        let data = debian.find("usr/share/emacs", |name| name == "charsets")?;
        let lisp = debian.folders("usr/share/emacs");
        emacs.env("EMACSLOADPATH", std::env::join_paths(lisp).map_err(|error| error.to_string())?);
        emacs.env("EMACSDATA", data.with_file_name(""));
        emacs.arg("--dump-file").arg(image).arg("-Q");
        Ok(told_by(emacs))
    });
}

fn told_by(mut emacs: Command) -> Command {
    let modes = "(setq cqlint-eglot-modes '(cql-mode java-mode))";
    emacs.args(["--batch", "--eval", modes, "-l"]);
    emacs.arg(format!("{FILES}/../../editors/emacs/cqlint.el")).arg("-l").arg(format!("{FILES}/emacs.el"));
    emacs
}
