//! Where answers are lost: a statement goes wrong once.

use std::sync::{Mutex, MutexGuard, PoisonError};

use cqlint_cluster::{Fault, Kind, Request};
use scylla::statement::prepared::PreparedStatement;

/// Lets a statement go wrong once, and counts how often it is sent.
#[derive(Default)]
pub(crate) struct Trap(Mutex<State>);

#[derive(Default)]
struct State {
    /// What the server calls the statement.
    id: Vec<u8>,
    fault: Option<Fault>,
    sent: u32,
}

impl Trap {
    /// The next execution of a statement goes wrong.
    pub(crate) fn set(&self, statement: &PreparedStatement, fault: Option<Fault>) {
        *self.state() = State { id: statement.get_id().to_vec(), fault, sent: 0 };
    }

    /// How often it was sent since.
    pub(crate) fn sent(&self) -> u32 {
        self.state().sent
    }

    /// What goes wrong with a request. One that executes a prepared statement begins with the length of the statement's id, and the id.
    pub(crate) fn judge(&self, request: &Request<'_>) -> Option<Fault> {
        let mut state = self.state();
        let caught = request.kind == Kind::Execute && request.body.get(2..).is_some_and(|body| body.starts_with(&state.id));
        state.sent += u32::from(caught);
        if caught { state.fault.take() } else { None }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
