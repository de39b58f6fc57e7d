//! The writes on their way, many at a time.

use std::collections::BTreeMap;

use cqlint_cluster::Hosts;
use cqlint_drivers::retry::Failure;
use futures::future::join_all;
use futures::stream::{self, StreamExt};

use super::writes::Write;
use super::{AT_A_TIME, Client, RECONNECTION, Told};

/// How many sessions lose connections, one after the other.
const CLOSING: usize = 4;

/// Sends writes, and says for each what the application is told.
pub(super) async fn send<C: Client>(hosts: &Hosts, writes: &[Write]) -> Vec<Told> {
    let marking = writes[0].way.marking;
    let connect = || C::connect(hosts.contact_point, marking);
    let [closed, silent, told] = [Trouble::Closed, Trouble::Silent, Trouble::Told]
        .map(|trouble| (0..).zip(writes).filter(move |(_, write)| Trouble::of(write) == trouble).collect::<Vec<_>>());
    let client = connect().await;
    let told = stream::iter(told).map(async |(index, write)| (index, client.write(write).await)).buffer_unordered(AT_A_TIME);
    // None of these is in the way of another.
    let silent = join_all(silent.into_iter().map(async |(index, write)| (index, client.write(write).await)));
    let closed = join_all(closed.chunks(closed.len().div_ceil(CLOSING)).map(async |writes| {
        let client = connect().await;
        let mut told = Vec::new();
        for (index, write) in writes {
            told.push((*index, lose(&client, write).await));
        }
        told
    }));
    let (told, silent, closed) = futures::join!(told.collect::<Vec<_>>(), silent, closed);
    let ordered: BTreeMap<usize, Told> = told.into_iter().chain(silent).chain(closed.into_iter().flatten()).collect();
    ordered.into_values().collect()
}

/// Sends a write whose connection is closed.
async fn lose(client: &impl Client, write: &Write) -> Told {
    loop {
        // The driver may not have noticed yet that the last write took a connection along, so it gets a moment first.
        tokio::time::sleep(RECONNECTION).await;
        while !client.is_connected().await {
            tokio::time::sleep(RECONNECTION).await;
        }
        let told = client.write(write).await;
        // Else the connection was gone before anything was sent on it.
        if write.sent() > 0 {
            return told;
        }
    }
}

/// What a fault does to others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// A closed connection takes along whatever is on it.
    Closed,
    /// Somebody waits.
    Silent,
    /// An error is told.
    Told,
}

impl Trouble {
    fn of(write: &Write) -> Self {
        match write.fault.failure {
            Failure::ConnectionClosed => Self::Closed,
            Failure::ClientTimeout => Self::Silent,
            _ => Self::Told,
        }
    }
}
