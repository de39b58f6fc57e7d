//! Messages over standard input and output. What is no message is passed over: only the client's end is the server's.

use std::io::{self, BufRead, Read, Write};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use lsp_server::{Connection, Message};

/// No editor sends more at once; who says so is mistaken about where a message begins.
const LONGEST: u64 = 1 << 30;

/// So many messages wait at most. Who sends more has to wait.
const WAITING: usize = 1 << 12;

/// The threads that read and write.
#[derive(Debug)]
pub(crate) struct Threads {
    writer: JoinHandle<()>,
}

impl Threads {
    /// Waits until everything is written. The reader is left alone: it may wait for a client that says nothing any more.
    pub(crate) fn finish(self) {
        // What it could not write, nobody reads.
        let _ = self.writer.join();
    }
}

/// A connection over standard input and output.
#[must_use]
pub(crate) fn stdio() -> (Connection, Threads) {
    // What waits is seen before it is answered, so that a later message can withdraw it.
    let (to_server, receiver) = bounded(WAITING);
    // Nobody is kept waiting by a client that does not read.
    let (sender, to_client) = unbounded();
    thread::spawn(move || read_all(&mut io::stdin().lock(), &to_server));
    let writer = thread::spawn(move || write_all(&mut io::stdout().lock(), &to_client));
    (Connection { sender, receiver }, Threads { writer })
}

/// Hands over each message, until there are no more or nobody wants them.
fn read_all(input: &mut impl BufRead, to_server: &Sender<Message>) {
    loop {
        match read(input) {
            Ok(Some(message)) => {
                if to_server.send(message).is_err() {
                    return;
                }
            }
            Ok(None) => return,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                // Clients keep what is said here in their logs.
                let _ = writeln!(io::stderr(), "cqlint: a message is passed over: {error}");
            }
            Err(_) => return,
        }
    }
}

fn write_all(output: &mut impl Write, to_client: &Receiver<Message>) {
    // When the client is gone, the rest is for nobody; but whoever sends is not kept waiting.
    let mut is_gone = false;
    for message in to_client {
        is_gone = is_gone || message.write(output).is_err();
    }
}

/// The next message; nothing at the end.
///
/// # Errors
/// Those of the reader; `InvalidData` for what is no message, after which one can go on.
fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_ascii();
        if line.is_empty() {
            match length {
                Some(_) => break,
                // Behind a message that was cut off there may be blank lines.
                None => continue,
            }
        }
        if let Some((name, value)) = std::str::from_utf8(line).ok().and_then(|line| line.split_once(':'))
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok().filter(|length| *length <= LONGEST);
        }
    }
    let mut content = Vec::new();
    let expected = length.unwrap_or(0);
    if input.take(expected).read_to_end(&mut content)? as u64 != expected {
        return Ok(None);
    }
    serde_json::from_slice(&content).map(Some).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

#[cfg(test)]
mod tests {
    use lsp_server::Notification;

    use super::*;

    fn methods(input: &[u8]) -> Vec<String> {
        let (to_server, receiver) = crossbeam_channel::unbounded();
        read_all(&mut io::Cursor::new(input), &to_server);
        drop(to_server);
        let method = |message| match message {
            Message::Notification(Notification { method, .. }) => method,
            Message::Request(request) => request.method,
            Message::Response(_) => "a response".to_owned(),
        };
        receiver.into_iter().map(method).collect()
    }

    fn framed(content: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{content}", content.len())
    }

    #[test]
    fn what_is_no_message_is_passed_over() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        let strange = [
            framed("{"),
            framed("[]"),
            framed(r#"{"id": {}, "method": 3}"#),
            "noise\r\n".to_owned(),
            "Content-Length: many\r\n".to_owned(),
            "Content-Length: 99999999999999999999\r\n".to_owned(),
            "\r\n\n".to_owned(),
            framed("\u{feff}"),
            framed(&"[".repeat(10_000)),
        ];
        for strange in strange {
            let input = format!("{strange}{good}");
            assert_eq!(methods(input.as_bytes()), ["exit"], "{strange:?}");
        }
    }

    #[test]
    fn headers_may_be_written_in_other_ways() {
        let content = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let length = content.len();
        for head in [
            format!("content-length:{length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n"),
            format!("Content-Length: {length}\n\n"),
        ] {
            assert_eq!(methods(format!("{head}{content}").as_bytes()), ["exit"], "{head:?}");
        }
    }

    #[test]
    fn a_message_that_is_cut_off_is_the_end() {
        let input = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        assert_eq!(methods(&input.as_bytes()[..input.len() - 3]), Vec::<String>::new());
    }
}
