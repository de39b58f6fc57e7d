//! Comments that hide findings: `cqlint: allow counter-update: page views may be off by one`.
//!
//! They change what is told, never what is decided. Reading them is pure, so that every use hides the same.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use cqlint_syntax::{Dialects, Span};

use crate::rules::unused_suppression;
use crate::{Diagnostic, Effect, Fragment, FragmentAnalysis, Level, Options, Rule, StatementAnalysis};

use allow::Allow;
pub use claim::Claim;
use claim::Claimed;
pub(crate) use note::line;

mod allow;
mod claim;
mod cql;
mod note;
mod program;

/// With this begins every comment that is meant for us. Most files have none.
const SIGN: &str = "cqlint:";

/// Reported only by the profile `strict`, or with timestamps that the driver repeats: elsewhere nobody can say that a
/// suppression of them is of no use.
const SOMETIMES: [&str; 4] = ["late-retry", "list-element-set", "list-overwrite", "ttl-restart"];

/// Whether a comment that hides findings has to say why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reasons {
    /// Without a reason it hides nothing, and is a finding itself.
    #[default]
    Needed,
    /// `cqlint: allow RULE` is enough.
    Optional,
}

/// The comments of a text that hide findings.
///
/// `cqlint: allow RULE[, RULE]: reason` behind code hides the findings that begin on its line. On a line of its own it hides those
/// of the next statement; in a program those that begin on the next line of code, and those of the statement that is written or
/// executed there. `cqlint: allow-file` hides those of the whole text. The name of a group stands for all its rules.
///
/// In CQL, `cqlint: idempotent: reason` and `cqlint: not-idempotent: reason` say of a statement what a person knows of it, see
/// [`Suppressions::claim`]. They hide the hazards of this statement.
///
/// ```
/// use cqlint_analysis::{Analyzer, Options, Reasons, Suppressions};
///
/// let text = "\
/// -- cqlint: allow counter-update: page views may be off by one
/// UPDATE pages SET views = views + 1 WHERE page = ?;
/// TRUNCATE pages;  -- cqlint: allow schema-change: a test's own table
/// ";
/// let options = Options::default();
/// let mut analyzer = Analyzer::new(options.dialects);
/// let mut suppressions = Suppressions::of_cql(text, options.dialects, Reasons::Needed);
/// let mut told = Vec::new();
/// for statement in analyzer.statements(text, &options) {
///     told.extend(suppressions.statement(&statement, text, &options));
/// }
/// told.extend(suppressions.findings(&options));
/// let told: Vec<_> = told.iter().map(|finding| finding.rule.name).collect();
/// assert_eq!((told.as_slice(), suppressions.hidden()), (&["truncate", "unused-suppression"][..], 1));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Suppressions<'t> {
    /// By the place where they begin to hold; those of the whole file come last.
    allowed: Vec<Allow<'t>>,
    /// Up to where they hold, those before each included.
    reach: Vec<u32>,
    /// What people say of statements.
    claimed: Vec<Claimed<'t>>,
    /// What is wrong with some of them.
    bad: Vec<Diagnostic>,
    /// What was hidden in a program, where one constant may be found in several statements.
    seen: BTreeSet<(u32, &'static str)>,
    hidden: usize,
}

impl<'t> Suppressions<'t> {
    /// Those of a text of CQL. A text without any costs one search.
    #[must_use]
    pub fn of_cql(text: &'t str, dialects: Dialects, reasons: Reasons) -> Self {
        if !text.contains(SIGN) {
            return Self::default();
        }
        let (mut claimed, mut bad, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for (note, place) in cql::read(text, dialects) {
            match Claimed::read(text, note, place, &mut bad) {
                Ok(claim) => claimed.extend(claim),
                Err(other) => others.push(other),
            }
        }
        let mut suppressions = Self::new(text, others, reasons);
        suppressions.bad.extend(bad);
        Self { claimed, ..suppressions }
    }

    /// Those of a file of a program, in which these fragments were found.
    ///
    /// A line counts when `//`, `#`, `--`, `/*`, `*` or `<!--` stands right before the words, and not in a string that begins on
    /// this line; a comment of CQL with `--` counts there, too. In documentation only `<!--` counts, and `--` beside CQL.
    #[must_use]
    pub fn of_program(text: &'t str, fragments: &[Fragment], reasons: Reasons) -> Self {
        if !text.contains(SIGN) {
            return Self::default();
        }
        let is_document = fragments.iter().all(Fragment::is_example);
        let mut notes = program::read(text, is_document);
        // How a comment of ours looks is shown in other places of documentation.
        let is_beside =
            |place: Span| fragments.iter().any(|fragment| fragment.home().start <= place.end && place.start < fragment.home().end);
        notes.retain(|(note, place)| !is_document || program::is_markup(text, note) || place.span.is_some_and(is_beside));
        Self::new(text, notes, reasons)
    }

    fn new(text: &'t str, notes: impl IntoIterator<Item = (note::Note, note::Where)>, reasons: Reasons) -> Self {
        let mut bad = Vec::new();
        let read = |(note, place)| Allow::read(text, note, place, reasons, &mut bad);
        let mut allowed: Vec<_> = notes.into_iter().filter_map(read).collect();
        allowed.sort_by_key(Allow::start);
        let reach = allowed.iter().scan(0, |reach, allow| {
            *reach = allow.end().max(*reach);
            Some(*reach)
        });
        Self { reach: reach.collect(), allowed, bad, ..Self::default() }
    }

    /// How many findings were hidden.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// What remains to be told about a statement of CQL; see [`StatementAnalysis::diagnostics`].
    pub fn statement(&mut self, statement: &StatementAnalysis, text: &str, options: &Options<'_>) -> Vec<Diagnostic> {
        let mut findings = statement.diagnostics(text, options);
        if !self.allowed.is_empty() {
            for hazard in statement.hazards.iter().filter(|hazard| !options.profile.reports(hazard.effect)) {
                self.finds(hazard.rule, &[At::itself(hazard.span.start)]);
            }
            findings.retain(|finding| !self.hides(finding));
        }
        if self.claim(statement).is_some() {
            let before = findings.len();
            findings.retain(|finding| !statement.hazards.iter().any(|hazard| hazard.rule == finding.rule));
            self.hidden += before - findings.len();
        }
        findings
    }

    /// What a person says of a statement in a comment above it, or on one of its lines; where two disagree, that it may not be
    /// executed twice.
    ///
    /// ```
    /// use cqlint_analysis::{analyze, Claim, Options, Reasons, Suppressions};
    ///
    /// let text = "\
    /// -- cqlint: not-idempotent: nobody minds a view that is counted twice, but the bill is made of it
    /// UPDATE pages SET views = views + 1 WHERE page = ?;
    /// ";
    /// let options = Options::default();
    /// let statement = &analyze(text, &options).statements[0];
    /// let mut suppressions = Suppressions::of_cql(text, options.dialects, Reasons::Needed);
    /// let Some(Claim::NotIdempotent(reason)) = suppressions.claim(statement) else { panic!("it is claimed") };
    /// assert!(reason.starts_with("nobody minds"));
    /// ```
    pub fn claim(&mut self, statement: &StatementAnalysis) -> Option<Claim<&'t str>> {
        let claims = self.claimed.iter_mut().filter_map(|claimed| claimed.take(statement));
        claims.reduce(|first, other| if matches!(other, Claim::NotIdempotent(_)) { other } else { first })
    }

    /// What remains to be told about the CQL that was found in a program.
    pub fn fragment(&mut self, fragment: &Fragment, analysis: &mut FragmentAnalysis, options: &Options<'_>) -> Vec<Diagnostic> {
        let mut findings = core::mem::take(&mut analysis.findings);
        if self.allowed.is_empty() {
            return findings;
        }
        for statement in &analysis.statements {
            for hazard in statement.hazards.iter().filter(|hazard| !options.profile.reports(hazard.effect)) {
                self.finds(hazard.rule, &places(fragment, &analysis.statements, fragment.host(hazard.span).start));
            }
        }
        findings.retain(|finding| {
            let is_hidden = finding.level != Level::Off
                && self.finds(finding.rule, &places(fragment, &analysis.statements, finding.span.start));
            if is_hidden && self.seen.insert((finding.span.start, finding.rule.name)) {
                self.hidden += 1;
            }
            !is_hidden
        });
        findings
    }

    /// Whether a comment hides this finding, which is of no statement.
    pub fn hides(&mut self, finding: &Diagnostic) -> bool {
        let is_hidden = finding.level != Level::Off && self.finds(finding.rule, &[At::itself(finding.span.start)]);
        self.hidden += usize::from(is_hidden);
        is_hidden
    }

    /// Where a rule can be added to a comment that holds for the finding: behind the last name in it.
    #[must_use]
    pub fn room_for(&self, finding: &Diagnostic) -> Option<u32> {
        let statement = finding.subject.map(|subject| [At::below(subject.home.start), At::below(subject.span.start)]);
        let mut places = core::iter::once(At::itself(finding.span.start)).chain(statement.into_iter().flatten());
        // The first that holds is the one that will be of use.
        let holds = |place: At| self.allowed.iter().rev().find(|allow| allow.holds(&place));
        places.find_map(holds).and_then(Allow::room)
    }

    /// What is to be told about the comments themselves, when all else was told.
    pub fn findings(&mut self, options: &Options<'_>) -> Vec<Diagnostic> {
        let mut findings = core::mem::take(&mut self.bad);
        findings.extend(self.claimed.iter().filter_map(Claimed::lost));
        findings.iter_mut().for_each(|finding| options.level(finding));
        findings.retain(|finding| !self.hides(finding));
        let is_judged = |rule: &'static Rule| {
            let is_sometimes = SOMETIMES.contains(&rule.name) && !options.profile.strict;
            // A profile that lets conditions pass asks less about marks.
            let is_lax = rule.group == "marks" && !options.profile.reports(Effect::Result);
            // Of what is switched off nobody knows what it would find.
            let is_off = options.level_of(rule) == Level::Off;
            !is_sometimes && !is_lax && !is_off
        };
        // Whether those that hide this very rule are of use is known only when the others have been asked.
        let (last, first): (Vec<_>, Vec<_>) = (0..self.allowed.len())
            .partition(|at| self.allowed.get(*at).is_some_and(|allow| allow.names(&unused_suppression::RULE)));
        let mut unused: Vec<_> = first.into_iter().filter_map(|at| self.allowed.get(at)?.unused(is_judged)).collect();
        unused.retain(|finding| !self.hides(finding));
        unused.extend(last.into_iter().filter_map(|at| self.allowed.get(at)?.unused(is_judged)));
        unused.iter_mut().for_each(|finding| options.level(finding));
        unused_suppression::join(&mut unused);
        findings.extend(unused);
        findings
    }

    /// Whether something holds for the rule at one of the places. The first that does is of use.
    fn finds(&mut self, rule: &Rule, places: &[At]) -> bool {
        for place in places {
            let until = self.allowed.partition_point(|allow| allow.start() <= place.at);
            for at in (0..until).rev() {
                if self.reach.get(at).is_none_or(|reach| *reach < place.at) {
                    break;
                }
                if self.allowed.get_mut(at).is_some_and(|allow| allow.holds(place) && allow.take(rule)) {
                    return true;
                }
            }
        }
        self.allowed.iter_mut().rev().take_while(|allow| allow.is_whole_file()).any(|allow| allow.take(rule))
    }
}

/// A place that a suppression may hold for.
#[derive(Clone, Copy, Debug)]
struct At {
    at: u32,
    /// Whether only those that stand above it, on lines of their own, hold for it.
    only_above: bool,
}

impl At {
    fn itself(at: u32) -> Self {
        Self { at, only_above: false }
    }

    fn below(at: u32) -> Self {
        Self { at, only_above: true }
    }
}

/// Where what is found at `at` in the host file can be hidden: there, above its statement, above the expression that makes it,
/// and above the calls that take it.
fn places(fragment: &Fragment, statements: &[StatementAnalysis], at: u32) -> Vec<At> {
    let mut places = alloc::vec![At::itself(at), At::below(fragment.home().start)];
    let own = statements.iter().map(|statement| fragment.host(statement.span)).filter(|place| place.touches(at));
    places.extend(own.map(|place| At::below(place.start)));
    // What is said of one call is not hidden above another.
    let is_inside = |call: &Span| call.touches(at);
    let is_of_one = fragment.sites().iter().any(|site| is_inside(&site.call));
    let calls = fragment.sites().iter().map(|site| site.call).filter(|call| !is_of_one || is_inside(call));
    places.extend(calls.map(|call| At::below(call.start)));
    places
}
