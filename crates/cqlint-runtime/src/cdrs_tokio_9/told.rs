//! What the server said of the bind markers of the statements that it has prepared. The driver's own `PreparedQuery` keeps none
//! of it.

use cdrs_tokio::types::CBytesShort;
use papaya::HashMap;

use crate::MarkerType;

/// So many statements are remembered. Who prepares more than that prepares what should have had bind markers; without their
/// types, such statements are decided by the schema alone.
const MOST: usize = 16 * 1024;

/// By the id of the prepared statement.
#[derive(Default)]
pub(super) struct Told(HashMap<CBytesShort, Box<[MarkerType]>>);

impl Told {
    pub(super) fn remember(&self, id: &CBytesShort, types: Box<[MarkerType]>) {
        let told = self.0.pin();
        if told.len() < MOST || told.contains_key(id) {
            told.insert(id.clone(), types);
        }
    }

    /// Nothing for a statement that somebody else has prepared.
    pub(super) fn types(&self, id: &CBytesShort) -> Vec<MarkerType> {
        self.0.pin().get(id).map_or_else(Vec::new, |types| types.to_vec())
    }

    /// A table may have been dropped and made anew with other types, under which the statement has the same id.
    pub(super) fn forget(&self) {
        self.0.pin().clear();
    }
}
