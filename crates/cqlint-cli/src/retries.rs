//! `cqlint retries STATEMENT`: what drivers do with it when it fails.

use std::io::{self, Write};

use cqlint_analysis::drivers::retry::{Mark, Operation, Policy, Statement};
use cqlint_analysis::{Options, StatementAnalysis, Verdict, analyze};
use cqlint_report::{retries_json, retries_table};

use crate::arguments::{Retries, RetriesFormat};
use crate::exit::{Exit, Failure};
use crate::{single, terminal};

pub(crate) fn run(arguments: &Retries) -> Result<Exit, Failure> {
    single::with_options(&arguments.decision, |options| show(arguments, options))
}

fn show(arguments: &Retries, options: &Options<'_>) -> Result<Exit, Failure> {
    let text = arguments.statement.as_str();
    let analysis = analyze(text, options);
    let (statement, operation) = only(&analysis.statements)?;
    let policies: Vec<&Policy> = Policy::all().filter(|policy| is_wanted(policy, &arguments.driver)).collect();
    let retries = cqlint_report::Retries {
        text: statement.span.text(text),
        kind: statement.kind,
        verdict: statement.verdict,
        profile: options.profile.name,
        reasons: reasons(statement, options),
        facts: Statement {
            operation,
            mark: if arguments.marked { Mark::Idempotent } else { Mark::Unset },
            idempotent: statement.verdict == Verdict::Idempotent,
        },
        policies: &policies,
    };
    let written = match arguments.format {
        RetriesFormat::Table => retries_table(&retries, terminal::style(arguments.look)),
        RetriesFormat::Json => retries_json(&retries).map_err(io::Error::from)?,
    };
    let mut out = io::stdout().lock();
    out.write_all(written.as_bytes())?;
    out.flush()?;
    Ok(if retries.unsafe_policies() > 0 { Exit::Findings } else { Exit::Clean })
}

/// The statement, which has to be one, and has to parse.
fn only(statements: &[StatementAnalysis]) -> Result<(&StatementAnalysis, Operation), Failure> {
    let (message, help) = match statements {
        [statement] => match statement.operation {
            Some(operation) => return Ok((statement, operation)),
            None => ("the statement does not parse".to_owned(), "`cqlint classify` shows where"),
        },
        [] => {
            ("there is no statement in the argument".to_owned(), "give one in quotes: cqlint retries 'DELETE FROM t WHERE k = 1'")
        }
        several => (format!("there are {} statements in the argument", several.len()), "ask for one after the other"),
    };
    Err(Failure::Usage { message, help: help.to_owned() })
}

fn is_wanted(policy: &Policy, drivers: &[String]) -> bool {
    drivers.is_empty() || drivers.iter().any(|driver| driver == policy.driver.facts().id)
}

/// The rules that stand against a second execution, each once.
fn reasons(statement: &StatementAnalysis, options: &Options<'_>) -> Vec<&'static str> {
    let mut names = Vec::new();
    for hazard in statement.hazards.iter().filter(|hazard| options.profile.blocks.contains(hazard.effect)) {
        if !names.contains(&hazard.rule.name) {
            names.push(hazard.rule.name);
        }
    }
    names
}
