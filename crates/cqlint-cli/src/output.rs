//! The argument `FORMAT[=FILE]`: a report and where it goes.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};
use cqlint_report::Format;

/// A report that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) format: Format,
    /// Standard output when there is none.
    pub(crate) file: Option<PathBuf>,
}

/// Reads `FORMAT[=FILE]`; the formats are listed in the help and completed by shells.
#[derive(Clone, Copy)]
pub(crate) struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Output, Error> {
        let text = value.to_str().ok_or_else(|| Error::new(ErrorKind::InvalidUtf8).with_cmd(command))?;
        let (name, file) = match text.split_once('=') {
            Some((name, file)) => (name, Some(file)),
            None => (text, None),
        };
        let name = PossibleValuesParser::new(Format::NAMES).parse_ref(command, arg, OsStr::new(name))?;
        let file = match file {
            None | Some("-") => None,
            Some("") => {
                let message = format!("no file is named behind `{name}=`; write `{name}` alone for standard output\n");
                return Err(Error::raw(ErrorKind::ValueValidation, message).with_cmd(command));
            }
            Some(file) => Some(PathBuf::from(file)),
        };
        Ok(Output { format: name.parse().unwrap_or_default(), file })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::NAMES.iter().map(PossibleValue::new)))
    }
}
