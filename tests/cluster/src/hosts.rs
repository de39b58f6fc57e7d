//! Three hosts that are one server: drivers find them as they find the hosts of any cluster, and may go on to the next.
//!
//! A driver asks `system.local` and `system.peers` which hosts there are. Each host sends these questions to copies of the
//! tables, in a keyspace of its own, that say what a host at its address would say.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use scylla::client::execution_profile::ExecutionProfile;
use scylla::client::session::Session;
use scylla::client::session_builder::SessionBuilder;
use scylla::policies::retry::FallthroughRetryPolicy;
use scylla::response::query_result::QueryRowsResult;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::proxy::{Proxy, Request};
use crate::{Fault, PASSWORD, SERVER, Server, USER};

/// The other addresses of loopback exist unasked on Linux only.
const ADDRESSES: [Ipv4Addr; 3] = [Ipv4Addr::new(127, 0, 0, 1), Ipv4Addr::new(127, 0, 0, 2), Ipv4Addr::new(127, 0, 0, 3)];
/// What each has of the ring.
const TOKENS: [&str; 3] = ["-6148914691236517206", "0", "6148914691236517206"];
/// How often a port is looked for that is free at all of them.
const TRIES: usize = 20;
/// The tables that say which hosts there are.
const TABLES: [&str; 3] = ["local", "peers", "peers_v2"];

/// Three hosts, until they are dropped.
pub struct Hosts {
    /// Where a driver begins.
    pub contact_point: SocketAddr,
    _serving: JoinSet<()>,
}

impl Hosts {
    /// Puts three hosts before a server; the judge says what goes wrong with a request.
    ///
    /// # Errors
    /// When there is no room on loopback, or the server does not do its part.
    pub async fn start(
        server: &Server,
        judge: impl Fn(&Request<'_>) -> Option<Fault> + Send + Sync + 'static,
    ) -> Result<Self, String> {
        let (port, listeners) = listeners().await?;
        let session = connect(server).await?;
        let mut serving = JoinSet::new();
        let judge = Arc::new(judge);
        for (host, listener) in listeners.into_iter().enumerate() {
            let keyspace = format!("host_{port}_{host}");
            describe(&session, &keyspace, host, port).await?;
            serving.spawn(Proxy { server: server.address, keyspace, judge: judge.clone() }.serve(listener));
        }
        Ok(Self { contact_point: (ADDRESSES[0], port).into(), _serving: serving })
    }
}

/// The same port at all addresses.
async fn listeners() -> Result<(u16, Vec<TcpListener>), String> {
    let mut last = None;
    for _ in 0..TRIES {
        match try_listeners().await {
            Ok(found) => return Ok(found),
            Err(error) => last = Some(error),
        }
    }
    let error = last.map(|error| error.to_string()).unwrap_or_default();
    Err(format!("{error}: no port is free at 127.0.0.1, 127.0.0.2 and 127.0.0.3, which only Linux has without being asked"))
}

async fn try_listeners() -> std::io::Result<(u16, Vec<TcpListener>)> {
    let mut found = Vec::new();
    let mut port = 0;
    for address in ADDRESSES {
        let listener = TcpListener::bind((address, port)).await?;
        port = listener.local_addr()?.port();
        found.push(listener);
    }
    Ok((port, found))
}

/// A session of its own, past the hosts. It never retries.
///
/// # Errors
/// When the server does not answer.
pub async fn connect(server: &Server) -> Result<Session, String> {
    let profile = ExecutionProfile::builder()
        .request_timeout(Some(Duration::from_secs(60)))
        .retry_policy(Arc::new(FallthroughRetryPolicy))
        .build();
    SessionBuilder::new()
        .known_node_addr(server.address)
        .user(USER, PASSWORD)
        .default_execution_profile_handle(profile.into_handle())
        .schema_agreement_interval(Duration::from_millis(5))
        .build()
        .await
        .map_err(|error| format!("{}: {error}", server.address))
}

/// Makes and fills the tables of one host.
async fn describe(session: &Session, keyspace: &str, host: usize, port: u16) -> Result<(), String> {
    let run = async |statement: String| rows(session, &statement).await.map(drop);
    run(format!("CREATE KEYSPACE {keyspace} WITH replication = {{'class': 'SimpleStrategy', 'replication_factor': 1}}")).await?;
    for table in TABLES {
        run(definition(session, keyspace, table).await?).await?;
    }
    let text = "SELECT JSON * FROM system.local";
    let whole = rows(session, text).await?.ok_or(text)?;
    let (json,) = whole.single_row::<(String,)>().map_err(|error| error.to_string())?;
    run(format!("INSERT INTO {keyspace}.local JSON $${json}$$")).await?;
    for (other, (address, token)) in ADDRESSES.into_iter().zip(TOKENS).enumerate() {
        let id = format!("00000000-0000-4000-8000-{other:012}");
        if other == host {
            run(format!(
                "UPDATE {keyspace}.local SET host_id = {id}, tokens = {{'{token}'}}, rpc_address = '{address}', rpc_port = {port},
                    broadcast_address = '{address}', listen_address = '{address}' WHERE key = 'local'"
            ))
            .await?;
        } else {
            let columns = "peer, host_id, tokens, data_center, rack, release_version, schema_version";
            let values = format!("'{address}', {id}, {{'{token}'}}, 'datacenter1', 'rack1', '{SERVER}', {id}");
            run(format!("INSERT INTO {keyspace}.peers ({columns}, rpc_address) VALUES ({values}, '{address}')")).await?;
            let columns = format!("{columns}, peer_port, native_address, native_port");
            run(format!("INSERT INTO {keyspace}.peers_v2 ({columns}) VALUES ({values}, 7000, '{address}', {port})")).await?;
        }
    }
    Ok(())
}

/// A table like one of the server's own.
async fn definition(session: &Session, keyspace: &str, table: &str) -> Result<String, String> {
    let text = format!(
        "SELECT column_name, type, kind FROM system_schema.columns WHERE keyspace_name = 'system' AND table_name = '{table}'"
    );
    let columns = rows(session, &text).await?.ok_or(text)?;
    let mut parts = Vec::new();
    let mut key = Vec::new();
    for column in columns.rows::<(String, String, String)>().map_err(|error| error.to_string())? {
        let (name, cql_type, kind) = column.map_err(|error| error.to_string())?;
        parts.push(format!("{name} {cql_type}"));
        match kind.as_str() {
            "partition_key" => key.insert(0, name),
            "clustering" => key.push(name),
            _ => {}
        }
    }
    Ok(format!("CREATE TABLE {keyspace}.{table} ({}, PRIMARY KEY ({}))", parts.join(", "), key.join(", ")))
}

/// The rows of an answer, when it has any.
async fn rows(session: &Session, statement: &str) -> Result<Option<QueryRowsResult>, String> {
    let result = session.query_unpaged(statement, ()).await.map_err(|error| format!("{statement}: {error}"))?;
    Ok(result.into_rows_result().ok())
}
