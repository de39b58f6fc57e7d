//! The formats by name.

use std::fmt;
use std::str::FromStr;

/// How findings are written.
///
/// ```
/// use cqlint_report::Format;
///
/// assert_eq!("json-lines".parse(), Ok(Format::JsonLines));
/// let error = "xml".parse::<Format>().unwrap_err();
/// assert_eq!(error.to_string(), "there is no format `xml`; choose one of full, concise, json, json-lines");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A picture of each finding, for people.
    #[default]
    Full,
    /// One line for each finding.
    Concise,
    /// One JSON document.
    Json,
    /// One JSON object on each line.
    JsonLines,
}

impl Format {
    /// All formats, the default first.
    pub const ALL: &'static [Self] = &[Self::Full, Self::Concise, Self::Json, Self::JsonLines];

    /// The names of all formats, the default first.
    pub const NAMES: &'static [&'static str] =
        &[Self::Full.name(), Self::Concise.name(), Self::Json.name(), Self::JsonLines.name()];

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
            Format::Json => "json",
            Format::JsonLines => "json-lines",
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
