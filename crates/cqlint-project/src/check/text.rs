//! One text: its statements are analysed, and what is found is told or not.

use cqlint_analysis::{Analyzer, Diagnostic, Fragment, Options, Reasons, StatementAnalysis, Suppressions};

use super::Checked;
use crate::allow::Host;
use crate::baseline::Baseline;
use crate::changes::Changed;
use crate::problem::shown;
use crate::sieve::{Memory, Sieve};
use crate::source::Source;
use crate::{Allowing, Changes, StatementRecord};

/// How a text is checked.
pub(crate) struct Check<'p> {
    pub(crate) options: &'p Options<'p>,
    pub(crate) reasons: Reasons,
    /// Its definitions that disagree with others.
    pub(crate) conflicts: Vec<Diagnostic>,
    pub(crate) detail: Detail,
    pub(crate) allowing: Option<&'p Allowing>,
    pub(crate) unsuppressed: bool,
    pub(crate) changes: Option<&'p Changes>,
    pub(crate) memory: &'p Memory<Baseline>,
}

/// What is asked about each file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What was found.
    Findings,
    /// The statements, too.
    Statements,
}

impl Check<'_> {
    /// Checks the text of a source.
    pub(crate) fn text(self, source: &Source, text: String, analyzer: &mut Analyzer) -> Checked {
        let location = source.path.clone();
        let suppressions = match source.fragments.as_slice() {
            _ if self.unsuppressed => Suppressions::default(),
            [] => Suppressions::of_cql(&text, self.options.dialects, self.reasons),
            fragments => Suppressions::of_program(&text, fragments, self.reasons),
        };
        let changed = self.changes.map_or(Changed::Everything, |changes| changes.of(&location, &text));
        let only_schema = !source.checked;
        let mut found = Found {
            sieve: Sieve::new(&text, changed, self.memory.of(&location)),
            checked: Checked { path: shown(&location), location, only_schema, ..Checked::default() },
            suppressions,
            allowing: self.allowing,
            detail: self.detail,
            options: self.options,
        };
        self.conflicts.into_iter().for_each(|finding| found.conflict(finding));
        let is_host = source.host.is_some();
        if is_host {
            source.fragments.iter().for_each(|fragment| found.fragment(fragment, analyzer));
        } else if !only_schema {
            analyzer.statements(&text, self.options).for_each(|statement| found.statement(&statement, &text));
        }
        let mut checked = found.end(&text, is_host);
        if !checked.findings.is_empty() || !checked.statements.is_empty() {
            checked.text = text;
        }
        checked
    }
}

/// What is found in one text, as far as it is read.
struct Found<'a> {
    checked: Checked,
    suppressions: Suppressions<'a>,
    sieve: Sieve<'a>,
    allowing: Option<&'a Allowing>,
    detail: Detail,
    options: &'a Options<'a>,
}

impl Found<'_> {
    fn conflict(&mut self, mut finding: Diagnostic) {
        self.options.level(&mut finding);
        if !self.suppressions.hides(&finding) {
            self.keep(finding);
        }
    }

    fn statement(&mut self, statement: &StatementAnalysis, text: &str) {
        let profile = self.options.profile;
        self.checked.tally.statement(statement, profile);
        if self.detail == Detail::Statements {
            self.checked.statements.push(StatementRecord::new(statement, text, profile));
        }
        self.suppressions.statement(statement, text, self.options).into_iter().for_each(|finding| self.keep(finding));
    }

    /// What stands in a host file. A constant that is used in several statements is told of once.
    fn fragment(&mut self, fragment: &Fragment, analyzer: &mut Analyzer) {
        let profile = self.options.profile;
        let mut analysis = analyzer.fragment(fragment, self.options);
        for statement in &analysis.statements {
            self.checked.tally.statement(statement, profile);
            if self.detail == Detail::Statements {
                self.checked.statements.push(StatementRecord::of_fragment(statement, fragment, profile));
            }
        }
        for finding in self.suppressions.fragment(fragment, &mut analysis, self.options) {
            let Some(finding) = self.sieve.sift(finding, &mut self.checked.tally) else { continue };
            let is_same = |known: &Diagnostic| known.rule == finding.rule && known.span.start == finding.span.start;
            // What is allowed in one statement may still be found in another.
            if self.allowing.is_some() || !self.checked.findings.iter().any(is_same) {
                self.checked.keep(finding);
            }
        }
    }

    fn keep(&mut self, finding: Diagnostic) {
        let sifted = self.sieve.sift(finding, &mut self.checked.tally);
        sifted.into_iter().for_each(|finding| self.checked.keep(finding));
    }

    /// All was read: what there is, by place.
    fn end(mut self, text: &str, is_host: bool) -> Checked {
        if !self.checked.only_schema {
            self.suppressions.findings(self.options).into_iter().for_each(|finding| self.keep(finding));
        }
        let mut checked = self.checked;
        checked.tally.hidden = self.suppressions.hidden();
        checked.known = self.sieve.known();
        checked.findings.sort_by_key(|finding| finding.span);
        checked.statements.sort_by_key(|statement| statement.span);
        if let Some(allowing) = self.allowing.filter(|_| !checked.only_schema) {
            let host = Host { text, program: is_host.then_some(&checked.location), suppressions: &self.suppressions };
            allowing.plan(&host, &mut checked.findings);
            checked.tally.unsafe_fixable = 0;
            checked.tally.fixable = checked.findings.iter().filter(|finding| finding.fix.is_some()).count();
        }
        checked
    }
}
