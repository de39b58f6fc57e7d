//! The demand that every statement is idempotent: how many are not, and the first of them.

use cqlint_analysis::Verdict;

use super::{Listed, Row};
use crate::index::LineIndex;
use crate::summary::counted;
use crate::visible;

/// So many statements are named.
const NAMED: usize = 5;

/// Watches the files of an inventory for statements that are not idempotent.
///
/// ```
/// use cqlint_report::{Demand, Listed};
///
/// let mut demand = Demand::default();
/// demand.file(&Listed { path: "q.cql", text: "", rows: &[] });
/// assert_eq!(demand.unmet(), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Demand {
    statements: usize,
    refused: usize,
    first: Vec<String>,
}

impl Demand {
    /// Looks at the statements of a file.
    pub fn file(&mut self, file: &Listed<'_>) {
        self.statements += file.rows.len();
        let mut refused = file.rows.iter().filter(|row| row.verdict != Verdict::Idempotent).peekable();
        if refused.peek().is_none() {
            return;
        }
        if self.first.len() < NAMED {
            let index = LineIndex::new(file.text);
            let named = refused.clone().take(NAMED - self.first.len());
            self.first.extend(named.map(|row| line(file.path, &index, row)));
        }
        self.refused += refused.count();
    }

    /// What a person is told when some statement is not idempotent; several lines, without the end of the last.
    #[must_use]
    pub fn unmet(&self) -> Option<String> {
        let all = counted(self.statements, "statement");
        let verb = if self.refused == 1 { "is" } else { "are" };
        let more = if self.refused > self.first.len() { ", the first" } else { "" };
        let head = format!("{} of {all} {verb} not idempotent{more}:", self.refused);
        (self.refused > 0).then(|| self.first.iter().fold(head, |text, line| text + "\n  " + line))
    }
}

/// `path:line:column kind: rule`.
fn line(path: &str, index: &LineIndex<'_>, row: &Row<'_>) -> String {
    let place = index.position(row.span.range().start);
    let kind = row.kind.replace('_', " ");
    let why = row.reasons.first().map_or("", |reason| reason.rule);
    format!("{}:{}:{} {kind}: {why}", visible::text(path), place.line, place.column)
}
