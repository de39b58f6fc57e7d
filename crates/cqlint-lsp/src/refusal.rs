//! Why a request is not answered, as the client and its author are told.

use lsp_server::ErrorCode;

/// Why a request is not answered.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
}

impl Refusal {
    /// It cannot be done, for a reason that a person understands.
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self { code: ErrorCode::RequestFailed, message: message.into() }
    }
}
