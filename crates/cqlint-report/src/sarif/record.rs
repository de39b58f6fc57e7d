//! The objects of SARIF, under the names of the standard; only what is written of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::place::{Fix, Location};
use crate::Summary;

/// The name of our fingerprints. Another way to make them takes another number.
pub(super) const FINGERPRINT: &str = "cqlint/v1";

#[derive(Serialize)]
pub(super) struct Tool<'a> {
    pub(super) driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule<'a>>,
}

impl<'a> Driver<'a> {
    pub(super) fn new(rules: Vec<Rule<'a>>) -> Self {
        Self { name: "cqlint", semantic_version: env!("CARGO_PKG_VERSION"), information_uri: env!("CARGO_PKG_REPOSITORY"), rules }
    }
}

/// What is known of a rule: services show it beside its findings.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule<'a> {
    id: &'a str,
    short_description: Message<'a>,
    full_description: Message<'a>,
    help: Help<'a>,
    help_uri: String,
    default_configuration: Configuration,
    properties: Tags<'a>,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: Level,
}

#[derive(Serialize)]
struct Tags<'a> {
    tags: [&'a str; 1],
}

impl<'a> Rule<'a> {
    pub(super) fn new(rule: &'a cqlint_analysis::Rule) -> Self {
        Self {
            id: rule.name,
            short_description: Message { text: rule.summary.into() },
            full_description: Message { text: rule.summary.into() },
            help: Help { text: rule.summary, markdown: rule.docs },
            help_uri: rule.url(),
            default_configuration: Configuration {
                enabled: rule.level != cqlint_analysis::Level::Off,
                level: Level::from(rule.level),
            },
            properties: Tags { tags: [rule.group] },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    None,
    Note,
    Warning,
    Error,
}

impl From<cqlint_analysis::Level> for Level {
    fn from(level: cqlint_analysis::Level) -> Self {
        match level {
            cqlint_analysis::Level::Off => Self::None,
            cqlint_analysis::Level::Note => Self::Note,
            cqlint_analysis::Level::Warn => Self::Warning,
            cqlint_analysis::Level::Error => Self::Error,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Message<'a> {
    pub(super) text: Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Result<'a> {
    pub(super) rule_id: &'a str,
    pub(super) rule_index: Option<usize>,
    pub(super) level: Level,
    pub(super) message: Message<'a>,
    pub(super) locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) related_locations: Vec<Location<'a>>,
    pub(super) partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fixes: Vec<Fix<'a>>,
}

/// The run; its notifications are written beside this.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    pub(super) execution_successful: bool,
}

/// A file that was not checked.
#[derive(Serialize)]
pub(super) struct Notification<'a> {
    pub(super) level: Level,
    pub(super) message: Message<'a>,
    pub(super) locations: [Location<'a>; 1],
}

/// What the standard has no place for.
#[derive(Serialize)]
pub(super) struct Properties {
    profile: String,
    files: usize,
    statements: usize,
    idempotent: usize,
    not_idempotent: usize,
    depends: usize,
}

impl Properties {
    pub(super) fn new(summary: &Summary) -> Self {
        Self {
            profile: summary.profile(),
            files: summary.files,
            statements: summary.statements,
            idempotent: summary.idempotent,
            not_idempotent: summary.not_idempotent,
            depends: summary.depends,
        }
    }
}
