//! `cqlint classify`: one text for people, or a stream of requests for scripts.

use std::io::{self, BufRead, IsTerminal, Write};

use cqlint_analysis::{Analysis, Diagnostic, Options, Safety, Verdict, analyze};
use cqlint_report::{File, Format, Reporter, verdict_line};

use crate::arguments::Classify;
use crate::exit::{Exit, Failure};
use crate::protocol::{Classifier, answer};
use crate::{single, terminal};

pub(crate) fn run(arguments: &Classify) -> Result<Exit, Failure> {
    single::with_options(&arguments.decision, |options| classify(arguments, options))
}

fn classify(arguments: &Classify, options: &Options<'_>) -> Result<Exit, Failure> {
    match &arguments.text {
        Some(text) if arguments.json => {
            let line = answer(None, text, &analyze(text, options), options.profile)?;
            writeln!(io::stdout().lock(), "{line}")?;
        }
        Some(text) => show(text, options, arguments)?,
        None => serve(options)?,
    }
    Ok(Exit::Clean)
}

/// Answers each line of standard input, in order, at once.
fn serve(options: &Options<'_>) -> io::Result<()> {
    let mut requests = io::stdin().lock();
    if requests.is_terminal() {
        let hint = "cqlint classify: reading one JSON request per line; end with Ctrl-D, see --help\n";
        let _ = io::stderr().lock().write_all(hint.as_bytes());
    }
    let mut answers = io::stdout().lock();
    let mut classifier = Classifier::new(*options);
    let mut line = Vec::new();
    while requests.read_until(b'\n', &mut line)? > 0 {
        let mut answer = classifier.line(&line)?;
        answer.push('\n');
        answers.write_all(answer.as_bytes())?;
        answers.flush()?;
        line.clear();
    }
    Ok(())
}

/// The findings underlined, and the verdict on each statement.
fn show(text: &str, options: &Options<'_>, arguments: &Classify) -> io::Result<()> {
    let style = terminal::style(arguments.look);
    let Analysis { statements, profile, .. } = analyze(text, options);
    let findings: Vec<Diagnostic> = statements.iter().flat_map(|statement| statement.diagnostics(text, options)).collect();
    let mut out = io::stdout().lock();
    if !findings.is_empty() {
        let mut reporter = Reporter::new(Format::Full, style, &mut out);
        reporter.file(&File { path: "<argument>", text, findings: &findings, fixes: Safety::Safe })?;
        drop(reporter);
        writeln!(out)?;
    }
    if statements.is_empty() {
        writeln!(out, "{}: there is no statement in it", verdict_line(Verdict::Depends, profile.name, style))?;
    }
    let several = statements.len() > 1;
    for (number, statement) in (1..).zip(&statements) {
        let verdict = verdict_line(statement.verdict, profile.name, style);
        let kind = if statement.errors.is_empty() { statement.kind } else { "which does not parse" };
        if several {
            writeln!(out, "{verdict}: statement {number}, {}", kind.replace('_', " "))?;
        } else {
            writeln!(out, "{verdict}")?;
        }
    }
    out.flush()
}
