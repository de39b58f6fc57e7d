//! The formats by name.

use std::fmt;
use std::str::FromStr;

/// How findings are written.
///
/// ```
/// use cqlint_report::Format;
///
/// assert_eq!("json-lines".parse(), Ok(Format::JsonLines));
/// let error = "pdf".parse::<Format>().unwrap_err();
/// assert_eq!(error.to_string(), "there is no format `pdf`; choose one of full, concise, summary, json, json-lines, github, gitlab, sarif, junit, checkstyle");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A picture of each finding, for people.
    #[default]
    Full,
    /// One line for each finding.
    Concise,
    /// Only the sums, and what could not be checked.
    Summary,
    /// One JSON document.
    Json,
    /// One JSON object on each line.
    JsonLines,
    /// Commands to GitHub's workflows, which become annotations.
    Github,
    /// GitLab's report on code quality.
    Gitlab,
    /// SARIF 2.1.0, the format that tools of analysis exchange.
    Sarif,
    /// JUnit's report on tests, in which each finding is a test.
    Junit,
    /// The XML of Checkstyle.
    Checkstyle,
}

impl Format {
    /// All formats, the default first.
    pub const ALL: &'static [Self] = &[
        Self::Full,
        Self::Concise,
        Self::Summary,
        Self::Json,
        Self::JsonLines,
        Self::Github,
        Self::Gitlab,
        Self::Sarif,
        Self::Junit,
        Self::Checkstyle,
    ];

    /// The names of all formats, the default first.
    pub const NAMES: &'static [&'static str] = &[
        Self::Full.name(),
        Self::Concise.name(),
        Self::Summary.name(),
        Self::Json.name(),
        Self::JsonLines.name(),
        Self::Github.name(),
        Self::Gitlab.name(),
        Self::Sarif.name(),
        Self::Junit.name(),
        Self::Checkstyle.name(),
    ];

    /// The name on the command line.
    ///
    /// ```
    /// assert_eq!(cqlint_report::Format::JsonLines.name(), "json-lines");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Format::Full => "full",
            Format::Concise => "concise",
            Format::Summary => "summary",
            Format::Json => "json",
            Format::JsonLines => "json-lines",
            Format::Github => "github",
            Format::Gitlab => "gitlab",
            Format::Sarif => "sarif",
            Format::Junit => "junit",
            Format::Checkstyle => "checkstyle",
        }
    }

    /// Whether people read it; its sums are only for them, and can be left out.
    ///
    /// ```
    /// use cqlint_report::Format;
    ///
    /// assert!(Format::Concise.is_for_people() && !Format::Json.is_for_people());
    /// ```
    #[must_use]
    pub const fn is_for_people(self) -> bool {
        match self {
            Format::Full | Format::Concise | Format::Summary | Format::Github => true,
            Format::Json | Format::JsonLines | Format::Gitlab | Format::Sarif | Format::Junit | Format::Checkstyle => false,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let found = Self::ALL.iter().copied().find(|format| format.name() == name);
        found.ok_or_else(|| UnknownFormat { name: name.to_string() })
    }
}

/// A name that is not in [`Format::NAMES`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat {
    name: String,
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no format `{}`; choose one of {}", self.name, Format::NAMES.join(", "))
    }
}

impl std::error::Error for UnknownFormat {}
