//! Faults on a real Cassandra: every form of a write meets every failure on its way, and the rows say how often it was applied.
//!
//! Three ways to mark: with `cqlint-runtime`, everything by hand, nothing. Each has the driver's defaults otherwise, and a speculative
//! execution for the writes whose answer does not come: no retry policy is asked about those before it is too late.
//! `faults/table.md` has the outcome.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use cqlint_cluster::{Hosts, connect};
use cqlint_drivers::Driver;
use cqlint_drivers::retry::{Event, Failure, Mark, Policy, Statement, decide};
use cqlint_runtime::Classifier;
use futures::future::join_all;

use crate::cassandra::{Server, required, server};

use forms::{FORMS, Known, SCHEMA};
use table::{Count, Table};
use writes::Write;

mod cdrs_tokio_9;
mod forms;
mod rows;
mod scylla_1;
mod table;
mod traffic;
mod transactions;
mod writes;

/// How a driver learns what is idempotent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Marking {
    /// `cqlint-runtime` marks, and its policy decides.
    Helper,
    /// Everything is marked by hand.
    ByHand,
    /// Nothing is marked.
    Nothing,
}

impl Marking {
    const ALL: [Self; 3] = [Self::Helper, Self::ByHand, Self::Nothing];
}

impl fmt::Display for Marking {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Helper => "cqlint-runtime",
            Self::ByHand => "all marked",
            Self::Nothing => "nothing marked",
        })
    }
}

/// How a write gets to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Way {
    driver: Driver,
    marking: Marking,
}

impl Way {
    /// Whether a write is sent a second time after a failure, by the tables of `cqlint retries`.
    fn repeats(self, known: &Known, failure: Failure) -> bool {
        let (policy, mark) = match self.marking {
            Marking::Helper if known.idempotent => ("IdempotenceAware", Mark::Idempotent),
            Marking::Helper => ("IdempotenceAware", Mark::Unset),
            Marking::ByHand => ("DefaultRetryPolicy", Mark::Idempotent),
            Marking::Nothing => ("DefaultRetryPolicy", Mark::Unset),
        };
        if failure == Failure::ClientTimeout {
            // Nobody waits for that: the speculative execution comes before it.
            return mark == Mark::Idempotent;
        }
        let policy = Policy::of(self.driver).find(|other| other.name == policy).expect("a policy of the driver");
        let statement = Statement { operation: known.operation, mark, idempotent: known.idempotent };
        decide(policy, Event::first(failure), statement).repeats()
    }
}

/// What the application is told.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Told {
    /// That all is well.
    Done,
    /// That the condition did not hold.
    NotApplied,
    /// That something went wrong.
    Failed(String),
}

/// A driver's session, with every form ready to be sent.
trait Client: Sized {
    async fn connect(host: SocketAddr, marking: Marking) -> Self;

    /// Whether every host has a connection.
    async fn is_connected(&self) -> bool;

    async fn write(&self, write: &Write) -> Told;
}

/// When a second execution is begun because the first does not answer. By then the first is over, also on a slow machine.
const IMPATIENCE: Duration = Duration::from_secs(3);
/// When nobody waits any longer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many writes are on each way at a time.
const AT_A_TIME: usize = 16;

/// How long a driver is left alone before it is asked once more whether it is connected again.
const RECONNECTION: Duration = Duration::from_millis(5);

/// The drivers of this run.
const DRIVERS: [Driver; 2] = [Driver::Scylla, Driver::CdrsTokio];

/// No write is applied twice when `cqlint-runtime` marks it, and whatever may be repeated succeeds. Both can fail: by hand, and
/// without marks, they do.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "elsewhere than on Linux loopback has one address")]
fn no_write_is_applied_twice() {
    let Some(server) = required("faults", server()) else { return };
    let (table, surprises) = block_on(run(server));
    assert!(surprises.is_empty(), "{} drivers did not do what `cqlint retries` says:\n{}", surprises.len(), surprises.join("\n"));
    let Count { writes, twice, misled, lost } = table.of(Marking::Helper);
    assert!(writes >= 2_000 && (twice, misled, lost) == (0, 0, 0), "{table}");
    assert!(table.of(Marking::ByHand).twice > 0 && table.of(Marking::Nothing).lost > 0, "{table}");
    let (path, found) = (concat!(env!("CARGO_MANIFEST_DIR"), "/faults/table.md"), table.to_string());
    if std::env::var_os("CQLINT_BLESS").is_some() {
        std::fs::write(path, &found).expect("a writable table");
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == found, "faults/table.md is another; CQLINT_BLESS=1 writes it:\n{found}");
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

/// Sends every form of a write through every fault, and counts.
async fn run(server: &Server) -> (Table, Vec<String>) {
    let session = connect(server).await.expect("a session");
    let classifier = Classifier::builder().schema(SCHEMA).build();
    let forms: Vec<Known> = FORMS.iter().map(|form| form.known(&classifier)).collect();
    let ways = DRIVERS.iter().flat_map(|driver| Marking::ALL.map(|marking| Way { driver: *driver, marking }));
    let writes = Arc::new(writes::all(&ways.collect::<Vec<_>>(), &forms));
    rows::define(&session, "faults", SCHEMA).await;
    rows::fill(&session, &writes).await;
    let judged = writes.clone();
    let hosts = Hosts::start(server, move |request| writes::judge(&judged, request)).await.expect("three hosts");
    let ways = writes.chunk_by(|one, next| one.way == next.way);
    let told = join_all(ways.map(async |writes| match writes[0].way.driver {
        Driver::Scylla => traffic::send::<scylla_1::Scylla>(&hosts, writes).await,
        _ => traffic::send::<cdrs_tokio_9::CdrsTokio>(&hosts, writes).await,
    }));
    let told = told.await.concat();
    let times = rows::times(&session, &writes).await;
    let (mut table, mut surprises) = (Table::default(), Vec::new());
    for ((write, told), times) in writes.iter().zip(told).zip(times) {
        let known = &forms[write.form];
        surprises.extend(surprise(known, write, &told, times));
        table.add(known, write, Count::of(known, write, &told, times));
    }
    (table, surprises)
}

/// A driver that did not do what the tables of `cqlint retries` say of it.
fn surprise(known: &Known, write: &Write, told: &Told, times: i64) -> Option<String> {
    let repeats = write.way.repeats(known, write.fault.failure);
    let expected = write.sent() == 1 + u32::from(repeats) && repeats != matches!(told, Told::Failed(_));
    let Write { way, fault, .. } = write;
    let sent = write.sent();
    (!expected).then(|| format!("{way:?} {fault:?}: {}: sent {sent}, applied {times}, told {told:?}", known.form.text()))
}
