//! The command `cqlint`: arguments, parallel work, exit codes. It decides nothing; what is idempotent is decided by
//! [`cqlint_analysis`], for this command as for every other use.

mod adoption;
mod arguments;
mod baseline;
mod check;
mod classify;
mod completions;
mod config;
mod diff;
mod embedded;
mod exit;
mod explain;
mod flags;
mod inventory;
mod lsp;
mod man;
mod output;
mod outputs;
mod paths;
mod progress;
mod protocol;
mod retries;
mod rules;
mod single;
mod sums;
mod terminal;
mod watch;

use std::process::ExitCode;
use std::thread;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::exit::{Exit, Failure};

pub use lsp::start as language_server;

/// Most of the work is to make small things and to drop them, on many threads: the system's allocator takes half as long again.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The stack of the thread that does the work; other systems give the main thread less than Linux does.
const STACK: usize = 8 << 20;

/// Does what the arguments of the process say.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // The help goes to standard output, a complaint to standard error. When nobody reads it, so be it.
            let _ = error.print();
            return if error.use_stderr() { Exit::Failed.into() } else { Exit::Clean.into() };
        }
    };
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || run(arguments));
    let result = match worker.map(thread::JoinHandle::join) {
        Ok(Ok(result)) => result,
        // The message of the panic is on standard error already.
        Ok(Err(_)) => return Exit::Failed.into(),
        Err(error) => Err(Failure::from(error)),
    };
    result.unwrap_or_else(Failure::report).into()
}

fn run(arguments: Arguments) -> Result<Exit, Failure> {
    match arguments.command.unwrap_or(Command::Check(arguments.check)) {
        Command::Check(check) if check.watch => watch::run(&check),
        Command::Check(check) => check::run(&check),
        Command::Inventory(inventory) => inventory::run(&inventory),
        Command::Explain(explain) => explain::run(&explain),
        Command::Rules(rules) => rules::run(&rules),
        Command::Config(config) => config::run(&config),
        Command::Classify(classify) => classify::run(&classify),
        Command::Retries(retries) => retries::run(&retries),
        Command::Lsp(lsp) => Ok(lsp::run(&lsp)),
        Command::Completions(completions) => completions::run(&completions),
        Command::Man(man) => man::run(&man),
    }
}
