//! The flags that are settings: each counts more than what a configuration file says under the same name.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use cqlint_analysis::syntax::Dialects;
use cqlint_analysis::{Profile, Timestamps};
use cqlint_lsp::Configuration;
use cqlint_project::configuration::{Choice, Setting, Value, function, level, name};

/// The headings of the help.
pub(crate) const DECISION: &str = "What a verdict is made with";
pub(crate) const FILES: &str = "Which files";
pub(crate) const FIXES: &str = "Mending";
const SETTINGS: &str = "Settings";

/// What a verdict is made with, and which configuration files count.
#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// What a verdict promises; `driver` unless configured
    #[arg(help_heading = DECISION, long, value_parser = PossibleValuesParser::new(Profile::ALL.iter().map(|profile| profile.name)))]
    profile: Option<String>,
    /// Which timestamp a second execution carries; `per-attempt` unless configured
    #[arg(help_heading = DECISION, long, value_parser = [Timestamps::PerAttempt, Timestamps::PerRequest].map(Timestamps::name))]
    timestamps: Option<String>,
    /// Whose CQL it is; `all` unless configured; may be repeated
    #[arg(help_heading = DECISION, long, value_name = "NAME", value_delimiter = ',', value_parser = dialects())]
    dialect: Vec<String>,
    /// The keyspace of names that have none
    #[arg(help_heading = DECISION, long, value_name = "NAME", value_parser = name)]
    keyspace: Option<String>,
    /// A function of yours that always answers the same, as `f` or `keyspace.f`; may be repeated
    #[arg(help_heading = DECISION, long, value_name = "NAME", value_parser = function)]
    deterministic: Vec<String>,
    /// How loud a rule or a group is: `NAME=off`, `note`, `warn` or `error`; may be repeated
    #[arg(help_heading = SETTINGS, long, value_name = "NAME=LEVEL", value_parser = rule)]
    rule: Vec<Value>,
    /// The configuration file for all files, instead of the closest to each
    #[arg(help_heading = SETTINGS, long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Use no configuration file
    #[arg(help_heading = SETTINGS, long, conflicts_with = "config")]
    isolated: bool,
}

/// Which files are read, and what standard input is called.
#[derive(Debug, Args)]
pub(crate) struct Selection {
    /// Pass over files and folders that match, as in .gitignore; besides those that are configured; may be repeated
    #[arg(help_heading = FILES, long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// What standard input is called: it is shown, read and configured as a file of this name
    #[arg(help_heading = FILES, long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,
}

impl Flags {
    /// The configuration files that count for files.
    pub(crate) fn choice(&self) -> Choice<'_> {
        match &self.config {
            Some(path) => Choice::Named(path),
            None if self.isolated => Choice::Isolated,
            None => Choice::Closest,
        }
    }

    /// The same, for files that come to be known later.
    pub(crate) fn configuration(&self) -> Configuration {
        match self.choice() {
            Choice::Named(path) => Configuration::Named(path.to_path_buf()),
            Choice::Isolated => Configuration::Isolated,
            Choice::Closest => Configuration::Closest,
        }
    }

    /// Those that count for a text that is in no file: only one that is named.
    pub(crate) fn choice_without_file(&self) -> Choice<'_> {
        self.config.as_deref().map_or(Choice::Isolated, Choice::Named)
    }

    /// What is set.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        let list = |texts: &Vec<String>| Some(texts).filter(|texts| !texts.is_empty()).cloned().map(Value::Texts);
        let values = [
            ("profile", self.profile.clone().map(Value::Text)),
            ("timestamps", self.timestamps.clone().map(Value::Text)),
            ("dialect", list(&self.dialect)),
            ("keyspace", self.keyspace.clone().map(Value::Text)),
            ("deterministic", list(&self.deterministic)),
        ];
        let rules = self.rule.iter().map(|level| ("rules", Some(level.clone())));
        values.into_iter().chain(rules).filter_map(|(key, value)| Setting::flag(key, value?)).collect()
    }
}

impl Selection {
    /// What is set.
    pub(crate) fn settings(&self) -> Option<Setting> {
        exclude(&self.exclude)
    }
}

/// What `--exclude` sets.
pub(crate) fn exclude(patterns: &[String]) -> Option<Setting> {
    if patterns.is_empty() { None } else { Setting::flag("exclude", Value::Texts(patterns.to_vec())) }
}

fn dialects() -> PossibleValuesParser {
    PossibleValuesParser::new(Dialects::NAMES.iter().map(|(name, _)| *name))
}

fn rule(text: &str) -> Result<Value, String> {
    let (name, loudness) = text.split_once('=').ok_or("it is written as NAME=LEVEL, like `marks=off`")?;
    level(name.trim(), loudness.trim())
}
