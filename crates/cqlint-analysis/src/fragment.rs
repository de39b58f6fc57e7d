//! A piece of CQL found in a host file, and where each of its bytes comes from.

use alloc::string::String;
use alloc::vec::Vec;

use cqlint_syntax::Span;

use crate::rule::Asks;
use crate::rules::RULES;
use crate::usage::Use;
use crate::{Analyzer, CallSite, Diagnostic, Level, Options, StatementAnalysis, Subject, Timestamps};

mod places;

/// CQL put together from the strings of a host file.
///
/// ```
/// use cqlint_analysis::Fragment;
/// use cqlint_analysis::syntax::Span;
///
/// // "DELETE FROM " + "t" in a host file, where the quotes begin at 8 and 24.
/// let mut fragment = Fragment::default().at(Span::new(8, 27));
/// fragment.push("DELETE FROM ", Span::new(9, 21), true);
/// fragment.push("t", Span::new(25, 26), true);
/// assert_eq!(fragment.text(), "DELETE FROM t");
/// assert_eq!(fragment.host(Span::new(12, 13)), Span::new(25, 26));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    text: String,
    /// In the order of the text, without gaps.
    pieces: Vec<Piece>,
    /// Where something stands that nobody knows and that may hold clauses.
    open: Vec<Span>,
    /// Where something stands for what the program puts in: a name, a value, a part of either.
    holes: Vec<Span>,
    /// Values that the program writes into the text instead of binding them.
    formatted: Vec<Formatted>,
    /// The expression in the host file that makes the text.
    home: Span,
    /// The calls that take the text, as far as they are known.
    sites: Vec<CallSite>,
    /// Those of other files, with places there.
    sites_elsewhere: Vec<CallSite>,
    /// Whether it is only shown, as documentation does.
    example: bool,
    /// Whether the text is nothing but a constant of another file, which tells of it.
    elsewhere: bool,
}

/// A value that the program writes into the text of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// What the program calls it.
    pub name: String,
    /// Where it stands in the text.
    pub span: Span,
    /// Whether it stands between quotes, and so is a string.
    pub quoted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the text.
    start: u32,
    host: Span,
    /// Whether the host file has the same bytes. An escape has others, and so has what stands for a hole.
    exact: bool,
}

impl Fragment {
    /// With this begins the name of what the program calls by a name of its own: no table has one with braces.
    pub const HOLE: char = '{';

    /// Adds text that stands at `host` in the host file; `exact` when byte for byte.
    pub fn push(&mut self, text: &str, host: Span, exact: bool) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        // What continues the piece before belongs to it.
        if let Some(last) = self.pieces.last_mut()
            && exact
            && last.exact
            && last.host.end == host.start
        {
            last.host.end = host.end;
            return;
        }
        self.pieces.push(Piece { start, host, exact });
    }

    /// Adds what stands for a name, a value or a part of either that the program puts in.
    pub fn push_hole(&mut self, filler: &str, host: Span) {
        let start = self.text.len() as u32;
        self.push(filler, host, false);
        self.holes.push(Span::new(start, self.text.len() as u32));
    }

    /// Adds what stands for clauses that nobody knows: something that parses in their place, or a blank.
    pub fn push_open(&mut self, filler: &str, host: Span) {
        let start = self.text.len() as u32;
        // The place needs a byte of its own to be found again.
        self.push(if filler.is_empty() { " " } else { filler }, host, false);
        self.open.push(Span::new(start, self.text.len() as u32));
    }

    /// Adds what stands for a value that the program writes into the text; `quoted` when it stands in a string.
    pub fn push_formatted(&mut self, filler: &str, host: Span, name: &str, quoted: bool) {
        let start = self.text.len() as u32;
        self.push_hole(filler, host);
        self.formatted.push(Formatted { name: name.into(), span: Span::new(start, self.text.len() as u32), quoted });
    }

    /// Says which expression of the host file makes the text.
    #[must_use]
    pub fn at(self, home: Span) -> Self {
        Self { home, ..self }
    }

    /// Says that the text is only shown, as documentation does: no project has the tables in it.
    #[must_use]
    pub fn as_example(self) -> Self {
        Self { example: true, ..self }
    }

    /// Whether the text is only shown.
    #[must_use]
    pub fn is_example(&self) -> bool {
        self.example
    }

    /// The CQL.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The places where unknown clauses may stand, for [`Options::open`](crate::Options::open).
    #[must_use]
    pub fn open(&self) -> &[Span] {
        &self.open
    }

    /// The places of what the program puts in, for [`Options::holes`](crate::Options::holes).
    #[must_use]
    pub fn holes(&self) -> &[Span] {
        &self.holes
    }

    /// Says that the text is nothing but a constant of another file. That file tells of the statement; here only what the code
    /// does with it counts.
    #[must_use]
    pub fn from_elsewhere(self) -> Self {
        Self { elsewhere: true, ..self }
    }

    /// Whether the text is nothing but a constant of another file.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        self.elsewhere
    }

    /// Says which calls take the text.
    #[must_use]
    pub fn with_sites(self, sites: Vec<CallSite>) -> Self {
        Self { sites, ..self }
    }

    /// The calls that take the text, as far as they are known.
    #[must_use]
    pub fn sites(&self) -> &[CallSite] {
        &self.sites
    }

    /// Adds calls of other files that take the text. What is wrong with them is told there.
    pub fn add_sites_elsewhere(&mut self, sites: Vec<CallSite>) {
        // Now it is in sight what was not.
        let home = self.home;
        self.sites.retain(|site| site.call != home);
        self.sites_elsewhere.extend(sites);
    }

    /// All calls that take the text, those of other files with places there.
    pub fn all_sites(&self) -> impl Iterator<Item = &CallSite> {
        self.sites.iter().chain(&self.sites_elsewhere)
    }

    /// Whether some call of a driver is known that takes the text.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.sites.iter().any(|site| site.driver.is_some() && site.call != self.home)
    }

    /// The values that the program writes into the text instead of binding them.
    #[must_use]
    pub fn formatted(&self) -> &[Formatted] {
        &self.formatted
    }

    /// Forgets the values that do no harm.
    #[must_use]
    pub fn without_formatted(mut self, is_harmless: impl Fn(&Formatted) -> bool) -> Self {
        self.formatted.retain(|value| !is_harmless(value));
        self
    }

    /// The expression in the host file that makes the text.
    #[must_use]
    pub fn home(&self) -> Span {
        self.home
    }
}

/// What is known of a fragment.
#[derive(Clone, Debug)]
pub struct FragmentAnalysis {
    /// Its statements, with places in the fragment's text; none when another file tells of them.
    pub statements: Vec<StatementAnalysis>,
    /// What a person is told, with places in the host file.
    pub findings: Vec<Diagnostic>,
}

impl Analyzer {
    /// Analyses CQL that was found in a program, and what the code around it does with it.
    ///
    /// The profile decides what is told, as for any other text. Where the driver at a call site sends one timestamp with
    /// all attempts, the verdict is made for that.
    pub fn fragment(&mut self, fragment: &Fragment, options: &Options<'_>) -> FragmentAnalysis {
        let repeats = fragment.all_sites().any(|site| site.timestamps() == Some(Timestamps::PerRequest));
        let timestamps = if repeats { Timestamps::PerRequest } else { options.timestamps };
        let options = Options { open: fragment.open(), holes: fragment.holes(), timestamps, ..*options };
        let statements: Vec<_> = self.statements(fragment.text(), &options).collect();
        let mut findings = Vec::new();
        for statement in &statements {
            let already = findings.len();
            let at = |site| Use { statement, fragment, site, profile: options.profile };
            let own: Vec<_> = fragment.sites.iter().map(at).collect();
            let uses: Vec<_> = fragment.all_sites().map(at).collect();
            findings.extend(own.iter().flat_map(|at| at_call_site(at, &options)));
            let told = if fragment.elsewhere { Vec::new() } else { statement.diagnostics(fragment.text(), &options) };
            for mut finding in told {
                finding.level = crate::usage::level(&finding, &uses);
                if crate::usage::is_doubt(&finding, statement) {
                    // Nothing is known of the table: one word about that is enough.
                    if findings.iter().any(|known: &Diagnostic| known.rule == finding.rule) {
                        continue;
                    }
                    finding.level = Level::Note;
                }
                finding.fix = finding.fix.and_then(|fix| fragment.host_fix(fix));
                finding.span = fragment.host(finding.span);
                finding.related.iter_mut().for_each(|related| related.span = fragment.host(related.span));
                findings.push(finding);
            }
            if !fragment.elsewhere {
                findings.extend(crate::rules::format_injection::check(statement, fragment));
            }
            let new = findings.get_mut(already..).unwrap_or_default();
            if !new.is_empty() {
                let subject = Subject::of_fragment(statement.span, fragment);
                new.iter_mut().for_each(|finding| finding.subject = Some(subject));
            }
        }
        findings.iter_mut().for_each(|finding| options.level(finding));
        let statements = if fragment.elsewhere { Vec::new() } else { statements };
        FragmentAnalysis { statements, findings }
    }
}

/// What the rules find that look at call sites, and are not off.
fn at_call_site(at: &Use<'_>, options: &Options<'_>) -> impl Iterator<Item = Diagnostic> {
    RULES.iter().filter_map(move |rule| match rule.asks {
        Asks::CallSite(check) => (options.level_of(rule) != Level::Off).then(|| check(at)).flatten(),
        Asks::Hazard(_) | Asks::Mendable(..) | Asks::Statement(_) | Asks::Text => None,
    })
}
