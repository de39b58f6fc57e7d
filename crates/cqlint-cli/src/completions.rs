//! `cqlint completions SHELL`: the script with which a shell completes arguments.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;
use cqlint_analysis::RULES;

use crate::arguments::{Arguments, Completions};
use crate::exit::{Exit, Failure};

pub(crate) fn run(arguments: &Completions) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "cqlint", &mut script);
    if arguments.shell == Shell::Fish {
        // Its script has no values of arguments without a flag.
        let names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        let condition = "__fish_cqlint_using_subcommand explain";
        writeln!(script, "complete -c cqlint -n \"{condition}\" -f -a \"{}\"", names.join(" "))?;
    }
    let mut out = io::stdout().lock();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Clean)
}
