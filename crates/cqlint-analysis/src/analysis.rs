//! The one entrance: text in, verdicts and hazards out.

use alloc::vec::Vec;
use core::iter;

use cqlint_drivers::retry::Operation;
use cqlint_syntax::{Dialects, Parser, Piece, Script, Span, Statement, SyntaxError};

use crate::inspection::Inspection;
use crate::walk::{Walk, kind, operation};
use crate::{
    Binding, Certainty, Diagnostic, Fix, Hazard, Level, Levels, Profile, Rule, Schema, Subject, Timestamps, Verdict, rules,
};

/// What a verdict is made with.
#[derive(Clone, Copy, Debug)]
pub struct Options<'s> {
    /// What the verdict promises.
    pub profile: Profile,
    /// Which timestamp a second execution carries.
    pub timestamps: Timestamps,
    /// Whose CQL it is.
    pub dialects: Dialects,
    /// What is known of tables, types and functions.
    pub schema: Option<&'s Schema>,
    /// The keyspace of names that have none, until a USE says otherwise.
    pub keyspace: Option<&'s str>,
    /// User functions that the team declares deterministic: `f` or `keyspace.f`, in lower case.
    pub deterministic: &'s [&'s str],
    /// How loud each rule is; without, nothing is looked for but what a verdict is made of.
    pub levels: Option<&'s Levels>,
    /// Places of the text where more may stand that nobody knows: see [`Fragment::open`](crate::Fragment::open).
    pub open: &'s [Span],
    /// Places of the text that stand for what only the running program knows: see [`Fragment::holes`](crate::Fragment::holes).
    pub holes: &'s [Span],
    /// What is known of the bind markers, in the order of their places; those left out are unknown.
    pub bindings: &'s [Binding],
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            timestamps: Timestamps::default(),
            dialects: Dialects::ALL,
            schema: None,
            keyspace: None,
            deterministic: &[],
            levels: None,
            open: &[],
            holes: &[],
            bindings: &[],
        }
    }
}

/// What is known of a text.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The worst of its statements; [`Verdict::Depends`] for a text without statements.
    pub verdict: Verdict,
    /// The profile that the verdict was made under.
    pub profile: Profile,
    /// Its statements, in order.
    pub statements: Vec<StatementAnalysis>,
}

/// What is known of a statement.
#[derive(Clone, Debug)]
pub struct StatementAnalysis {
    /// From its first token up to its last, without the `;`.
    pub span: Span,
    /// What it is: `insert`, `create_table`, …; `unknown` for what does not parse.
    pub kind: &'static str,
    /// What it does, as far as it decides how it can fail; nothing for what does not parse.
    pub operation: Option<Operation>,
    /// May it be executed twice?
    pub verdict: Verdict,
    /// Why not; also remarks that block nothing.
    pub hazards: Vec<Hazard>,
    /// Why it does not parse.
    pub errors: Vec<SyntaxError>,
    /// What is found in it beside its verdict, by the rules that [`Options::levels`] switches on.
    pub findings: Vec<Diagnostic>,
    /// How the hazards can be mended, in their order, up to the last that can be; only with [`Options::levels`].
    pub fixes: Vec<Option<Fix>>,
}

/// Decides for each statement of a text whether it may be executed twice.
///
/// See the [crate] for examples. To analyse many texts, keep an [`Analyzer`].
#[must_use]
pub fn analyze(text: &str, options: &Options<'_>) -> Analysis {
    let mut analyzer = Analyzer::new(options.dialects);
    let statements: Vec<_> = analyzer.statements(text, options).collect();
    let verdict = statements.iter().map(|statement| statement.verdict).max().unwrap_or(Verdict::Depends);
    Analysis { verdict, profile: options.profile, statements }
}

/// Decides for a text, without a schema, under the profile `driver`.
///
/// ```
/// use cqlint_analysis::{classify, Verdict};
///
/// assert_eq!(classify("INSERT INTO t (k, v) VALUES (?, now())"), Verdict::NotIdempotent);
/// assert_eq!(classify("INSERT INTO t (k, v) VALUES (?, ?)"), Verdict::Idempotent);
/// assert_eq!(classify("no CQL at all"), Verdict::Depends);
/// ```
#[must_use]
pub fn classify(text: &str) -> Verdict {
    let options = Options::default();
    let mut analyzer = Analyzer::new(options.dialects);
    analyzer.statements(text, &options).map(|statement| statement.verdict).max().unwrap_or(Verdict::Depends)
}

/// Analyses texts, and keeps its memory from one to the next: a statement without hazards allocates nothing.
///
/// ```
/// use cqlint_analysis::{Analyzer, Options, Verdict};
///
/// let options = Options::default();
/// let mut analyzer = Analyzer::new(options.dialects);
/// let mut statements = analyzer.statements("DELETE FROM t WHERE k = 1; TRUNCATE t;", &options);
/// assert_eq!(statements.next().unwrap().verdict, Verdict::Idempotent);
/// assert_eq!(statements.next().unwrap().verdict, Verdict::NotIdempotent);
/// ```
#[derive(Clone, Debug)]
pub struct Analyzer {
    parser: Parser,
    /// The hazards of the statement at hand.
    hazards: Vec<Hazard>,
}

impl Analyzer {
    /// An analyzer for texts in any of these dialects.
    #[must_use]
    pub fn new(dialects: Dialects) -> Self {
        Self { parser: Parser::new(dialects), hazards: Vec::new() }
    }

    /// The statements of a text, one after the other; lines for cqlsh are passed over.
    pub fn statements<'a>(&'a mut self, text: &'a str, options: &'a Options<'a>) -> Statements<'a> {
        Statements { script: self.parser.script(text), hazards: &mut self.hazards, text, options, keyspace: None }
    }
}

/// The statements of a text, analysed one after the other.
#[derive(Debug)]
pub struct Statements<'a> {
    script: Script<'a>,
    hazards: &'a mut Vec<Hazard>,
    text: &'a str,
    options: &'a Options<'a>,
    /// What the last USE said.
    keyspace: Option<alloc::string::String>,
}

impl Statements<'_> {
    /// The last statement in one line; see [`cqlint_syntax::print`].
    #[must_use]
    pub fn printed(&self) -> alloc::string::String {
        cqlint_syntax::print(self.text, self.script.tokens())
    }
}

impl Iterator for Statements<'_> {
    type Item = StatementAnalysis;

    fn next(&mut self) -> Option<StatementAnalysis> {
        loop {
            let parsed = self.script.next()?;
            let statement = match parsed.piece {
                Piece::ShellCommand => continue,
                Piece::Broken => {
                    return Some(StatementAnalysis {
                        span: parsed.span,
                        kind: "unknown",
                        operation: None,
                        verdict: Verdict::Depends,
                        hazards: Vec::new(),
                        errors: parsed.errors,
                        findings: Vec::new(),
                        fixes: Vec::new(),
                    });
                }
                Piece::Statement(statement) => statement,
            };
            let keyspace = self.keyspace.as_deref().or(self.options.keyspace);
            self.hazards.clear();
            let mut walk = Walk::new(self.text, self.script.tree(), self.options, keyspace, self.hazards);
            walk.statement(&statement, parsed.span);
            // Whatever stands in a read, it stays one.
            let open = if matches!(statement, Statement::Select(_)) { &[] } else { self.options.open };
            // The blank behind the last token still belongs to the statement.
            let until = parsed.span.end + 1;
            for place in open.iter().filter(|place| parsed.span.start <= place.start && place.start <= until) {
                rules::unknown_clause::check(&mut walk, *place);
            }
            let inspection = Inspection {
                text: self.text,
                tree: self.script.tree(),
                tokens: self.script.tokens(),
                options: self.options,
                keyspace,
                statement: &statement,
                span: parsed.span,
                hazards: self.hazards,
            };
            let (findings, fixes) = (inspection.findings(), inspection.fixes());
            // One allocation of the right size, and none for a statement without hazards.
            let hazards = self.hazards.to_vec();
            if let Statement::Use(name) = statement {
                self.keyspace = Some(name.value(self.text).into_owned());
            }
            return Some(StatementAnalysis {
                span: parsed.span,
                kind: kind(&statement),
                operation: Some(operation(self.script.tree(), &statement, &hazards)),
                verdict: fold(&hazards, self.options.profile),
                hazards,
                errors: Vec::new(),
                findings,
                fixes,
            });
        }
    }
}

/// The verdict is the worst hazard that the profile blocks.
fn fold(hazards: &[Hazard], profile: Profile) -> Verdict {
    let blocking = hazards.iter().filter(|hazard| profile.blocks.contains(hazard.effect));
    let verdict = |hazard: &Hazard| match hazard.certainty {
        Certainty::Certain => Verdict::NotIdempotent,
        Certainty::Depends(_) => Verdict::Depends,
    };
    blocking.map(verdict).max().unwrap_or(Verdict::Idempotent)
}

impl StatementAnalysis {
    /// What a person is told about the statement: its hazards under the profile, what else was found in it, and why it does
    /// not parse.
    ///
    /// `text` is the text that was analysed, with these options.
    #[must_use]
    pub fn diagnostics(&self, text: &str, options: &Options<'_>) -> Vec<Diagnostic> {
        let errors = self.errors.iter().map(rules::syntax_error::diagnostic);
        let fixes = self.fixes.iter().cloned().chain(iter::repeat(None));
        let told = self.hazards.iter().zip(fixes).filter(|(hazard, _)| options.profile.reports(hazard.effect));
        let hazards = told.map(|(hazard, fix)| {
            let message = hazard.rule.message(hazard, text);
            Diagnostic {
                note: Some(message.retry.into()).filter(|retry: &alloc::string::String| !retry.is_empty()),
                help: Some(message.help).filter(|help| !help.is_empty()),
                fix,
                ..Diagnostic::new(hazard.rule, hazard.span, message.message, &message.label)
            }
        });
        let mut findings: Vec<_> = errors.chain(hazards).chain(self.findings.iter().cloned()).collect();
        if !findings.is_empty() {
            let subject = Subject::new(self.span);
            for finding in &mut findings {
                finding.subject = Some(subject);
                options.level(finding);
            }
        }
        findings
    }
}

impl Options<'_> {
    /// How loud a rule is.
    pub(crate) fn level_of(&self, rule: &'static Rule) -> Level {
        self.levels.map_or(rule.level, |levels| levels.of(rule))
    }

    /// Makes a finding as loud as was said of its rule, if anything was.
    pub fn level(&self, finding: &mut Diagnostic) {
        if let Some(level) = self.levels.and_then(|levels| levels.said(finding.rule)) {
            finding.level = level;
        }
    }
}
