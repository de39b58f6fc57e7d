//! A statement as an inventory lists it: where it stands, what was decided about it, and what its program does with it.

use cqlint_analysis::drivers::Driver;
use cqlint_analysis::syntax::{Lexer, Span, Token, print};
use cqlint_analysis::{CallSite, Certainty, Fragment, Mark, Profile, StatementAnalysis, Verdict};

/// A statement of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRecord {
    /// Where it stands in the file.
    pub span: Span,
    /// What kind of statement it is: `insert`; `unknown` when it does not parse.
    pub kind: &'static str,
    /// The statement in one line.
    pub text: String,
    /// May it be executed twice?
    pub verdict: Verdict,
    /// Why not, what is certain first; each reason once.
    pub reasons: Vec<Reason>,
    /// What the program does with it; nothing for a statement that no program holds.
    pub usage: Option<Usage>,
}

/// Why a statement may not be executed twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rule that says so.
    pub rule: &'static str,
    /// On what it depends, for people; nothing when it is certain.
    pub depends_on: Option<String>,
}

/// What a program does with a statement, taken together from all places that execute it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Whether it counts as idempotent.
    pub marking: Marking,
    /// Whose calls they are, each once.
    pub drivers: Vec<Driver>,
    /// What repeats it beside the driver: "this loop".
    pub retried: Option<String>,
}

/// What a program says of a statement: whether it is idempotent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marking {
    /// It is marked idempotent.
    Yes,
    /// It is marked not idempotent.
    No,
    /// It is marked, and the mark does nothing.
    Inert,
    /// A setting of the application marks everything.
    Default,
    /// Certainly nothing marks it.
    Absent,
    /// Its places differ.
    Mixed,
    /// What happens to it is out of sight.
    #[default]
    Unknown,
}

impl Marking {
    /// The name in JSON and CSV.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Marking::Yes => "yes",
            Marking::No => "no",
            Marking::Inert => "inert",
            Marking::Default => "default",
            Marking::Absent => "none",
            Marking::Mixed => "mixed",
            Marking::Unknown => "unknown",
        }
    }

    fn of(site: &CallSite) -> Self {
        match &site.mark {
            Mark::Unknown => Self::Unknown,
            Mark::Set { .. } if site.inert.is_some() => Self::Inert,
            Mark::Set { value: true, .. } => Self::Yes,
            Mark::Set { value: false, .. } => Self::No,
            Mark::Absent { .. } if site.settings.default_mark.is_some() => Self::Default,
            Mark::Absent { .. } => Self::Absent,
        }
    }
}

impl Usage {
    fn of(sites: &[&CallSite]) -> Self {
        let markings: Vec<_> = sites.iter().map(|site| Marking::of(site)).collect();
        let is_unseen = |marking: &Marking| matches!(marking, Marking::Unknown | Marking::Absent);
        let marking = match markings.as_slice() {
            [] => Marking::Unknown,
            [first, others @ ..] if others.iter().all(|other| other == first) => *first,
            // No mark was seen, but not everything was.
            all if all.iter().all(is_unseen) => Marking::Unknown,
            _ => Marking::Mixed,
        };
        let mut drivers: Vec<_> = sites.iter().filter_map(|site| site.driver).collect();
        drivers.sort_unstable();
        drivers.dedup();
        let retried = sites.iter().find_map(|site| site.retry.as_ref()).map(|retry| retry.by.clone());
        Self { marking, drivers, retried }
    }
}

impl StatementRecord {
    /// A statement of a text of CQL.
    pub(crate) fn new(statement: &StatementAnalysis, text: &str, profile: Profile) -> Self {
        Self {
            span: statement.span,
            kind: statement.kind,
            text: one_line(statement.span.text(text)),
            verdict: statement.verdict,
            reasons: reasons(statement, text, profile),
            usage: None,
        }
    }

    /// A statement of a program.
    pub(crate) fn of_fragment(statement: &StatementAnalysis, fragment: &Fragment, profile: Profile) -> Self {
        let usage = Usage::of(&fragment.all_sites().collect::<Vec<_>>());
        Self { span: fragment.place(statement.span), usage: Some(usage), ..Self::new(statement, fragment.text(), profile) }
    }
}

fn one_line(statement: &str) -> String {
    let tokens: Vec<Token> = Lexer::new(statement).collect();
    print(statement, &tokens)
}

/// Why the verdict is not better.
fn reasons(statement: &StatementAnalysis, text: &str, profile: Profile) -> Vec<Reason> {
    let mut blocking: Vec<_> = statement.hazards.iter().filter(|hazard| profile.blocks.contains(hazard.effect)).collect();
    blocking.sort_by_key(|hazard| hazard.certainty != Certainty::Certain);
    let mut reasons: Vec<Reason> = Vec::new();
    for hazard in blocking {
        let reason = Reason { rule: hazard.rule.name, depends_on: hazard.depends_on(text) };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    if !statement.errors.is_empty() {
        reasons.push(Reason { rule: "syntax-error", depends_on: None });
    }
    reasons
}

#[cfg(test)]
mod tests {
    use cqlint_analysis::{Analyzer, Inert, Options, Retry, Settings, analyze};

    use super::*;

    fn record(text: &str) -> StatementRecord {
        let options = Options::default();
        StatementRecord::new(analyze(text, &options).statements.first().unwrap(), text, options.profile)
    }

    fn reason(rule: &'static str, depends_on: Option<&str>) -> Reason {
        Reason { rule, depends_on: depends_on.map(str::to_owned) }
    }

    fn site(mark: Mark) -> CallSite {
        CallSite { mark, driver: Some(Driver::Java4), ..CallSite::default() }
    }

    fn set(value: bool) -> Mark {
        Mark::Set { value, span: Span::new(1, 2) }
    }

    #[test]
    fn what_is_certain_comes_first() {
        let found = record("update t\n set tags = tags + ?, k = ?,  n = now() where k = uuid()");
        assert_eq!(found.text, "UPDATE t SET tags = tags + ?, k = ?, n = now() WHERE k = uuid()");
        assert_eq!((found.kind, found.verdict), ("update", Verdict::NotIdempotent));
        let (last, certain) = found.reasons.split_last().unwrap();
        assert_eq!(last, &reason("untyped-operation", Some("the type of column `tags`")));
        assert!(certain.iter().all(|reason| reason.depends_on.is_none()), "{certain:?}");
        assert_eq!(found.usage, None);
    }

    #[test]
    fn what_does_not_parse_says_so() {
        let found = record("SELCT 1");
        assert_eq!((found.kind, found.verdict), ("unknown", Verdict::Depends));
        assert_eq!(found.reasons, [reason("syntax-error", None)]);
        assert_eq!(record("SELECT v FROM t WHERE k = ?").reasons, []);
    }

    #[test]
    fn a_site_tells_how_it_is_marked() {
        let by_default = Settings { default_mark: Some("app.conf:1".to_owned()), ..Settings::default() };
        let of = |site: CallSite| Usage::of(&[&site]).marking.name();
        assert_eq!(Usage::of(&[]).marking.name(), "unknown");
        assert_eq!(of(site(Mark::Unknown)), "unknown");
        assert_eq!(of(site(Mark::Absent { fix: Vec::new() })), "none");
        assert_eq!(of(CallSite { settings: by_default.clone(), ..site(Mark::Absent { fix: Vec::new() }) }), "default");
        assert_eq!(of(CallSite { settings: by_default, ..site(set(false)) }), "no");
        assert_eq!(of(site(set(true))), "yes");
        assert_eq!(of(CallSite { inert: Some(Inert::Dropped(Span::new(1, 2))), ..site(set(true)) }), "inert");
    }

    #[test]
    fn several_sites_are_taken_together() {
        let retry = Some(Retry { span: Span::new(3, 4), by: "this loop".to_owned() });
        let same = Usage::of(&[&site(set(true)), &CallSite { retry, ..site(set(true)) }]);
        assert_eq!(same, Usage { marking: Marking::Yes, drivers: vec![Driver::Java4], retried: Some("this loop".to_owned()) });
        let python = CallSite { driver: Some(Driver::Python), ..CallSite::default() };
        let mixed = Usage::of(&[&site(set(true)), &python]);
        assert_eq!((mixed.marking, mixed.drivers.len()), (Marking::Mixed, 2));
    }

    #[test]
    fn a_statement_of_a_program_stands_where_it_is_put_together() {
        // "DELETE FROM " + TABLE, and HEAD + "t", where HEAD stands far before.
        let mut fragment = Fragment::default().at(Span::new(100, 120)).with_sites(vec![site(set(true))]);
        fragment.push("DELETE FROM ", Span::new(101, 113), true);
        fragment.push("t", Span::new(5, 6), true);
        let mut elsewhere = Fragment::default().at(Span::new(200, 210));
        elsewhere.push("DELETE FROM ", Span::new(3, 15), true);
        elsewhere.push("t", Span::new(208, 209), true);
        let options = Options::default();
        let record = |fragment: &Fragment| {
            let analysis = Analyzer::new(options.dialects).fragment(fragment, &options);
            StatementRecord::of_fragment(analysis.statements.first().unwrap(), fragment, options.profile)
        };
        assert_eq!(record(&fragment).span.start, 101);
        assert_eq!(record(&fragment).usage.map(|usage| usage.marking), Some(Marking::Yes));
        assert_eq!(record(&elsewhere).span, Span::new(200, 210));
    }
}
