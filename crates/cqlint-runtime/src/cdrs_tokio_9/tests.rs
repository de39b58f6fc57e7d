//! What a marked session sends, seen by a session that only remembers.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may end where its assumption does")]

mod marking;
mod retrying;

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use cdrs_tokio::Result;
use cdrs_tokio::frame::events::ServerEvent;
use cdrs_tokio::frame::message_prepare::BodyReqPrepare;
use cdrs_tokio::frame::message_result::{
    BodyResResultPrepared, ColSpec, ColType, ColTypeOption, PreparedMetadata, RowsMetadata, RowsMetadataFlags, TableSpec,
};
use cdrs_tokio::frame::{Direction, Envelope, Flags, Opcode, Version};
use cdrs_tokio::query::{PreparedQuery, QueryBatch};
use cdrs_tokio::statement::StatementParams;
use cdrs_tokio::types::CBytesShort;
use tokio::sync::broadcast::{Receiver, channel};

use super::Requests;

/// A session without a cluster.
#[derive(Default)]
struct Recorder {
    /// What was sent, with which parameters.
    sent: Mutex<Vec<StatementParams>>,
    /// The types that it tells of when it prepares.
    markers: Vec<(&'static str, ColTypeOption)>,
    keyspace: Option<&'static str>,
}

impl Recorder {
    fn remember(&self, parameters: StatementParams) -> Envelope {
        self.sent.lock().unwrap().push(parameters);
        let (void, version) = (1_i32.to_be_bytes().to_vec(), Version::V4);
        Envelope::new(version, Direction::Response, Flags::empty(), Opcode::Result, 0, void, None, Vec::new())
    }
}

impl Requests for Recorder {
    async fn send_query(&self, _: String, parameters: StatementParams) -> Result<Envelope> {
        Ok(self.remember(parameters))
    }

    async fn send_prepared(&self, _: &PreparedQuery, parameters: &StatementParams) -> Result<Envelope> {
        Ok(self.remember(parameters.clone()))
    }

    async fn send_batch(&self, _: QueryBatch, parameters: &StatementParams) -> Result<Envelope> {
        Ok(self.remember(parameters.clone()))
    }

    async fn send_prepare(&self, prepare: BodyReqPrepare, _: Flags) -> Result<BodyResResultPrepared> {
        let spec = |(name, col_type): &(&str, ColTypeOption)| ColSpec {
            table_spec: None,
            name: (*name).to_owned(),
            col_type: col_type.clone(),
        };
        let table = TableSpec { ks_name: "told".to_owned(), table_name: "t".to_owned() };
        let flags = RowsMetadataFlags::empty();
        Ok(BodyResResultPrepared {
            id: CBytesShort::new(prepare.query.into_bytes()),
            result_metadata_id: None,
            metadata: PreparedMetadata {
                pk_indexes: Vec::new(),
                global_table_spec: Some(table),
                col_specs: self.markers.iter().map(spec).collect(),
            },
            result_metadata: RowsMetadata {
                flags,
                columns_count: 0,
                paging_state: None,
                new_metadata_id: None,
                global_table_spec: None,
                col_specs: Vec::new(),
            },
        })
    }

    fn keyspace(&self) -> Option<Arc<String>> {
        self.keyspace.map(|keyspace| Arc::new(keyspace.to_owned()))
    }

    fn events(&self) -> Receiver<ServerEvent> {
        channel(1).1
    }
}

fn native(id: ColType) -> ColTypeOption {
    ColTypeOption { id, value: None }
}

/// Nothing here waits.
fn done<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(ready) => ready,
        Poll::Pending => panic!("it waits"),
    }
}
