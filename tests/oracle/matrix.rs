//! What was promised beside what was seen, counted.

use std::collections::BTreeMap;
use std::fmt;

use cqlint_analysis::Verdict;

use super::examination::{Examination, breaks, is_meant};
use super::marks::Marked;
use super::observation::Outcome;
use super::promise::{SETTINGS, setting};

/// How many reasons are printed.
const MOST: usize = 6;

/// Statements by verdict and by what the worst of their executions did, for one setting.
#[derive(Default)]
struct Counts {
    /// The second execution did nothing that the profile rules out.
    harmless: usize,
    harmful: usize,
    /// No execution was accepted.
    refused: usize,
}

/// All settings.
#[derive(Default)]
pub(crate) struct Matrix {
    counts: BTreeMap<(usize, Verdict), Counts>,
    /// Why harmless statements did not get the verdict `idempotent`.
    reasons: BTreeMap<(usize, String), usize>,
    /// Verdicts that say that something is not known, although the schema tells it.
    pub(crate) ignorance: Vec<String>,
    executions: usize,
    /// What `cqlint-runtime` would have marked, by what it knows.
    helpers: [&'static str; 2],
    marked: Marked,
    /// Statements that were never accepted, and how many of them a rule had said that of.
    refused: [usize; 2],
}

impl Matrix {
    pub(crate) fn new(helpers: [&'static str; 2]) -> Self {
        Self { helpers, ..Self::default() }
    }

    pub(crate) fn add(&mut self, examination: &Examination) {
        self.executions += 2 * examination.seen.len();
        self.marked.add(examination.marked);
        if !examination.is_accepted() {
            self.refused[0] += 1;
            self.refused[1] += usize::from(!examination.refusals.is_empty());
        }
        for (number, promise) in examination.promises.iter().enumerate() {
            let meant = examination.seen.iter().filter(|(trial, _)| is_meant(promise, trial)).map(|(_, seen)| seen);
            let accepted: Vec<_> = meant.filter(|seen| !matches!(seen.outcome, Outcome::Refused)).collect();
            let counts = self.counts.entry((number, promise.verdict)).or_default();
            if accepted.is_empty() {
                counts.refused += 1;
            } else if accepted.iter().any(|seen| breaks(promise.profile, seen)) {
                counts.harmful += 1;
            } else {
                counts.harmless += 1;
                if promise.verdict != Verdict::Idempotent {
                    *self.reasons.entry((number, promise.reasons.join(", "))).or_default() += 1;
                    if promise.is_ignorance {
                        self.ignorance.push(format!("{}: {}: {}", promise.setting(), promise.reasons.join(", "), examination.text));
                    }
                }
            }
        }
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} executions", self.executions)?;
        writeln!(formatter, "  {} statements refused, {} of them by what the schema tells", self.refused[0], self.refused[1])?;
        let Marked { harmless, marked } = self.marked;
        for (helper, marked) in self.helpers.iter().zip(marked) {
            let share = 100.0 * marked as f64 / harmless.max(1) as f64;
            writeln!(
                formatter,
                "  cqlint-runtime {helper} marks {share:.1} % of {harmless} executions with their values that did no harm"
            )?;
        }
        for (number, (profile, timestamps)) in SETTINGS.into_iter().enumerate() {
            writeln!(formatter, "  {}", setting(profile, timestamps))?;
            writeln!(formatter, "    {:16}{:>10}{:>10}{:>10}", "", "harmless", "harmful", "refused")?;
            let mut harmless = [0, 0];
            for verdict in [Verdict::Idempotent, Verdict::Depends, Verdict::NotIdempotent] {
                let none = Counts::default();
                let counts = self.counts.get(&(number, verdict)).unwrap_or(&none);
                let Counts { harmless: good, harmful, refused } = counts;
                writeln!(formatter, "    {:16}{good:>10}{harmful:>10}{refused:>10}", verdict.to_string())?;
                harmless[usize::from(verdict != Verdict::Idempotent)] += good;
            }
            let share = 100.0 * harmless[0] as f64 / (harmless[0] + harmless[1]).max(1) as f64;
            let mut reasons: Vec<_> = self.reasons.iter().filter(|((of, _), _)| *of == number).collect();
            reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            let told = reasons.iter().take(MOST).map(|((_, reason), count)| format!("{reason} ({count})"));
            let told = told.collect::<Vec<_>>().join("; ");
            let more = reasons.len().saturating_sub(MOST);
            writeln!(formatter, "    {share:.1} % of the harmless ones are marked; not: {told}; and {more} other reasons")?;
        }
        Ok(())
    }
}
