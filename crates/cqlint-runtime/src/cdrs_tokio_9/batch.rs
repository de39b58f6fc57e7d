//! The flag of a batch, from its statements. The driver sends of a prepared one only the id, but keeps its text beside it.

use std::sync::Arc;

use cdrs_tokio::frame::message_batch::{BatchQuery, BatchQuerySubj, BatchType};
use cdrs_tokio::query::QueryBatch;

use super::told::Told;
use super::values::bound;
use crate::{BatchKind, BatchQuestion, Classifier, Decision, MarkerType, Question, Timestamp};

/// What is decided of a batch. Nothing when it is of a type that nobody knows, or holds an id whose text is not there.
pub(super) fn decide(batch: &QueryBatch, keyspace: Option<&str>, told: &Told, classifier: &Classifier) -> Option<Arc<Decision>> {
    let request = &batch.request;
    let kind = match request.batch_type {
        BatchType::Logged => BatchKind::Logged,
        BatchType::Unlogged => BatchKind::Unlogged,
        BatchType::Counter => BatchKind::Counter,
        _ => return None,
    };
    let keyspace = request.keyspace.as_deref().or(keyspace);
    let types: Vec<_> = request.queries.iter().map(|member| move || types(member, told)).collect();
    let members = request.queries.iter().zip(&types).map(|(member, types)| question(batch, member, types, keyspace));
    let members: Vec<Question<'_>> = members.collect::<Option<_>>()?;
    let values = || request.queries.iter().zip(&members).map(|(member, question)| bound(&member.values, question)).collect();
    let timestamp = if request.timestamp.is_some() { Timestamp::Own } else { Timestamp::Drawn };
    Some(classifier.decide_batch_bound(&BatchQuestion { kind, members: &members, timestamp }, values))
}

fn question<'a>(
    batch: &'a QueryBatch,
    member: &'a BatchQuery,
    types: &'a dyn Fn() -> Vec<MarkerType>,
    keyspace: Option<&'a str>,
) -> Option<Question<'a>> {
    match &member.subject {
        BatchQuerySubj::QueryString(text) => Some(Question { keyspace, ..Question::new(text) }),
        BatchQuerySubj::PreparedId(id) => {
            let prepared = batch.prepared_queries.get(id)?;
            let keyspace = prepared.keyspace.as_deref().or(keyspace);
            Some(Question { keyspace, types: Some(types), ..Question::new(&prepared.query) })
        }
    }
}

fn types(member: &BatchQuery, told: &Told) -> Vec<MarkerType> {
    match &member.subject {
        BatchQuerySubj::PreparedId(id) => told.types(id),
        BatchQuerySubj::QueryString(_) => Vec::new(),
    }
}
