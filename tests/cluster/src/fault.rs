//! What goes wrong with a request, and how a server says so.

use cqlint_drivers::retry::Failure;

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// When it goes wrong.
    pub moment: Moment,
    /// What the driver notices.
    pub failure: Failure,
}

/// When a request goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// The server never sees it.
    BeforeServer,
    /// The server has executed it, and its answer is lost.
    AfterServer,
}

impl Fault {
    /// The server has executed the request, and the driver notices this.
    #[must_use]
    pub const fn after(failure: Failure) -> Self {
        Self { moment: Moment::AfterServer, failure }
    }

    /// The server never sees the request, and the driver notices this.
    #[must_use]
    pub const fn before(failure: Failure) -> Self {
        Self { moment: Moment::BeforeServer, failure }
    }
}

/// What a driver hears instead of the answer.
pub(crate) enum Heard {
    /// Nothing at all.
    Silence,
    /// That the connection is closed.
    End,
    /// An error, with this body.
    Error(Vec<u8>),
}

/// LOCAL_QUORUM: what both drivers ask for.
const CONSISTENCY: u16 = 6;

impl Heard {
    pub(crate) fn of(failure: Failure) -> Self {
        let error = match failure {
            Failure::ClientTimeout => return Self::Silence,
            Failure::ConnectionClosed | Failure::NotSent => return Self::End,
            Failure::ServerError => Body::new(0x0000, failure),
            Failure::Unavailable { alive, required } => Body::new(0x1000, failure).short(CONSISTENCY).ints(&[required, alive]),
            Failure::Overloaded => Body::new(0x1001, failure),
            Failure::Bootstrapping => Body::new(0x1002, failure),
            Failure::TruncateError => Body::new(0x1003, failure),
            Failure::WriteTimeout { write_type, received, required } => {
                Body::new(0x1100, failure).short(CONSISTENCY).ints(&[received, required]).string(write_type.name())
            }
            Failure::ReadTimeout { received, required, data_present } => {
                Body::new(0x1200, failure).short(CONSISTENCY).ints(&[received, required]).byte(data_present.into())
            }
            Failure::ReadFailure => Body::new(0x1300, failure).short(CONSISTENCY).ints(&[1, 2, 1]).byte(0),
            Failure::FunctionFailure => Body::new(0x1400, failure).string("keyspace").string("function").short(0),
            Failure::WriteFailure => Body::new(0x1500, failure).short(CONSISTENCY).ints(&[1, 2, 1]).string("SIMPLE"),
        };
        Self::Error(error.0)
    }

    /// What a server says of a version or a form that it does not know; drivers then try an older one.
    pub(crate) fn protocol_error() -> Vec<u8> {
        Body::new(0x000A, "Invalid or unsupported protocol version; the lowest supported version is 4 and the greatest is 4").0
    }
}

/// The body of an error.
struct Body(Vec<u8>);

impl Body {
    fn new(code: u32, message: impl ToString) -> Self {
        Self(code.to_be_bytes().to_vec()).string(&message.to_string())
    }

    fn byte(mut self, value: u8) -> Self {
        self.0.push(value);
        self
    }

    fn short(mut self, value: u16) -> Self {
        self.0.extend(value.to_be_bytes());
        self
    }

    fn ints(mut self, values: &[u32]) -> Self {
        self.0.extend(values.iter().flat_map(|value| value.to_be_bytes()));
        self
    }

    fn string(self, value: &str) -> Self {
        // What is sent here is short.
        let mut body = self.short(u16::try_from(value.len()).unwrap_or(u16::MAX));
        body.0.extend(value.as_bytes());
        body
    }
}
