//! Frames of the native protocol, version 4: nine bytes that say what follows, and the body.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// The version that drivers are told to speak. The next one wraps its frames.
const VERSION: u8 = 4;
/// Marks what the server says.
const ANSWER: u8 = 0x80;
/// What the flags say of a body that is compressed.
const COMPRESSED: u8 = 1;
/// What no body exceeds.
const LONGEST: u32 = 256 << 20;
/// The opcode of an error.
const ERROR: u8 = 0;

/// What a driver asks for, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A statement as text.
    Query,
    /// A statement to prepare.
    Prepare,
    /// A prepared statement with its values.
    Execute,
    /// A batch.
    Batch,
    /// Whatever else a connection needs.
    Other,
}

/// A frame.
pub(crate) struct Frame {
    pub(crate) version: u8,
    flags: u8,
    /// Joins request and answer.
    pub(crate) stream: i16,
    opcode: u8,
    pub(crate) body: Vec<u8>,
}

impl Frame {
    /// The next frame.
    pub(crate) async fn read(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Self> {
        let (version, flags) = (from.read_u8().await?, from.read_u8().await?);
        let (stream, opcode, length) = (from.read_i16().await?, from.read_u8().await?, from.read_u32().await?);
        if length > LONGEST {
            return Err(io::Error::other("no frame of the native protocol"));
        }
        let mut body = vec![0; usize::try_from(length).map_err(io::Error::other)?];
        from.read_exact(&mut body).await?;
        Ok(Self { version, flags, stream, opcode, body })
    }

    /// Sends it.
    pub(crate) async fn write(&self, to: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
        let mut bytes = vec![self.version, self.flags];
        bytes.extend(self.stream.to_be_bytes());
        bytes.push(self.opcode);
        bytes.extend(u32::try_from(self.body.len()).map_err(io::Error::other)?.to_be_bytes());
        bytes.extend(&self.body);
        to.write_all(&bytes).await
    }

    /// The error that answers the request of a stream.
    pub(crate) fn error(stream: i16, body: Vec<u8>) -> Self {
        Self { version: VERSION | ANSWER, flags: 0, stream, opcode: ERROR, body }
    }

    /// Whether a request can be read here.
    pub(crate) const fn is_legible(&self) -> bool {
        self.version == VERSION && self.flags & COMPRESSED == 0
    }

    pub(crate) const fn kind(&self) -> Kind {
        match self.opcode {
            0x07 => Kind::Query,
            0x09 => Kind::Prepare,
            0x0A => Kind::Execute,
            0x0D => Kind::Batch,
            _ => Kind::Other,
        }
    }

    /// Changes the statement of a request that begins with one.
    pub(crate) fn map_statement(&mut self, change: impl FnOnce(&str) -> String) -> Option<()> {
        let (length, rest) = self.body.split_first_chunk::<4>()?;
        let (statement, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        let changed = change(str::from_utf8(statement).ok()?);
        self.body = [&u32::try_from(changed.len()).ok()?.to_be_bytes(), changed.as_bytes(), rest].concat();
        Some(())
    }
}
