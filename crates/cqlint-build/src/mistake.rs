//! What stops a build: where it is, what is wrong there, and what to do; drawn as rustc draws its own.

use std::env;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet, Title};
use cqlint_analysis::Diagnostic;
use cqlint_project::Problem;

/// One thing that stops a build.
///
/// ```
/// use cqlint_build::{Excerpt, Mistake};
///
/// let excerpt = Excerpt { path: "queries/users.cql".into(), text: "SELECT nam FROM users".into(), span: 7..10, label: "unknown".into() };
/// let mistake = Mistake { help: Some("did you mean `name`?".into()), ..Mistake::new("there is no column `nam`") }.at(excerpt);
/// assert_eq!(
///     mistake.to_string(),
///     "\
/// error: there is no column `nam`
///  --> queries/users.cql:1:8
///   |
/// 1 | SELECT nam FROM users
///   |        ^^^ unknown
///   |
///   = help: did you mean `name`?"
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistake {
    /// The rule that tells of it, when one does.
    pub rule: Option<&'static str>,
    /// What is wrong: one line, no full stop.
    pub message: String,
    /// The characters that it is about, when there are any.
    pub excerpt: Option<Excerpt>,
    /// Other characters that explain it.
    pub related: Vec<Excerpt>,
    /// What follows from it.
    pub note: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

/// Characters of a text.
///
/// ```
/// let excerpt = cqlint_build::Excerpt { path: "a.cql".into(), text: "SELECT 1".into(), span: 7..8, label: String::new() };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The file, as its author would write it.
    pub path: String,
    /// All of its text.
    pub text: Arc<str>,
    /// The bytes of it that are meant.
    pub span: Range<usize>,
    /// What to say right below them.
    pub label: String,
}

impl Mistake {
    /// Something that is wrong, wherever.
    ///
    /// ```
    /// let mistake = cqlint_build::Mistake::new("there are no statements");
    /// assert_eq!(mistake.to_string(), "error: there are no statements");
    /// ```
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// The same, with the characters that it is about.
    ///
    /// ```
    /// use cqlint_build::{Excerpt, Mistake};
    ///
    /// let excerpt = Excerpt { path: "a.cql".into(), text: "SELECT 1".into(), span: 7..8, label: String::new() };
    /// assert!(Mistake::new("is no column").at(excerpt).to_string().contains("a.cql:1:8"));
    /// ```
    #[must_use]
    pub fn at(self, excerpt: Excerpt) -> Self {
        Self { excerpt: Some(excerpt), ..self }
    }

    /// What an analysis found in a text.
    pub(crate) fn found(finding: Diagnostic, path: &str, text: &Arc<str>) -> Self {
        let excerpt = |span: cqlint_analysis::syntax::Span, label| Excerpt {
            path: path.into(),
            text: text.clone(),
            span: span.range(),
            label,
        };
        Self {
            rule: Some(finding.rule.name),
            message: finding.message,
            excerpt: Some(excerpt(finding.span, finding.label)),
            related: finding.related.into_iter().map(|related| excerpt(related.span, related.message)).collect(),
            note: finding.note,
            help: finding.help,
        }
    }

    /// The picture without the word `error`, for where it stands already, as in `compile_error!`.
    ///
    /// ```
    /// assert_eq!(cqlint_build::Mistake::new("there are no statements").untitled(), "there are no statements");
    /// ```
    #[must_use]
    pub fn untitled(&self) -> String {
        let rule = self.rule.map(|rule| format!(" [{rule}]")).unwrap_or_default();
        self.drawn(Level::ERROR.no_name().primary_title(format!("{}{rule}", self.message)))
    }

    fn drawn<'m>(&'m self, title: Title<'m>) -> String {
        let mut group = Group::with_title(title);
        let is_beside = |related: &&Excerpt| self.excerpt.as_ref().is_some_and(|excerpt| excerpt.path == related.path);
        let (beside, elsewhere): (Vec<_>, Vec<_>) = self.related.iter().partition(is_beside);
        group = group.elements(self.excerpt.iter().map(|excerpt| {
            let primary = excerpt.snippet().annotation(excerpt.annotation(AnnotationKind::Primary));
            primary.annotations(beside.iter().map(|related| related.annotation(AnnotationKind::Context)))
        }));
        let related = |related: &'m Excerpt| related.snippet().annotation(related.annotation(AnnotationKind::Context));
        group = group.elements(elsewhere.into_iter().map(related));
        group = group.elements(self.note.iter().map(|note| Level::NOTE.message(&**note)));
        group = group.elements(self.help.iter().map(|help| Level::HELP.message(&**help)));
        Renderer::plain().render(&[group])
    }

    /// What went wrong with a path.
    pub(crate) fn of_problem(problem: &Problem) -> Self {
        let folder = env::current_dir().unwrap_or_default();
        let begin = || format!("paths begin in the folder of the package, {}", folder.display());
        let is_elsewhere = problem.is_fatal() && problem.place.is_none();
        Self { note: is_elsewhere.then(begin), help: problem.help.clone(), ..Self::new(problem.to_string()) }
    }

    /// `queries/users.cql:1:8: there is no column `nam` [unknown-column]`: one line, for a warning of cargo.
    pub(crate) fn line(&self) -> String {
        let place = self.excerpt.as_ref().map(|excerpt| format!("{}: ", excerpt.place())).unwrap_or_default();
        let rule = self.rule.map(|rule| format!(" [{rule}]")).unwrap_or_default();
        format!("{place}{}{rule}", self.message).replace(['\n', '\r'], " ")
    }
}

impl Excerpt {
    /// `queries/users.cql:1:8`.
    fn place(&self) -> String {
        let (line, column) = position(&self.text, self.span.start);
        format!("{}:{line}:{column}", self.path)
    }

    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        Snippet::source(&*self.text).path(&self.path)
    }

    fn annotation(&self, kind: AnnotationKind) -> Annotation<'_> {
        kind.span(self.span.clone()).label(Some(self.label.as_str()).filter(|label| !label.is_empty()))
    }
}

/// Line and column of a byte, from 1; columns count characters.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.trim_start_matches('\u{feff}').chars().count() + 1)
}

/// The picture, without colours: cargo shows it as it is.
impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = Level::ERROR.primary_title(&*self.message);
        let title = match self.rule {
            Some(rule) => title.id(rule),
            None => title,
        };
        formatter.write_str(&self.drawn(title))
    }
}
