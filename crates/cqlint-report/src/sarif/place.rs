//! Places and changes in a file, as SARIF writes them: lines, and columns in code units of UTF-16.

use std::collections::BTreeMap;
use std::path::Path;

use cqlint_analysis::syntax::Span;
use serde::Serialize;

use super::record::Message;
use crate::index::LineIndex;
use crate::uri;

/// What the folder is called in which relative paths begin.
const FOLDER: &str = "%SRCROOT%";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

impl Artifact {
    fn new(path: &str, folder: Option<&Path>) -> Self {
        let uri = uri::file(path, folder);
        let is_relative = folder.is_some() && !uri.starts_with("file:");
        Self { uri, uri_base_id: is_relative.then_some(FOLDER) }
    }
}

/// From 1; the end is the place behind the last character.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fix<'a> {
    description: Message<'a>,
    artifact_changes: [Change<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    inserted_content: Option<Content<'a>>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

/// The places of one file.
pub(super) struct Places<'a> {
    artifact: Artifact,
    index: &'a LineIndex<'a>,
}

impl<'a> Places<'a> {
    pub(super) fn new(path: &str, folder: Option<&Path>, index: &'a LineIndex<'a>) -> Self {
        Self { artifact: Artifact::new(path, folder), index }
    }

    pub(super) fn location<'m>(&self, id: Option<usize>, span: Span, message: &'m str) -> Location<'m> {
        let artifact_location = self.artifact.clone();
        let region = Some(self.region(span));
        let message = (!message.is_empty()).then(|| Message { text: message.into() });
        Location { id, physical_location: PhysicalLocation { artifact_location, region }, message }
    }

    pub(super) fn fix<'f>(&self, fix: &'f cqlint_analysis::Fix) -> Fix<'f> {
        let replacements = fix.edits.iter().map(|edit| Replacement {
            deleted_region: self.region(edit.span),
            inserted_content: (!edit.text.is_empty()).then_some(Content { text: &edit.text }),
        });
        let change = Change { artifact_location: self.artifact.clone(), replacements: replacements.collect() };
        Fix { description: Message { text: fix.message.as_str().into() }, artifact_changes: [change] }
    }

    fn region(&self, span: Span) -> Region {
        let range = span.range();
        let start = self.index.position_in_utf16(range.start);
        let end = self.index.position_in_utf16(range.end.max(range.start));
        Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
    }
}

/// A file as a whole.
pub(super) fn of_file(path: &str, folder: Option<&Path>) -> Location<'static> {
    let artifact_location = Artifact::new(path, folder);
    Location { id: None, physical_location: PhysicalLocation { artifact_location, region: None }, message: None }
}

/// Where the folder lies.
pub(super) fn bases(uri: String) -> impl Serialize {
    #[derive(Serialize)]
    struct Base {
        uri: String,
    }
    BTreeMap::from([(FOLDER, Base { uri })])
}
