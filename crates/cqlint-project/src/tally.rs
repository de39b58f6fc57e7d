//! Counts what was found in a file.

use std::collections::BTreeMap;

use cqlint_analysis::{Certainty, DependsOn, Diagnostic, Fix, Level, Profile, Safety, StatementAnalysis, Verdict};

/// How many statements there are of each verdict, and findings of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All statements.
    pub statements: usize,
    /// Those that may be executed twice.
    pub idempotent: usize,
    /// Those that may not.
    pub not_idempotent: usize,
    /// Those for which it depends.
    pub depends: usize,
    /// On what it depends; a statement may depend on more than one thing.
    pub depends_on: BTreeMap<&'static str, usize>,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are notes.
    pub notes: usize,
    /// Findings that can be mended safely.
    pub fixable: usize,
    /// Findings that can only be mended unsafely.
    pub unsafe_fixable: usize,
    /// Findings that comments hide, and so are not among the others.
    pub hidden: usize,
    /// Findings that a baseline knows, and so are not among the others.
    pub baselined: usize,
    /// Findings on lines that have not changed, which are not among the others either.
    pub unchanged: usize,
    /// Findings of each rule.
    pub by_rule: BTreeMap<&'static str, usize>,
}

impl Tally {
    pub(crate) fn statement(&mut self, statement: &StatementAnalysis, profile: Profile) {
        self.statements += 1;
        match statement.verdict {
            Verdict::Idempotent => self.idempotent += 1,
            Verdict::NotIdempotent => self.not_idempotent += 1,
            Verdict::Depends => {
                self.depends += 1;
                for reason in reasons(statement, profile) {
                    *self.depends_on.entry(reason).or_default() += 1;
                }
            }
        }
    }

    pub(crate) fn finding(&mut self, finding: &Diagnostic) {
        match finding.level {
            Level::Error => self.errors += 1,
            Level::Warn => self.warnings += 1,
            Level::Note => self.notes += 1,
            Level::Off => return,
        }
        if let Some(fix) = &finding.fix {
            *self.fixable_by(fix) += 1;
        }
        *self.by_rule.entry(finding.rule.name).or_default() += 1;
    }

    fn fixable_by(&mut self, fix: &Fix) -> &mut usize {
        match fix.safety {
            Safety::Safe => &mut self.fixable,
            Safety::Unsafe => &mut self.unsafe_fixable,
        }
    }

    /// Takes back a finding that was counted.
    pub(crate) fn forget(&mut self, finding: &Diagnostic) {
        let count = match finding.level {
            Level::Error => &mut self.errors,
            Level::Warn => &mut self.warnings,
            Level::Note => &mut self.notes,
            Level::Off => return,
        };
        *count = count.saturating_sub(1);
        if let Some(fix) = &finding.fix {
            let count = self.fixable_by(fix);
            *count = count.saturating_sub(1);
        }
        match self.by_rule.get_mut(finding.rule.name) {
            Some(2..) => *self.by_rule.entry(finding.rule.name).or_default() -= 1,
            _ => _ = self.by_rule.remove(finding.rule.name),
        }
    }
}

/// What a verdict depends on, each thing once.
fn reasons(statement: &StatementAnalysis, profile: Profile) -> Vec<&'static str> {
    let blocking = statement.hazards.iter().filter(|hazard| profile.blocks.contains(hazard.effect));
    let mut reasons: Vec<_> = blocking
        .filter_map(|hazard| match hazard.certainty {
            Certainty::Certain => None,
            Certainty::Depends(DependsOn::ColumnType) => Some("column-type"),
            Certainty::Depends(DependsOn::BoundValue) => Some("bound-value"),
            Certainty::Depends(DependsOn::Function) => Some("function"),
            Certainty::Depends(DependsOn::Measurement) => Some("measurement"),
            Certainty::Depends(DependsOn::Clauses) => Some("clauses"),
        })
        .collect();
    reasons.sort_unstable();
    reasons.dedup();
    if !statement.errors.is_empty() {
        reasons.push("syntax-error");
    }
    reasons
}
