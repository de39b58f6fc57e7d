//! A statement at one of its call sites: what the driver and the code around it do with it.

use alloc::string::String;

use cqlint_drivers::{Facts, Retries};
use cqlint_syntax::Span;

use crate::rules::{lightweight_transaction, list_overwrite};
use crate::{
    CallSite, Certainty, Diagnostic, Effect, Effects, Fragment, Hazard, Level, Mark, Profile, Related, Rule, StatementAnalysis,
    Verdict,
};

/// What a second execution must not do, whatever the profile: schema changes and TRUNCATE are matters of taste.
const HARM: Effects = Effects::of(&[Effect::State, Effect::Error, Effect::Result]);

/// One statement at one call site.
pub(crate) struct Use<'a> {
    pub(crate) statement: &'a StatementAnalysis,
    pub(crate) fragment: &'a Fragment,
    pub(crate) site: &'a CallSite,
    pub(crate) profile: Profile,
}

/// What the driver does with the statement as it stands, when nobody knows whether it was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conduct {
    /// It certainly repeats it.
    Repeats,
    /// It certainly does not.
    GivesUp,
    /// That is decided out of sight.
    Unknown,
}

impl<'a> Use<'a> {
    /// The worst that certainly happens at a second execution.
    pub(crate) fn harm(&self) -> Option<&'a Hazard> {
        let blocks = |hazard: &&Hazard| {
            hazard.certainty == Certainty::Certain && HARM.contains(hazard.effect) && self.profile.blocks.contains(hazard.effect)
        };
        self.statement.hazards.iter().filter(blocks).min_by_key(|hazard| hazard.effect)
    }

    /// Its condition, when it is a lightweight transaction.
    pub(crate) fn condition(&self) -> Option<&'a Hazard> {
        self.statement.hazards.iter().find(|hazard| hazard.rule == &lightweight_transaction::RULE)
    }

    pub(crate) fn is_idempotent(&self) -> bool {
        self.statement.verdict == Verdict::Idempotent
    }

    /// What is known of the driver.
    pub(crate) fn facts(&self) -> Option<Facts> {
        Some(self.site.driver?.facts())
    }

    /// What people call the driver.
    pub(crate) fn driver(&self) -> &'static str {
        self.facts().map_or("the driver", |facts| facts.name)
    }

    /// Whether the statement counts as idempotent; unknown when the mark is out of sight.
    pub(crate) fn is_marked(&self) -> Option<bool> {
        match &self.site.mark {
            Mark::Unknown => None,
            Mark::Absent { .. } if self.site.settings.default_unknown => None,
            Mark::Absent { .. } => Some(self.site.settings.default_mark.is_some()),
            Mark::Set { value, .. } => Some(*value),
        }
    }

    /// What the driver does when the statement is marked so.
    pub(crate) fn conduct(&self, marked: bool) -> Conduct {
        let Some(facts) = self.facts() else { return Conduct::Unknown };
        let with_policy = match self.site.settings.retry_policy {
            Some(true) => Conduct::Repeats,
            Some(false) => Conduct::GivesUp,
            None => Conduct::Unknown,
        };
        match facts.retries {
            Retries::Marked if marked => Conduct::Repeats,
            Retries::Marked => Conduct::GivesUp,
            // The application's own policy may give up where the driver's does not.
            Retries::Always if self.site.settings.retry_policy == Some(true) => Conduct::Unknown,
            Retries::Always => Conduct::Repeats,
            Retries::MarkedWithPolicy if marked => with_policy,
            Retries::MarkedWithPolicy => Conduct::GivesUp,
            Retries::AlwaysWithPolicy => with_policy,
        }
    }

    /// A finding at a place of the host file that shows the hazard, too.
    pub(crate) fn finding_about(
        &self,
        rule: &'static Rule,
        span: Span,
        message: String,
        label: &str,
        hazard: &Hazard,
    ) -> Diagnostic {
        let place = self.fragment.host(hazard.span);
        let said = hazard.rule.message(hazard, self.fragment.text());
        let mut finding = Diagnostic::new(rule, span, message, label);
        finding.related.push(Related { span: place, message: said.label });
        finding.note = Some(said.retry.into());
        finding
    }
}

/// Whether a finding only says that a column may be a list, of a table of which nothing is known.
pub(crate) fn is_doubt(finding: &Diagnostic, statement: &StatementAnalysis) -> bool {
    let is_it = |hazard: &Hazard| hazard.rule == finding.rule && hazard.span == finding.span;
    finding.rule == &list_overwrite::RULE
        && statement.hazards.iter().any(|hazard| is_it(hazard) && hazard.certainty != Certainty::Certain)
}

/// How loud a finding about the statement itself is at its call sites: where somebody repeats it, it is an error; where
/// certainly nobody does, it is worth a note.
pub(crate) fn level(finding: &Diagnostic, uses: &[Use<'_>]) -> Level {
    let is_harm = |hazard: &Hazard| {
        let is_it = hazard.rule == finding.rule && hazard.span == finding.span;
        is_it && hazard.certainty == Certainty::Certain && HARM.contains(hazard.effect)
    };
    if finding.level == Level::Note || !uses.iter().any(|at| at.statement.hazards.iter().any(is_harm)) {
        return finding.level;
    }
    let is_repeated = |at: &Use<'_>| at.site.retry.is_some() || at.is_marked() == Some(true);
    let is_left = |at: &Use<'_>| at.site.retry.is_none() && at.is_marked() == Some(false) && at.conduct(false) == Conduct::GivesUp;
    if uses.iter().any(is_repeated) {
        Level::Error
    } else if uses.iter().all(is_left) {
        Level::Note
    } else {
        finding.level
    }
}
