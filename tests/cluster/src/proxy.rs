//! One host in front of the server: it passes on what driver and server say to each other, and lets requests go wrong.
//!
//! `scylla-proxy` 0.0.8 sees an answer without the request that it belongs to, and closes all connections of a host at once, so it
//! cannot lose the answer to one request among many.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::fault::{Fault, Heard, Moment};
use crate::frame::{Frame, Kind};

/// A request of a driver.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// What it asks for.
    pub kind: Kind,
    /// Its body, as the protocol has it.
    pub body: &'a [u8],
}

/// Says what goes wrong with a request.
pub(crate) type Judge = dyn Fn(&Request<'_>) -> Option<Fault> + Send + Sync;

/// What the connections of one host have in common.
pub(crate) struct Proxy {
    pub(crate) server: SocketAddr,
    /// Holds what the host says of itself and the others; see `hosts.rs`.
    pub(crate) keyspace: String,
    pub(crate) judge: Arc<Judge>,
}

impl Proxy {
    /// Takes connections until it is dropped.
    pub(crate) async fn serve(self, listener: TcpListener) {
        let proxy = Arc::new(self);
        let mut connections = JoinSet::new();
        while let Ok((driver, _)) = listener.accept().await {
            let proxy = proxy.clone();
            // What breaks one connection is for its driver to notice.
            connections.spawn(async move { proxy.connect(driver).await });
            while connections.try_join_next().is_some() {}
        }
    }

    /// Both ways of one connection; when one ends, both do.
    async fn connect(&self, driver: TcpStream) -> io::Result<()> {
        let server = TcpStream::connect(self.server).await?;
        driver.set_nodelay(true)?;
        server.set_nodelay(true)?;
        let ((from_driver, to_driver), (from_server, to_server)) = (driver.into_split(), server.into_split());
        let connection = Connection { to_driver: tokio::sync::Mutex::new(to_driver), lost: Mutex::default() };
        tokio::select! {
            ended = self.requests(&connection, from_driver, to_server) => ended,
            ended = connection.answers(from_server) => ended,
        }
    }

    async fn requests(&self, connection: &Connection, mut driver: OwnedReadHalf, mut server: OwnedWriteHalf) -> io::Result<()> {
        loop {
            let mut frame = Frame::read(&mut driver).await?;
            if !frame.is_legible() {
                return connection.tell(&Frame::error(frame.stream, Heard::protocol_error())).await;
            }
            let kind = frame.kind();
            if matches!(kind, Kind::Query | Kind::Prepare) {
                let own = |table: &str| format!("{}.{table}", self.keyspace);
                let renamed = |text: &str| text.replace("system.local", &own("local")).replace("system.peers", &own("peers"));
                frame.map_statement(renamed).ok_or_else(|| io::Error::other("no statement"))?;
            }
            match (self.judge)(&Request { kind, body: &frame.body }) {
                None => {}
                Some(Fault { moment: Moment::AfterServer, failure }) => connection.lose(frame.stream, Heard::of(failure)),
                Some(Fault { moment: Moment::BeforeServer, failure }) => match Heard::of(failure) {
                    Heard::Silence => continue,
                    Heard::End => return Ok(()),
                    Heard::Error(body) => {
                        connection.tell(&Frame::error(frame.stream, body)).await?;
                        continue;
                    }
                },
            }
            frame.write(&mut server).await?;
        }
    }
}

/// One connection of a driver.
struct Connection {
    to_driver: tokio::sync::Mutex<OwnedWriteHalf>,
    /// The requests whose answers are lost, by their streams.
    lost: Mutex<HashMap<i16, Heard>>,
}

impl Connection {
    async fn answers(&self, mut server: OwnedReadHalf) -> io::Result<()> {
        loop {
            let frame = Frame::read(&mut server).await?;
            let lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner).remove(&frame.stream);
            match lost {
                None => self.tell(&frame).await?,
                Some(Heard::Silence) => {}
                Some(Heard::End) => return Ok(()),
                Some(Heard::Error(body)) => self.tell(&Frame::error(frame.stream, body)).await?,
            }
        }
    }

    fn lose(&self, stream: i16, heard: Heard) {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).insert(stream, heard);
    }

    async fn tell(&self, frame: &Frame) -> io::Result<()> {
        frame.write(&mut *self.to_driver.lock().await).await
    }
}
