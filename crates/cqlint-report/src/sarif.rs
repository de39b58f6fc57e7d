//! SARIF 2.1.0: what services that collect the findings of many tools read. Written as the findings come.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::io;
use std::path::{Path, PathBuf};

use cqlint_analysis::{Diagnostic, RULES};

use crate::array::Items;
use crate::fingerprint::Fingerprints;
use crate::index::LineIndex;
use crate::json::line;
use crate::reporter::{Layout, Statistics, advice, shown};
use crate::uri;
use crate::{File, Summary, Trouble};

mod place;
mod record;

use place::Places;
use record::{Driver, FINGERPRINT, Invocation, Level, Message, Notification, Properties, Result, Rule, Tool};

/// A log with one run.
#[derive(Default)]
pub(crate) struct Sarif {
    folder: Option<PathBuf>,
    results: Items,
    /// Written when the results are.
    notifications: Vec<String>,
    /// Something that was asked for could not be done.
    failed: bool,
}

const HEAD: &str = r#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":"#;

impl Sarif {
    /// Opens the log before the first result: who has found it, and how columns are counted.
    fn open(&self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.results.is_empty() {
            let tool = Tool { driver: Driver::new(RULES.iter().map(|rule| Rule::new(rule)).collect()) };
            write!(out, "{HEAD}{},\n\"columnKind\":\"utf16CodeUnits\",\"results\":[", line(&tool)?)?;
        }
        Ok(())
    }
}

impl Layout for Sarif {
    fn folder(&mut self, folder: &Path) {
        self.folder = Some(folder.to_path_buf());
    }

    fn file(&mut self, out: &mut dyn io::Write, file: &File<'_>) -> io::Result<()> {
        if file.findings.is_empty() {
            return Ok(());
        }
        let index = LineIndex::new(file.text);
        let places = Places::new(file.path, self.folder.as_deref(), &index);
        let mut fingerprints = Fingerprints::new(file);
        for finding in shown(file) {
            self.open(out)?;
            self.results.write(out, &result(finding, &places, fingerprints.next(finding)))?;
        }
        Ok(())
    }

    fn trouble(&mut self, _: &mut dyn io::Write, trouble: &Trouble<'_>) -> io::Result<()> {
        self.failed |= trouble.fatal;
        let help = trouble.help.map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let notification = Notification {
            level: Level::from(trouble.level()),
            message: Message { text: format!("{}: {}{help}", trouble.shown(), trouble.message).into() },
            locations: [place::of_file(trouble.path, self.folder.as_deref())],
        };
        self.notifications.push(line(&notification)?);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn io::Write, summary: &Summary, _: Statistics) -> io::Result<()> {
        self.open(out)?;
        let notifications = match self.notifications.as_slice() {
            [] => String::new(),
            notifications => format!("\n{}\n", notifications.join(",\n")),
        };
        let invocation = line(&Invocation { execution_successful: !self.failed })?;
        let invocation = invocation.trim_end_matches('}');
        let bases = match &self.folder {
            Some(folder) => format!(",\"originalUriBaseIds\":{}", line(&place::bases(uri::base(folder)))?),
            None => String::new(),
        };
        writeln!(
            out,
            "{}],\"invocations\":[{invocation},\"toolExecutionNotifications\":[{notifications}]}}]{bases},\"properties\":{}}}]}}",
            self.results.end(),
            line(&Properties::new(summary))?,
        )
    }
}

/// A finding. Its label belongs to the place, and what happens on a retry to the message: viewers show no more than these.
fn result<'a>(finding: &'a Diagnostic, places: &Places<'a>, fingerprint: String) -> Result<'a> {
    let lines: Vec<_> = std::iter::once(finding.message.clone()).chain(advice(finding)).collect();
    let related = (0..).zip(&finding.related).map(|(id, related)| places.location(Some(id), related.span, &related.message));
    Result {
        rule_id: finding.rule.name,
        rule_index: RULES.iter().position(|rule| *rule == finding.rule),
        level: Level::from(finding.level),
        message: Message { text: lines.join("\n").into() },
        locations: [places.location(None, finding.span, &finding.label)],
        related_locations: related.collect(),
        partial_fingerprints: [(FINGERPRINT, fingerprint)].into(),
        fixes: finding.fix.iter().map(|fix| places.fix(fix)).collect(),
    }
}
