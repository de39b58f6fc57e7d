//! Neovim, with what `editors/neovim` holds.

use std::process::Command;

use super::debian::unpacked;
use super::{FILES, plays, program};

/// The one of the system.
#[test]
fn neovim() {
    plays("neovim", || {
        program("nvim", &["neovim"])?;
        Ok(told_by(Command::new("nvim")))
    });
}

/// A newer one, with `vim.lsp.enable`.
#[test]
fn neovim_testing() {
    plays("neovim-testing", || {
        let debian = unpacked("neovim")?;
        let mut neovim = debian.command("nvim")?;
        neovim.env("VIMRUNTIME", debian.path("usr/share/nvim/runtime"));
        Ok(told_by(neovim))
    });
}

fn told_by(mut neovim: Command) -> Command {
    neovim
        .args(["--headless", "--clean", "-n", "--cmd"])
        .arg(format!("set runtimepath+={FILES}/../../editors/neovim"))
        .arg("-c")
        .arg(format!("luafile {FILES}/neovim.lua"));
    neovim
}
