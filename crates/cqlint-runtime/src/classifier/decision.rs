//! What was decided of a statement, and why.

use cqlint_analysis::{Analysis, Certainty, DependsOn, Options, StatementAnalysis};

use crate::retry::Operation;
use crate::{Claim, Verdict};

/// What was decided of a statement, and why.
///
/// ```
/// use cqlint_runtime::retry::Operation;
/// use cqlint_runtime::{Classifier, Question, Verdict};
///
/// let decision = Classifier::default().decide(&Question::new("UPDATE hits SET n = n + 1 WHERE page = ?"));
/// assert_eq!(decision.verdict, Verdict::NotIdempotent);
/// assert_eq!(decision.operation, Some(Operation::Counter));
/// assert_eq!(decision.reasons[0].rule, "counter-update");
/// ```
#[derive(Clone, Debug)]
pub struct Decision {
    /// The statement.
    pub text: Box<str>,
    /// May it be executed twice?
    pub verdict: Verdict,
    /// What it does, as far as it decides how it can fail; nothing for what does not parse.
    pub operation: Option<Operation>,
    /// Why not.
    pub reasons: Vec<Reason>,
    /// What a person says of it, whatever the verdict.
    pub claim: Option<Claim>,
    /// Whether the values that are bound can make another verdict.
    pub on_values: bool,
}

/// Why a statement is not marked.
///
/// ```
/// use cqlint_runtime::{Classifier, Question};
///
/// let decision = Classifier::default().decide(&Question::new("UPDATE t SET id = uuid() WHERE k = 1"));
/// for reason in &decision.reasons {
///     println!("{}: {}", reason.rule, reason.message);
/// }
/// # assert_eq!(decision.reasons.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rule that tells of it: `list-append`.
    pub rule: &'static str,
    /// What it tells.
    pub message: String,
}

impl Decision {
    pub(super) fn new(text: &str, analysis: &Analysis, options: &Options<'_>, claim: Option<Claim>) -> Self {
        let operation = match analysis.statements.as_slice() {
            [only] => only.operation,
            _ => None,
        };
        let on_values = |statement: &StatementAnalysis| {
            statement.hazards.iter().any(|hazard| hazard.certainty == Certainty::Depends(DependsOn::BoundValue))
        };
        let findings = analysis.statements.iter().flat_map(|statement| statement.diagnostics(text, options));
        let reasons = match analysis.verdict {
            Verdict::Idempotent => Vec::new(),
            Verdict::Depends | Verdict::NotIdempotent => {
                findings.map(|finding| Reason { rule: finding.rule.name, message: finding.message }).collect()
            }
        };
        Self {
            text: text.into(),
            verdict: analysis.verdict,
            operation,
            reasons,
            claim,
            on_values: analysis.verdict == Verdict::Depends && analysis.statements.iter().any(on_values),
        }
    }

    /// Whether a driver's flag is set: what a person claims, else whether the verdict is [`Verdict::Idempotent`].
    ///
    /// ```
    /// use cqlint_runtime::{Classifier, Question};
    ///
    /// let classifier = Classifier::default();
    /// assert!(classifier.decide(&Question::new("DELETE FROM users WHERE id = ?")).is_idempotent());
    /// assert!(!classifier.decide(&Question::new("DELETE FROM users WHERE id = ? IF EXISTS")).is_idempotent());
    /// ```
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        Claim::marks(self.claim.as_ref(), self.verdict)
    }

    /// Tells `tracing`.
    pub(super) fn tell(&self) {
        let reasons = || self.reasons.iter().map(|reason| reason.message.as_str()).collect::<Vec<_>>().join("; ");
        tracing::debug!(
            target: "cqlint",
            statement = &*self.text,
            verdict = self.verdict.name(),
            marked = self.is_idempotent(),
            claim = self.claim.map(Claim::reason),
            reasons = reasons(),
            "classified"
        );
    }
}
