//! What is told to a report, and how each format answers.

use std::io;
use std::path::Path;

use cqlint_analysis::{Diagnostic, Level, Safety};

use crate::{Format, Summary, checkstyle, concise, full, github, gitlab, json, json_lines, junit, only_sums, sarif};

/// What the output may look like.
///
/// ```
/// let piped = cqlint_report::Style { color: false, width: 80 };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether there are ANSI escape sequences; without, not a single one.
    pub color: bool,
    /// How many cells a line has. Below 40, 40 are taken.
    pub width: usize,
}

/// A file and what was found in it.
///
/// ```
/// let fixes = cqlint_analysis::Safety::Safe;
/// let file = cqlint_report::File { path: "schema.cql", text: "USE shop;", findings: &[], fixes };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// As the user would write it.
    pub path: &'a str,
    /// The text that was analysed: spans are offsets into it.
    pub text: &'a str,
    /// In any order; they are shown in the order of the text. Those of the level `off` are passed over.
    pub findings: &'a [Diagnostic],
    /// The fixes that are made when they are asked for: the findings that have one of these are marked.
    pub fixes: Safety,
}

/// A file that was skipped, or could not be read.
///
/// ```
/// let trouble = cqlint_report::Trouble { path: "x.cql", place: None, message: "is not UTF-8", help: None, fatal: true };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Trouble<'a> {
    /// As the user would write it.
    pub path: &'a str,
    /// Line and column from 1, when it is about a place in the file.
    pub place: Option<(usize, usize)>,
    /// What is the matter, without a full stop.
    pub message: &'a str,
    /// What to do.
    pub help: Option<&'a str>,
    /// An error: what was asked for could not be done. Else a note.
    pub fatal: bool,
}

impl Trouble<'_> {
    pub(crate) fn level(&self) -> Level {
        if self.fatal { Level::Error } else { Level::Note }
    }

    /// `path`, or `path:line:column`.
    pub(crate) fn shown(&self) -> String {
        match self.place {
            Some((line, column)) => format!("{}:{line}:{column}", self.path),
            None => self.path.to_owned(),
        }
    }
}

/// How one format writes.
pub(crate) trait Layout: Send {
    /// Where relative paths begin. Most formats just write the paths.
    fn folder(&mut self, _: &Path) {}
    fn file(&mut self, out: &mut dyn io::Write, file: &File<'_>) -> io::Result<()>;
    fn trouble(&mut self, out: &mut dyn io::Write, trouble: &Trouble<'_>) -> io::Result<()>;
    fn finish(&mut self, out: &mut dyn io::Write, summary: &Summary, statistics: Statistics) -> io::Result<()>;
}

/// Whether the table of rules is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Statistics {
    Shown,
    Hidden,
}

/// Writes a report: some files and troubles, in any order, then the end.
///
/// It writes in small pieces: give it a buffered writer.
///
/// ```
/// use cqlint_report::{Format, Reporter, Style, Summary};
///
/// let mut reporter = Reporter::new(Format::Json, Style { color: false, width: 80 }, Vec::new());
/// let written = reporter.finish(&Summary { profiles: vec!["driver"], ..Summary::default() }, false)?;
/// assert!(written.starts_with(br#"{"schema_version":1,"findings":[],"troubles":[],"profile":"driver","#));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Reporter<W: io::Write> {
    format: Format,
    layout: Box<dyn Layout>,
    out: W,
}

impl<W: io::Write> Reporter<W> {
    /// A report in this format.
    pub fn new(format: Format, style: Style, out: W) -> Self {
        let style = Style { width: style.width.max(40), ..style };
        let layout: Box<dyn Layout> = match format {
            Format::Full => Box::new(full::Full::new(style)),
            Format::Concise => Box::new(concise::Concise::new(style)),
            Format::Summary => Box::new(only_sums::OnlySums::new(style)),
            Format::Json => Box::new(json::Json::default()),
            Format::JsonLines => Box::new(json_lines::JsonLines),
            Format::Github => Box::new(github::Github),
            Format::Gitlab => Box::new(gitlab::Gitlab::default()),
            Format::Sarif => Box::new(sarif::Sarif::default()),
            Format::Junit => Box::new(junit::Junit::default()),
            Format::Checkstyle => Box::new(checkstyle::Checkstyle::default()),
        };
        Self { format, layout, out }
    }

    /// Says in which folder relative paths begin. Formats with URIs need it for their base, and for `..`.
    #[must_use]
    pub fn in_folder(mut self, folder: &Path) -> Self {
        self.layout.folder(folder);
        self
    }

    /// Writes the findings of a file.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn file(&mut self, file: &File<'_>) -> io::Result<()> {
        self.layout.file(&mut self.out, file)
    }

    /// Writes that a file was not checked.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn trouble(&mut self, trouble: &Trouble<'_>) -> io::Result<()> {
        self.layout.trouble(&mut self.out, trouble)
    }

    /// Writes the summary, on demand with a table of the rules, flushes, and gives the writer back.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self, summary: &Summary, statistics: bool) -> io::Result<W> {
        let statistics = if statistics { Statistics::Shown } else { Statistics::Hidden };
        self.layout.finish(&mut self.out, summary, statistics)?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// The same without the sums, where these are only for people.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish_without_sums(mut self, summary: &Summary) -> io::Result<W> {
        if !self.format.is_for_people() {
            return self.finish(summary, false);
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

/// What stands before the remark of a finding.
pub(crate) fn heading(finding: &Diagnostic) -> &'static str {
    if finding.rule.is_about_retries() { "on a retry:" } else { "why:" }
}

/// What happens on a retry, or why it matters, and what to do: the lines below a message, where a format has room for them.
pub(crate) fn advice(finding: &Diagnostic) -> impl Iterator<Item = String> {
    let note = finding.note.iter().map(|note| format!("{} {note}", heading(finding)));
    note.chain(finding.help.iter().map(|help| format!("help: {help}")))
}

/// What stands beside a finding that can be mended.
pub(crate) const FIXABLE: &str = "[*]";

/// What stands beside the finding, when it can be mended by one of these fixes.
pub(crate) fn fixable(finding: &Diagnostic, fixes: Safety) -> Option<&'static str> {
    finding.fix.as_ref().filter(|fix| fix.safety <= fixes).map(|_| FIXABLE)
}

/// The findings that are shown at all, in the order of the text.
pub(crate) fn shown<'a>(file: &File<'a>) -> Vec<&'a Diagnostic> {
    let mut findings: Vec<_> = file.findings.iter().filter(|finding| finding.level != Level::Off).collect();
    findings.sort_by_key(|finding| (finding.span.start, finding.span.end));
    findings
}
