//! For programs: every policy with every failure.

use cqlint_analysis::drivers::retry::{Failure, Policy, Standing};
use serde::Serialize;

use super::{Cell, Retries};
use crate::record::SCHEMA_VERSION;

#[derive(Serialize)]
struct Head<'a> {
    schema_version: u32,
    statement: &'a str,
    kind: &'a str,
    operation: &'a str,
    verdict: &'a str,
    profile: &'a str,
    reasons: &'a [&'a str],
    mark: &'a str,
    unsafe_policies: usize,
}

#[derive(Serialize)]
struct Asked {
    driver: &'static str,
    policy: &'static str,
    default: bool,
    source: &'static str,
    failures: Vec<Outcome>,
}

/// The numbers of a failure stand where it has some.
#[derive(Serialize)]
struct Outcome {
    failure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    write_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alive: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_present: Option<bool>,
    decision: &'static str,
    r#unsafe: bool,
}

/// One document, with one policy on each line:
/// `{"schema_version":1,"statement":…,"policies":[{"driver":…,"failures":[…]},…]}`.
///
/// # Errors
/// Those of the serializer.
pub fn retries_json(retries: &Retries<'_>) -> serde_json::Result<String> {
    let head = serde_json::to_string(&Head {
        schema_version: SCHEMA_VERSION,
        statement: retries.text,
        kind: retries.kind,
        operation: retries.facts.operation.name(),
        verdict: retries.verdict.name(),
        profile: retries.profile,
        reasons: &retries.reasons,
        mark: retries.facts.mark.name(),
        unsafe_policies: retries.unsafe_policies(),
    })?;
    let lines: Vec<String> =
        retries.policies.iter().map(|policy| serde_json::to_string(&asked(retries, policy))).collect::<Result<_, _>>()?;
    let head = head.strip_suffix('}').unwrap_or(&head);
    Ok(format!("{head},\"policies\":[\n{}\n]}}\n", lines.join(",\n")))
}

fn asked(retries: &Retries<'_>, policy: &Policy) -> Asked {
    Asked {
        driver: policy.driver.facts().id,
        policy: policy.name,
        default: policy.standing == Standing::Default,
        source: policy.source,
        failures: retries.cells(policy).map(outcome).collect(),
    }
}

fn outcome(cell: Cell) -> Outcome {
    let bare = Outcome {
        failure: cell.failure.name(),
        write_type: None,
        received: None,
        alive: None,
        required: None,
        data_present: None,
        decision: cell.decision.name(),
        r#unsafe: cell.is_unsafe,
    };
    match cell.failure {
        Failure::ReadTimeout { received, required, data_present } => {
            Outcome { received: Some(received), required: Some(required), data_present: Some(data_present), ..bare }
        }
        Failure::WriteTimeout { write_type, received, required } => {
            Outcome { write_type: Some(write_type.name()), received: Some(received), required: Some(required), ..bare }
        }
        Failure::Unavailable { alive, required } => Outcome { alive: Some(alive), required: Some(required), ..bare },
        Failure::Overloaded
        | Failure::ServerError
        | Failure::TruncateError
        | Failure::Bootstrapping
        | Failure::ConnectionClosed
        | Failure::ClientTimeout
        | Failure::NotSent
        | Failure::ReadFailure
        | Failure::WriteFailure
        | Failure::FunctionFailure => bare,
    }
}
