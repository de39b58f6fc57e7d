//! A day in the shop, told.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use cqlint_cluster::{Hosts, PASSWORD, Server, USER, connect};
use cqlint_runtime::scylla_1::{IdempotenceAware, SessionExt};
use cqlint_runtime::{CheckedStatement, Claim, Classifier};
use scylla::client::session::Session;
use scylla::client::session_builder::SessionBuilder;
use scylla::value::Row;

use crate::deed::{Deed, Guest};
use crate::trap::Trap;
use crate::{Error, Shop};

/// The tables of the shop.
const SCHEMA: &str = include_str!("../schema/shop.cql");

/// So long the shop does nothing between two deeds.
const MOMENT: Duration = Duration::from_millis(50);

/// What the day is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Everything arrives.
    Fine,
    /// The answer to each statement is lost once.
    Stormy,
}

/// Who says what is idempotent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marks {
    /// cqlint does, and its policy decides about retries.
    ByCqlint,
    /// Everything is marked by hand, and the driver's own policy decides.
    ByHand,
}

/// Goes through a day, and tells of each statement.
///
/// # Errors
/// When the server does not do its part, or nobody listens.
pub async fn tell(out: &mut impl Write, server: &Server, weather: Weather) -> Result<(), Error> {
    let beside = connect(server).await?;
    define(&beside).await?;
    let trap = Arc::new(Trap::default());
    let judge = trap.clone();
    let hosts = Hosts::start(server, move |request| judge.judge(request)).await?;
    let by_cqlint = (open(&hosts, Marks::ByCqlint).await?, Guest::new("green tea"));
    let by_hand = (open(&hosts, Marks::ByHand).await?, Guest::new("black tea"));
    by_cqlint.0.fill(by_cqlint.1.item, 10).await?;
    by_hand.0.fill(by_hand.1.item, 10).await?;
    writeln!(out, "{}", weather.opening())?;
    for deed in Deed::ALL {
        let statement = deed.statement();
        writeln!(out, "\n{}: {}", statement.name, statement.text)?;
        let fault = match weather {
            Weather::Fine => None,
            Weather::Stormy => Some(deed.fault()),
        };
        if let Some(fault) = fault {
            writeln!(out, "    executed, and instead of the answer comes: {:#}", fault.failure)?;
        }
        for ((shop, guest), marks) in [(&by_cqlint, Marks::ByCqlint), (&by_hand, Marks::ByHand)] {
            if weather == Weather::Fine && marks == Marks::ByHand {
                continue;
            }
            recover(shop).await;
            trap.set(deed.prepared(&shop.statements), fault);
            let believed = deed.run(shop, guest, marks).await.unwrap_or("failed");
            let row = row(&beside, &deed.row(guest)).await?;
            let (marked, sent) = (marks.of(statement), if trap.sent() == 1 { "once" } else { "twice" });
            writeln!(out, "    {marked:36}  sent {sent:5}  the shop believes: {believed:9}  {row}")?;
        }
    }
    Ok(())
}

impl Weather {
    /// What is told first.
    const fn opening(self) -> &'static str {
        match self {
            Self::Fine => "What the shop sends, how cqlint marks it, and what the row says then.",
            Self::Stormy => {
                "Cassandra executes each statement, and its answer is lost once on the way back: \
                 first as cqlint marks it, then with everything marked by hand."
            }
        }
    }
}

/// Until the driver has noticed which connections are closed, and has others.
async fn recover(shop: &Shop) {
    loop {
        tokio::time::sleep(MOMENT).await;
        if shop.session.get_cluster_state().get_nodes_info().iter().all(|host| host.is_connected()) {
            return;
        }
    }
}

impl Marks {
    /// How a statement is marked, and why not.
    fn of(self, statement: &CheckedStatement) -> String {
        match (self, statement.hazards) {
            (Self::ByHand, _) => "by hand: marked".to_owned(),
            (Self::ByCqlint, []) => "cqlint: marked".to_owned(),
            (Self::ByCqlint, [hazard, ..]) => format!("cqlint: not, {}", hazard.rule),
        }
    }
}

/// A shop that is entered by the hosts.
async fn open(hosts: &Hosts, marks: Marks) -> Result<Shop, Error> {
    let session = SessionBuilder::new().known_node_addr(hosts.contact_point).user(USER, PASSWORD).build().await?;
    let session = match marks {
        Marks::ByCqlint => session.marked(Arc::new(Classifier::default())).with_policy(&IdempotenceAware::new()),
        Marks::ByHand => {
            let claim = Claim::Idempotent("to see what comes of it");
            let all = Deed::ALL.iter().fold(Classifier::builder(), |all, deed| all.claim(deed.statement().text, claim));
            session.marked(Arc::new(all.build()))
        }
    };
    Ok(Shop::open(session).await?)
}

/// Makes the tables, new ones each time.
async fn define(session: &Session) -> Result<(), Error> {
    for statement in ["DROP KEYSPACE IF EXISTS teashop"].into_iter().chain(SCHEMA.split_terminator(";\n")) {
        session.query_unpaged(statement, ()).await?;
    }
    Ok(())
}

/// What a query finds: `name = 'Ann'`.
async fn row(session: &Session, query: &str) -> Result<String, Error> {
    let rows = session.query_unpaged(query, ()).await?.into_rows_result()?;
    let name = rows.column_specs().get_by_index(0).map(|column| column.name().to_owned()).unwrap_or_default();
    let value = rows.maybe_first_row::<Row>()?.and_then(|row| row.columns.into_iter().next()?);
    Ok(value.map_or_else(|| format!("no {name}"), |value| format!("{name} = {value}")))
}
