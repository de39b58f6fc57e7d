//! The forms in `forms.toml`.

use serde::Deserialize;

use super::Answer;

#[derive(Deserialize)]
struct Forms {
    section: Vec<Section>,
}

/// Forms under one heading.
#[derive(Deserialize)]
pub(super) struct Section {
    pub(super) title: String,
    pub(super) form: Vec<Form>,
}

/// A form of statement, in the words of each peer that can say it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub(super) cql: String,
    pub(super) java: Option<String>,
    pub(super) node: Option<String>,
    pub(super) cql_proxy: CqlProxy,
    pub(super) differs: Option<String>,
}

/// What cql-proxy answers.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CqlProxy {
    Yes,
    No,
    Refused,
}

impl CqlProxy {
    pub(super) fn answer(self) -> Answer {
        match self {
            Self::Yes => Answer::Idempotent,
            Self::No => Answer::NotIdempotent,
            Self::Refused => Answer::Refused,
        }
    }
}

pub(super) fn sections() -> Vec<Section> {
    let forms: Forms = toml::from_str(include_str!("forms.toml")).expect("forms as they are described there");
    forms.section
}
