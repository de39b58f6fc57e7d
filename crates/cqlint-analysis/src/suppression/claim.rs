//! What a person says of a statement, whatever the verdict: `cqlint: not-idempotent: a view may be counted twice`.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::Span;

use super::SIGN;
use super::note::{Note, Where};
use crate::rules::bad_suppression;
use crate::{Diagnostic, StatementAnalysis, Verdict};

/// What a person says of a statement, and why. It is told beside the verdict and never changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim<T> {
    /// It may be executed twice, because of this.
    Idempotent(T),
    /// It may not, because of this.
    NotIdempotent(T),
}

impl<T> Claim<T> {
    /// Whether a driver's flag is set: what a person claims, else whether the verdict is [`Verdict::Idempotent`].
    ///
    /// ```
    /// use cqlint_analysis::{Claim, Verdict};
    ///
    /// assert!(!Claim::<&str>::marks(None, Verdict::Depends));
    /// assert!(Claim::marks(Some(&Claim::Idempotent("the function is pure")), Verdict::Depends));
    /// ```
    #[must_use]
    pub const fn marks(claim: Option<&Self>, verdict: Verdict) -> bool {
        match claim {
            Some(Self::Idempotent(_)) => true,
            Some(Self::NotIdempotent(_)) => false,
            None => matches!(verdict, Verdict::Idempotent),
        }
    }
}

impl<'t> Claim<&'t str> {
    /// The reason.
    ///
    /// ```
    /// use cqlint_analysis::Claim;
    ///
    /// assert_eq!(Claim::Idempotent("the key is made by the client").reason(), "the key is made by the client");
    /// ```
    #[must_use]
    pub const fn reason(self) -> &'t str {
        match self {
            Self::Idempotent(reason) | Self::NotIdempotent(reason) => reason,
        }
    }

    /// The same, apart from the text that it was read in.
    #[must_use]
    pub fn into_owned(self) -> Claim<String> {
        match self {
            Self::Idempotent(reason) => Claim::Idempotent(reason.to_owned()),
            Self::NotIdempotent(reason) => Claim::NotIdempotent(reason.to_owned()),
        }
    }
}

/// A claim, and where it holds.
#[derive(Clone, Debug)]
pub(super) struct Claimed<'t> {
    claim: Claim<&'t str>,
    words: Span,
    place: Where,
    is_used: bool,
}

impl<'t> Claimed<'t> {
    /// Reads what a note claims; the note comes back when it claims nothing. Without a reason it is added to `bad`.
    pub(super) fn read(text: &'t str, note: Note, place: Where, bad: &mut Vec<Diagnostic>) -> Result<Option<Self>, (Note, Where)> {
        let said = note.words.text(text).get(SIGN.len()..).unwrap_or_default().trim_start();
        let end = said.find(|letter: char| !letter.is_alphanumeric() && letter != '-').unwrap_or(said.len());
        let (word, rest) = said.split_at(end);
        let claim = match word {
            "idempotent" => Claim::Idempotent,
            "not-idempotent" => Claim::NotIdempotent,
            _ => return Err((note, place)),
        };
        let reason = rest.trim_start().strip_prefix(':').map(str::trim).filter(|reason| reason.contains(char::is_alphanumeric));
        match reason {
            Some(reason) => Ok(Some(Self { claim: claim(reason), words: note.words, place, is_used: false })),
            None => {
                bad.push(bad_suppression::claim_without_reason(word, note.words));
                Ok(None)
            }
        }
    }

    /// Takes the claim for the statement, if it is about it.
    pub(super) fn take(&mut self, statement: &StatementAnalysis) -> Option<Claim<&'t str>> {
        let span = self.place.span?;
        let holds = match self.place.is_above {
            true => span.start == statement.span.start,
            false => span.start <= statement.span.end && statement.span.start <= span.end,
        };
        self.is_used |= holds;
        holds.then_some(self.claim)
    }

    /// What is told when it is about no statement.
    pub(super) fn lost(&self) -> Option<Diagnostic> {
        (!self.is_used).then(|| bad_suppression::claim_of_nothing(self.words))
    }
}
