//! The stable interface for scripts: one JSON object in, one out. Names and meanings here do not change; new fields may
//! come.

use std::collections::HashMap;
use std::io;

use cqlint_analysis::syntax::Dialects;
use cqlint_analysis::{Analysis, Certainty, Options, Profile, Schema, Timestamps, analyze, definitions};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use cqlint_project::configuration::{function, name};

/// So many schemas are remembered. A script that sends one with each request mostly sends the same.
const SCHEMAS: usize = 64;

/// Answers requests.
pub(crate) struct Classifier<'a> {
    /// What holds when a request does not say.
    defaults: Options<'a>,
    schemas: HashMap<String, Schema>,
}

/// A request, with its fields unread: one that is wrong must not hide the id.
#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    cql: Option<&'a RawValue>,
    #[serde(borrow, default)]
    schema: Option<&'a RawValue>,
    #[serde(borrow, default)]
    profile: Option<&'a RawValue>,
    #[serde(borrow, default)]
    timestamps: Option<&'a RawValue>,
    #[serde(borrow, default)]
    dialect: Option<&'a RawValue>,
    #[serde(borrow, default)]
    keyspace: Option<&'a RawValue>,
    #[serde(borrow, default)]
    deterministic: Option<&'a RawValue>,
}

/// One text, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

impl Texts {
    fn into_vec(self) -> Vec<String> {
        match self {
            Texts::One(text) => vec![text],
            Texts::Many(texts) => texts,
        }
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    id: Option<&'a RawValue>,
    verdict: &'static str,
    profile: &'static str,
    statements: Vec<StatementAnswer>,
    errors: Vec<ErrorAnswer>,
}

#[derive(Serialize)]
struct StatementAnswer {
    kind: &'static str,
    verdict: &'static str,
    start: u32,
    end: u32,
    hazards: Vec<HazardAnswer>,
}

#[derive(Serialize)]
struct HazardAnswer {
    kind: &'static str,
    certainty: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    depends_on: Option<String>,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct ErrorAnswer {
    start: u32,
    end: u32,
    message: String,
    expected: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

#[derive(Serialize)]
struct Refusal<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    error: &'a str,
}

impl<'a> Classifier<'a> {
    pub(crate) fn new(defaults: Options<'a>) -> Self {
        Self { defaults, schemas: HashMap::new() }
    }

    /// The answer to one line. It is an error only when the answer cannot be written.
    pub(crate) fn line(&mut self, line: &[u8]) -> io::Result<String> {
        let request = std::str::from_utf8(line).map_err(|error| format!("the line is not UTF-8: {error}")).and_then(read);
        let (id, result) = match request {
            Ok(request) => (request.id, self.classify(&request)),
            Err(error) => (None, Err(error)),
        };
        match result {
            Ok(answer) => Ok(answer?),
            Err(error) => Ok(serde_json::to_string(&Refusal { id, error: &error })?),
        }
    }

    fn classify(&mut self, request: &Request<'_>) -> Result<io::Result<String>, String> {
        let text: String = field("cql", request.cql)?.ok_or("`cql` is missing: the text to classify")?;
        let profile = match field::<String>("profile", request.profile)? {
            Some(name) => {
                Profile::named(&name).ok_or_else(|| unknown("profile", &name, Profile::ALL.iter().map(|profile| profile.name)))?
            }
            None => self.defaults.profile,
        };
        let timestamps = match field::<String>("timestamps", request.timestamps)? {
            Some(name) => Timestamps::named(&name).ok_or_else(|| {
                unknown("timestamps", &name, [Timestamps::PerAttempt, Timestamps::PerRequest].map(Timestamps::name))
            })?,
            None => self.defaults.timestamps,
        };
        let dialects = match field::<Texts>("dialect", request.dialect)?.map(Texts::into_vec) {
            Some(names) if !names.is_empty() => dialects(&names)?,
            _ => self.defaults.dialects,
        };
        let keyspace = match field::<String>("keyspace", request.keyspace)? {
            Some(keyspace) => Some(name(&keyspace).map_err(|error| format!("`keyspace`: {error}"))?),
            None => self.defaults.keyspace.map(str::to_owned),
        };
        let deterministic: Option<Vec<String>> = field::<Texts>("deterministic", request.deterministic)?
            .map(|names| names.into_vec().iter().map(|name| function(name)).collect())
            .transpose()
            .map_err(|error| format!("`deterministic`: {error}"))?;
        let own: Option<Vec<&str>> = deterministic.as_ref().map(|names| names.iter().map(String::as_str).collect());
        let options = Options {
            profile,
            timestamps,
            dialects,
            keyspace: keyspace.as_deref(),
            deterministic: own.as_deref().unwrap_or(self.defaults.deterministic),
            levels: None,
            open: &[],
            holes: &[],
            bindings: &[],
            schema: match request.schema {
                Some(texts) => Some(self.schema(texts)?),
                None => self.defaults.schema,
            },
        };
        let analysis = analyze(&text, &options);
        Ok(answer(request.id, &text, &analysis, profile))
    }

    fn schema(&mut self, texts: &RawValue) -> Result<&Schema, String> {
        if !self.schemas.contains_key(texts.get()) {
            let read = field::<Texts>("schema", Some(texts))?.map(Texts::into_vec).unwrap_or_default();
            if self.schemas.len() >= SCHEMAS {
                self.schemas.clear();
            }
            let schema = Schema::new((0..).zip(read.iter().map(|text| definitions(text))));
            self.schemas.insert(texts.get().to_owned(), schema);
        }
        self.schemas.get(texts.get()).ok_or_else(|| "the schema is lost".to_owned())
    }
}

/// The line that answers for a text.
pub(crate) fn answer(id: Option<&RawValue>, text: &str, analysis: &Analysis, profile: Profile) -> io::Result<String> {
    let statements = analysis.statements.iter().map(|statement| StatementAnswer {
        kind: statement.kind,
        verdict: statement.verdict.name(),
        start: statement.span.start,
        end: statement.span.end,
        hazards: hazards(statement, text, profile),
    });
    let errors = analysis.statements.iter().flat_map(|statement| &statement.errors).map(|error| ErrorAnswer {
        start: error.span.start,
        end: error.span.end,
        message: error.message.clone(),
        expected: error.expected.clone(),
        help: error.help.clone(),
    });
    // Why a text without a statement depends.
    let nothing = analysis.statements.is_empty().then(|| ErrorAnswer {
        start: 0,
        end: text.len() as u32,
        message: "there is no statement in the text".to_owned(),
        expected: vec!["a statement"],
        help: None,
    });
    let answer = Answer {
        id,
        verdict: analysis.verdict.name(),
        profile: profile.name,
        statements: statements.collect(),
        errors: errors.chain(nothing).collect(),
    };
    Ok(serde_json::to_string(&answer)?)
}

/// The hazards that the profile blocks, and remarks: the same that a person is told.
fn hazards(statement: &cqlint_analysis::StatementAnalysis, text: &str, profile: Profile) -> Vec<HazardAnswer> {
    let told = statement.hazards.iter().filter(|hazard| profile.reports(hazard.effect));
    told.map(|hazard| HazardAnswer {
        kind: hazard.rule.name,
        certainty: hazard.certainty.name(),
        depends_on: match hazard.certainty {
            Certainty::Certain => None,
            Certainty::Depends(_) => hazard.depends_on(text),
        },
        start: hazard.span.start,
        end: hazard.span.end,
    })
    .collect()
}

fn read(line: &str) -> Result<Request<'_>, String> {
    let line = line.trim_start_matches('\u{feff}').trim();
    if !line.starts_with('{') {
        return Err(format!("a request is a JSON object, like {}", r#"{"id": 1, "cql": "SELECT * FROM t"}"#));
    }
    serde_json::from_str(line).map_err(|error| format!("the line is no JSON object: {error}"))
}

/// The value of a field; nothing when it is absent or null.
fn field<T: DeserializeOwned>(name: &str, value: Option<&RawValue>) -> Result<Option<T>, String> {
    let Some(value) = value else { return Ok(None) };
    serde_json::from_str(value.get()).map_err(|_| {
        let wanted = match name {
            "schema" | "dialect" | "deterministic" => "an array of strings",
            _ => "a string",
        };
        format!("`{name}` is not {wanted}")
    })
}

fn dialects(names: &[String]) -> Result<Dialects, String> {
    let mut all = None;
    for name in names {
        let one: Dialects = name.parse().map_err(|_| unknown("dialect", name, Dialects::NAMES.iter().map(|(name, _)| *name)))?;
        all = Some(all.map_or(one, |all| all | one));
    }
    Ok(all.unwrap_or(Dialects::ALL))
}

fn unknown(what: &str, name: &str, known: impl IntoIterator<Item = &'static str>) -> String {
    let known: Vec<_> = known.into_iter().map(|name| format!("`{name}`")).collect();
    format!("`{what}` is `{name}`, which is none of {}", known.join(", "))
}
