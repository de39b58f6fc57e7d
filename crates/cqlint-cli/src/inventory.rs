//! `cqlint inventory [PATH…]`: every statement, its verdict, and what its program says of it.

use std::io::{self, BufWriter, Write};

use cqlint_project::{Checked, Event, Problem, StatementRecord};
use cqlint_report::{Because, Demand, InventoryFormat, Listed, Row, Summary, Sums, Trouble};

use crate::arguments::{Inventory, Listing};
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::{paths, sums, terminal};

pub(crate) fn run(arguments: &Inventory) -> Result<Exit, Failure> {
    let progress = if arguments.quiet { Progress::hidden() } else { Progress::new() };
    let step = |step| progress.step(step);
    let project =
        paths::load(&arguments.paths, &arguments.decision, &arguments.selection, arguments.no_ignore, arguments.quiet, &step)?;

    let builder_calls = project.builder_calls();
    let mut out = BufWriter::with_capacity(1 << 16, progress.beside(io::stdout().lock()));
    let mut run = Run {
        inventory: cqlint_report::Inventory::new(format(arguments.format), terminal::style(arguments.look), &mut out),
        demand: Demand::default(),
        summary: Summary { profiles: project.profiles(), ..Summary::default() },
        troubles: Vec::new(),
        failed: false,
        quiet: arguments.quiet,
    };
    project.inventory(&step, |event| run.event(event))?;

    let Run { inventory, demand, summary, troubles, failed, .. } = run;
    inventory.finish(&summary, builder_calls, if arguments.quiet { Sums::LeftOut } else { Sums::Written })?;
    out.flush()?;
    // The bar would be drawn across what follows.
    drop(out);
    drop(progress);
    let unmet = demand.unmet().filter(|_| arguments.assert_idempotent);
    let mut complaints = io::stderr().lock();
    for line in troubles.iter().chain(&unmet) {
        // When nobody reads it, so be it.
        let _ = writeln!(complaints, "{line}");
    }
    Ok(match (failed, unmet) {
        (true, _) => Exit::Failed,
        (false, Some(_)) => Exit::Findings,
        (false, None) => Exit::Clean,
    })
}

fn format(listing: Listing) -> InventoryFormat {
    match listing {
        Listing::Table => InventoryFormat::Table,
        Listing::Json => InventoryFormat::Json,
        Listing::Csv => InventoryFormat::Csv,
    }
}

struct Run<W: Write> {
    inventory: cqlint_report::Inventory<W>,
    demand: Demand,
    summary: Summary,
    /// What could not be read and has no place in the format.
    troubles: Vec<String>,
    /// Something that was asked for could not be done.
    failed: bool,
    quiet: bool,
}

impl<W: Write> Run<W> {
    fn event(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Problem(problem) => self.problem(&problem),
            Event::File(file) => self.file(&file),
        }
    }

    fn file(&mut self, file: &Checked) -> io::Result<()> {
        if file.only_schema {
            return Ok(());
        }
        sums::add(&mut self.summary, &file.tally);
        self.summary.files += 1;
        let drivers: Vec<String> = file.statements.iter().map(drivers).collect();
        let rows: Vec<_> = file.statements.iter().zip(&drivers).map(|(statement, driver)| row(statement, driver)).collect();
        let listed = Listed { path: &file.path, text: &file.text, rows: &rows };
        self.demand.file(&listed);
        self.inventory.file(&listed)
    }

    fn problem(&mut self, problem: &Problem) -> io::Result<()> {
        let fatal = problem.is_fatal();
        self.failed |= fatal;
        if self.quiet && !fatal {
            return Ok(());
        }
        self.summary.troubles += problem.unchecked;
        let command = paths::meant(problem);
        let help = command.as_deref().or(problem.help.as_deref());
        let trouble = Trouble { path: &problem.path, place: problem.place, message: &problem.message, help, fatal };
        if !self.inventory.trouble(&trouble)? {
            self.troubles.push(paths::told(problem));
        }
        Ok(())
    }
}

/// What the drivers are called that execute a statement.
fn drivers(statement: &StatementRecord) -> String {
    let drivers = statement.usage.iter().flat_map(|usage| &usage.drivers).map(|driver| driver.facts().name);
    let names: Vec<_> = drivers.map(|name| name.strip_prefix("the ").unwrap_or(name)).collect();
    names.join(", ")
}

fn row<'a>(statement: &'a StatementRecord, driver: &'a str) -> Row<'a> {
    let reasons = statement.reasons.iter();
    let usage = statement.usage.as_ref();
    Row {
        span: statement.span,
        kind: statement.kind,
        statement: &statement.text,
        verdict: statement.verdict,
        reasons: reasons.map(|reason| Because { rule: reason.rule, depends_on: reason.depends_on.as_deref() }).collect(),
        mark: usage.map(|usage| usage.marking.name()),
        driver,
        retried: usage.and_then(|usage| usage.retried.as_deref()),
    }
}
