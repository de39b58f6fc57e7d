//! `cqlint explain RULE`: the rule's page.

use std::io::{self, Write};

use cqlint_analysis::{rule, suggestion};

use crate::arguments::Explain;
use crate::exit::{Exit, Failure};
use crate::terminal;

pub(crate) fn run(arguments: &Explain) -> Result<Exit, Failure> {
    let name = arguments.rule.trim().to_ascii_lowercase();
    let Some(rule) = rule(&name) else {
        let help = match suggestion(&name) {
            Some(known) => format!("did you mean `{known}`? `cqlint rules` lists all of them"),
            None => "`cqlint rules` lists all of them".to_owned(),
        };
        return Err(Failure::Usage { message: format!("there is no rule `{}`", arguments.rule), help });
    };
    let page = cqlint_report::page(rule.docs, terminal::style(arguments.look));
    let mut out = io::stdout().lock();
    out.write_all(page.trim_end().as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(Exit::Clean)
}
