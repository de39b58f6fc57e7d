//! `cqlint man`: the manual page, or one for each command.

use std::io::{self, Write};
use std::iter;
use std::path::Path;

use clap::{Command, CommandFactory};
use cqlint_project::NewFile;

use crate::arguments::{Arguments, Man};
use crate::exit::{Exit, Failure};

pub(crate) fn run(arguments: &Man) -> Result<Exit, Failure> {
    let mut command = Arguments::command();
    // Only now do the commands know how they are called from outside: `cqlint-explain`.
    command.build();
    match &arguments.folder {
        Some(folder) => iter::once(&command).chain(command.get_subcommands()).try_for_each(|command| write(command, folder))?,
        None => {
            let mut out = io::stdout().lock();
            out.write_all(&page(command)?)?;
            out.flush()?;
        }
    }
    Ok(Exit::Clean)
}

fn write(command: &Command, folder: &Path) -> Result<(), Failure> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let mut file = NewFile::create(&folder.join(format!("{name}.1")))?;
    file.write_all(&page(command.clone())?)?;
    Ok(file.finish()?)
}

fn page(command: Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).source(concat!("cqlint ", env!("CARGO_PKG_VERSION"))).render(&mut page)?;
    Ok(page)
}
